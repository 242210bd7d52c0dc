"""Places at an evening that has room for so many, and the waiting list. Pure.

A place that somebody gives back is offered to the first who waits, and kept for half an hour; then it goes to the next. From the
start on there is no list any more: a free place is anybody's. Nobody learns who has one or who waits.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.quiet import Quiet, after_quiet
from handlers.reminders.records import Going, Standing

CLAIM = timedelta(minutes=30)


def free(capacity: int, taken: int) -> int:
    """Return how many places are free; `taken` counts those that are kept for somebody. Without a limit there is always one."""
    return max(capacity - taken, 0) if capacity else 1


def answered(wanted: Standing, mine: Going, places: int, *, others_wait: bool, started: bool, now: datetime) -> Going:
    """Return what becomes of an answer. `places` are free, not counting one that is kept for the person.

    Somebody who wants to come keeps the place that they have, or that is kept for them until now; else they get a free one that
    nobody else waits for; else they wait, at the end of the list if they were not on it.
    """
    if wanted is not Standing.GOING:
        return replace(mine, standing=wanted, turn=0, until=None)
    if mine.standing is Standing.GOING:
        return mine
    is_offered = mine.standing is Standing.OFFERED
    in_time = is_offered and mine.until is not None and now <= mine.until
    if in_time or (places + is_offered > 0 and (started or not others_wait)):
        return replace(mine, standing=Standing.GOING, turn=0, until=None)
    if mine.standing is Standing.WAITING:
        return mine
    return replace(mine, standing=Standing.WAITING, until=None)


def heard_at(now: datetime, starts_at: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """Return when a person hears of a free place: in quiet hours when those end. Nobody is to lose one asleep."""
    at = after_quiet(now, quiet, zone)
    return at if at < starts_at else now


def kept_until(heard: datetime, starts_at: datetime) -> datetime:
    """Return how long an offered place is kept: half an hour from when the person hears of it, not beyond the start."""
    return min(heard + CLAIM, starts_at)
