"""The next evening of a series that began years ago, beside that of one that begins this week."""

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock

from bench.figures import Figure, Size, median
from bot.core.calendar import Change, next_evening
from bot.core.ids import CommunityId, MeetingId, RoomId
from bot.core.meetings import Series
from bot.core.schedule import Schedule

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
YOUNG, OLD = date(2026, 11, 23), date(2024, 11, 25)
RULES = {
    "daily": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY;BYDAY=TU",
    "last Friday": "FREQ=MONTHLY;BYDAY=-1FR",
}
HALF_MORE = 1.5


def next_of_an_old_series(size: Size) -> list[Figure]:
    return [_figure(name, rule, size) for name, rule in RULES.items()]


def _figure(name: str, rule: str, size: Size) -> Figure:
    """Two years ago, with every tenth week changed, against this week with none. Rounds are interleaved."""
    young, old = _series(rule, YOUNG), _series(rule, OLD)
    changes = [Change(old.id, f"{OLD + timedelta(weeks=week)}T19:00", cancelled=True) for week in range(0, 100, 10)]
    pairs = [(_seconds(old, changes, size), _seconds(young, (), size)) for _ in range(size.rounds + 1)][1:]
    ratio = median(ours / peer for ours, peer in pairs)
    ours, peer = (median(pair[side] for pair in pairs) * 1e6 for side in (0, 1))
    return Figure(
        f"next evening after two years, {name}",
        f"{ours:.0f} us",
        f"{peer:.0f} us in its first week",
        ratio,
        f"<= {HALF_MORE}",
        ratio <= HALF_MORE,
    )


def _series(rule: str, first: date) -> Series:
    schedule = Schedule("Europe/Berlin", first, clock(19), rule)
    return Series(MeetingId("s"), CommunityId("c"), RoomId("r"), "", schedule, timedelta(minutes=90))


def _seconds(series: Series, changes: Sequence[Change], size: Size) -> float:
    times = max(size.due, 20)
    began = time.perf_counter()
    for _ in range(times):
        next_evening(series, changes, (), NOW)
    return (time.perf_counter() - began) / times
