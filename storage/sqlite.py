"""The embedded database. One connection writes; calls of the same moment share one commit.

Each call has a savepoint of its own: one that raises is undone alone. Results are given out after the commit only.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

import structlog
from sqlalchemy import Executable, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import RowMapping
from sqlalchemy.sql.elements import ClauseElement

from bot.core.errors import StorageUnavailable
from bot.core.ports import Unit as AnyUnit
from storage.due_alone import LoneDueQueue
from storage.outbox_queue import OutboxQueue
from storage.sqlite_file import SqliteFile, ours
from storage.statements import Prepared, Statements
from storage.transaction import House, Parameters
from storage.unit import Unit

log = structlog.get_logger()

T = TypeVar("T")
Work = Callable[[Unit], Awaitable[Any]]
Done = tuple[Unit, asyncio.Future[Any], Any]

TOGETHER = 64  # calls in one commit, at most
WORK_SECONDS = 10.0  # a handler awaits only its unit; one that waits for anything else would stop everybody


class SqliteSession:
    """Statements inside the writer's transaction."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file
        self._statements = Statements()
        self.failure: StorageUnavailable | None = None

    async def rows(self, statement: Executable, parameters: Parameters = None) -> Sequence[RowMapping]:
        prepared = self._prepare(statement, parameters)
        with self._noting():
            return prepared.read(self._file.connection.execute(prepared.sql, prepared.values[0]).fetchall())

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        prepared = self._prepare(statement, parameters)
        with self._noting():
            return self._file.connection.execute(prepared.sql, prepared.values[0]).rowcount

    async def run_many(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        prepared = self._prepare(statement, *rows)
        with self._noting():
            self._file.connection.executemany(prepared.sql, prepared.values)

    async def scrub(self) -> None:
        await self._file.wait_for("PRAGMA wal_checkpoint(TRUNCATE)")

    async def lock(self, name: str) -> None:
        """There is one writer: nothing to wait for."""

    def insert(self, table: Table) -> sqlite.Insert:
        return sqlite.insert(table)

    def _prepare(self, statement: Executable, *rows: Parameters) -> Prepared:
        if self.failure is not None:
            raise self.failure
        if not isinstance(statement, ClauseElement):
            raise TypeError("not a statement")
        return self._statements.prepare(statement, rows)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Raise our own error in place of the driver's. One of the database's stays: who swallows it does not go on half-way."""
        try:
            yield
        except sqlite3.Error as error:
            mapped = ours(error)
            if isinstance(mapped, StorageUnavailable):
                self.failure = mapped
            raise mapped from None


class SqliteStore:
    """A `bot.core.ports.Store` on one SQLite file."""

    is_shared = False

    def __init__(self, file: SqliteFile, house: House) -> None:
        self.house = house
        self.work_seconds = WORK_SECONDS
        self.due_queue = LoneDueQueue(self, house.leases)
        self.outbox_queue = OutboxQueue(self)
        self.file = file
        self._session = SqliteSession(file)
        self._waiting: deque[tuple[Work, asyncio.Future[Any]]] = deque()
        self._arrived = asyncio.Event()
        self._closed = False
        self._writer: asyncio.Task[None] | None = None

    async def transact(self, work: Callable[[AnyUnit], Awaitable[T]]) -> T:
        return await self.transact_short(work)

    async def transact_short(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        if self._writer is None or self._closed:
            raise StorageUnavailable(why="closed")
        if asyncio.current_task() is self._writer:
            raise RuntimeError("a transaction inside a transaction would wait for itself")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, future))
        self._arrived.set()
        return await future

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Write until the block ends; what was asked for by then is still done."""
        self._writer = asyncio.create_task(self._write(), name="storage writer")
        try:
            yield
        finally:
            self._closed = True
            self._arrived.set()
            await self._writer

    async def _write(self) -> None:
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            while self._waiting:
                await self._commit_together()
            if self._closed:
                return

    async def _commit_together(self) -> None:
        connection = self.file.connection
        try:
            await self.file.begin()
        except Exception as error:
            waiting = [future for _, future in self._waiting]
            self._waiting.clear()
            await self._undo(waiting, error)
            return
        before = connection.total_changes
        done: list[Done] = []
        fresh: dict[str, bytes] = {}
        try:
            for taken in range(TOGETHER):
                if not self._waiting:
                    break
                if taken:
                    await asyncio.sleep(0)  # statements hold up the loop; others have their turn between two calls
                await self._take_one(done, fresh)
            if fresh:
                await self.house.keys.keep(fresh)
            if connection.total_changes == before:
                connection.execute("COMMIT")
            else:
                await self.file.wait_for("COMMIT")
        except Exception as error:
            await self._undo([future for _, future, _ in done], error)
            return
        for unit, future, result in done:
            await unit.settle()
            if not future.done():
                future.set_result(result)

    async def _take_one(self, done: list[Done], fresh: dict[str, bytes]) -> None:
        """Run one call between two savepoints. Raises only when the whole transaction is lost."""
        work, future = self._waiting[0]
        if future.done():  # the caller went away
            self._waiting.popleft()
            return
        connection = self.file.connection
        connection.execute("SAVEPOINT one")
        self._waiting.popleft()
        self._session.failure = None
        unit = Unit(self._session, self.house, fresh)
        try:
            async with asyncio.timeout(self.work_seconds):
                result = await work(unit)
            if self._session.failure is not None:
                raise self._session.failure
        except (Exception, asyncio.CancelledError) as error:
            if (task := asyncio.current_task()) is not None and task.cancelling():
                raise  # the writer itself was told to stop
            if not future.done():
                future.set_exception(error)
            connection.execute("ROLLBACK TO one")
        else:
            done.append((unit, future, result))
            fresh.update(unit.new_keys)
        connection.execute("RELEASE one")

    async def _undo(self, refused: Sequence[asyncio.Future[Any]], error: Exception) -> None:
        """Nothing of this transaction is on disk: say so to everybody in it. The writer goes on."""
        why = getattr(error, "sqlite_errorname", type(error).__name__)
        log.error("storage.undone", error=why, count=len(refused))
        for future in refused:
            if not future.done():
                future.set_exception(StorageUnavailable(why=why))
        if self.file.connection.in_transaction:
            try:
                await self.file.wait_for("ROLLBACK")
            except sqlite3.Error as again:
                log.error("storage.undone", error=again.sqlite_errorname, count=0)  # noqa: TRY400  # values in tracebacks
