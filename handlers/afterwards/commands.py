"""The newcomer's card, the wish to be left alone after meetings, and the facilitator's debrief."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.errors import BadInput, BadPress
from bot.core.ids import CommunityId, OccurrenceId
from bot.core.meetings import Occurrence, Series, State
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import done
from bot.core.texts import Texts
from handlers.afterwards import rules, views
from handlers.afterwards.following import next_start
from handlers.afterwards.records import MOST_SHOWN, AfterBook, Debrief, EveningBook

CARD_FOR = timedelta(days=7)  # so long the card can be looked at


class InTheRoom(BadInput):
    """Asked elsewhere than in a room where meetings take place."""

    text_key = "afterwards.in_room"


class AfterCommands:
    def __init__(self, texts: Texts, meetings: Callable[[Unit], EveningBook], books: Callable[[Unit], AfterBook]) -> None:
        self._texts = texts
        self._meetings = meetings
        self._books = books

    # Who was there ------------------------------------------------------------------------------------------------------

    async def card(self, call: Call, unit: Unit) -> Reply:
        occurrence, series = await self._pressed(call, unit)
        if await self._books(unit).met(call.who, series.community) is None or call.at > occurrence.ends_at + CARD_FOR:
            raise BadPress(why="met")
        next_at = await next_start(self._meetings(unit), series, occurrence, call.at)
        return views.card(self._texts.of(call.language), series, next_at, call.zone)

    async def quiet(self, call: Call, unit: Unit) -> Reply:
        return await self._wish(call, unit, quiet=True)

    async def loud(self, call: Call, unit: Unit) -> Reply:
        return await self._wish(call, unit, quiet=False)

    async def _wish(self, call: Call, unit: Unit, *, quiet: bool) -> Reply:
        community = CommunityId(call.press.subject)
        if not await self._books(unit).be_quiet(call.who, community, quiet=quiet):
            raise BadPress(why="met")
        return views.quieted(self._texts.of(call.language), community, quiet=quiet)

    # Who hosted ---------------------------------------------------------------------------------------------------------

    async def debrief(self, call: Call, unit: Unit) -> Reply:
        """Show the next question, or keep the answers at the third. Only the host; a second time changes nothing."""
        occurrence, series = await self._pressed(call, unit)
        taps = rules.taps_in(call.press.value)
        if taps is None or await self._meetings(unit).host(occurrence.id) != call.who:
            raise BadPress(why="debrief")
        say = self._texts.of(call.language)
        if occurrence.state is not State.CLOSED:
            return done(say, "afterwards.debriefed_before")
        went, note, self_ = taps
        if went is None or note is None or not self_:
            return views.debrief(say, occurrence, went, note)
        if await self._meetings(unit).move(occurrence, replace(occurrence, state=State.DEBRIEFED)):
            await self._books(unit).keep(Debrief(occurrence.id, went, note, occurrence.starts_at), call.at)
        return views.debriefed(say, series.id, note, self_)

    async def look_back(self, call: Call, unit: Unit) -> Reply:
        """How the room's last evenings went, for facilitators."""
        if call.community is None or call.place.private:
            raise InTheRoom()
        room = await unit.rooms.find_or_make(call.community.id, call.place)
        found = await self._books(unit).debriefs(room.id, MOST_SHOWN)
        return views.looked_back(self._texts.of(call.language), list(found), ZoneInfo(call.community.zone))

    async def _pressed(self, call: Call, unit: Unit) -> tuple[Occurrence, Series]:
        book = self._meetings(unit)
        occurrence = await book.occurrence(OccurrenceId(call.press.subject))
        series = await book.series(occurrence.series) if occurrence is not None else None
        if occurrence is None or series is None:
            raise BadPress(why="occurrence")
        return occurrence, series
