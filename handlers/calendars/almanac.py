"""Which meetings a calendar shows, read in one go: series, what is different about their evenings, and their versions."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from bot.core.calls import Community
from bot.core.ids import CommunityId, MeetingId
from bot.core.meetings import Audience, Series
from bot.core.ports import Unit
from handlers.calendars.records import CalendarBooks, SeriesBook
from handlers.calendars.wording import Entry, Wording


class Almanac:
    def __init__(self, books: Callable[[Unit], CalendarBooks], meetings: Callable[[Unit], SeriesBook]) -> None:
        self._books = books
        self._meetings = meetings

    async def meetings(self, unit: Unit, community: CommunityId, audience: Audience) -> Sequence[Series]:
        """Return the community's series of one audience, oldest first. No call returns those of both."""
        found = await self._meetings(unit).of_community(community)
        return [series for series in found if series.options.audience is audience]

    async def audiences(self, unit: Unit, community: CommunityId) -> Collection[Audience]:
        return {series.options.audience for series in await self._meetings(unit).of_community(community)}

    async def file(self, unit: Unit, found: Sequence[Series], community: Community, wording: Wording, now: datetime) -> bytes:
        """Return the series as an iCalendar file."""
        from handlers.calendars.feed import calendar, content_of, different_evenings  # late: its library is 3 MB

        book = self._meetings(unit)
        changes = await book.changes([series.id for series in found])
        pauses = await book.pauses(community.id)
        by_series: dict[MeetingId, list[int]] = {}
        for place, change in enumerate(changes):
            by_series.setdefault(change.series, []).append(place)
        own = {series.id: [changes[place] for place in by_series.get(series.id, ())] for series in found}
        contents = {series.id: content_of(series, own[series.id], pauses) for series in found}
        versions = await self._books(unit).versions(contents, now)
        entries = [Entry(series, different_evenings(series, own[series.id], pauses, now), versions[series.id]) for series in found]
        return calendar(entries, wording, now)


def with_followers(found: Sequence[Series], first: MeetingId) -> Sequence[Series]:
    """Return a series with those that go on from it, after edits of "this and later"."""
    line = {first}
    for _ in found:
        later = {series.id for series in found if series.follows in line} - line
        if not later:
            break
        line |= later
    return [series for series in found if series.id in line]
