"""Opening the store: one SQLite file, or PostgreSQL, as the url says."""

import fcntl
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.core.clock import Clock
from bot.core.errors import StorageUnavailable
from storage import migrate as migration
from storage.addresses import database_file, engine_url
from storage.keys import KeyRing, WrongKey
from storage.leases import end_leases
from storage.listening import listening
from storage.postgres import PostgresStore, pool
from storage.privacy import finish_erasures
from storage.sqlite import SqliteStore
from storage.sqlite_file import connected
from storage.tables.checks import checks
from storage.transaction import CommunityDefaults, House
from storage.unit import Unit, concrete

__all__ = ["AlreadyRunning", "CommunityDefaults", "Store", "Unit", "WrongKey", "concrete", "open_store"]

BUSY_SECONDS = 5.0

Store = SqliteStore | PostgresStore


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
        pair = await _pair(url)
        sealed = await keys.open(pair)
        stack.push_async_callback(keys.close)
        if migrate:
            await migration.migrate(url)
        store: Store
        if path is not None:
            store = SqliteStore(await stack.enter_async_context(connected(path, busy_seconds)), house)
            await stack.enter_async_context(store.running())
        else:
            store = PostgresStore(await stack.enter_async_context(pool(url)), house)
            await stack.enter_async_context(listening(url, house))
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


async def _pair(url: str) -> bytes | None:
    """Return the sealed name that the database keeps, None when it is new. Raises StorageUnavailable."""
    engine = create_async_engine(engine_url(url), hide_parameters=True)
    try:
        async with engine.connect() as connection:
            if not await connection.run_sync(lambda sync: inspect(sync).has_table(checks.name)):
                return None
            found = (await connection.execute(select(checks.c.value).where(checks.c.name == "pair"))).scalar_one_or_none()
            return None if found is None else bytes(found)
    except (DBAPIError, OSError) as error:
        raise StorageUnavailable(why=type(error).__name__) from error
    finally:
        await engine.dispose()
