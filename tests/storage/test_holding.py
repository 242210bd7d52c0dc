"""Whether a claimed message is still the claimer's to send."""

from datetime import timedelta

import pytest

from storage.database import concrete
from storage.privacy import PersonalRows
from tests.storage.people import meet, post, promise, to_person

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def alice(store, clock):
    return await meet(store, clock)


@pytest.fixture
async def held(store, clock, alice):
    await promise(store, post("k", to_person(alice), slot="s"))
    [claimed] = await store.outbox_queue.claim("me", "telegram", clock.now(), clock.now() + MINUTE, 10)
    assert await store.outbox_queue.holds("me", claimed)
    assert not await store.outbox_queue.holds("other", claimed)
    return claimed


async def test_not_after_its_slot_was_withdrawn(store, held):
    await store.transact(lambda unit: unit.outbox.withdraw("s"))
    assert not await store.outbox_queue.holds("me", held)


async def test_not_after_its_person_was_erased(store, clock, alice, held):
    await store.transact(lambda unit: PersonalRows(concrete(unit)).erase(alice.id, clock.now()))
    assert not await store.outbox_queue.holds("me", held)


async def test_not_after_its_lease_ran_out_and_another_claimed_it(store, clock, held):
    later = clock.now() + MINUTE
    assert await store.outbox_queue.claim("other", "telegram", later, later + MINUTE, 10)
    assert not await store.outbox_queue.holds("me", held)


async def test_a_row_that_goes_back_untried_counts_no_try(store, clock, held):
    await store.outbox_queue.put_back(held, clock.now(), tried=False)
    [again] = await store.outbox_queue.claim("me", "telegram", clock.now(), clock.now() + MINUTE, 10)
    assert (again.tries, again.seen) == (0, False)
