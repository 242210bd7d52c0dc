"""What doctor learns of an open store, and of one that a running bot holds."""

from datetime import timedelta

import pytest

from storage.addresses import database_file
from storage.health import GIVEN_UP_IS_KEPT, given_up, given_up_in, write_and_undo
from tests.storage.people import meet, post, promise, to_person


@pytest.fixture
async def lost(store, clock):
    alice = await meet(store, clock)
    for key, why in (("a", "refused"), ("b", "late"), ("c", "refused")):
        await promise(store, post(key, to_person(alice)))
        [claimed] = await store.outbox_queue.claim("me", "telegram", clock.now(), clock.now() + timedelta(minutes=1), 1)
        await store.outbox_queue.drop(claimed, why)
    return [("telegram", "late", 1), ("telegram", "refused", 2)]


async def test_messages_that_were_given_up_are_counted_by_reason_for_as_long_as_they_are_kept(store, clock, lost):
    assert await given_up(store, clock.now()) == lost
    assert await given_up(store, clock.now() + GIVEN_UP_IS_KEPT + timedelta(seconds=1)) == []


async def test_also_in_a_file_that_a_running_bot_holds(sqlite_store, clock, tmp_path):
    alice = await meet(sqlite_store, clock)
    await promise(sqlite_store, post("a", to_person(alice)))
    [claimed] = await sqlite_store.outbox_queue.claim("me", "telegram", clock.now(), clock.now() + timedelta(minutes=1), 1)
    await sqlite_store.outbox_queue.drop(claimed, "refused")
    file = database_file(f"sqlite:///{tmp_path / 'data' / 'openchair.db'}")
    assert file is not None
    assert given_up_in(file, clock.now()) == [("telegram", "refused", 1)]
    assert given_up_in(file, clock.now() + GIVEN_UP_IS_KEPT + timedelta(seconds=1)) == []


async def test_a_trial_write_leaves_nothing(store):
    await write_and_undo(store)
