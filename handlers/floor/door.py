"""The room's lock and calm on the platform: undone when the meeting is over, asked for again while that is not confirmed."""

from datetime import datetime

from msgspec.structs import replace

from bot.core.ids import OccurrenceId
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.screens import told
from handlers.floor import rules
from handlers.floor.stage import Evening, Stage


class DoorKeeper:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def tidy(self, unit: Unit, evening: Evening, now: datetime) -> None:
        """The meeting is over: the room is to be open. Again is no harm."""
        order = await self._stage.books(unit).order(evening.id)
        if order.door_owed:
            await self._stage.ask_door(unit, evening, replace(order, locked=False, calm=False), now)

    async def doored(self, unit: Unit, subject: str) -> None:
        """The platform did what was asked last."""
        occurrence, asked = rules.numbered(subject)
        book = self._stage.books(unit)
        order = await book.order(OccurrenceId(occurrence))
        if order.door == asked and not order.locked and not order.calm:
            await book.keep_order(replace(order, door_owed=False))

    async def not_doored(self, unit: Unit, subject: str, now: datetime) -> None:
        """It could not: the host is told; a room that is to be open is asked for again."""
        occurrence, asked = rules.numbered(subject)
        order = await self._stage.books(unit).order(OccurrenceId(occurrence))
        evening = await self._stage.evening(unit, occurrence)
        if evening is None or order.door != asked:
            return
        if not order.locked and not order.calm:
            await unit.due.add(Due(f"floor_open_door_{evening.id}", rules.OPEN_DOOR, now + rules.AGAIN_SOON, evening.id))
        elif (host := await self._stage.meetings(unit).host(evening.id)) is not None:
            say = await self._stage.say(unit, evening, host)
            reply = told(say, "floor.door_not_done")
            await self._stage.tell(unit, evening, host, f"not_doored_{subject}", reply, now)

    async def again(self, unit: Unit, occurrence: str, now: datetime) -> None:
        evening = await self._stage.evening(unit, occurrence)
        if evening is not None:
            await self._open_again(unit, evening, now)

    async def _open_again(self, unit: Unit, evening: Evening, now: datetime) -> None:
        order = await self._stage.books(unit).order(evening.id)
        if order.door_owed and not order.locked and not order.calm:
            await self._stage.ask_door(unit, evening, order, now)
