"""What is being done just now, so that an end can wait for it."""

import asyncio
import contextlib


class UnderWay:
    """`with under_way: await ...` counts the work in."""

    def __init__(self) -> None:
        self._count = 0
        self._nothing = asyncio.Event()
        self._nothing.set()

    def __enter__(self) -> None:
        self._count += 1
        self._nothing.clear()

    def __exit__(self, *_: object) -> None:
        self._count -= 1
        if not self._count:
            self._nothing.set()

    async def ended(self, seconds: float) -> None:
        """Wait until there is nothing left, for so long at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._nothing.wait()
