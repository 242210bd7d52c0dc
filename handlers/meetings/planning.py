"""Keeping one occurrence of a series ahead: its row, and the due rows of its moments."""

from collections.abc import Callable
from datetime import datetime

from bot.core.features import Job
from bot.core.ids import MeetingId, OccurrenceId, new_id
from bot.core.meetings import DAY_BEFORE, OF_THE_ROOM, OVER, SOON, Occurrence, Series, When, room_moments
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.schedule import next_start
from handlers.meetings.records import Meetings

AT_ONCE = 500


async def plan_next(unit: Unit, book: Meetings, series: Series, after: datetime, now: datetime) -> Occurrence | None:
    """Plan the series' first occurrence that starts later than `after` and `now`; none when the series is cancelled."""
    if series.cancelled_at is not None:
        return None
    start = next_start(series.schedule, max(after, now))
    occurrence = await book.plan(Occurrence(OccurrenceId(new_id()), series.id, start, start + series.length))
    if occurrence.state in OVER:  # held, and closed before its own start
        return await plan_next(unit, book, series, start, now)
    for due in moments(occurrence, now):
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


def moments(occurrence: Occurrence, now: datetime) -> list[Due]:
    """The promises of a newly planned occurrence. News of a moment that is past already is not promised; the room always is."""
    starts, about = occurrence.starts_at, occurrence.id
    news = [
        When.ANNOUNCE_DAY.due(starts - DAY_BEFORE, about),
        When.ANNOUNCE_SOON.due(starts - SOON, about),
        When.REMIND.due(starts - SOON, about),
    ]
    return [due for due in news if due.at > now] + room_moments(occurrence)


def planner(books: Callable[[Unit], Meetings]) -> Job:
    """The job of `When.PLAN`: an evening is over, the next is planned."""

    async def plan(due: Due, now: datetime, unit: Unit) -> None:
        book = books(unit)
        series = await book.series(MeetingId(due.subject))
        if series is not None and await book.next_of(series.id) is None:
            await plan_next(unit, book, series, now, now)

    return plan


async def forget_moments(unit: Unit, occurrence: Occurrence) -> None:
    """Withdraw what was promised of an occurrence that is over."""
    for when in (When.ANNOUNCE_DAY, When.ANNOUNCE_SOON, When.REMIND, *OF_THE_ROOM):
        await unit.due.drop(when.key(occurrence.id))
