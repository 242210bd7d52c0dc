"""A process to be killed while two persons become one: `python -m tests.storage.linking_victim <folder> <until>`.

`until`: "end", or "commit" to stand still before the second's key is deleted.
"""

import asyncio
import sys
from pathlib import Path

from bot.core.ids import new_id
from handlers.flows.records import ToolEntry
from storage.entries import Entries
from tests.fakes import HeldClock
from tests.storage.linked_lives import PHONE, TABLET, join
from tests.storage.people import meet
from tests.storage.victim import NOW, say
from tests.stores import storage_for_tests

ENTRIES = 300


async def main(folder, until):
    clock = HeldClock(NOW)
    async with storage_for_tests(Path(folder), clock) as store:
        persons = [await meet(store, clock, account) for account in (TABLET, PHONE)]

        async def fill(unit):
            for person in persons:
                for _ in range(ENTRIES):
                    await Entries(unit).add(ToolEntry(new_id(), person.id, NOW, "urge", {"words": "canary"}))

        await store.transact(fill)
        if until == "commit":
            store.house.keys.delete = stand_still  # type: ignore[method-assign]  # it stands still where a kill is to hit
        say("begins")
        await join(store, clock, *persons)
        say("joined")
        await asyncio.Event().wait()


async def stand_still(owners):
    say("committed")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
