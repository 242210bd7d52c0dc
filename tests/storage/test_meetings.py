"""Series, occurrences, presence, hosts and reminders, on both databases."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from bot.core.calls import Account
from bot.core.ids import MeetingId, OccurrenceId, RoomId, new_id
from bot.core.meetings import Occurrence, Series, State
from bot.core.schedule import Schedule
from storage.meetings import Meetings
from storage.privacy import PersonalRows, prune
from storage.reminders import Reminders
from storage.tables.meetings import hosts, presences
from storage.tables.meetings import series as series_table
from tests.storage.people import ALICE, BEN, a_room, meet

START = datetime(2026, 12, 1, 18, tzinfo=UTC)
TITLE = "Canary evening"


@pytest.fixture
async def room(store):
    return await a_room(store)


@pytest.fixture
async def series(store, room):
    schedule = Schedule("Europe/Berlin", date(2026, 12, 1), time(19), "FREQ=WEEKLY;BYDAY=TU")
    made = Series(MeetingId(new_id()), room.community, room.id, TITLE, schedule, timedelta(minutes=90))
    await store.transact(lambda unit: Meetings(unit).add_series(made))
    return made


def evening(series, start=START, **more):
    return Occurrence(OccurrenceId(new_id()), series.id, start, start + series.length, **more)


async def planned(store, series, start=START, **more):
    return await store.transact(lambda unit: Meetings(unit).plan(evening(series, start, **more)))


async def test_a_series_comes_back_as_it_was(store, series):
    assert await store.transact(lambda unit: Meetings(unit).series(series.id)) == series
    assert await store.transact(lambda unit: Meetings(unit).of_community(series.community)) == [series]


async def test_a_title_is_not_on_disk_as_written(store, series):
    (row,) = await store.transact(lambda unit: unit.rows(select(series_table)))
    assert TITLE.encode() not in bytes(row["title"])


async def test_a_cancelled_series_is_no_longer_listed(store, series):
    await store.transact(lambda unit: Meetings(unit).cancel_series(series.id, START))
    assert await store.transact(lambda unit: Meetings(unit).of_community(series.community)) == []
    found = await store.transact(lambda unit: Meetings(unit).series(series.id))
    assert found.cancelled_at == START


async def test_an_evening_is_planned_once_for_its_start(store, series):
    first = await planned(store, series)
    assert await planned(store, series) == first
    assert await store.transact(lambda unit: Meetings(unit).occurrence(first.id)) == first


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


async def test_people_are_counted_once_and_handed_out_in_pages(store, clock, series):
    occurrence = await planned(store, series)
    persons = [await meet(store, clock, Account("telegram", str(n))) for n in range(5)]

    async def join_all(unit):
        return [await Meetings(unit).join(occurrence.id, person.id, START) for person in persons]

    assert await store.transact(join_all) == [True] * 5
    assert await store.transact(join_all) == [False] * 5
    assert await store.transact(lambda unit: Meetings(unit).count(occurrence.id)) == 5
    first = await store.transact(lambda unit: Meetings(unit).some(occurrence.id, "", 3))
    rest = await store.transact(lambda unit: Meetings(unit).some(occurrence.id, first[-1], 3))
    assert [*first, *rest] == sorted(person.id for person in persons)


async def test_a_grant_holds_for_its_subject_and_its_time(store, clock):
    alice, ben = await meet(store, clock), await meet(store, clock, BEN)
    subject = new_id()

    async def work(unit):
        book = Meetings(unit)
        await book.grant(subject, alice.id, START)
        await book.grant(subject, alice.id, START + timedelta(hours=1))
        before = START + timedelta(minutes=59)
        return [
            await book.may(subject, alice.id, before),
            await book.may(subject, alice.id, START + timedelta(hours=1)),
            await book.may(subject, ben.id, before),
            await book.may(new_id(), alice.id, before),
        ]

    assert await store.transact(work) == [True, False, False, False]
    await store.transact(lambda unit: Meetings(unit).drop(subject, alice.id))
    assert not await store.transact(lambda unit: Meetings(unit).may(subject, alice.id, START))


async def test_one_person_hosts_and_a_new_grant_takes_nothing_away(store, clock):
    alice, ben = await meet(store, clock), await meet(store, clock, BEN)
    subject = new_id()

    async def work(unit):
        book, hosting = Meetings(unit), []
        for person in (alice, ben):
            await book.grant(subject, person.id, START)
            await book.take(subject, person.id)
            hosting.append(await book.host(subject))
        await book.grant(subject, ben.id, START + timedelta(hours=1))
        return [*hosting, await book.host(subject)]

    assert await store.transact(work) == [alice.id, ben.id, ben.id]


async def test_forgetting_leaves_neither_presence_nor_hosts(store, clock, series):
    occurrence, alice = await planned(store, series), await meet(store, clock)

    async def work(unit):
        book = Meetings(unit)
        await book.join(occurrence.id, alice.id, START)
        await book.grant(occurrence.id, alice.id, START)
        await book.forget(occurrence.id)
        return [len(await unit.rows(select(table))) for table in (presences, hosts)]

    assert await store.transact(work) == [0, 0]


async def test_presence_and_grants_go_by_themselves_even_if_nobody_forgets_them(store, clock, series):
    occurrence, alice = await planned(store, series), await meet(store, clock)

    async def work(unit):
        await Meetings(unit).join(occurrence.id, alice.id, START)
        await Meetings(unit).grant(occurrence.id, alice.id, START)

    async def left(unit):
        return [len(await unit.rows(select(table))) for table in (presences, hosts)]

    await store.transact(work)
    await prune(store, START + timedelta(days=2))
    assert await store.transact(left) == [0, 0]


async def test_reminders_are_on_once_listed_in_pages_and_gone_with_the_series(store, clock, series):
    alice, ben = await meet(store, clock), await meet(store, clock, BEN)

    async def work(unit):
        book = Reminders(unit)
        assert [await book.turn_on(series.id, alice.id, START), await book.turn_on(series.id, alice.id, START)] == [True, False]
        await book.turn_on(series.id, ben.id, START)
        assert await book.of_person(alice.id) == [series.id]
        first = await book.persons(series.id, "", 1)
        assert [*first, *await book.persons(series.id, first[0], 5)] == sorted([alice.id, ben.id])
        assert [await book.turn_off(series.id, alice.id), await book.turn_off(series.id, alice.id)] == [True, False]
        await book.drop_series(series.id)
        return await book.persons(series.id, "", 5)

    assert await store.transact(work) == []


async def test_a_person_sees_what_is_kept_and_takes_it_along(store, clock, series):
    occurrence, alice = await planned(store, series), await meet(store, clock, ALICE)

    async def work(unit):
        await Meetings(unit).join(occurrence.id, alice.id, START)
        await Meetings(unit).grant(occurrence.id, alice.id, START)
        await Reminders(unit).turn_on(series.id, alice.id, START)
        held = await PersonalRows(unit).held(alice.id, START)
        return {line.kind for line in held}, set(await PersonalRows(unit).export(alice.id))

    held, exported = await store.transact(work)
    assert {"presences", "hosts", "reminders"} <= held
    assert {"presences", "hosts", "reminders"} <= exported
    await store.transact(lambda unit: PersonalRows(unit).erase(alice.id, START))
    assert await store.transact(lambda unit: Meetings(unit).count(occurrence.id)) == 0
    assert await store.transact(lambda unit: Reminders(unit).persons(series.id, "", 5)) == []
