"""A courier over one queue and one platform."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.runtime.courier import Courier
from tests.runtime.fakes import FakePlatform, NoPainter
from tests.runtime.queues import MemoryOutboxQueue


class Post:
    """A courier over one queue and one platform."""

    def __init__(self, clock, name: str = "telegram", painter=None) -> None:
        self.clock = clock
        self.queue = MemoryOutboxQueue()
        self.platform = FakePlatform(clock, name)
        self.courier = self.new("one", painter)

    def new(self, owner: str, painter=None) -> Courier:
        return Courier(self.queue, {self.platform.name: self.platform}, painter or NoPainter(), self.clock, owner)

    @property
    def took(self) -> list[tuple[str, float]]:
        start = self.platform.took[0][0] if self.platform.took else self.clock.now()
        return [(delivery.key, round((at - start).total_seconds(), 2)) for at, delivery in self.platform.took]

    @asynccontextmanager
    async def running(self, courier: Courier | None = None) -> AsyncIterator[None]:
        task = asyncio.create_task((courier or self.courier).run())
        try:
            await self.clock.go()
            yield
        finally:
            task.cancel()
            await self.clock.go(0)
            await asyncio.wait({task})
