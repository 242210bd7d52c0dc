"""A clock change that shifts a meeting's time for somebody in another zone. Pure.

A meeting keeps its time on the clocks of its own zone. Where the clocks of another zone change in another week, or not at all, the
meeting moves there. Where both change alike nothing moves, and nothing is said.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec

WEEK_BEFORE = timedelta(days=7)
_LEEWAY = timedelta(hours=25)  # a week on the meeting's clocks is an hour longer when they go back, and moments may come late
LOOK_BACK = timedelta(days=100)  # for the last evening before: longer breaks are a new beginning


class Shift(msgspec.Struct, frozen=True):
    """The first evening at another time for the person, and the last one at the time before."""

    before: datetime
    first: datetime

    @property
    def name(self) -> str:
        """Which change it is, for a series and a person."""
        return f"{self.first:%Y-%m-%d}"


def horizon(now: datetime) -> datetime:
    """Up to when one looks ahead."""
    return now + WEEK_BEFORE + _LEEWAY


def near(starts: Iterable[datetime], now: datetime) -> Sequence[datetime]:
    """Return the evenings of the next week, with the last one before them; none when there is no such one. `starts` in order, from
    well before `now` on."""
    before: datetime | None = None
    ahead: list[datetime] = []
    for start in starts:
        if start > horizon(now):
            break
        if start <= now:
            before = start
        else:
            ahead.append(start)
    return [before, *ahead] if before is not None else []


def shift(starts: Sequence[datetime], home: ZoneInfo, own: ZoneInfo) -> Shift | None:
    """Return the first shift between some evenings that follow each other; `home` is the meeting's zone, `own` the person's."""
    for before, after in pairwise(starts):
        if _apart(before, home, own) != _apart(after, home, own):
            return Shift(before, after)
    return None


def _apart(at: datetime, home: ZoneInfo, own: ZoneInfo) -> timedelta:
    """How much later the person's clocks show than the meeting's."""
    return at.astimezone(own).replace(tzinfo=None) - at.astimezone(home).replace(tzinfo=None)
