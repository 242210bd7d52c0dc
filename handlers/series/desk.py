"""What every action on series shares: the texts, the books, the right to act, and finding what a press is about."""

from collections.abc import Callable, Sequence
from itertools import islice

from bot.core.calendar import Evening, evenings
from bot.core.calls import Call, Community, Room
from bot.core.errors import BadInput, BadPress
from bot.core.ids import MeetingId, OccurrenceId
from bot.core.meetings import Series
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.texts import Say, Texts
from handlers.series import views
from handlers.series.drafts import Sheet, Sheets
from handlers.series.records import SeriesStore
from handlers.series.rules import GRANT


class CallInTheRoom(BadInput):
    """A meeting takes place in the room where it was made."""

    text_key = "series.create_in_room"


class Desk:
    """`formats`: the outlines that may be chosen, by name."""

    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], SeriesStore],
        sheets: Callable[[Unit], Sheets],
        doors: Doors,
        formats: Sequence[str],
    ) -> None:
        self.texts = texts
        self.books = books
        self.sheets = sheets
        self.doors = doors
        self.formats = tuple(formats)

    def say(self, call: Call) -> Say:
        return self.texts.of(call.language)

    def refused(self, call: Call) -> Reply:
        return views.refused(self.say(call), call.place.private)

    async def here(self, call: Call, unit: Unit) -> tuple[Community, Room]:
        """Return the room of the call. Raises CallInTheRoom in a private chat."""
        if call.place.private or call.community is None:
            raise CallInTheRoom()
        return call.community, await unit.rooms.find_or_make(call.community.id, call.place)

    async def series(self, unit: Unit, subject: str) -> Series:
        """Return the series of an id. Raises BadPress for none."""
        found = await self.books(unit).series(MeetingId(subject))
        if found is None:
            raise BadPress(why="series")
        return found

    async def may(self, call: Call, unit: Unit, series: Series, occurrence: str = "") -> bool:
        """Whether the caller may change a series; a right to move one of its evenings from a private chat is enough for that."""
        if occurrence and call.place.private and await self.books(unit).may(OccurrenceId(occurrence), call.who, call.at):
            await self.books(unit).grant(series.id, call.who, call.at + GRANT)
            return True
        return await self.doors.may(call, unit, series.id, series.community, until=call.at + GRANT)

    async def may_in(self, call: Call, unit: Unit, subject: str, community: Community) -> bool:
        """Whether the caller may act on a room or on the whole community."""
        return await self.doors.may(call, unit, subject, community.id, until=call.at + GRANT)

    async def community(self, unit: Unit, series: Series) -> Community:
        found = await unit.communities.get(series.community)
        if found is None:
            raise BadPress(why="community")
        return found

    async def sheet(self, call: Call, unit: Unit) -> Sheet:
        return await self.sheets(unit).of(call.who)

    async def keep(self, call: Call, unit: Unit, sheet: Sheet) -> None:
        await self.sheets(unit).keep(call.who, sheet, call.at)

    async def coming(self, unit: Unit, series: Series, call: Call, count: int, skipped: int = 0) -> list[Evening]:
        """Return the next evenings, also those that were cancelled."""
        book = self.books(unit)
        changes, pauses = await book.changes([series.id]), await book.pauses(series.community)
        return list(islice(evenings(series, changes, pauses, call.at), skipped, skipped + count))
