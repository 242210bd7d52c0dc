"""`openchair run` as it would be some time later: `python -m tests.faults.ahead <seconds> <config.yaml>`."""

import asyncio
import sys
from datetime import datetime, timedelta
from pathlib import Path

from bot.compose import openchair
from bot.config import Config
from bot.config.load import load_config
from bot.core.clock import SystemClock
from bot.runtime.alarm import ScheduledAlarm
from bot.runtime.logs import set_up_logs
from bot.runtime.shutdown import stopped_by_signals


class AheadClock(SystemClock):
    def __init__(self, by: timedelta) -> None:
        self._by = by

    def now(self) -> datetime:
        return super().now() + self._by


class AheadAlarm(ScheduledAlarm):
    """Goes by an AheadClock."""

    def __init__(self, by: timedelta) -> None:
        super().__init__()
        self._by = by

    def set(self, at: datetime) -> None:
        super().set(at - self._by)


async def run(config: Config, by: timedelta) -> None:
    async with openchair(config, clock=AheadClock(by), alarm=AheadAlarm(by)) as house:
        with stopped_by_signals(house.stop):
            await house.run()


if __name__ == "__main__":
    loaded = load_config(Path(sys.argv[2]))
    set_up_logs(loaded.config.log.level)
    asyncio.run(run(loaded.config, timedelta(seconds=float(sys.argv[1]))))
