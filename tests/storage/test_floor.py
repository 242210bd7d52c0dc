"""Seats, powers, motions and acts, on both databases."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from bot.core.calls import Account
from bot.core.deeds import Standing
from bot.core.ids import MeetingId, OccurrenceId, new_id
from bot.core.meetings import Admission, Floor, FloorView, Occurrence, Options, Series, State
from bot.core.schedule import Schedule
from handlers.floor.records import Act, Door, FloorStore, Hand, Hold, Kind, Motion, Order, Seat
from storage.floor import FloorBook
from storage.meetings import Meetings
from storage.privacy import PersonalRows, prune
from storage.tables.floor import acts, arrivals, motions, orders, seats, standings
from tests.storage.people import ALICE, BEN, a_room, meet

START = datetime(2026, 12, 1, 18, tzinfo=UTC)
NAME = "Canary name"


@pytest.fixture
async def room(store):
    return await a_room(store)


async def an_evening(store, room, options=None, state=State.OPEN):
    schedule = Schedule("Europe/Berlin", date(2026, 12, 1), time(19), "FREQ=WEEKLY;BYDAY=TU")
    series = Series(
        MeetingId(new_id()), room.community, room.id, "Evening", schedule, timedelta(minutes=90), options=options or Options()
    )
    made = Occurrence(
        OccurrenceId(new_id()), series.id, START, START + series.length, state, 0, START, original="2026-12-01T19:00", room=room.id
    )

    async def work(unit):
        await Meetings(unit).add_series(series)
        return (await Meetings(unit).plan(made)).id

    return await store.transact(work)


@pytest.fixture
async def evening(store, room):
    return await an_evening(store, room)


@pytest.fixture
async def alice(store, clock):
    return (await meet(store, clock)).id


@pytest.fixture
async def ben(store, clock):
    return (await meet(store, clock, BEN)).id


@pytest.fixture
def book(store):
    async def of(ask):
        return await store.transact(lambda unit: ask(FloorBook(unit)))

    return of


def a_hold(room, evening, person, **more):
    return Hold(new_id(), evening, person, room.community, room.id, Standing.MUTED, START, **more)


def test_it_is_what_the_feature_and_the_card_ask_for():
    made: type[FloorStore] = FloorBook
    shown: type[Floor] = FloorBook
    assert made is shown


async def test_a_seat_comes_back_as_it_was_kept_and_as_it_was_changed(book, evening, alice):
    seat = Seat(evening, alice, 3, START, NAME, Hand.UP, 2, 1, 4, 5, True, START, START)
    await book(lambda floor: floor.keep_seat(seat))
    assert await book(lambda floor: floor.seat(evening, alice)) == seat
    assert await book(lambda floor: floor.seat_numbered(evening, 3)) == seat
    after = replace(seat, name="", hand=Hand.SPEAKING, place=0, in_voice_since=None)
    await book(lambda floor: floor.keep_seat(after))
    assert await book(lambda floor: floor.seats(evening)) == [after]
    assert await book(lambda floor: floor.seat(OccurrenceId(new_id()), alice)) is None


async def test_a_name_is_not_on_disk_as_written_and_belongs_to_its_person(store, book, evening, alice, clock):
    await book(lambda floor: floor.keep_seat(Seat(evening, alice, 1, START, NAME)))
    (row,) = await store.transact(lambda unit: unit.rows(select(seats)))
    assert NAME.encode() not in bytes(row["name"])
    exported = await store.transact(lambda unit: PersonalRows(unit).export(alice))
    assert exported["seats"][0]["name"] == NAME
    await store.transact(lambda unit: PersonalRows(unit).erase(alice, clock.now()))
    assert await book(lambda floor: floor.seats(evening)) == []


async def test_one_person_has_one_seat(store, book, evening, alice):
    for number in (1, 1):
        await book(lambda floor, number=number: floor.keep_seat(Seat(evening, alice, number, START)))
    assert len(await store.transact(lambda unit: unit.rows(select(seats)))) == 1


async def test_an_order_that_was_never_kept_is_a_plain_one(book, evening):
    assert await book(lambda floor: floor.order(evening)) == Order(evening)
    order = Order(evening, 2, START, START, 3, 4, True, START, START, START, True, True, 5, True, 6, 2, START)
    await book(lambda floor: floor.keep_order(order))
    assert await book(lambda floor: floor.order(evening)) == order
    later = replace(order, lobby=None, until=None, turn=3)
    await book(lambda floor: floor.keep_order(later))
    assert await book(lambda floor: floor.order(evening)) == later


async def test_the_view_shows_names_that_were_chosen_and_nothing_else(book, evening, alice, ben, store, clock):
    cas = (await meet(store, clock, Account("telegram", "1003"))).id
    for seat in (
        Seat(evening, alice, 1, START, NAME, Hand.SPEAKING),
        Seat(evening, ben, 2, START, None, Hand.UP, 2),
        Seat(evening, cas, 3, START, "Cas", Hand.UP, 1),
    ):
        await book(lambda floor, seat=seat: floor.keep_seat(seat))
    await book(lambda floor: floor.keep_order(Order(evening, until=START, calm=True)))
    assert await book(lambda floor: floor.view(evening)) == FloorView(True, NAME, START, ("Cas", ""), 0, calm=True)


async def test_nobody_speaks_and_nothing_is_kept_is_an_empty_view(book, evening):
    assert await book(lambda floor: floor.view(evening)) == FloorView()
    assert await book(lambda floor: floor.view(OccurrenceId(new_id()))) == FloorView()


async def came(store, evening, person, at=START, leads=False):
    async def work(unit):
        await Meetings(unit).join(evening, person, at)
        if leads:
            await Meetings(unit).grant(evening, person, at + timedelta(hours=4))

    await store.transact(work)


async def test_the_view_counts_who_waits_as_the_series_has_it_or_as_was_said(store, room, book, alice, ben):
    evening = await an_evening(store, room, Options(admission=Admission.FACILITATOR))
    await came(store, evening, alice)
    await came(store, evening, ben, leads=True)
    assert (await book(lambda floor: floor.view(evening))).outside == 1
    await book(lambda floor: floor.keep_order(Order(evening, lobby=False)))
    assert (await book(lambda floor: floor.view(evening))).outside == 0


async def outside(book, evening, door):
    return [one.person for one in await book(lambda floor: floor.outside(evening, door, START))]


async def test_who_waits_outside(store, book, room, evening, alice, ben):
    await came(store, evening, alice, START)
    await came(store, evening, ben, START + timedelta(minutes=1))
    assert await outside(book, evening, Door()) == []
    assert await outside(book, evening, Door(lobby=True)) == [alice, ben]
    assert await outside(book, evening, Door(lobby=True, inside_until=START)) == [ben]
    await book(lambda floor: floor.keep_seat(Seat(evening, ben, 1, START, let_in_at=START)))
    assert await outside(book, evening, Door(lobby=True)) == [alice]
    await book(lambda floor: floor.keep_hold(a_hold(room, evening, alice)))
    assert await outside(book, evening, Door(lobby=True)) == []  # muted: inside already
    waits = replace(a_hold(room, evening, ben), standing=Standing.WAITING)
    await book(lambda floor: floor.keep_hold(waits))
    assert await outside(book, evening, Door()) == [ben]


async def test_new_accounts_wait_where_only_those_do(store, book, clock, evening, alice):
    clock.move(hours=1)
    new = (await meet(store, clock, BEN)).id
    await came(store, evening, alice, clock.now())
    await came(store, evening, new, clock.now())
    door = Door(new_since=clock.now() - timedelta(minutes=1))
    assert await outside(book, evening, door) == [new]
    assert await outside(book, evening, Door(new_since=clock.now())) == []


async def test_facilitators_who_are_there(store, book, evening, alice, ben, room):
    await came(store, evening, alice, leads=True)
    await came(store, evening, ben)
    await store.transact(lambda unit: Meetings(unit).grant(room.id, ben, START + timedelta(hours=4)))
    assert await book(lambda floor: floor.hosts_there(evening, START)) == [alice]
    assert await book(lambda floor: floor.hosts_there(evening, START + timedelta(hours=5))) == []
    assert await book(lambda floor: floor.leads((evening, room.id), ben, START))
    assert not await book(lambda floor: floor.leads((evening,), ben, START))


async def test_the_evening_that_somebody_is_in(store, book, room, evening, alice, ben):
    assert await book(lambda floor: floor.evening_of(alice)) is None
    await came(store, evening, alice)
    await book(lambda floor: floor.keep_seat(Seat(evening, ben, 1, START)))
    assert await book(lambda floor: floor.evening_of(alice)) == evening
    assert await book(lambda floor: floor.evening_of(ben)) == evening
    assert await store.transact(lambda unit: Meetings(unit).live(room.community)) == [evening]


async def test_strangers_and_new_persons_are_counted_once_each(store, book, room, clock, evening, alice):
    since = clock.now() - timedelta(seconds=60)
    for user in ("1", "1", "2"):
        account = Account("telegram", user)
        await book(lambda floor, account=account: floor.arrived(room.community, account, clock.now(), since))
    new = (await meet(store, clock, Account("telegram", "2"))).id  # the second stranger, who pressed
    await came(store, evening, new, clock.now())
    await came(store, evening, alice, clock.now())
    assert await book(lambda floor: floor.newcomers(evening, room.community, since)) == 3
    clock.move(minutes=20)
    assert await book(lambda floor: floor.newcomers(evening, room.community, clock.now() - timedelta(seconds=60))) == 0
    await book(lambda floor: floor.arrived(room.community, ALICE, clock.now(), clock.now() - timedelta(seconds=60)))
    assert len(await store.transact(lambda unit: unit.rows(select(arrivals)))) == 1


async def test_a_power_is_kept_changed_and_struck(book, room, evening, alice, ben):
    hold = a_hold(room, evening, alice, by=ben, until=START)
    await book(lambda floor: floor.keep_hold(hold))
    after = replace(hold, standing=Standing.FREE, asks=2, owed=True, until=None, confirmed_at=START)
    await book(lambda floor: floor.keep_hold(after))
    for found in (
        await book(lambda floor: floor.holds(evening)),
        await book(lambda floor: floor.holds_on(alice)),
        [await book(lambda floor: floor.hold(hold.id))],
        [await book(lambda floor: floor.hold_of(evening, alice))],
    ):
        assert found == [after]
    await book(lambda floor: floor.strike(hold.id))
    assert await book(lambda floor: floor.holds_on(alice)) == []


async def test_a_power_outlives_the_facilitator_and_goes_with_its_person(store, book, room, evening, alice, ben, clock):
    await book(lambda floor: floor.keep_hold(a_hold(room, evening, alice, by=ben)))
    await store.transact(lambda unit: PersonalRows(unit).erase(ben, clock.now()))
    assert [hold.by for hold in await book(lambda floor: floor.holds(evening))] == [None]
    await store.transact(lambda unit: PersonalRows(unit).erase(alice, clock.now()))
    assert await book(lambda floor: floor.holds(evening)) == []


async def test_a_motion_stands_until_it_is_dropped(book, evening, alice, ben):
    motion = Motion(new_id(), evening, alice, ben, START)
    await book(lambda floor: floor.keep_motion(motion))
    assert await book(lambda floor: floor.motion(motion.id)) == motion
    assert await book(lambda floor: floor.motion_on(evening, alice)) == motion
    await book(lambda floor: floor.drop_motion(motion.id))
    assert await book(lambda floor: floor.motion_on(evening, alice)) is None


async def test_an_act_names_nobody_and_is_reviewed_by_another(store, book, room, evening, alice, ben):
    act = Act(new_id(), room.community, evening, START, Kind.REMOVE, 1, START + timedelta(days=7))
    await book(lambda floor: floor.note(act, alice))
    await book(lambda floor: floor.note(Act(new_id(), room.community, evening, START - timedelta(days=1), Kind.MUTE), alice))
    (row,) = await store.transact(lambda unit: unit.rows(select(acts).where(acts.c.id == act.id)))
    assert alice not in str(dict(row))
    assert await book(lambda floor: floor.to_review(room.community)) == [act]
    assert [one.kind for one in await book(lambda floor: floor.acts(room.community, 9))] == [Kind.REMOVE, Kind.MUTE]
    assert not await book(lambda floor: floor.review(act.id, room.community, alice, START))
    assert not await book(lambda floor: floor.review(new_id(), room.community, ben, START))
    assert await book(lambda floor: floor.review(act.id, room.community, ben, START))
    assert not await book(lambda floor: floor.review(act.id, room.community, ben, START))
    assert await book(lambda floor: floor.to_review(room.community)) == []


async def test_a_day_later_seats_order_and_motions_are_gone_and_powers_stay(store, book, room, evening, alice):
    await book(lambda floor: floor.keep_seat(Seat(evening, alice, 1, START)))
    await book(lambda floor: floor.keep_order(Order(evening)))
    await book(lambda floor: floor.keep_motion(Motion(new_id(), evening, alice, None, START)))
    await book(lambda floor: floor.keep_hold(a_hold(room, evening, alice)))
    await book(lambda floor: floor.forget(evening))
    counts = [len(await store.transact(lambda unit, t=t: unit.rows(select(t)))) for t in (seats, orders, motions, standings)]
    assert counts == [0, 0, 0, 1]


async def test_what_nobody_forgot_is_pruned(store, book, room, evening, alice, clock):
    await book(lambda floor: floor.keep_seat(Seat(evening, alice, 1, START)))
    await book(lambda floor: floor.note(Act(new_id(), room.community, evening, START, Kind.MUTE), alice))
    await book(lambda floor: floor.keep_hold(a_hold(room, evening, alice)))
    await prune(store, START + timedelta(days=3))
    left = [len(await store.transact(lambda unit, t=t: unit.rows(select(t)))) for t in (seats, acts, standings)]
    assert left == [0, 1, 1]
    await prune(store, START + timedelta(days=181))
    left = [len(await store.transact(lambda unit, t=t: unit.rows(select(t)))) for t in (seats, acts, standings)]
    assert left == [0, 0, 0]
