"""`kill -9` while two persons become one: there are two, whole, or one, whole."""

import asyncio
import sqlite3
import sys
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from storage.entries import Entries
from tests.fakes import HeldClock
from tests.storage.linked_lives import PHONE, TABLET, has_key
from tests.storage.linking_victim import ENTRIES
from tests.storage.victim import NOW
from tests.stores import storage_for_tests

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def joining(folder, until="end"):
    """A process in which two persons begin to become one; killed at the end of the block."""
    victim = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.storage.linking_victim", str(folder), until, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert victim.stdout is not None
    try:
        async with asyncio.timeout(60):
            assert await victim.stdout.readline() == b"begins\n"
            yield victim.stdout
    finally:
        victim.kill()
        await victim.wait()


async def persons_left(folder):
    """Return how many persons there are, each of whom is whole."""
    async with storage_for_tests(folder, HeldClock(NOW)) as store:
        one, two = [await found(store, account) for account in (TABLET, PHONE)]
        kept = {person.id: await entries(store, person) for person in (one, two)}
        assert kept == ({one.id: 2 * ENTRIES} if one.id == two.id else {one.id: ENTRIES, two.id: ENTRIES})
        assert all([await has_key(store, person) for person in (one, two)])
    with closing(sqlite3.connect(folder / "data" / "keys.db")) as file:
        owners = {owner for (owner,) in file.execute("SELECT owner FROM keys")}
    assert owners == set(kept)  # also the key that a killed process could not delete is gone
    return len(kept)


async def found(store, account):
    return await store.transact(lambda unit: unit.people.find(account))


async def entries(store, person):
    """Return how many of the person's entries are there and open."""
    return len(await store.transact(lambda unit: Entries(unit).of_person(person.id, NOW)))


@pytest.mark.parametrize("milliseconds", [0, 5, 10, 20, 40, 80, 160])
async def test_at_any_instant_there_are_two_persons_or_one(tmp_path, milliseconds):
    async with joining(tmp_path) as output:
        await asyncio.sleep(milliseconds / 1000)
    told = await output.read()
    assert await persons_left(tmp_path) in ((1,) if told else (1, 2))


async def test_once_it_is_said_there_is_one(tmp_path):
    async with joining(tmp_path) as output:
        assert await output.readline() == b"joined\n"
    assert await persons_left(tmp_path) == 1


async def test_killed_before_the_seconds_key_was_deleted_it_is_deleted_at_the_next_start(tmp_path):
    async with joining(tmp_path, "commit") as output:
        assert await output.readline() == b"committed\n"
    assert await persons_left(tmp_path) == 1
