"""Moments of a pair: the question of the day, the end of a stage, a door that closed. Each comes once, also after downtime."""

from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.whose import zone_of
from handlers.pairs import rules, views
from handlers.pairs.keeping import Keeping, ask_key
from handlers.pairs.records import Side, Stage
from handlers.pairs.telling import KIND

log = structlog.get_logger()

STOOD_STILL = timedelta(minutes=1)


class PairJobs:
    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping

    async def come(self, due: Due, now: datetime, unit: Unit) -> None:
        """Subject: `ask.<side>`, `until.<side>`, or `door.<side>.<until when it could be handed over, in seconds>`."""
        what, _, rest = due.subject.partition(".")
        name, _, late = rest.partition(".")
        book = self._keeping.books(unit)
        await book.hold()
        side = await book.side(name)
        if side is None:
            return
        if what == "ask" and side.stage is Stage.ON:
            await self._ask(side, due, now, unit)
        elif what == "until":
            await self._until(side, due, now, unit)
        elif what == "door" and side.stage is Stage.ON and now.timestamp() < int(late or 0):
            await self._keeping.end(side, now, unit)

    async def _ask(self, side: Side, due: Due, now: datetime, unit: Unit) -> None:
        """One discreet question, unless the day's note has gone; of those that were missed, none comes later."""
        zone = await zone_of(await unit.people.get(side.person), unit)
        today = rules.asked_today(side.body.time, now, zone) if side.body.time else now
        if today > now + STOOD_STILL:
            if today < side.until:  # the person lives on other clocks by now
                await unit.due.add(Due(ask_key(side), KIND, today, due.subject), side.person)
            return
        await self._keeping.promise_question(side, now, unit)
        if await self._keeping.other(side, unit) is None:
            await self._keeping.finish(side, now, unit)
        elif now > today + rules.LATE:
            log.info("pairs.late", kind=due.kind, seconds=int((now - due.at).total_seconds()))
        elif side.body.sent_on != rules.day_of(now, zone) and not await self._keeping.telling.is_paused(side, now, unit):
            await self._keeping.telling.tell(side, "ask", partial(views.asked, side=side), now, unit, late=rules.LATE)

    async def _until(self, side: Side, due: Due, now: datetime, unit: Unit) -> None:
        if side.until > now:  # it was moved
            await self._keeping.promise_end(side, unit)
        elif side.stage is Stage.ON:
            await self._keeping.finish(side, now, unit)
        elif side.stage is Stage.ASKED:
            other = await self._keeping.other(side, unit)
            both = (side, other) if other is not None else (side,)
            for one in sorted(both, key=lambda one: one.body.yes):  # who said nothing is off the list before anybody looks on
                await (self._keeping.put_back(one, now, unit) if one.body.yes else self._keeping.drop(one, unit))
        else:
            await self._keeping.drop(side, unit)
