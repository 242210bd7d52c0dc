"""PostgreSQL: a lost connection, and two processes on one database."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.core.errors import StorageUnavailable
from bot.core.moments import Due
from tests.storage.people import ALICE, accounts_of, meet, post, promise, to_person
from tests.stores import storage_for_tests

MINUTE = timedelta(minutes=1)


async def test_a_lost_connection_is_said_plainly_and_the_next_call_works(postgres_store, clock):
    cut = text("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(StorageUnavailable):
        await postgres_store.transact(lambda unit: unit.rows(cut))
    await meet(postgres_store, clock)


async def test_a_server_that_is_not_there_is_said_plainly(tmp_path, clock):
    with pytest.raises((StorageUnavailable, OSError)):
        async with storage_for_tests(tmp_path, clock, f"postgresql://postgres@/nothing?host={tmp_path}"):
            pass


async def test_one_process_wakes_the_other_and_both_read_the_same(tmp_path, clock, postgres_url):
    woken = asyncio.Queue[object]()
    async with (
        storage_for_tests(tmp_path, clock, postgres_url) as one,
        storage_for_tests(
            tmp_path, clock, postgres_url, on_due=woken.put_nowait, on_outbox=lambda: woken.put_nowait("outbox")
        ) as other,
    ):
        person = await meet(one, clock)
        await one.transact(lambda unit: unit.due.add(Due("k", "timer.flow", clock.now() + MINUTE, "s")))
        await promise(one, post("k", to_person(person)))
        async with asyncio.timeout(10):
            assert [await woken.get(), await woken.get()] == [clock.now() + MINUTE, "outbox"]
        assert await meet(other, clock) == person
        assert await accounts_of(other, person) == [ALICE]
        claims = await asyncio.gather(
            *(store.outbox_queue.claim("me", "telegram", clock.now(), clock.now() + MINUTE, 9) for store in (one, other))
        )
    assert sorted(len(claim) for claim in claims) == [0, 1]
