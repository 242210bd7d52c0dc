"""A community with many series, in the whole house without a platform: its list, what is offered while one types, its calendar."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import count as counted
from pathlib import Path

from icalendar import Calendar

from bench.bots.many import ROOM, Many, group
from bench.obedience import Said, obey, say
from bot.cli.running import run_async
from bot.compose import House, openchair
from bot.config import Config
from bot.config.model import CommunityConfig, StorageConfig
from bot.core.calls import Account, Incoming, Kind
from bot.core.meetings import Audience
from bot.core.pages import Asked
from bot.core.ports import Unit
from bot.runtime.garbage import leave_out_what_is_here
from bot.runtime.logs import set_up_logs
from content.loader import load_texts
from handlers import calendars
from handlers.calendars.records import PublicFeed
from storage.calendars import Calendars
from storage.keys import make_master_key
from storage.meetings import Meetings

TOKEN = "0123456789abcdef" * 3
AHEAD = 60  # minutes


class Lists:
    def __init__(self, house: House, folder: Path) -> None:
        self._house = house
        self._many = Many(house.store, folder)
        self._numbers = counted(1)
        followed = lambda unit, who: Calendars(unit).followed(who)  # noqa: E731
        feature = calendars.feature(load_texts(), Calendars, Meetings, Meetings, followed, lambda: "", lambda: datetime.now(UTC))
        self._serve = feature.pages["calendar"]

    async def plan(self, count: int) -> Said:
        await self._many.plan(count, 1, AHEAD)

        async def publish(unit: Unit) -> None:
            community = await unit.communities.find_or_make("telegram", ROOM)
            await Calendars(unit).publish(PublicFeed(community.id, Audience.PARTICIPANTS, TOKEN, datetime.now(UTC)))

        await self._house.store.transact(publish)
        return {}

    async def measure(self, times: int) -> Said:
        """Return the seconds of each answer, and what icalendar takes for the same calendar."""
        feed = b""

        async def page(unit: Unit) -> None:
            nonlocal feed
            feed = (await self._serve(Asked(f"c/{TOKEN}.ics"), unit)).body

        async def command(name: str) -> None:
            reply = (await self._house.dispatch.take(self._act(name))).reply
            if not reply.blocks:
                raise RuntimeError(f"no answer to {name}")

        async def complete() -> None:
            if not await self._house.dispatch.complete(self._act("meetings", meeting="eve"), "meeting"):
                raise RuntimeError("nothing was offered")

        took = {
            "settings": await _each(times, lambda: command("language")),
            "meetings": await _each(times, lambda: command("meetings")),
            "complete": await _each(times, complete),
            "feed": await _each(max(times // 10, 2), lambda: self._house.store.transact(page)),
        }
        began = time.perf_counter()
        again = Calendar.from_ical(feed).to_ical()
        return {**took, "raw": [time.perf_counter() - began], "bytes": len(feed), "again": len(again)}

    def _act(self, name: str, **arguments: str) -> Incoming:
        number = str(next(self._numbers))
        account = Account("telegram", number)  # each by somebody else: one alone would be too fast
        return Incoming(Kind.COMMAND, number, account, group(0), datetime.now(UTC), name=name, arguments=arguments)


async def _each(times: int, work: Callable[[], Awaitable[None]]) -> list[float]:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        await work()
        took.append(time.perf_counter() - began)
    return took


async def main(folder: Path) -> None:
    key = folder / "master.key"
    make_master_key(key)
    home = CommunityConfig(zone="Europe/Berlin", language="en", country="DE")
    config = Config(data=folder / "data", community=home, storage=StorageConfig(master_key_file=key))
    set_up_logs("info")
    async with openchair(config, platforms=lambda _, __: ()) as house:
        lists = Lists(house, config.data)
        leave_out_what_is_here()
        running = asyncio.create_task(house.run())
        say({"ready": True})
        await obey({"plan": lists.plan, "measure": lists.measure})
        house.stop.set()
        await running


if __name__ == "__main__":
    run_async(main(Path(sys.argv[1])))
