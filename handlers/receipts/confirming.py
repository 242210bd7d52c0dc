"""A facilitator answers the asks of an evening, and the moments at which they are asked."""

from datetime import datetime, timedelta

from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.ids import OccurrenceId, new_id
from bot.core.meetings import Occurrence
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.replies import Reply
from handlers.receipts import confirm_views, rules
from handlers.receipts.commands import UNANSWERED, ask_due
from handlers.receipts.desk import Desk
from handlers.receipts.records import Ask, Attended, Stand

STILL_OPEN = timedelta(minutes=10)  # then it is looked again whether a room that goes on has closed


class Confirming:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # Presses ------------------------------------------------------------------------------------------------------------

    async def confirm(self, call: Call, unit: Unit) -> Reply:
        """Confirm a presence. It is kept without the evening, and without who confirmed it."""
        ask, occurrence = await self._pressed(call, unit)
        visit = await self._desk.books(unit).visit(occurrence.id, ask.person)
        present = rules.present(visit) if visit is not None and rules.is_over(occurrence) else None
        if ask.stand is not Stand.WAITING or present is None:
            return await self._shown(call, unit, occurrence, "receipts.answered_before")
        attended = Attended(new_id(), ask.person, call.at, present)
        done = await self._desk.settle(unit, ask, Stand.CONFIRMED, call.at, attended)
        return await self._answered(call, unit, occurrence, "receipts.you_confirmed" if done else "receipts.answered_before")

    async def refuse(self, call: Call, unit: Unit) -> Reply:
        ask, occurrence = await self._pressed(call, unit)
        if ask.stand is not Stand.WAITING or not await self._desk.settle(unit, ask, Stand.REFUSED, call.at):
            return await self._shown(call, unit, occurrence, "receipts.answered_before")
        return await self._answered(call, unit, occurrence, "receipts.you_refused")

    async def _answered(self, call: Call, unit: Unit, occurrence: Occurrence, note: str) -> Reply:
        await self._desk.tell(unit, occurrence, call.at, but=call.who)
        return await self._shown(call, unit, occurrence, note)

    async def _shown(self, call: Call, unit: Unit, occurrence: Occurrence, note: str) -> Reply:
        say = self._desk.texts.of(call.language)
        found = await self._desk.waiting(unit, occurrence.id, call.who)
        return confirm_views.asks(say, occurrence.id, found, call.who, note)

    async def _pressed(self, call: Call, unit: Unit) -> tuple[Ask, Occurrence]:
        """The ask pressed. Raises BadPress for who was no facilitator that evening, and for one's own: as if it were not there."""
        ask = await self._desk.books(unit).ask(call.press.subject)
        occurrence = await self._desk.meetings(unit).occurrence(ask.occurrence) if ask is not None else None
        if ask is None or occurrence is None or ask.person == call.who:
            raise BadPress(why="ask")
        if not await self._desk.meetings(unit).may(occurrence.id, call.who, min(call.at, rules.ended_at(occurrence))):
            raise BadPress(why="host")
        return ask, occurrence

    # Moments ------------------------------------------------------------------------------------------------------------

    async def ask(self, due: Due, now: datetime, unit: Unit) -> None:
        """Ask the facilitator, once the evening is over."""
        occurrence = await self._desk.meetings(unit).occurrence(OccurrenceId(due.subject))
        if occurrence is None:
            return
        if not rules.is_over(occurrence):
            if occurrence.is_live:
                await unit.due.add(ask_due(occurrence.id, now + STILL_OPEN))
            return
        await self._desk.tell(unit, occurrence, now, aloud=True)
        closes = (occurrence.since or occurrence.ends_at) + rules.ANSWER_WITHIN
        await unit.due.add(Due(f"receipts_unanswered_{occurrence.id}", UNANSWERED, max(closes, now), occurrence.id))

    async def unanswered(self, due: Due, now: datetime, unit: Unit) -> None:
        """Nobody answered while it was known who was there: say so to who waits."""
        for ask in await self._desk.books(unit).waiting(OccurrenceId(due.subject)):
            await self._desk.settle(unit, ask, Stand.UNANSWERED, now)
