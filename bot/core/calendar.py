"""The evenings of a series: what its rule gives, with single evenings changed and days left out. Pure; UTC comes last."""

import heapq
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec

from bot.core.ids import CommunityId, MeetingId, PersonId, RoomId
from bot.core.meetings import Series
from bot.core.schedule import on_the_clock, walls


class Change(msgspec.Struct, frozen=True):
    """One evening made different. `original` names it (see `Occurrence.original`). What is None is as the series has it.

    `starts`: the new wall-clock start in the series' zone, as `2026-12-02T20:00`. `host`: who stands in. `reason` is a facilitator's
    words, shown to the community.
    """

    series: MeetingId
    original: str
    starts: str | None = None
    minutes: int | None = None
    room: RoomId | None = None
    host: PersonId | None = None
    cancelled: bool = False
    reason: str = ""


class Pause(msgspec.Struct, frozen=True):
    """Days on which nothing takes place, both included, on the calendar of each series' own zone. `series`: None for the whole
    community (a holiday). `title` is a facilitator's words."""

    id: str
    community: CommunityId
    first: date
    last: date
    title: str = ""
    series: MeetingId | None = None


class Evening(msgspec.Struct, frozen=True):
    """One evening as it stands today. `why`: the reason it was cancelled or moved for, or the title of the pause it falls in."""

    series: MeetingId
    original: str
    starts_at: datetime
    ends_at: datetime
    room: RoomId
    cancelled: bool = False
    moved: bool = False
    why: str = ""
    host: PersonId | None = None


class Calendar(Protocol):
    """What is needed to know the evenings of series."""

    async def changes(self, series: Sequence[MeetingId]) -> Sequence[Change]: ...

    async def pauses(self, community: CommunityId) -> Sequence[Pause]: ...


LONGEST_MOVE = timedelta(days=60)  # an evening may be moved so far from its own day
MOST_LOOKED_AT = 1000  # evenings without one that takes place: then there is none


def evenings(series: Series, changes: Sequence[Change], pauses: Sequence[Pause], after: datetime) -> Iterator[Evening]:
    """Yield the evenings that start (or were to start, if cancelled) strictly later than `after`, the earliest first."""
    by_original = {change.original: change for change in changes if change.series == series.id}
    own = [pause for pause in pauses if pause.series in (None, series.id)]
    waiting: list[tuple[datetime, str, Evening]] = []
    for wall in walls(series.schedule, after - LONGEST_MOVE):
        regular = on_the_clock(wall, ZoneInfo(series.schedule.zone))
        while waiting and waiting[0][0] <= regular - LONGEST_MOVE:
            yield heapq.heappop(waiting)[2]
        evening = _evening(series, wall, by_original.get(wall.isoformat(timespec="minutes")), own)
        if evening.starts_at > after:
            heapq.heappush(waiting, (evening.starts_at, evening.original, evening))
    while waiting:
        yield heapq.heappop(waiting)[2]


def next_evening(series: Series, changes: Sequence[Change], pauses: Sequence[Pause], after: datetime) -> Evening | None:
    """Return the next evening that takes place; None when there is none."""
    if series.cancelled_at is not None:
        return None
    for number, evening in enumerate(evenings(series, changes, pauses, after)):
        if not evening.cancelled:
            return evening
        if number >= MOST_LOOKED_AT:
            break
    return None


def _evening(series: Series, wall: datetime, change: Change | None, pauses: Sequence[Pause]) -> Evening:
    original = wall.isoformat(timespec="minutes")
    starts = datetime.fromisoformat(change.starts) if change and change.starts else wall
    at = on_the_clock(starts, ZoneInfo(series.schedule.zone))
    length = timedelta(minutes=change.minutes) if change and change.minutes else series.length
    moved = starts != wall
    pause = None if moved else next((pause for pause in pauses if pause.first <= wall.date() <= pause.last), None)
    why = change.reason if change and change.reason else pause.title if pause else ""
    cancelled = bool(change and change.cancelled) or pause is not None
    room = change.room if change and change.room else series.room
    return Evening(series.id, original, at, at + length, room, cancelled, moved, why, change.host if change else None)
