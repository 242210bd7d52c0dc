"""Persons and accounts."""

from bot.core.calls import Account

ALICE = Account("telegram", "1001")


async def test_an_account_is_one_person(store, clock):
    first = await store.transact(lambda unit: unit.people.make(ALICE, clock.now(), None))
    again = await store.transact(lambda unit: unit.people.make(ALICE, clock.now(), None))
    assert first == again
    assert await store.transact(lambda unit: unit.people.find(ALICE)) == first
    assert await store.transact(lambda unit: unit.people.find(Account("discord", "1001"))) is None


async def test_the_platforms_own_id_comes_back_for_sending(store, clock):
    person = await store.transact(lambda unit: unit.people.make(ALICE, clock.now(), None))
    assert await store.transact(lambda unit: unit.people.accounts(person.id)) == [ALICE]
