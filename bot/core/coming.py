"""What is coming in a community: one audience's evenings as they stand today, each with its series, and its row once planned."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Protocol

import msgspec
from msgspec.structs import replace

from bot.core.calendar import Calendar, Change, Evening, Pause, evenings, next_evening
from bot.core.ids import CommunityId, MeetingId
from bot.core.meetings import FORGOTTEN, OVER, Audience, Occurrence, Series, State


class Ahead(msgspec.Struct, frozen=True):
    """One evening that is under way or to come. `occurrence` is None until it is planned."""

    series: Series
    evening: Evening
    occurrence: Occurrence | None = None

    @property
    def is_live(self) -> bool:
        return self.occurrence is not None and self.occurrence.is_live


class ComingBook(Calendar, Protocol):
    async def of_community(self, community: CommunityId) -> Sequence[Series]:
        """Return the community's series that are not cancelled, oldest first."""
        ...

    async def since(self, series: Sequence[MeetingId], start: datetime) -> Sequence[Occurrence]:
        """Return the occurrences of some series that start at `start` or later, whatever became of them."""
        ...


class Followed(Calendar, Protocol):
    async def follower(self, series: MeetingId) -> Series | None:
        """Return the series that goes on from this one, cancelled or not."""
        ...


async def next_start(book: Followed, series: Series, after: datetime) -> datetime | None:
    """Return the next start of a series, or of the one that goes on from it, later than `after`."""
    known = [one for one in (series, await book.follower(series.id)) if one is not None]
    changes = await book.changes([one.id for one in known])
    pauses = await book.pauses(series.community)
    found = [next_evening(one, changes, pauses, after) for one in known]
    return min((evening.starts_at for evening in found if evening is not None), default=None)


async def coming(book: ComingBook, community: CommunityId, audience: Audience, now: datetime, until: datetime) -> list[Ahead]:
    """Return an audience's evenings that are not over and start by `until`, the earliest first."""
    found = [series for series in await book.of_community(community) if series.options.audience is audience]
    return await coming_of(book, found, now, until)


async def coming_of(book: ComingBook, found: Sequence[Series], now: datetime, until: datetime) -> list[Ahead]:
    """Return the evenings of some of a community's series. Raises ValueError for those of two audiences: no list joins them."""
    if not found:
        return []
    if len({(series.community, series.options.audience) for series in found}) > 1:
        raise ValueError("a list is of one audience of one community")
    ids, longest = [series.id for series in found], max(series.length for series in found)
    changes: dict[MeetingId, list[Change]] = {}
    for change in await book.changes(ids):
        changes.setdefault(change.series, []).append(change)
        longest = max(longest, timedelta(minutes=change.minutes or 0))
    planned = {(one.series, one.original): one for one in await book.since(ids, now - longest - FORGOTTEN)}
    pauses = await book.pauses(found[0].community)
    listed = [one for series in found for one in ahead(series, changes.get(series.id, ()), pauses, planned, now, until)]
    return sorted(listed, key=lambda one: (one.evening.starts_at, one.series.title, one.series.id, one.evening.original))


def ahead(
    series: Series,
    changes: Sequence[Change],
    pauses: Sequence[Pause],
    planned: Mapping[tuple[MeetingId, str], Occurrence],
    now: datetime,
    until: datetime,
) -> list[Ahead]:
    """Return one series' evenings that are not over at `now` and start by `until`, the earliest first."""
    longest = max((timedelta(minutes=change.minutes) for change in changes if change.minutes), default=timedelta(0))
    after = now - max(series.length, longest) - FORGOTTEN
    dates = takewhile(lambda evening: evening.starts_at <= until, evenings(series, changes, pauses, after))
    every = (_joined(series, evening, planned.get((series.id, evening.original))) for evening in dates)
    return [one for one in every if _is_ahead(one, now)]


def _joined(series: Series, evening: Evening, occurrence: Occurrence | None) -> Ahead:
    """What became of the evening's row counts as well: a room that nobody opened is cancelled without a change of the series."""
    if occurrence is not None and occurrence.state is State.CANCELLED and not evening.cancelled:
        evening = replace(evening, cancelled=True, why=occurrence.reason)
    return Ahead(series, evening, occurrence)


def _is_ahead(one: Ahead, now: datetime) -> bool:
    if one.is_live:
        return True
    if one.occurrence is not None and one.occurrence.state in OVER and not one.evening.cancelled:
        return False
    return one.evening.ends_at > now
