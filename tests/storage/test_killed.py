"""What `kill -9` leaves behind."""

import asyncio
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.tables.due import due
from tests.fakes import HeldClock
from tests.storage.victim import LEASE, NOW
from tests.stores import storage_for_tests

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def victim(folder, what):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.storage.victim", str(folder), what, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield process.stdout
    finally:
        process.kill()
        await process.wait()


async def lines(output, count):
    async with asyncio.timeout(60):
        return [(await output.readline()).decode().strip() for _ in range(count)]


@pytest.mark.parametrize("count", [1, 37, 150])
async def test_nothing_acknowledged_is_lost(tmp_path, count):
    async with victim(tmp_path, "write") as output:
        acknowledged = await lines(output, count)
    acknowledged += [line.decode().strip() for line in (await output.read()).splitlines(keepends=True) if line.endswith(b"\n")]
    async with storage_for_tests(tmp_path, HeldClock(NOW)) as store:
        rows = await store.transact_short(lambda unit: unit.rows(select(due.c.key)))
    assert set(acknowledged) <= {row["key"] for row in rows}
    assert len(acknowledged) >= count


async def test_what_was_claimed_and_not_marked_is_free_for_who_opens_the_file_next_and_seen(tmp_path):
    async with victim(tmp_path, "claim") as output:
        assert await lines(output, 1) == ["claimed"]
    async with storage_for_tests(tmp_path, HeldClock(NOW)) as store:
        assert await store.outbox_queue.next_at("telegram") == await store.due_queue.next_at() == NOW
        [message] = await store.outbox_queue.claim("me", "telegram", NOW, NOW + LEASE, 9)
        [moment] = await store.due_queue.claim("me", NOW, NOW + LEASE, 9)
    assert (message.post.key, message.seen, moment.key) == ("k", True, "k")


async def test_a_lease_that_ran_out_while_nothing_ran_is_free_too(tmp_path):
    async with victim(tmp_path, "claim") as output:
        assert await lines(output, 1) == ["claimed"]
    async with storage_for_tests(tmp_path, HeldClock(NOW + 2 * LEASE)) as store:
        [message] = await store.outbox_queue.claim("me", "telegram", NOW + 2 * LEASE, NOW + 3 * LEASE, 9)
    assert message.seen
