"""`kill -9` while two persons become one: there are two, whole, or one, whole."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from storage.entries import Entries
from tests.fakes import HeldClock
from tests.storage.linked_lives import PHONE, TABLET, has_key
from tests.storage.linking_victim import ENTRIES
from tests.storage.victim import NOW
from tests.stores import storage_for_tests

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("milliseconds", [0, 3, 6, 10, 15, 25, 40, 100])
async def test_there_are_two_persons_or_one(tmp_path, milliseconds):
    victim = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.storage.linking_victim", str(tmp_path), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(60):
            assert await victim.stdout.readline() == b"begins\n"
        await asyncio.sleep(milliseconds / 1000)
    finally:
        victim.send_signal(signal.SIGKILL)
        await victim.wait()
    told = await victim.stdout.read()

    async with storage_for_tests(tmp_path, HeldClock(NOW)) as store:
        one, two = [await store.transact(lambda unit, account=account: unit.people.find(account)) for account in (TABLET, PHONE)]
        kept = {
            person.id: len(await store.transact(lambda unit, who=person.id: Entries(unit).of_person(who, NOW)))
            for person in (one, two)
        }
        assert kept == ({one.id: 2 * ENTRIES} if one.id == two.id else {one.id: ENTRIES, two.id: ENTRIES})
        assert all([await has_key(store, person) for person in (one, two)])
        if told:
            assert one.id == two.id
