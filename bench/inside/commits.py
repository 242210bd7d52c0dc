"""64 tasks that each write one row through the store, again and again; and the same rows through sqlite3, by turns."""

import asyncio
import sqlite3
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bench.inside.stores import opened
from bench.obedience import Said, obey, say
from bot.cli.running import run_async
from bot.core.ids import new_id
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.runtime.garbage import leave_out_what_is_here
from storage.database import Store

WAITING = 64
_FAR = datetime(2099, 1, 1, tzinfo=UTC)
_INSERT = "INSERT INTO due (key, kind, at, subject, tries) VALUES (?, 'bench', '2099-01-01 00:00:00.000000', '', 0)"


class Commits:
    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._raw.execute(f"PRAGMA {pragma}")
        with closing(sqlite3.connect(folder / "openchair.db")) as ours:
            for (made,) in ours.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'due' AND sql IS NOT NULL").fetchall():
                self._raw.execute(made)

    async def measure(self, seconds: float) -> Said:
        until = time.perf_counter() + seconds
        waits: list[float] = []

        async def write(unit: Unit) -> None:
            await unit.due.add(Due(new_id(), "bench", _FAR, ""))

        async def one() -> None:
            while time.perf_counter() < until:
                began = time.perf_counter()
                await self._store.transact(write)
                waits.append(time.perf_counter() - began)

        async with asyncio.TaskGroup() as group:
            for _ in range(WAITING):
                group.create_task(one())
        return {"ours": waits, "raw": self._plain(seconds / 2)}

    def _plain(self, seconds: float) -> list[float]:
        waits, until = [], time.perf_counter() + seconds
        while time.perf_counter() < until:
            began = time.perf_counter()
            self._raw.execute("BEGIN IMMEDIATE")
            for _ in range(WAITING):
                self._raw.execute(_INSERT, (new_id(),))
            self._raw.execute("COMMIT")
            waits.append(time.perf_counter() - began)
        return waits


async def main(folder: Path) -> None:
    async with opened(folder) as store:
        leave_out_what_is_here()
        say({"ready": True})
        await obey({"measure": Commits(store, folder).measure})


if __name__ == "__main__":
    run_async(main(Path(sys.argv[1])))
