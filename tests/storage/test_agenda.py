"""Agendas and rounds, on both databases."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from bot.core.agenda import AgendaItem
from bot.core.ids import new_id
from handlers.agenda.records import AgendaStore, Becomes, Carried, Entry
from handlers.checkin.records import CheckIn, CheckInBody
from handlers.floor.records import Hand, Seat
from handlers.floor.round_records import At, Round, Turn, Way
from storage.agenda import AgendaRows
from storage.checkin import CheckIns
from storage.floor import FloorBook
from storage.meetings import Meetings
from storage.privacy import PersonalRows, prune
from storage.tables.agenda import agenda_added, agenda_carried, agenda_points
from storage.tables.floor import round_turns
from tests.storage.a_series import START, a_series, planned
from tests.storage.people import BEN, a_room, meet

NAME = "Canary name"
WISH = AgendaItem("conflict", NAME)


@pytest.fixture
async def series(store):
    return await a_series(store, await a_room(store))


@pytest.fixture
async def evening(store, series):
    return replace(await planned(store, series), checkin=True)


@pytest.fixture
async def alice(store, clock):
    return (await meet(store, clock)).id


@pytest.fixture
async def ben(store, clock):
    return (await meet(store, clock, BEN)).id


async def ask(store, question):
    return await store.transact(lambda unit: question(AgendaRows(unit)))


async def check_in(store, evening, person, at, item=WISH):
    await store.transact(lambda unit: CheckIns(unit).add(CheckIn(new_id(), person, evening.id, at, CheckInBody(), item)))


def carried(series, person, at=START, item=WISH):
    return Carried(new_id(), person, series.id, item, at)


def test_it_is_what_the_feature_asks_for():
    _: type[AgendaStore] = AgendaRows


async def test_check_ins_are_the_agenda_in_the_order_they_came(store, evening, alice, ben):
    await check_in(store, evening, ben, START)
    await check_in(store, evening, alice, START + timedelta(minutes=1), AgendaItem("urge"))
    found = await ask(store, lambda book: book.entries(evening))
    assert [(entry.person, entry.item) for entry in found] == [(ben, WISH), (alice, AgendaItem("urge"))]
    tally = await ask(store, lambda book: book.tally(evening))
    assert (tally.done, tally.following, tally.more) == (2, WISH, 1)


async def test_what_became_of_one_is_kept_beside_its_check_in(store, evening, alice):
    await check_in(store, evening, alice, START)
    [entry] = await ask(store, lambda book: book.entries(evening))
    done = replace(entry, id=new_id(), number=3, place=2, becomes=Becomes.DONE)
    await ask(store, lambda book: book.keep([done], "unused"))
    assert await ask(store, lambda book: book.entries(evening)) == [done]
    await check_in(store, evening, alice, START + timedelta(minutes=5), AgendaItem("urge"))
    [again] = await ask(store, lambda book: book.entries(evening))
    assert (again.item, again.becomes, again.place) == (AgendaItem("urge"), Becomes.WAITING, 2)


async def test_what_is_brought_along_comes_first_and_only_with_the_check_in(store, series, evening, alice, ben):
    await ask(store, lambda book: book.carry(carried(series, alice, START - timedelta(days=7))))
    await check_in(store, evening, ben, START)
    assert [one.person for one in await ask(store, lambda book: book.entries(evening))] == [alice, ben]
    other = await planned(store, series, START + timedelta(days=7))
    assert await ask(store, lambda book: book.entries(other)) == []


async def test_it_goes_with_a_series_that_was_edited_from_here_on(store, series, alice):
    await ask(store, lambda book: book.carry(carried(series, alice)))
    after = await a_series(store, await a_room(store), follows=series.id)
    assert [one.person for one in await ask(store, lambda book: book.carried_to(after.id))] == [alice]


async def test_of_one_series_a_person_keeps_one(store, series, alice):
    for topic in ("urge", "planning"):
        await ask(store, lambda book, topic=topic: book.carry(carried(series, alice, item=AgendaItem(topic))))
    assert [one.item.topic for one in await ask(store, lambda book: book.carried_to(series.id))] == ["planning"]


async def test_words_are_sealed_and_go_with_their_person(store, series, evening, alice, clock):
    both = [Entry(evening.id, WISH, START, START, person, new_id(), 1, own=True) for person in (alice, None)]
    await ask(store, lambda book: book.keep(both, series.community))
    await ask(store, lambda book: book.carry(carried(series, alice)))
    for table in (agenda_points, agenda_added, agenda_carried):
        [row] = await store.transact(lambda unit, table=table: unit.rows(select(table)))
        assert not any(word in bytes(row["body"]) for word in (NAME.encode(), b"conflict"))
    await store.transact(lambda unit: PersonalRows(unit).erase(alice, clock.now()))
    assert [entry.person for entry in await ask(store, lambda book: book.entries(evening))] == [None]
    assert await ask(store, lambda book: book.carried_to(series.id)) == []


async def test_nothing_is_kept_for_ever(store, series, evening, alice, clock):
    await ask(store, lambda book: book.keep([Entry(evening.id, WISH, START, START, alice, new_id(), 1, own=True)], "unused"))
    await ask(store, lambda book: book.carry(carried(series, alice)))
    await prune(store, START + timedelta(days=8))
    assert await store.transact(lambda unit: unit.rows(select(agenda_points))) == []
    await prune(store, START + timedelta(days=101))
    assert await store.transact(lambda unit: unit.rows(select(agenda_carried))) == []


# Rounds ------------------------------------------------------------------------------------------------------------------


async def test_a_round_and_its_turns_are_kept_as_they_are(store, evening, alice, ben):
    round_ = Round(evening.id, 2, Way.SHUFFLED, START, 3, START, START + timedelta(minutes=3), START)
    turns = [Turn(evening.id, ben, 2, 1, At.SPEAKING), Turn(evening.id, alice, 1, 2, later=True)]

    async def work(unit):
        book = FloorBook(unit)
        await book.keep_round(round_)
        await book.keep_turns([replace(turns[0], stands=At.WAITING), turns[1]], START)
        await book.keep_turns(turns[:1], START)
        return await book.round(evening.id), await book.turns(evening.id), await book.round_of(alice)

    assert await store.transact(work) == (round_, turns, [evening.id])


async def test_who_is_here_is_in_the_order_they_came_without_who_listens_left_or_waits(store, evening, alice, ben, clock):
    async def work(unit):
        book = FloorBook(unit)
        await Meetings(unit).join(evening.id, ben, START)
        await book.keep_seat(Seat(evening.id, alice, 1, START + timedelta(minutes=1), in_voice_since=START))
        every = await book.gathered(evening.id, ())
        waiting = await book.gathered(evening.id, {ben})
        await book.keep_seat(Seat(evening.id, alice, 1, START, hand=Hand.LISTENING))
        listening = await book.gathered(evening.id, ())
        await book.keep_seat(Seat(evening.id, ben, 2, START, left_at=START))
        return every, waiting, listening, await book.gathered(evening.id, ())

    assert await store.transact(work) == ([ben, alice], [alice], [ben], [])


async def test_a_turn_goes_with_its_person_and_after_a_day(store, evening, alice, ben, clock):
    turns = [Turn(evening.id, person, n, n) for n, person in enumerate((alice, ben))]
    await store.transact(lambda unit: FloorBook(unit).keep_turns(turns, START))
    await store.transact(lambda unit: PersonalRows(unit).erase(alice, clock.now()))
    assert len(await store.transact(lambda unit: unit.rows(select(round_turns)))) == 1
    await prune(store, START + timedelta(days=2))
    assert await store.transact(lambda unit: unit.rows(select(round_turns))) == []
