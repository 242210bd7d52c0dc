"""Opening a check-in, and keeping it once its flow has ended."""

from collections.abc import Callable, Sequence

from bot.core.agenda import AgendaItem
from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.features import Ending, FlowEnd, ending
from bot.core.ids import OccurrenceId, PersonId, new_id
from bot.core.meetings import MeetingBook, Presence, When
from bot.core.ports import FlowDone, Flows, Unit
from bot.core.prompting import asking_of
from bot.core.replies import Reply
from bot.core.richtext import Block
from bot.core.texts import Texts
from bot.core.whose import zone_of
from handlers.checkin import rules, views
from handlers.checkin.records import CheckIn, CheckInBook
from handlers.checkin.weeks import Weeks


async def nothing_more(_done: FlowDone, _unit: Unit) -> tuple[Block, ...]:
    """Nobody keeps more of a check-in."""
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
        followed: FlowEnd = nothing_more,
    ) -> None:
        self._texts = texts
        self._books = books
        self._meetings = meetings
        self._presence = presence
        self._flows = flows
        self._reviewed = reviewed
        self._followed = followed
        self._weeks = Weeks(books)

    async def alone(self, call: Call, unit: Unit) -> Reply:
        """`/checkin`: for oneself, outside a meeting."""
        return await self._begin(rules.STANDARD, "", call, unit)

    async def kinds(self, call: Call, unit: Unit) -> Reply:
        """Show the other check-ins for oneself."""
        return views.kinds(self._texts.of(call.language))

    async def begin(self, call: Call, unit: Unit) -> Reply:
        """Begin one of them. Subject: its flow; anything else shows which there are."""
        if call.press.subject not in rules.ALONE:
            return await self.kinds(call, unit)
        return await self._begin(call.press.subject, "", call, unit)

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
        series = await self._meetings(unit).series(occurrence.series)
        return await self._begin(rules.flow_for(series), occurrence.id, call, unit)

    async def _begin(self, flow: str, subject: str, call: Call, unit: Unit) -> Reply:
        assert call.person is not None
        return await self._flows.begin(flow, subject, call.person, call.language, call.at, unit)

    async def ended(self, done: FlowDone, unit: Unit) -> Ending:
        """Keep the check-in; a meeting's card shows one more, and the topic. Rating and words stay with the person."""
        say, body = self._texts.of(done.language), rules.body_of(done.flow, done.answers)
        occurrence, prompted = rules.occurrence_of(done.subject), bool(asking_of(done.subject))
        agenda = rules.agenda_of(done.answers) if occurrence else AgendaItem()
        if occurrence or not body.is_empty:
            await self._books(unit).add(CheckIn(new_id(), done.person, occurrence, done.at, body, agenda))
        if occurrence:
            await unit.due.add(When.CARD.due(done.at, occurrence))
        looked_back = ending(await self._reviewed(rules.review_in(done), unit))
        followed = ending(await self._followed(done, unit)) if prompted else Ending()
        seen = views.seen_by_the_room(say, agenda) if occurrence else ()
        tool, tool_rows = views.tool_for(say, body.need)
        others = () if occurrence or prompted else (views.others(say),)
        blocks = (*views.kept(say, done.flow, empty=body.is_empty), *seen, *looked_back.blocks, *tool, *followed.blocks)
        zone = await zone_of(await unit.people.get(done.person), unit)
        _, picture = await self._weeks.drawn(done.person, body.voice, say, done.at, zone, unit)
        rows = (*looked_back.buttons, *tool_rows, *followed.buttons, *others)
        return Ending(blocks, rows, None if done.flow == rules.OWN else picture)


async def in_a_meeting(person: PersonId, subject: str, unit: Unit) -> Sequence[str]:
    """The fact `meeting` of the flows: only there is an agenda to ask for."""
    occurrence = rules.occurrence_of(subject)
    return (occurrence,) if occurrence else ()
