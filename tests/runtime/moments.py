"""A timekeeper over the store in memory, whose alarm and clock a test holds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.core.features import Feature
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.runtime.timekeeper import Timekeeper
from tests.runtime.fakes import HeldAlarm, settle
from tests.runtime.memory import MemoryStore, MemoryUnit
from tests.runtime.queues import MemoryDueQueue


class Moments:
    """A timekeeper over the store in memory, and one feature that writes down what came."""

    def __init__(self, store: MemoryStore, clock) -> None:
        self.store = store
        self.clock = clock
        self.queue = MemoryDueQueue(store)
        self.alarm = HeldAlarm()
        self.came: list[tuple[str, datetime, datetime]] = []
        self.fails: dict[str, int] = {}
        self.keeper = self.new("one")

    def new(self, owner: str) -> Timekeeper:
        feature = Feature("test", jobs={"note": self.note, "weekly": self.weekly})
        return Timekeeper(self.queue, self.store, (feature,), self.clock, owner, alarm=self.alarm)

    def promise(self, key: str, seconds: float, kind: str = "note", subject: str = "") -> Due:
        due = Due(key, kind, self.clock.now() + timedelta(seconds=seconds), subject)
        self.store.rows.due[key] = due
        return due

    async def note(self, due: Due, now: datetime, unit: Unit) -> None:
        assert isinstance(unit, MemoryUnit)
        unit.rows.words = [*unit.rows.words, due.key]
        if self.fails.get(due.key, 0) > 0:
            self.fails[due.key] -= 1
            raise ValueError("someone's words")
        self.came.append((due.key, due.at, now))
        await asyncio.sleep(0)

    async def weekly(self, due: Due, now: datetime, unit: Unit) -> None:
        await self.note(due, now, unit)
        await unit.due.add(Due(due.key, due.kind, due.at + timedelta(days=7), due.subject))

    async def ring(self, seconds: float = 0) -> None:
        """Let time pass and the alarm ring when it is set for then."""
        until = self.clock.now() + timedelta(seconds=seconds)
        await self.clock.go()
        while self.alarm.settings and self.alarm.settings[-1] <= until:
            await self.clock.go(max((self.alarm.settings[-1] - self.clock.now()).total_seconds(), 0))
            before = len(self.alarm.settings)
            self.alarm.ring()
            await settle(400)
            if len(self.alarm.settings) == before:
                break
        await self.clock.go((until - self.clock.now()).total_seconds())

    @asynccontextmanager
    async def running(self, keeper: Timekeeper | None = None) -> AsyncIterator[None]:
        task = asyncio.create_task((keeper or self.keeper).run())
        try:
            await settle(400)
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})

    @property
    def keys(self) -> list[str]:
        return [key for key, *_ in self.came]
