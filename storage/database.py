"""Opening the store: one SQLite file, or PostgreSQL, as the url says."""

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bot.core.clock import Clock
from bot.core.errors import StorageUnavailable
from storage.addresses import database_file
from storage.keys import KeyRing, WrongKey
from storage.leases import end_leases
from storage.privacy import finish_erasures
from storage.revision import is_newest
from storage.sqlite import SqliteStore
from storage.sqlite_file import connected
from storage.tables.checks import checks
from storage.transaction import CommunityDefaults, House
from storage.unit import Unit, concrete

if TYPE_CHECKING:
    from storage.postgres import PostgresStore

__all__ = ["AlreadyRunning", "CommunityDefaults", "Store", "Unit", "WrongKey", "concrete", "open_store"]

BUSY_SECONDS = 5.0

Store: TypeAlias = "SqliteStore | PostgresStore"


class AlreadyRunning(Exception):
    """Another process has this database file. The message says what to do."""


@asynccontextmanager
async def open_store(
    url: str,
    keys: KeyRing,
    clock: Clock,
    defaults: CommunityDefaults,
    *,
    on_due: Callable[[datetime], None] | None = None,
    on_outbox: Callable[[], None] | None = None,
    migrate: bool = True,
    busy_seconds: float = BUSY_SECONDS,
) -> AsyncIterator[Store]:
    """Open the database and the ring of keys, and close both at the end. `on_due` and `on_outbox` are called after commits.

    Raises AlreadyRunning, or WrongKey before anything is changed.
    """
    house = House(keys, clock, defaults, on_due, on_outbox)
    path = database_file(url)
    async with AsyncExitStack() as stack:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            stack.enter_context(only_one(path))
            path.touch(mode=0o600)
            path.chmod(0o600)  # the log beside it takes the same
        pair = await _pair(url, path)
        sealed = await keys.open(pair)
        stack.push_async_callback(keys.close)
        if migrate and (path is None or not is_newest(path)):
            await _migrate(url)
        store: Store
        if path is not None:
            store = SqliteStore(await stack.enter_async_context(connected(path, busy_seconds)), house)
            await stack.enter_async_context(store.running())
        else:
            store = await stack.enter_async_context(_on_a_server(url, house))
        await store.transact_short(lambda unit: _ready(unit, sealed))
        if path is not None:
            await store.transact_short(end_leases)
        yield store


async def _ready(unit: Unit, pair: bytes) -> None:
    """Keep the pair's name in a new database, and finish what a killed process left."""
    await unit.run(unit.insert(checks).values(name="pair", value=pair).on_conflict_do_nothing())
    await finish_erasures(unit)


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the database file for this process. Raises AlreadyRunning."""
    lock = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                f"Another Openchair is running on {path}. Stop it first, or give this one a database of its own."
            ) from None
        yield
    finally:
        os.close(lock)


async def _pair(url: str, path: Path | None) -> bytes | None:
    """Return the sealed name that the database keeps, None when it is new. Raises StorageUnavailable."""
    if path is not None:
        return await asyncio.to_thread(_pair_in, path)
    from storage.postgres import pair_on

    return await pair_on(url)


def _pair_in(file: Path) -> bytes | None:
    try:
        with closing(sqlite3.connect(file, timeout=BUSY_SECONDS)) as connection:
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (checks.name,)).fetchone() is None:
                return None
            found = connection.execute("SELECT value FROM checks WHERE name = 'pair'").fetchone()
    except sqlite3.Error as error:
        raise StorageUnavailable(why=type(error).__name__) from error
    return None if found is None else bytes(found[0])


# What only some starts need is loaded by them: it is a fifth of what a start loads. ----------------------------------


async def _migrate(url: str) -> None:
    from storage.migrate import migrate

    await migrate(url)


@asynccontextmanager
async def _on_a_server(url: str, house: House) -> AsyncIterator["PostgresStore"]:
    from storage.listening import listening
    from storage.postgres import PostgresStore, pool

    async with pool(url) as engine, listening(url, house):
        yield PostgresStore(engine, house)
