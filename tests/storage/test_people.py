"""Persons and accounts."""

from msgspec.structs import replace

from bot.core.calls import Account
from tests.storage.people import ALICE, BEN, a_room, meet, post, promise, to_person


async def test_an_account_is_one_person(store, clock):
    first = await meet(store, clock)
    assert await meet(store, clock) == first
    assert await store.transact(lambda unit: unit.people.find(ALICE)) == first
    assert await store.transact(lambda unit: unit.people.find(Account("discord", ALICE.user))) is None


async def test_the_platforms_own_id_comes_back_for_sending(store, clock):
    person = await meet(store, clock)
    assert await store.transact(lambda unit: unit.people.accounts(person.id)) == [ALICE]


async def test_settings_and_consent_are_kept(store, clock):
    room = await a_room(store)
    person = replace(
        await meet(store, clock, BEN),
        language="de-AT",
        zone="Europe/Vienna",
        country="AT",
        home=room.community,
        consented_at=clock.now(),
    )
    await store.transact(lambda unit: unit.people.save(person))
    assert await store.transact(lambda unit: unit.people.get(person.id)) == person


async def test_whoever_acts_again_has_an_open_door_again(store, clock):
    person = await meet(store, clock)
    await promise(store, post("k", to_person(person)))
    [claimed] = await store.outbox_queue.claim("me", "telegram", clock.now(), clock.now(), 1)
    await store.outbox_queue.drop(claimed, "door_closed")

    async def door(unit):
        from sqlalchemy import select

        from storage.tables.people import accounts

        return (await unit.rows(select(accounts.c.door_closed_at)))[0]["door_closed_at"]

    assert await store.transact(door) == clock.now()
    await store.transact(lambda unit: unit.people.find(ALICE))
    assert await store.transact(door) is None
