"""Waiting for what a test expects: bounded, and looked at often."""

import asyncio
from collections.abc import Callable

PATIENCE = 10.0  # seconds; only a failing test waits so long


async def until(holds: Callable[[], bool], said: Callable[[], str] = lambda: "") -> None:
    """Return once something holds. Raises AssertionError with what `said` tells."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not holds():  # noqa: ASYNC110 - what is looked at sends no event
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(said()) from None
