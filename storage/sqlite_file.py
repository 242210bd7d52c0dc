"""The file of the embedded database, as its one writer has it open."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic

from bot.core.errors import StorageUnavailable

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",  # nothing of ours in a temporary file
    "secure_delete=ON",
    "cache_size=-16384",
    "busy_timeout=0",  # `begin` waits, without holding up the loop
)
_BUSY_STEP = 0.01  # seconds between two tries to begin
_UNAVAILABLE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
    }
)


def ours(error: sqlite3.Error) -> Exception:
    """Return StorageUnavailable for what time or the host can mend, else the error itself: a mistake of ours."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return StorageUnavailable(why=error.sqlite_errorname) if code & 0xFF in _UNAVAILABLE else error


class SqliteFile:
    """The writer's connection. A statement takes some microseconds, less than a hop to another thread, so it runs where it is
    asked for; what waits for the disk runs in a thread of its own. One task uses it, one call at a time."""

    def __init__(self, path: Path, busy_seconds: float) -> None:
        self._path, self._busy_seconds = path, busy_seconds
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="storage")
        self._opened: sqlite3.Connection | None = None

    async def open(self) -> None:
        """`isolation_level=None`: transactions begin and end where we say, also with savepoints."""
        await self._hop(self._open)

    def _open(self) -> None:
        self._opened = sqlite3.connect(
            self._path, isolation_level=None, timeout=self._busy_seconds, cached_statements=512, check_same_thread=False
        )
        for pragma in _PRAGMAS:
            self._opened.execute(f"PRAGMA {pragma}").fetchall()

    async def close(self) -> None:
        await self._hop(self.connection.close)
        self._thread.shutdown()

    @property
    def connection(self) -> sqlite3.Connection:
        if self._opened is None:
            raise RuntimeError("the database is not open")
        return self._opened

    async def begin(self) -> None:
        """Begin to write, once nobody else does. Raises sqlite3.OperationalError when that takes too long."""
        until = monotonic() + self._busy_seconds
        while True:
            try:
                self.connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() >= until:
                    raise
                await asyncio.sleep(_BUSY_STEP)
            else:
                return

    async def wait_for(self, statement: str) -> None:
        """Run what may have to wait for the disk."""
        await self._hop(lambda: self.connection.execute(statement).fetchall())

    async def _hop(self, work: Callable[[], object]) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, work)


@asynccontextmanager
async def connected(path: Path, busy_seconds: float) -> AsyncIterator[SqliteFile]:
    file = SqliteFile(path, busy_seconds)
    await file.open()
    try:
        yield file
    finally:
        await file.close()
