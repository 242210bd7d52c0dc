"""Evenings that are planned, under way or over, on both databases."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from bot.core.ids import MeetingId, RoomId, new_id
from bot.core.meetings import OVER, State
from storage.meetings import Meetings
from storage.tables.meetings import occurrences
from tests.storage.a_series import START, WEEKLY, a_series, ask, evening, planned
from tests.storage.people import a_room

FIRST = "2026-12-01T19:00"
WEEK = timedelta(days=7)


@pytest.fixture
async def room(store):
    return await a_room(store)


@pytest.fixture
async def series(store, room):
    return await a_series(store, room)


async def test_an_evening_comes_back_as_it_was(store, series):
    other = await a_room(store, "-200")
    whole = evening(
        series,
        START + timedelta(days=1),
        state=State.OPEN,
        segment=2,
        since=START,
        checkin=True,
        heads=7,
        original=FIRST,
        room=other.id,
        paused_at=START,
        extra=5,
        self_run=True,
        reason="A concert next door",
    )
    assert await ask(store, lambda book: book.plan(whole)) == whole
    assert await ask(store, lambda book: book.occurrence(whole.id)) == whole
    assert await ask(store, lambda book: book.occurrence_at(series.id, FIRST)) == whole
    assert await ask(store, lambda book: book.occurrence_at(series.id, "2026-12-08T19:00")) is None


async def test_an_evening_without_a_name_and_room_gets_those_of_its_series(store, room, series):
    found = await planned(store, series)
    assert (found.original, found.room) == (FIRST, room.id)


async def test_an_evening_is_planned_once_for_its_name_wherever_it_was_moved(store, series):
    first = await planned(store, series)
    moved = replace(first, starts_at=START + timedelta(days=2), ends_at=START + timedelta(days=2, hours=1))
    assert await ask(store, lambda book: book.move(first, moved))
    assert await planned(store, series, original=FIRST) == moved
    another = await planned(store, series, START + timedelta(days=2), original="2026-12-08T19:00")
    assert another.id != first.id


async def test_an_evening_of_a_series_that_is_gone_is_refused(store, series):
    with pytest.raises(LookupError):
        await planned(store, replace(series, id=MeetingId(new_id())))


async def test_a_move_stores_every_value_and_seals_a_reason(store, series):
    before = await planned(store, series)
    other = await a_room(store, "-200")
    after = replace(
        before,
        state=State.CANCELLED,
        starts_at=START + WEEK,
        ends_at=START + WEEK + timedelta(minutes=30),
        room=other.id,
        original="2026-12-08T19:00",
        paused_at=START,
        extra=10,
        self_run=True,
        reason="Canary is ill",
    )
    assert await ask(store, lambda book: book.move(before, after))
    assert await ask(store, lambda book: book.occurrence(before.id)) == after
    (row,) = await store.transact(lambda unit: unit.rows(select(occurrences.c.reason)))
    assert b"anary" not in bytes(row["reason"])
    plain = replace(after, state=State.PLANNED, reason="")
    assert await ask(store, lambda book: book.move(after, plain))
    assert await ask(store, lambda book: book.occurrence(before.id)) == plain


async def test_an_evening_does_not_get_a_name_that_another_has(store, series):
    first, second = await planned(store, series), await planned(store, series, START + WEEK)
    taken = replace(first, original=second.original)
    assert not await ask(store, lambda book: book.move(first, taken))
    assert await ask(store, lambda book: book.occurrence(first.id)) == first
    assert await ask(store, lambda book: book.move(first, replace(first, original="2026-12-15T19:00")))


async def test_an_evening_goes_on_in_the_series_that_follows(store, room, series):
    first = await planned(store, series, reason="Moved for once")
    follower = await a_series(store, room, follows=series.id)
    passed = replace(first, series=follower.id)
    assert await ask(store, lambda book: book.move(first, passed))
    assert await ask(store, lambda book: book.occurrence(first.id)) == passed
    assert await ask(store, lambda book: book.next_of(series.id)) is None
    assert await ask(store, lambda book: book.next_of(follower.id)) == passed


async def test_a_room_has_the_evenings_that_take_place_in_it_not_those_of_its_series(store, room, series):
    other = await a_room(store, "-200")
    away = await planned(store, series, room=other.id)
    assert await ask(store, lambda book: book.in_room(room.id)) is None
    assert await ask(store, lambda book: book.in_room(other.id)) == away
    here = await planned(store, series, START + WEEK)
    assert await ask(store, lambda book: book.in_room(room.id)) == here
    assert await ask(store, lambda book: book.in_room(RoomId("0" * 32))) is None


async def test_what_is_over_is_neither_next_nor_in_the_room(store, room, series):
    for number, state in enumerate(sorted(OVER)):
        await planned(store, series, START + number * WEEK, state=state)
    ahead = await planned(store, series, START + 9 * WEEK)
    assert await ask(store, lambda book: book.next_of(series.id)) == ahead
    assert await ask(store, lambda book: book.in_room(room.id)) == ahead
    assert await ask(store, lambda book: book.ahead_of(series.id)) == [ahead]


async def test_all_that_are_ahead_are_listed_the_earliest_first(store, series):
    later, first = await planned(store, series, START + WEEK), await planned(store, series)
    assert await ask(store, lambda book: book.ahead_of(series.id)) == [first, later]
    assert await ask(store, lambda book: book.next_of(series.id)) == first


async def test_evenings_since_a_day_are_listed_over_series_whatever_became_of_them(store, room, series):
    other = await a_series(store, room)
    await planned(store, series, START - WEEK, state=State.CLOSED)
    cancelled = await planned(store, series, state=State.CANCELLED, reason="Ice on the roads")
    ahead = await planned(store, other, START + WEEK)
    assert await ask(store, lambda book: book.since([series.id, other.id], START)) == [cancelled, ahead]
    assert await ask(store, lambda book: book.since([], START)) == []


@pytest.mark.parametrize("state", State)
async def test_only_an_evening_that_did_not_begin_is_taken_back(store, series, state):
    one = await planned(store, series, state=state)
    assert await ask(store, lambda book: book.unplan(one)) == (state in (State.PLANNED, State.ANNOUNCED))
    assert (await ask(store, lambda book: book.occurrence(one.id)) is None) == (state in (State.PLANNED, State.ANNOUNCED))


async def test_an_evening_that_opened_meanwhile_is_not_taken_back(store, series):
    before = await planned(store, series)
    assert await ask(store, lambda book: book.move(before, replace(before, state=State.LOBBY)))
    assert not await ask(store, lambda book: book.unplan(before))


async def test_a_series_whose_rule_ended_is_still_looked_at(store, room):
    """Whoever plans finds that there is nothing to plan: see `next_evening`."""
    ended = replace(WEEKLY, first=date(2020, 1, 1), rule="FREQ=WEEKLY;BYDAY=TU;COUNT=2")
    made = await a_series(store, room)
    await ask(store, lambda book: book.change_series(replace(made, schedule=ended)))
    found, last = await ask(store, lambda book: book.unplanned("", 10))
    assert ([one.schedule for one in found], last) == ([ended], made.id)


async def test_a_change_is_stored_only_over_the_state_and_segment_it_was_made_for(store, series):
    before = await planned(store, series)
    opened = replace(before, state=State.OPEN, segment=0, since=START, checkin=True)

    async def both(unit):
        book = Meetings(unit)
        return await book.move(before, opened), await book.move(before, replace(before, state=State.CANCELLED))

    assert await store.transact(both) == (True, False)
    assert await store.transact(lambda unit: Meetings(unit).occurrence(before.id)) == opened
    later = replace(opened, segment=1)
    assert await store.transact(lambda unit: Meetings(unit).move(opened, later))
    assert not await store.transact(lambda unit: Meetings(unit).move(opened, replace(opened, segment=2)))


async def test_a_room_shows_what_is_under_way_before_what_is_next(store, series, room):
    following = await planned(store, series, START + timedelta(days=7))
    assert await store.transact(lambda unit: Meetings(unit).in_room(room.id)) == following
    await planned(store, series, START - timedelta(days=7), state=State.CLOSED)
    live = await planned(store, series, START, state=State.LOBBY)
    assert await store.transact(lambda unit: Meetings(unit).in_room(room.id)) == live
    assert await store.transact(lambda unit: Meetings(unit).next_of(series.id)) == live
    assert await store.transact(lambda unit: Meetings(unit).in_room(RoomId("0" * 32))) is None


async def test_a_series_with_nothing_ahead_is_found_until_it_is_cancelled(store, series):
    await planned(store, series, START, state=State.CLOSED)
    assert await store.transact(lambda unit: Meetings(unit).unplanned("", 10)) == ([series], series.id)
    assert await store.transact(lambda unit: Meetings(unit).unplanned(series.id, 10)) == ([], "")
    await planned(store, series, START + timedelta(days=7))
    assert await store.transact(lambda unit: Meetings(unit).unplanned("", 10)) == ([], series.id)
