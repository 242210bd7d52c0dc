"""One wake-up at a time, and housekeeping: all that APScheduler does here. What is to be done stands in the `due` table."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.runtime.logs import failure

HOUSEKEEPING = timedelta(hours=1)


class Alarm(Protocol):
    """Rings once at a moment. A new moment replaces the one before."""

    def start(self, ring: Callable[[], None]) -> None: ...

    def set(self, at: datetime) -> None: ...

    def stop(self) -> None: ...


class ScheduledAlarm:
    """An `Alarm` on APScheduler; `housekeeping` runs every hour, one after another, each on its own risk."""

    def __init__(self, housekeeping: Sequence[Callable[[], Awaitable[None]]] = (), every: timedelta = HOUSEKEEPING) -> None:
        self._housekeeping = tuple(housekeeping)
        self._every = every
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._ring: Callable[[], None] = _silent

    def start(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._scheduler.start()
        if self._housekeeping:
            seconds = self._every.total_seconds()
            self._scheduler.add_job(self._keep_house, "interval", seconds=seconds, coalesce=True, misfire_grace_time=None)

    def set(self, at: datetime) -> None:
        # A coroutine, because APScheduler runs plain functions in a thread.
        self._scheduler.add_job(self._rung, "date", run_date=at, id="due", replace_existing=True, misfire_grace_time=None)

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)

    async def _rung(self) -> None:
        self._ring()

    async def _keep_house(self) -> None:
        for chore in self._housekeeping:
            try:
                await chore()
            except Exception as error:
                failure("housekeeping.failed", error)


def _silent() -> None:
    """Nobody listens yet."""
