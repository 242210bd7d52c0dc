"""The evenings of a series: what its rule gives, with single evenings changed and days left out. Pure; UTC comes last."""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec

from bot.core.ids import CommunityId, MeetingId, PersonId, RoomId
from bot.core.meetings import Occurrence, Series
from bot.core.schedule import clocked, gives, on_the_clock


class Change(msgspec.Struct, frozen=True):
    """One evening made different. `original` names it (see `Occurrence.original`). What is None is as the series has it.

    `starts`: the new wall-clock start in the series' zone, as `2026-12-02T20:00`. `host`: who stands in. `reason`: a facilitator's
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

    @property
    def moves(self) -> bool:
        return self.starts is not None and self.starts != self.original


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


def original_of(wall: datetime) -> str:
    """Return the name of the evening to which the rule gave this wall-clock start (see `Occurrence.original`)."""
    return wall.isoformat(timespec="minutes")


def digits(original: str) -> str:
    """Return an evening's name as a button can carry it, as `202612011900`."""
    return "".join(char for char in original if char.isdigit())


def original_from(pressed: str) -> str:
    """Return the name of the evening that a button carried; "" for anything else."""
    if len(pressed) < 12 or not (pressed[:12].isascii() and pressed[:12].isdigit()):
        return ""
    return f"{pressed[:4]}-{pressed[4:6]}-{pressed[6:8]}T{pressed[8:10]}:{pressed[10:12]}"


def regular_start(occurrence: Occurrence, series: Series) -> datetime:
    """Return when the series' rule had the evening start, wherever it was moved; its own start where that is not known."""
    wall = _wall(occurrence.original)
    return occurrence.starts_at if wall is None else on_the_clock(wall, ZoneInfo(series.schedule.zone))


def evenings(series: Series, changes: Sequence[Change], pauses: Sequence[Pause], after: datetime) -> Iterator[Evening]:
    """Yield the evenings that start (or were to start, if cancelled) strictly later than `after`, the earliest first.

    A change of an evening that the rule no longer gives changes nothing. `changes` and `pauses` may hold those of other series.
    """
    by_original = {change.original: change for change in changes if change.series == series.id}
    moved = (_moved(series, change, after) for change in by_original.values() if change.moves)
    later = sorted((evening for evening in moved if evening is not None), key=_in_time)
    return heapq.merge(_regular(series, by_original, _of(series, pauses), after), later, key=_in_time)


def next_evening(series: Series, changes: Sequence[Change], pauses: Sequence[Pause], after: datetime) -> Evening | None:
    """Return the next evening that takes place; None when there is none: the series is cancelled, or its rule has ended."""
    if series.cancelled_at is not None:
        return None
    ahead = islice(evenings(series, changes, pauses, after), MOST_LOOKED_AT)
    return next((evening for evening in ahead if not evening.cancelled), None)


def evening_at(series: Series, changes: Sequence[Change], pauses: Sequence[Pause], original: str) -> Evening | None:
    """Return one evening as it stands today; None when the rule does not give it."""
    wall = _wall(original)
    if wall is None or not gives(series.schedule, wall):
        return None
    change = next((change for change in changes if change.series == series.id and change.original == original), None)
    return _evening(series, wall, on_the_clock(wall, ZoneInfo(series.schedule.zone)), change, _of(series, pauses))


def _in_time(evening: Evening) -> tuple[datetime, str]:
    return evening.starts_at, evening.original


def _of(series: Series, pauses: Sequence[Pause]) -> Sequence[Pause]:
    return [pause for pause in pauses if pause.series == series.id or (not pause.series and pause.community == series.community)]


def _regular(series: Series, changes: Mapping[str, Change], pauses: Sequence[Pause], after: datetime) -> Iterator[Evening]:
    """Yield the evenings that are at the rule's own time."""
    for wall, start in clocked(series.schedule, after):
        change = changes.get(original_of(wall))
        if change is None or not change.moves:
            yield _evening(series, wall, start, change, pauses)


def _moved(series: Series, change: Change, after: datetime) -> Evening | None:
    """Return the evening that a change moves to later than `after`. A pause does not touch what was moved by hand."""
    wall = _wall(change.original)
    if wall is None:
        return None
    evening = _evening(series, wall, wall, change, ())
    return evening if evening.starts_at > after and gives(series.schedule, wall) else None


def _wall(original: str) -> datetime | None:
    try:
        wall = datetime.fromisoformat(original)
    except ValueError:
        return None
    return wall if wall.tzinfo is None and original_of(wall) == original else None


def _evening(series: Series, wall: datetime, start: datetime, change: Change | None, pauses: Sequence[Pause]) -> Evening:
    """`start`: where the evening takes place unless it was moved."""
    change = change or Change(series.id, original_of(wall))
    if change.starts is not None and change.moves:
        start = on_the_clock(datetime.fromisoformat(change.starts), ZoneInfo(series.schedule.zone))
    pause = None if change.moves else next((pause for pause in pauses if pause.first <= wall.date() <= pause.last), None)
    return Evening(
        series.id,
        change.original,
        start,
        start + (timedelta(minutes=change.minutes) if change.minutes else series.length),
        change.room or series.room,
        cancelled=change.cancelled or pause is not None,
        moved=change.moves,
        why=change.reason or (pause.title if pause else ""),
        host=change.host,
    )
