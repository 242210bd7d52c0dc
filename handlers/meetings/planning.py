"""Keeping one occurrence of a series ahead: its row, and the due rows of its moments."""

from datetime import datetime

from bot.core.ids import OccurrenceId, new_id
from bot.core.meetings import Occurrence, Series, When
from bot.core.ports import Unit
from bot.core.schedule import next_start
from handlers.meetings import rules
from handlers.meetings.records import Meetings

AT_ONCE = 500


async def plan_next(unit: Unit, book: Meetings, series: Series, after: datetime, now: datetime) -> Occurrence | None:
    """Plan the series' first occurrence that starts later than `after` and `now`; none when the series is cancelled."""
    if series.cancelled_at is not None:
        return None
    start = next_start(series.schedule, max(after, now))
    occurrence = await book.plan(Occurrence(OccurrenceId(new_id()), series.id, start, start + series.length))
    for due in rules.moments(occurrence, now):
        await unit.due.add(due)
    return occurrence


async def plan_missing(unit: Unit, book: Meetings, now: datetime, after: str = "") -> str:
    """Plan for series that have nothing ahead, as after a moment that was given up. For every start.

    Looks at a few series, from beyond `after`; returns the last of them, or "" when there are no more.
    """
    missing, last = await book.unplanned(after, AT_ONCE)
    for series in missing:
        await plan_next(unit, book, series, now, now)
    return last


async def forget_moments(unit: Unit, occurrence: Occurrence) -> None:
    """Withdraw what was promised of an occurrence that is over."""
    for when in (When.ANNOUNCE_DAY, When.ANNOUNCE_SOON, When.REMIND, When.OPEN, When.CLOSING, When.CLOSE, When.CARD, When.CHECKIN):
        await unit.due.drop(when.key(occurrence.id))
