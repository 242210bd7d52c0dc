"""The moments of the room's order."""

from datetime import datetime

import structlog

from bot.core.ids import OccurrenceId
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.screens import told
from handlers.floor import rules
from handlers.floor.arrivals import Arrivals
from handlers.floor.breakouts import Breakouts
from handlers.floor.door import DoorKeeper
from handlers.floor.holding import Holding
from handlers.floor.records import KEPT
from handlers.floor.rounds import RoundKeeper
from handlers.floor.speaking import Turns
from handlers.floor.stage import Stage

log = structlog.get_logger()


class FloorJobs:
    def __init__(
        self,
        stage: Stage,
        holding: Holding,
        door: DoorKeeper,
        turns: Turns,
        arrivals: Arrivals,
        breakouts: Breakouts,
        rounds: RoundKeeper,
    ) -> None:
        self._stage = stage
        self._holding = holding
        self._door = door
        self._turns = turns
        self._arrivals = arrivals
        self._breakouts = breakouts
        self._rounds = rounds

    async def tidy(self, due: Due, now: datetime, unit: Unit) -> None:
        """The meeting is over: whatever the platform was asked is undone. Done again it asks again for what is not confirmed."""
        evening = await self._stage.evening(unit, due.subject)
        if evening is None or evening.occurrence.is_live:
            return
        freed = await self._holding.tidy(unit, evening, now)
        await self._door.tidy(unit, evening, now)
        await self._breakouts.close(unit, evening, now, quietly=True)
        if (round_ := await self._rounds.on(unit, evening)) is not None:
            await self._rounds.end(unit, evening, round_, now, quietly=True)
        await unit.due.add(rules.forget_due(evening.id, now + KEPT))
        log.info("floor.tidied", count=freed)

    async def came(self, due: Due, now: datetime, unit: Unit) -> None:
        evening = await self._stage.evening(unit, due.subject)
        if evening is not None and evening.occurrence.is_live:
            await self._arrivals.came(unit, evening, now)

    async def stood(self, due: Due, now: datetime, unit: Unit) -> None:
        await self._holding.stood(unit, due.subject, now)

    async def not_stood(self, due: Due, now: datetime, unit: Unit) -> None:
        await self._holding.not_stood(unit, due.subject, now)

    async def lift(self, due: Due, now: datetime, unit: Unit) -> None:
        await self._holding.lift(unit, due.subject, now)

    async def doored(self, due: Due, now: datetime, unit: Unit) -> None:
        await self._door.doored(unit, due.subject)

    async def not_doored(self, due: Due, now: datetime, unit: Unit) -> None:
        await self._door.not_doored(unit, due.subject, now)

    async def open_door(self, due: Due, now: datetime, unit: Unit) -> None:
        await self._door.again(unit, due.subject, now)

    async def turn(self, due: Due, now: datetime, unit: Unit) -> None:
        await self._turns.nearly_up(unit, due.subject, now)

    async def round(self, due: Due, now: datetime, unit: Unit) -> None:
        await self._rounds.nearly_up(unit, due.subject, now)

    async def motion(self, due: Due, now: datetime, unit: Unit) -> None:
        """Nobody confirmed a removal in its time: it is off, and who asked is told."""
        motion = await self._stage.books(unit).motion(due.subject)
        evening = await self._stage.evening(unit, motion.occurrence) if motion else None
        if motion is None:
            return
        await self._stage.books(unit).drop_motion(motion.id)
        if motion.by is not None and evening is not None and evening.occurrence.is_live:
            say = await self._stage.say(unit, evening, motion.by)
            reply = told(say, "floor.second_nobody")
            await self._stage.tell(unit, evening, motion.by, f"nobody_{motion.id}", reply, now)

    async def back(self, due: Due, now: datetime, unit: Unit) -> None:
        await self._breakouts.back(unit, due.subject, now)

    async def no_topic(self, due: Due, now: datetime, unit: Unit) -> None:
        await self._breakouts.no_topic(unit, due.subject, now)

    async def forget(self, due: Due, now: datetime, unit: Unit) -> None:
        """A day later nothing is left of who sat where, and under which name; a power that is not undone yet stays."""
        await self._stage.books(unit).forget(OccurrenceId(due.subject))
