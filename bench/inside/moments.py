"""The timekeeper with a full book: moments that come at once, each of which promises a message to a person."""

import asyncio
import sqlite3
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bench.inside.stores import opened
from bench.obedience import Said, obey, say
from bot.cli.running import run_async
from bot.core.calls import Account
from bot.core.clock import SystemClock
from bot.core.features import Feature
from bot.core.ids import PersonId, new_id
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.replies import Reply
from bot.core.richtext import Paragraph, Text
from bot.runtime.garbage import leave_out_what_is_here
from bot.runtime.timekeeper import BATCH, Timekeeper
from storage.sqlite import SqliteStore

KIND = "bench.post"
PERSONS = 100
TOGETHER = 100  # rows in one transaction
_REPLY = Reply((Paragraph((Text("The meeting begins in 15 minutes."),)),))
_DUE = "FROM due WHERE at <= ? AND (claimed_until IS NULL OR claimed_until <= ?) ORDER BY at, key LIMIT ?"
_SELECT = f"SELECT key, kind, at, subject {_DUE}"
_CLAIM = (
    f"UPDATE due SET claimed_by = ?, claimed_until = ?, tries = tries + 1 WHERE key IN (SELECT key {_DUE}) "
    "RETURNING key, kind, at, subject"
)


def on_disk(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def fill(file: Path, rows: int) -> None:
    """Promise so many moments in the year to come."""
    begin = datetime.now(UTC) + timedelta(days=1)
    step = timedelta(days=365) / max(rows, 1)
    made = ((f"far_{number}", "room.remind", on_disk(begin + number * step), f"far_{number}", 0) for number in range(rows))
    with sqlite3.connect(file) as raw:
        raw.executemany("INSERT INTO due (key, kind, at, subject, tries) VALUES (?, ?, ?, ?, ?)", made)
    raw.close()


class Moments:
    def __init__(self, store: SqliteStore, file: Path) -> None:
        self._store, self._file = store, file
        self._kept = 0
        self._wanted = 0
        self._all = asyncio.Event()
        self._people: Sequence[PersonId] = ()

    def kept(self) -> None:
        self._kept += 1
        if self._kept >= self._wanted:
            self._all.set()

    async def measure(self, count: int) -> Said:
        """Promise `count` moments for the same instant, and wait until the last one's message is in the outbox."""
        self._people = self._people or await self._store.transact(self._make_people)
        at = datetime.now(UTC) + timedelta(seconds=0.5)
        dues = [Due(new_id(), KIND, at, new_id()) for _ in range(count)]
        for start in range(0, count, TOGETHER):
            await self._store.transact(partial(self._promise, dues[start : start + TOGETHER]))
        raw = self._bare(count, at)
        self._kept, self._wanted = 0, count
        self._all.clear()
        claims: list[float] = []
        await asyncio.sleep(max((at - datetime.now(UTC)).total_seconds(), 0))
        keeper = Timekeeper(self._timed(claims), self._store, [Feature("bench", jobs={KIND: self._post})], SystemClock(), "bench")  # type: ignore[arg-type]  # a queue that notes its times
        began = time.perf_counter()
        running = asyncio.create_task(keeper.run())
        async with asyncio.timeout(60):
            await self._all.wait()
        seconds = time.perf_counter() - began
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return {"seconds": seconds, "claims": claims, "kept": self._kept, **raw}

    async def _make_people(self, unit: Unit) -> list[PersonId]:
        at = datetime.now(UTC)
        return [(await unit.people.make(Account("telegram", str(number)), at, None)).id for number in range(PERSONS)]

    async def _promise(self, dues: Sequence[Due], unit: Unit) -> None:
        for due in dues:
            await unit.due.add(due)

    async def _post(self, due: Due, now: datetime, unit: Unit) -> None:
        person = self._people[int(due.subject[:8], 16) % PERSONS]
        await unit.outbox.add(Post(due.key, Lane.PRIVATE, ToPerson(person), _REPLY))

    def _timed(self, claims: list[float]) -> object:
        queue = self._store.due_queue

        class Timed:
            next_at, release = queue.next_at, queue.release

            async def claim(self, owner: str, now: datetime, until: datetime, limit: int) -> Sequence[Due]:
                began = time.perf_counter()
                rows = await queue.claim(owner, now, until, limit)
                if rows:
                    claims.append(time.perf_counter() - began)
                return rows

        return Timed()

    def _bare(self, count: int, at: datetime) -> Said:
        """The same through sqlite3: a select by the index, a claim with its commit, and all rows into a plain outbox."""
        raw = sqlite3.connect(self._file, isolation_level=None)
        raw.execute("PRAGMA synchronous=FULL")
        when, selects, claims = on_disk(at), list[float](), list[float]()
        for _ in range(200):
            began = time.perf_counter()
            raw.execute(_SELECT, (when, when, BATCH)).fetchall()
            selects.append(time.perf_counter() - began)
        for _ in range(-(-count // BATCH)):
            began = time.perf_counter()
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(_CLAIM, ("raw", on_disk(at + timedelta(minutes=1)), when, when, BATCH)).fetchall()
            raw.execute("COMMIT")
            claims.append(time.perf_counter() - began)
        raw.execute("CREATE TABLE IF NOT EXISTS bench_outbox (key TEXT PRIMARY KEY, body BLOB)")
        began = time.perf_counter()
        keys = [row[0] for row in raw.execute("SELECT key FROM due WHERE at = ?", (when,))]
        for start in range(0, len(keys), BATCH):
            raw.execute("BEGIN IMMEDIATE")
            raw.executemany("INSERT INTO bench_outbox VALUES (?, ?)", [(key, b"x" * 256) for key in keys[start : start + BATCH]])
            raw.execute("COMMIT")
        seconds = time.perf_counter() - began
        raw.execute("UPDATE due SET claimed_by = NULL, claimed_until = NULL, tries = 0 WHERE at = ?", (when,))
        raw.execute("DROP TABLE bench_outbox")
        raw.close()
        return {"selects": selects, "bare_claims": claims, "raw_seconds": seconds}


async def main(folder: Path, rows: int) -> None:
    async with opened(folder):
        pass  # the tables
    fill(folder / "openchair.db", rows)
    moments: list[Moments] = []
    async with opened(folder, lambda: moments[0].kept()) as store:
        assert isinstance(store, SqliteStore)
        moments.append(Moments(store, folder / "openchair.db"))
        leave_out_what_is_here()
        say({"ready": True})
        await obey({"measure": moments[0].measure})


if __name__ == "__main__":
    run_async(main(Path(sys.argv[1]), int(sys.argv[2])))
