"""One lane a person: acts of one key run in the order they came; other keys do not wait."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import TypeVar

T = TypeVar("T")


class Lanes:
    """Runs work in order per key. A lane exists only while it has work."""

    def __init__(self) -> None:
        self._tails: dict[Hashable, asyncio.Future[None]] = {}

    async def run(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        """Wait for the key's earlier work, then do this and return its result. What earlier work raised is not passed on."""
        before = self._tails.get(key)
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._tails[key] = mine
        try:
            if before is not None:
                await asyncio.shield(before)
            return await work()
        finally:
            if before is None or before.done():
                self._leave(key, mine)
            else:  # cancelled while waiting: who came after still waits for who came before
                before.add_done_callback(lambda _: self._leave(key, mine))

    def _leave(self, key: Hashable, mine: "asyncio.Future[None]") -> None:
        mine.set_result(None)
        if self._tails.get(key) is mine:
            del self._tails[key]
