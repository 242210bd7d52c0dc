"""Opening a check-in, and keeping it once its flow has ended."""

from collections.abc import Callable, Sequence

from bot.core.calls import Call, Person
from bot.core.errors import BadPress
from bot.core.features import FlowEnd
from bot.core.ids import OccurrenceId, PersonId, new_id
from bot.core.meetings import MeetingBook, Presence, When
from bot.core.ports import FlowDone, Flows, Unit
from bot.core.replies import Reply
from bot.core.richtext import Block
from bot.core.texts import Texts
from handlers.checkin import rules, views
from handlers.checkin.records import CheckIn, CheckInBook

FLOW = "checkin"


async def nothing_more(_done: FlowDone, _unit: Unit) -> tuple[Block, ...]:
    """Nobody keeps how a plan went."""
    return ()


class CheckInCommands:
    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], CheckInBook],
        meetings: Callable[[Unit], MeetingBook],
        presence: Callable[[Unit], Presence],
        flows: Flows,
        reviewed: FlowEnd = nothing_more,
    ) -> None:
        self._texts = texts
        self._books = books
        self._meetings = meetings
        self._presence = presence
        self._flows = flows
        self._reviewed = reviewed

    async def alone(self, call: Call, unit: Unit) -> Reply:
        """`/checkin`: for oneself, outside a meeting."""
        return await self._flows.begin(FLOW, "", _person(call), call.language, call.at, unit)

    async def open(self, call: Call, unit: Unit) -> Reply:
        """Open a meeting's check-in. Whoever opens it is there; a second one takes the place of the first, once they say so."""
        if not call.press.subject:
            return await self.alone(call, unit)
        occurrence = await self._meetings(unit).occurrence(OccurrenceId(call.press.subject))
        if occurrence is None:
            raise BadPress(why="occurrence")
        if not rules.is_open(occurrence):
            return views.not_open(self._texts.of(call.language))
        if await self._presence(unit).join(occurrence.id, call.who, call.at):
            await unit.due.add(When.CARD.due(call.at, occurrence.id))
        if call.press.value != views.ANEW and await self._books(unit).has(occurrence.id, call.who):
            return views.done_already(self._texts.of(call.language), occurrence.id)
        return await self._flows.begin(FLOW, occurrence.id, _person(call), call.language, call.at, unit)

    async def ended(self, done: FlowDone, unit: Unit) -> tuple[Block, ...]:
        """Keep the check-in; a meeting's card shows one more, and the topic. Rating and words stay with the person."""
        book = self._books(unit)
        past = await book.ratings(done.person, rules.PAST)
        body = rules.body_of(done.answers)
        occurrence = OccurrenceId(done.subject)
        agenda = rules.agenda_of(done.answers)
        await book.add(CheckIn(new_id(), done.person, occurrence, done.at, body, agenda))
        if occurrence:
            await unit.due.add(When.CARD.due(done.at, occurrence))
        looked_back = await self._reviewed(rules.review_in(done), unit)
        said = views.ended(self._texts.of(done.language), past, body.rating, in_meeting=bool(occurrence), agenda=agenda)
        return (*said, *looked_back)


async def in_a_meeting(person: PersonId, subject: str, unit: Unit) -> Sequence[str]:
    """The fact `meeting` of the flow: only there is an agenda to ask for."""
    return (subject,) if subject else ()


def _person(call: Call) -> Person:
    assert call.person is not None
    return call.person
