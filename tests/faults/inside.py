"""A house inside the test's process, whose clock a test moves: what waits in it, and letting time pass until nothing does."""

import asyncio
from typing import Any

from sqlalchemy import select

from storage.database import concrete
from storage.tables.outbox import outbox
from tests.evening.world import World

PATIENCE = 15.0  # seconds; only a failing test takes them


async def rows(here: World, statement: Any) -> list[tuple[Any, ...]]:
    found = await here.house.store.transact(lambda unit: concrete(unit).rows(statement))
    return [tuple(row.values()) for row in found]


async def comes_to(here: World, statement: Any, wanted: list[tuple[Any, ...]]) -> None:
    """Wait until a query finds these rows."""
    found: list[tuple[Any, ...]] = []
    try:
        async with asyncio.timeout(PATIENCE):
            while (found := await rows(here, statement)) != wanted:  # noqa: ASYNC110 - a row sends no event
                await asyncio.sleep(0.02)
    except TimeoutError:
        assert found == wanted


async def outcomes(here: World) -> list[tuple[str, str]]:
    """Return what became of each promised message: its state, and why it was given up."""
    return sorted((state, why) for state, why in await rows(here, select(outbox.c.state, outbox.c.why)))


async def all_sent(here: World, promised: int = 0) -> None:
    """Let time pass until no message waits; with a number, once so many were promised in all."""
    async with asyncio.timeout(PATIENCE):
        while True:
            states = [state for state, _ in await outcomes(here)]
            if "waiting" in states:
                here.clock.move(seconds=1)
            elif len(states) >= promised:
                return
            await asyncio.sleep(0.02)
