"""A process to be killed: `python -m tests.storage.victim <folder> <what>`. It says on its output what was acknowledged."""

import asyncio
import itertools
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.core.moments import Due
from tests.fakes import HeldClock
from tests.storage.people import a_room, post, promise, to_room
from tests.stores import storage_for_tests

NOW = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
LEASE = timedelta(minutes=1)


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


async def write(store):
    """Promise moments from four tasks at once, and say each one that is on disk."""

    async def one(task):
        for n in itertools.count():
            key = f"k{task}_{n}"
            await store.transact(lambda unit, key=key: unit.due.add(Due(key, "timer.flow", NOW, "s")))
            say(key)

    await asyncio.gather(*(one(task) for task in range(4)))


async def claim(store):
    """Claim a message and a moment, and never mark them."""
    await promise(store, post("k", to_room(await a_room(store))))
    await store.transact(lambda unit: unit.due.add(Due("k", "timer.flow", NOW, "s")))
    await store.outbox_queue.claim("victim", "telegram", NOW, NOW + LEASE, 1)
    await store.due_queue.claim("victim", NOW, NOW + LEASE, 1)
    say("claimed")
    await asyncio.Event().wait()


async def main(folder, what):
    async with storage_for_tests(Path(folder), HeldClock(NOW)) as store:
        await {"write": write, "claim": claim}[what](store)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
