"""Which meetings a calendar shows, read in one go: series, what is different about their evenings, and their versions."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

import msgspec

from bot.core.calls import Community
from bot.core.ids import CommunityId, MeetingId
from bot.core.meetings import Audience, Series
from bot.core.ports import Unit
from bot.core.texts import Say
from handlers.calendars.feed import PLACE, Entry, Wording, calendar, content_of, different_evenings
from handlers.calendars.records import CalendarBooks, SeriesBook


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


def public_wording(say: Say) -> Wording:
    flags = (say.label("calendars.flag_family"), say.label("calendars.flag_beginners"), say.label("calendars.flag_text_only"))
    return Wording(say.label("calendars.public_name"), _cancelled(say), flags=flags)


def exported_wording(say: Say) -> Wording:
    """For a facilitator's own file: with links, so that it can be read in again whole."""
    return msgspec.structs.replace(public_wording(say), links=True)


def private_wording(say: Say, *, plain: bool) -> Wording:
    if plain:
        return exported_wording(say)
    return Wording(say.label("calendars.discreet_name"), _cancelled(say), discreet=say.label("calendars.discreet_title"))


def _cancelled(say: Say) -> str:
    return say.label("calendars.cancelled_title", title=PLACE)
