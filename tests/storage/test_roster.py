"""The roster and who hosts what, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.ids import new_id
from handlers.roster.records import EVERY, Duty, HandoverNote, Member, Role, RosterBook, Swap, Ticks, Wanted
from storage.database import concrete
from storage.privacy import PersonalRows, prune
from storage.roster import Roster
from storage.tables.roster import duties, handover_notes, roster, swaps, training
from tests.storage.a_series import START, a_series
from tests.storage.people import BEN, a_room, meet

NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
LATER = NOW + timedelta(days=200)
EVENING = "2026-12-08T19:00"


@pytest.fixture
async def room(store):
    return await a_room(store)


@pytest.fixture
async def series(store, room):
    return await a_series(store, room)


@pytest.fixture
async def alice(store, clock):
    return (await meet(store, clock)).id


@pytest.fixture
async def ben(store, clock):
    return (await meet(store, clock, BEN)).id


@pytest.fixture
def book(store):
    async def of(ask):
        return await store.transact(lambda unit: ask(Roster(unit)))

    return of


@pytest.fixture
async def both(book, room, alice, ben):
    await book(lambda it: it.put(Member("", room.community, ben, "Ben"), NOW))
    await book(lambda it: it.put(Member("", room.community, alice, "anna", owner=True), NOW))


def host(series, who, original=EVENING, role=Role.HOST, **more):
    return Duty(series.id, original, role, who, **more)


async def test_the_roster_is_in_the_order_of_names_whatever_their_case(book, both, room, alice, ben):
    assert [(one.person, one.name, one.owner) for one in await book(lambda it: it.of(room.community))] == [
        (alice, "anna", True),
        (ben, "Ben", False),
    ]
    assert await book(lambda it: it.has(room.community, ben))


async def test_a_new_name_keeps_the_row(book, both, room, ben):
    before = await book(lambda it: it.member(room.community, ben))
    await book(lambda it: it.put(Member("", room.community, ben, "Benno"), NOW))
    after = await book(lambda it: it.member(room.community, ben))
    assert (after.id, after.name) == (before.id, "Benno")


async def test_of_two_who_take_an_evening_at_once_one_has_it(book, both, series, alice, ben):
    taken = await asyncio.gather(*(book(lambda it, who=who: it.take_duty(host(series, who), NOW, LATER)) for who in (alice, ben)))
    assert sorted(taken) == [False, True]
    assert len(await book(lambda it: it.duties([series.id]))) == 1


async def test_both_may_say_that_they_are_away(book, both, series, alice, ben):
    for who in (alice, ben):
        assert await book(lambda it, who=who: it.take_duty(host(series, who, away=True), NOW, LATER))
    assert {one.person for one in await book(lambda it: it.duties([series.id]))} == {alice, ben}


async def test_who_leaves_the_roster_leaves_their_evenings_and_offers(book, both, room, series, alice):
    await book(lambda it: it.take_duty(host(series, alice, EVERY), NOW, LATER))
    await book(lambda it: it.keep_swap(Swap("a" * 32, alice, series.id, EVENING, START), NOW))
    assert await book(lambda it: it.leave(room.community, alice))
    assert not await book(lambda it: it.leave(room.community, alice))
    assert await book(lambda it: it.duties([series.id])) == []
    assert await book(lambda it: it.swap("a" * 32)) is None


async def test_an_offer_to_somebody_who_left_is_gone(book, both, room, series, alice, ben):
    asked = await book(lambda it: it.member(room.community, ben))
    swap = Swap("a" * 32, alice, series.id, EVENING, START, asked.id, Wanted.ONE, series.id, EVENING)
    await book(lambda it: it.keep_swap(swap, NOW))
    assert await book(lambda it: it.swap(swap.id)) == swap
    await book(lambda it: it.leave(room.community, ben))
    assert await book(lambda it: it.swap(swap.id)) is None


async def test_of_two_who_take_an_offer_at_once_one_comes_first(book, both, series, alice):
    await book(lambda it: it.keep_swap(Swap("a" * 32, alice, series.id, EVENING, START), NOW))
    gone = await asyncio.gather(*(book(lambda it: it.drop_swap("a" * 32)) for _ in range(2)))
    assert sorted(gone) == [False, True]


async def test_there_is_one_note_a_series_and_it_is_under_the_communitys_key(book, store, both, series, alice, ben):
    await book(lambda it: it.keep_note(HandoverNote(series.id, alice, "Canary note", NOW)))
    await book(lambda it: it.keep_note(HandoverNote(series.id, ben, "Canary two", NOW)))
    note = await book(lambda it: it.note(series.id))
    assert (note.person, note.words) == (ben, "Canary two")
    rows = await store.transact(lambda unit: concrete(unit).rows(handover_notes.select()))
    assert [b"Canary" in bytes(row["words"]) for row in rows] == [False]
    exported = await store.transact(lambda unit: PersonalRows(unit).export(ben))
    assert exported["handover_notes"][0]["words"] == "Canary two"


async def test_ticks_are_ones_own(book, both, alice, ben):
    await book(lambda it: it.keep_ticks(alice, Ticks().toggled(3).toggled(1).toggled(3), NOW))
    assert (await book(lambda it: it.ticks(alice))).items == (1,)
    assert (await book(lambda it: it.ticks(ben))).items == ()


async def test_whoever_is_seen_stays_with_what_they_host_and_others_go(store, book, both, room, series, alice, ben):
    for who, role in ((alice, Role.HOST), (ben, Role.CO)):
        duty = host(series, who, EVERY, role)
        await book(lambda it, duty=duty: it.take_duty(duty, NOW, NOW + timedelta(days=180)))
    await book(lambda it: it.seen(room.community, alice, NOW + timedelta(days=100), owner=False))
    await prune(store, NOW + timedelta(days=182))
    assert [one.person for one in await book(lambda it: it.of(room.community))] == [alice]
    assert [one.person for one in await book(lambda it: it.duties([series.id]))] == [alice]


async def test_an_erased_colleague_is_nowhere(store, book, both, room, series, alice):
    await book(lambda it: it.take_duty(host(series, alice), NOW, LATER))
    await book(lambda it: it.keep_note(HandoverNote(series.id, alice, "words", NOW)))
    await book(lambda it: it.keep_ticks(alice, Ticks((1,)), NOW))
    await book(lambda it: it.keep_swap(Swap(new_id(), alice, series.id, EVENING, START), NOW))
    await store.transact(lambda unit: PersonalRows(unit).erase(alice, NOW))
    for table in (roster, duties, swaps, handover_notes, training):
        rows = await store.transact(lambda unit, table=table: concrete(unit).rows(table.select()))
        assert [row for row in rows if row["person"] == alice] == []


def test_it_is_the_book_that_the_feature_wants():
    wanted = {name for base in RosterBook.__mro__ for name in vars(base) if not name.startswith("_")}
    assert all(hasattr(Roster, name) for name in wanted)


async def test_who_was_seen_to_lead_is_in_no_list_and_reports_reach_them(book, room, alice):
    await book(lambda it: it.seen(room.community, alice, NOW, owner=False))
    assert await book(lambda it: it.members(room.community)) == []
    assert await book(lambda it: it.member(room.community, alice)) is None
    [colleague] = await book(lambda it: it.of(room.community))
    assert (colleague.person, colleague.name, colleague.owner) == (alice, "", False)
    await book(lambda it: it.seen(room.community, alice, NOW, owner=True))
    [colleague] = await book(lambda it: it.of(room.community))
    assert colleague.owner
    await book(lambda it: it.put(Member("", room.community, alice, "Anna"), NOW))
    assert [one.name for one in await book(lambda it: it.members(room.community))] == ["Anna"]
    assert await book(lambda it: it.leave(room.community, alice))
    assert await book(lambda it: it.of(room.community)) == []
