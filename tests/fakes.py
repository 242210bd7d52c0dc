"""Hand-written doubles."""

import asyncio
from datetime import datetime, timedelta


class HeldClock:
    """Time stands still; `sleep` moves it and notes how long."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.slept: list[timedelta] = []

    def now(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(timedelta(seconds=seconds))
        self.at += timedelta(seconds=seconds)
        await asyncio.sleep(0)
