"""The database server, for a host that outgrew one machine: a pool, and a transaction of its own for every call.

A call runs again when the server could not put it in an order with others (SERIALIZABLE); it awaits only its unit, so a run
that was undone left nothing. The queues' short calls lock the rows they take instead.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import structlog
from sqlalchemy import Executable, Table, inspect, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult, RowMapping
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.core.errors import StorageUnavailable
from bot.core.ports import Unit as AnyUnit
from storage.addresses import engine_url
from storage.due import DueQueue
from storage.outbox_queue import OutboxQueue
from storage.tables.checks import checks
from storage.transaction import House, Parameters
from storage.unit import Unit

log = structlog.get_logger()

T = TypeVar("T")

TRIES = 10
CONNECTIONS = 16
CALL_SECONDS = 10
_AGAIN = {"40001": TRIES, "40P01": TRIES, "23505": 3}  # serialization, deadlock; two made the same row at once
_UNAVAILABLE = ("08", "53", "55P03", "57", "58")  # connection, resources (disk full), lock timeout, shutdown, I/O


class PostgresSession:
    """Statements on one of the pool's connections."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def rows(self, statement: Executable, parameters: Parameters = None) -> Sequence[RowMapping]:
        return (await self._connection.execute(statement, parameters)).mappings().all()

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        result = await self._connection.execute(statement, parameters, execution_options={"preserve_rowcount": True})
        return result.rowcount if isinstance(result, CursorResult) else 0

    async def run_many(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        await self._connection.execute(statement, rows)

    def insert(self, table: Table) -> sqlite.Insert:
        return postgresql.insert(table)  # type: ignore[return-value]  # the same methods; the classes share no ancestor with them

    async def lock(self, name: str) -> None:
        await self._connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})

    async def scrub(self) -> None:
        """The server's own vacuum does that."""


class PostgresStore:
    """A `bot.core.ports.Store` on PostgreSQL. Other processes may be on it too (`is_shared`)."""

    is_shared = True

    def __init__(self, engine: AsyncEngine, house: House) -> None:
        self.house = house
        self.due_queue = DueQueue(self)
        self.outbox_queue = OutboxQueue(self)
        self._serial = engine.execution_options(isolation_level="SERIALIZABLE")
        self._short = engine.execution_options(isolation_level="READ COMMITTED")

    async def transact(self, work: Callable[[AnyUnit], Awaitable[T]]) -> T:
        return await self._run(self._serial, work)

    async def transact_short(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        return await self._run(self._short, work)

    async def _run(self, engine: AsyncEngine, work: Callable[[Unit], Awaitable[T]]) -> T:
        for tried in range(TRIES):
            try:
                return await self._once(engine, work)
            except DBAPIError as error:
                state = getattr(error.orig, "sqlstate", None) or ""
                if error.connection_invalidated or state.startswith(_UNAVAILABLE) or not state:
                    log.error("storage.undone", error=type(error.orig).__name__, why=state)  # noqa: TRY400  # values in tracebacks
                    raise StorageUnavailable(why=state or "connection") from None
                if tried + 1 >= _AGAIN.get(state, 0):
                    raise
                await asyncio.sleep(random.uniform(0, 0.005 * 2**tried))  # noqa: S311  # spread, not a secret
            except (OSError, PoolTimeout) as error:
                raise StorageUnavailable(why=type(error).__name__) from None
        raise AssertionError("the last try returns or raises")

    async def _once(self, engine: AsyncEngine, work: Callable[[Unit], Awaitable[T]]) -> T:
        async with engine.connect() as connection:
            async with connection.begin():
                unit = Unit(PostgresSession(connection), self.house, {})
                async with asyncio.timeout(CALL_SECONDS):
                    result = await work(unit)
                if unit.new_keys:
                    await self.house.keys.keep(unit.new_keys)
                await _tell(connection, unit)
            await unit.settle()
            return result


CHANNEL = "openchair"


async def _tell(connection: AsyncConnection, unit: Unit) -> None:
    """Wake the other processes, with the commit."""
    if unit.wakes_due is not None or unit.wakes_outbox:
        payload = f"{unit.wakes_due.isoformat() if unit.wakes_due else ''}|{'outbox' if unit.wakes_outbox else ''}"
        await connection.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": CHANNEL, "payload": payload})


@asynccontextmanager
async def pool(url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(
        engine_url(url),
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=CALL_SECONDS,
        hide_parameters=True,
        connect_args={
            "timeout": 5,
            "command_timeout": CALL_SECONDS,
            "server_settings": {"lock_timeout": "5000", "application_name": "openchair"},
        },
    )
    try:
        yield engine
    finally:
        await engine.dispose()


async def pair_on(url: str) -> bytes | None:
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
