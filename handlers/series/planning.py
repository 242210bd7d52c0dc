"""Keeping what is planned of a series as its rule and its changes have it: the row of an evening, and the moments promised of it.

An evening keeps its row when it moves, also to another day of a changed rule: those who said that they come hear of it.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from msgspec.structs import replace

from bot.core.calendar import MOST_LOOKED_AT, Change, Evening, Pause, evening_at, evenings
from bot.core.ids import CommunityId, OccurrenceId, new_id
from bot.core.meetings import AHEAD, OF_THE_ROOM, OVER, Occurrence, Series, State, When, duty_again, room_moments
from bot.core.ports import Unit
from handlers.series.records import SeriesStore
from handlers.series.rules import GRANT, RECHECK, ended_lately

AT_ONCE = 500


async def plan_missing(unit: Unit, book: SeriesStore, now: datetime, after: str = "") -> str:
    """Plan for series that have nothing ahead, as after a moment that was given up. For every start.

    Looks at a few series, from beyond `after`; returns the last of them, or "" when there are no more.
    """
    missing, last = await book.unplanned(after, AT_ONCE)
    for series in missing:
        if await settle(unit, book, series, now) is None and series.ended_at is None and ended_lately(series, now):
            await unit.due.add(When.PLAN.due(now, series.id))  # its job says that the series has ended
    return last


async def settle(
    unit: Unit, book: SeriesStore, series: Series, now: datetime, strays: Sequence[Occurrence] = (), *, news: bool = False
) -> Occurrence | None:
    """Bring the planned evenings of a series in step, and plan the next one; None when there is no next.

    What is under way is left alone. `strays`: evenings that another series gave up to this one. `news`: what is told of the series
    changed, so each evening is news.
    """
    if series.cancelled_at is not None:
        return None
    changes, pauses = await book.changes([series.id]), await book.pauses(series.community)
    loose = list(strays)
    for before in await book.ahead_of(series.id):
        if before.state not in AHEAD:
            continue
        evening = evening_at(series, changes, pauses, before.original)
        if evening is None:
            loose.append(before)
        else:
            await _agree(unit, book, series, before, evening, now, news=news)
    following = await _plan_next(unit, book, series, changes, pauses, loose, now)
    for before in loose:
        await call_off(unit, book, before, "", now)
    return following


async def _plan_next(
    unit: Unit,
    book: SeriesStore,
    series: Series,
    changes: Sequence[Change],
    pauses: Sequence[Pause],
    loose: list[Occurrence],
    now: datetime,
) -> Occurrence | None:
    """Have a row for the next evening that takes place; one that lost its evening is taken for it, and struck off `loose`."""
    for evening in islice(evenings(series, changes, pauses, now), MOST_LOOKED_AT):
        known = None if evening.cancelled else await book.occurrence_at(series.id, evening.original)
        if evening.cancelled or (known is not None and known.state in OVER - {State.CANCELLED}):
            continue
        if known is not None and known.state is not State.CANCELLED:
            return known
        before = known or (loose.pop(0) if loose else None)
        if before is not None:
            return await _agree(unit, book, series, before, evening, now)
        planned = Occurrence(
            OccurrenceId(new_id()),
            series.id,
            evening.starts_at,
            evening.ends_at,
            original=evening.original,
            room=evening.room,
            reason=evening.why,
        )
        planned = await book.plan(planned)
        await _promise(unit, book, series, planned, evening, now)
        return planned
    return None


async def _agree(
    unit: Unit, book: SeriesStore, series: Series, before: Occurrence, evening: Evening, now: datetime, *, news: bool = False
) -> Occurrence:
    """Make a planned (or called off) evening what it is to be, and say so to those who act on it."""
    if evening.cancelled:
        return await call_off(unit, book, before, evening.why, now)
    after = replace(
        before,
        series=series.id,
        original=evening.original,
        starts_at=evening.starts_at,
        ends_at=evening.ends_at,
        room=evening.room,
        reason=evening.why,
    )
    was = (before.state is State.CANCELLED, before.starts_at, before.room)
    is_changed = was != (False, after.starts_at, after.room)
    if is_changed:
        after = replace(after, state=State.PLANNED, since=None)
    if after != before and not await book.move(before, after):
        return before
    another = evening.host is not None and await book.host(before.id) != evening.host
    if after != before or news or another:
        await _promise(unit, book, series, after, evening, now)
    if is_changed:
        await unit.due.add(When.CHANGED.due(now, after.id))
        await _tell_duty(unit, before, after, now)
    return after


async def _promise(unit: Unit, book: SeriesStore, series: Series, planned: Occurrence, evening: Evening, now: datetime) -> None:
    if evening.host is not None and await book.host(planned.id) != evening.host:
        await book.grant(planned.id, evening.host, planned.ends_at + GRANT)
        await book.take(planned.id, evening.host)
    for due in room_moments(planned):
        await unit.due.add(due)
    if planned.starts_at - RECHECK > now:
        await unit.due.add(When.PLAN.due(planned.starts_at - RECHECK, series.id))
    await tell(unit, series.community, planned, now)


async def tell(unit: Unit, community: CommunityId, planned: Occurrence | None, now: datetime) -> None:
    """Have everybody look at an evening afresh who shows or announces it."""
    if planned is not None:
        await unit.due.add(When.ANNOUNCE_PLAN.due(now, planned.id))
        await unit.due.add(When.REMIND_PLAN.due(now, planned.id))
    await unit.due.add(When.BOARD.due(now, community))


async def call_off(unit: Unit, book: SeriesStore, before: Occurrence, why: str, now: datetime) -> Occurrence:
    """Cancel a planned evening, or one whose room has only just opened; another stays as it is."""
    if before.state not in AHEAD | {State.LOBBY}:
        return before
    after = replace(before, state=State.CANCELLED, since=now, reason=why)
    if not await book.move(before, after):
        return before
    for when in OF_THE_ROOM:
        await unit.due.drop(when.key(after.id))
    if before.state is State.LOBBY:
        await unit.due.add(When.CARD.due(now, after.id))
    for when in (When.ANNOUNCE_PLAN, When.REMIND_PLAN, When.CHANGED):
        await unit.due.add(when.due(now, after.id))
    await _tell_duty(unit, before, after, now)
    return after


async def _tell_duty(unit: Unit, before: Occurrence, after: Occurrence, now: datetime) -> None:
    if (again := duty_again(before, after, now)) is not None:
        await unit.due.add(again)
