"""A clock that runs, and that a test may put forward; and an alarm that goes by it."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

SOME_SECONDS = 5.0
TUESDAY = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)  # 18:00 in Berlin


class RunningClock:
    """Starts at a moment and runs with the machine's; `move` puts it forward, and who sleeps wakes in time."""

    def __init__(self, at: datetime = TUESDAY) -> None:
        self._at = at
        self._began = time.monotonic()
        self._moved = asyncio.Event()
        self.on_move: list[Callable[[], None]] = []

    def now(self) -> datetime:
        return self._at + timedelta(seconds=time.monotonic() - self._began)

    def move(self, *, to: datetime | None = None, **by: float) -> None:
        """Put the clock forward; never back."""
        self._at += max(to - self.now(), timedelta()) if to is not None else timedelta(**by)
        self._moved.set()
        self._moved = asyncio.Event()
        for told in self.on_move:
            told()

    async def sleep(self, seconds: float) -> None:
        until = self.now() + timedelta(seconds=seconds)
        while (left := (until - self.now()).total_seconds()) > 0:
            moved = self._moved
            try:
                async with asyncio.timeout(left):
                    await moved.wait()
            except TimeoutError:
                return


class StillClock(RunningClock):
    """Stands still until it is moved. Who sleeps for some seconds only, as between two messages, is let go on at once."""

    def now(self) -> datetime:
        return self._at

    async def sleep(self, seconds: float) -> None:
        if seconds <= SOME_SECONDS:
            await asyncio.sleep(0.01)
        else:
            moved = self._moved
            await moved.wait()


class RunningAlarm:
    """A `bot.runtime.alarm.Alarm` that goes by a RunningClock."""

    def __init__(self, clock: RunningClock) -> None:
        self._clock = clock
        self._at: datetime | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._ring: Callable[[], None] = lambda: None

    def start(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._clock.on_move.append(self._arm)

    def set(self, at: datetime) -> None:
        self._at = at
        self._arm()

    def stop(self) -> None:
        self._clock.on_move.remove(self._arm)
        self._at = None
        self._arm()

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._at is not None:
            wait = max((self._at - self._clock.now()).total_seconds(), 0)
            self._timer = asyncio.get_running_loop().call_later(wait, self._rung)

    def _rung(self) -> None:
        self._at = None
        self._ring()
