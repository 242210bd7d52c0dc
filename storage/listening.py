"""PostgreSQL's notifications: what another process promised wakes this one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import asyncpg  # type: ignore[import-untyped]  # it ships no types
import structlog

from storage.addresses import engine_url
from storage.postgres import CHANNEL
from storage.transaction import House

log = structlog.get_logger()

AGAIN_SECONDS = 5.0


@asynccontextmanager
async def listening(url: str, house: House) -> AsyncIterator[None]:
    """Listen on a connection of its own until the block ends; a lost one is made again. Sleepers also look for themselves.

    The block begins once somebody listens, or the first attempt failed: what is promised from then on is heard.
    """
    tried = asyncio.Event()
    task = asyncio.create_task(_listen(url, house, tried), name="storage listener")
    try:
        await tried.wait()
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _listen(url: str, house: House, tried: asyncio.Event) -> None:
    dsn = engine_url(url).set(drivername="postgresql").render_as_string(hide_password=False)

    def heard(_connection: Any, _pid: int, _channel: str, payload: object) -> None:  # Any: asyncpg's proxy
        at, _, outbox = str(payload).partition("|")
        if at and house.on_due is not None:
            house.on_due(datetime.fromisoformat(at))
        if outbox and house.on_outbox is not None:
            house.on_outbox()

    while True:
        lost = asyncio.Event()
        try:
            connection = await asyncpg.connect(dsn, timeout=5)
            try:
                connection.add_termination_listener(lambda _, lost=lost: lost.set())
                await connection.add_listener(CHANNEL, heard)
                tried.set()
                await lost.wait()
            finally:
                await connection.close(timeout=2)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("storage.listener", error=type(error).__name__)
        tried.set()
        await asyncio.sleep(AGAIN_SECONDS)
