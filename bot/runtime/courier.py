"""Sends what waits in the outbox, one desk a platform. Answers go past it: the adapters send them at once."""

import asyncio
from collections.abc import Mapping

import structlog

from bot.core.calls import Place
from bot.core.clock import Clock
from bot.core.errors import StorageUnavailable
from bot.core.platform import Painter, Platform
from bot.core.posts import OutboxQueue
from bot.runtime.desk import Desk
from bot.runtime.limits import RATES, WEB, Limiter, Rates
from bot.runtime.metrics import Metrics

log = structlog.get_logger()


class Courier:
    """`owner` names this process among those that share the database."""

    def __init__(
        self,
        queue: OutboxQueue,
        platforms: Mapping[str, Platform],
        painter: Painter,
        clock: Clock,
        owner: str,
        rates: Mapping[str, Rates] = RATES,
        *,
        metrics: Metrics | None = None,
    ) -> None:
        metrics = metrics or Metrics()
        self._queue = queue
        self._owner = owner
        self._clock = clock
        self._desks = {
            name: Desk(platform, queue, painter, clock, owner, Limiter(rates.get(name, WEB)), metrics)
            for name, platform in platforms.items()
        }

    def wake(self) -> None:
        """Something was put into the outbox."""
        for desk in self._desks.values():
            desk.wake()

    def answered(self, place: Place) -> None:
        """An adapter sent an answer: it counts in the platform's limits."""
        desk = self._desks.get(place.platform)
        if desk is not None:
            chat = f"person {place.chat}" if place.private else f"room {place.chat}"
            desk.limiter.answered(chat, not place.private, self._clock.now())

    async def run(self) -> None:
        """Go on until cancelled; then finish what is being sent, and give back what is only claimed."""
        try:
            async with asyncio.TaskGroup() as group:
                for name, desk in self._desks.items():
                    group.create_task(desk.run(), name=f"posts to {name}")
                await asyncio.Event().wait()  # also with no platform at all
        finally:
            await self._give_back()

    async def _give_back(self) -> None:
        """What may have been sent without a mark is left to its lease, so that the next claim knows."""
        unsure = frozenset[str]().union(*(desk.unsure for desk in self._desks.values()))
        try:
            await self._queue.release(self._owner, unsure)
        except StorageUnavailable:
            log.warning("posts.kept", why="storage")
