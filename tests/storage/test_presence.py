"""Who is there just now, and who may host, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.calls import Account
from bot.core.ids import OccurrenceId, new_id
from storage.meetings import Meetings
from storage.privacy import PersonalRows, prune
from storage.tables.meetings import hosts, presences
from tests.storage.a_series import START, a_series, planned
from tests.storage.people import BEN, a_room, meet


@pytest.fixture
async def series(store):
    return await a_series(store, await a_room(store))


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


async def test_everyone_with_a_grant_that_holds_is_named(store, clock):
    one, two, three = [await meet(store, clock, Account("telegram", str(number))) for number in range(3)]
    subject = OccurrenceId(new_id())

    async def work(unit):
        book = Meetings(unit)
        await book.grant(subject, one.id, START)
        await book.grant(subject, two.id, START + timedelta(days=7))
        await book.grant(new_id(), three.id, START + timedelta(days=7))
        before = await book.granted(subject, START - timedelta(days=7))
        return before, await book.granted(subject, START)

    assert await store.transact(work) == (sorted([one.id, two.id]), [two.id])


async def test_a_person_sees_what_is_kept_and_takes_it_along(store, clock, series):
    occurrence, alice = await planned(store, series), await meet(store, clock)

    async def work(unit):
        await Meetings(unit).join(occurrence.id, alice.id, START)
        await Meetings(unit).grant(occurrence.id, alice.id, START)
        held = await PersonalRows(unit).held(alice.id, START)
        return {line.kind for line in held}, set(await PersonalRows(unit).export(alice.id))

    held, exported = await store.transact(work)
    assert {"presences", "hosts"} <= held
    assert {"presences", "hosts"} <= exported
    await store.transact(lambda unit: PersonalRows(unit).erase(alice.id, START))
    assert await store.transact(lambda unit: Meetings(unit).count(occurrence.id)) == 0
