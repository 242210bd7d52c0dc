"""What is coming, and what is too late to be said. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from bot.core.meetings import LATE_REMINDER, SOON, Occurrence, Series
from bot.core.schedule import starts

AHEAD = timedelta(days=14)
MOST = 10


def coming(found: Sequence[Series], now: datetime) -> list[tuple[datetime, Series]]:
    """Return the starts of the next two weeks, the earliest first, at most ten."""
    dates = [(start, series) for series in found for start in takewhile(lambda at: at <= now + AHEAD, starts(series.schedule, now))]
    return sorted(dates, key=lambda date: (date[0], date[1].id))[:MOST]


def day_is_late(occurrence: Occurrence, now: datetime) -> bool:
    """Once the second announcement is due, the first has nothing more to say."""
    return now >= occurrence.starts_at - SOON


def soon_is_late(occurrence: Occurrence, now: datetime) -> bool:
    return now >= occurrence.starts_at


def reminder_is_late(occurrence: Occurrence, now: datetime) -> bool:
    """Up to half an hour after the start a reminder still says "it has begun"."""
    return now > occurrence.starts_at + LATE_REMINDER
