"""The whole house, as `openchair run` starts it, with a few doors for the one who measures."""

import asyncio
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from pydantic import SecretStr

import storage.sqlite_file
from bench.bots.asked import Asked
from bench.bots.many import ROOM, Many, group
from bench.obedience import Command, Said, obey, say
from bot.cli.running import run_async
from bot.compose import House, openchair
from bot.config import Config
from bot.config.model import CommunityConfig, DiscordConfig, PlatformsConfig, StorageConfig, TelegramConfig
from bot.core.calls import Account, Incoming, Kind, Role
from bot.core.ids import PersonId, new_id
from bot.core.meetings import When
from bot.core.platform import Answer
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.replies import Reply
from bot.core.richtext import Paragraph, Text
from bot.runtime.garbage import leave_out_what_is_here
from bot.runtime.logs import set_up_logs
from handlers.reminders.records import Subscription
from storage.keys import make_master_key
from storage.meetings import Meetings
from storage.reminders import Reminders

FIRST_GUEST = 9_000_000  # the users who act on nothing and get posts and reminders
TOGETHER = 100


class Wanted(msgspec.Struct, frozen=True):
    """`durable=False`: a commit waits for no disk. `timed`: our own time in each answer is noted (Telegram only)."""

    platform: str
    url: str
    token: str
    folder: str
    durable: bool = True
    timed: bool = False
    posts: int = 0  # that wait when the house opens


def config_of(wanted: Wanted) -> Config:
    folder = Path(wanted.folder)
    key = folder / "master.key"
    make_master_key(key)
    token = SecretStr(wanted.token)
    platforms = (
        PlatformsConfig(telegram=TelegramConfig(token=token, api_base=wanted.url))
        if wanted.platform == "telegram"
        else PlatformsConfig(discord=DiscordConfig(token=token, api_base=wanted.url))
    )
    home = CommunityConfig(zone="Europe/Berlin", language="en", country="DE")
    return Config(data=folder / "data", community=home, platforms=platforms, storage=StorageConfig(master_key_file=key))


class OwnTime:
    """From `take` to just before the call that answers, by chat."""

    def __init__(self) -> None:
        self._began: dict[str, float] = {}
        self.taken: list[float] = []

    def watch(self, house: House) -> None:
        from bot.platforms.telegram.request import AiohttpRequest

        take = house.dispatch.take

        async def timed(incoming: Incoming) -> Answer:
            self._began[incoming.place.chat] = time.perf_counter()
            return await take(incoming)

        def noted(call: Any) -> Any:
            async def note(this: Any, method: str, given: Any) -> Any:
                if (began := self._began.pop(str(given.get("chat_id")), None)) is not None:
                    self.taken.append(time.perf_counter() - began)
                return await call(this, method, given)

            return note

        # Measured from outside, so that the house stays as it is.
        house.dispatch.take = timed  # type: ignore[method-assign]
        AiohttpRequest.send = noted(AiohttpRequest.send)  # type: ignore[method-assign]
        AiohttpRequest.do = noted(AiohttpRequest.do)  # type: ignore[method-assign]

    async def own_time(self) -> Said:
        """Return the times since the last asking."""
        taken, self.taken = self.taken, []
        return {"taken": taken}


class Doors:
    def __init__(self, house: House) -> None:
        self._house = house

    async def guests(self, count: int) -> list[PersonId]:
        """Make persons who never act."""
        at, made = datetime.now(UTC), list[PersonId]()
        for start in range(0, count, TOGETHER):

            async def some(unit: Unit, start: int = start) -> list[PersonId]:
                numbers = range(FIRST_GUEST + start, FIRST_GUEST + min(start + TOGETHER, count))
                return [(await unit.people.make(Account("telegram", str(number)), at, None)).id for number in numbers]

            made += await self._house.store.transact(some)
        return made

    async def posts(self, count: int) -> Said:
        """Promise a message to each of so many persons."""
        guests = await self.guests(count)
        reply = Reply((Paragraph((Text("The meeting begins in 15 minutes."),)),))

        async def some(persons: list[PersonId], unit: Unit) -> None:
            for person in persons:
                await unit.outbox.add(Post(new_id(), Lane.NEWS, ToPerson(person), reply))

        for start in range(0, count, TOGETHER):
            await self._house.store.transact(partial(some, guests[start : start + TOGETHER]))
        return {}

    async def subscribe(self, count: int) -> Said:
        """Plan a meeting, and have so many persons ask for its reminders."""
        act = Incoming(
            Kind.COMMAND,
            receipt="bench",
            account=Account("telegram", "1"),
            place=group(0),
            at=datetime.now(UTC),
            name="meeting create",
            arguments={"text": "Sunday 03:00 Europe/Berlin 60 Bench"},
            roles=frozenset({Role.FACILITATOR}),
        )
        shown = (await self._house.dispatch.take(act)).reply
        save = next(button.press for row in shown.buttons for button in row if button.press and button.press.action == "save")
        await self._house.dispatch.take(
            msgspec.structs.replace(act, kind=Kind.PRESS, receipt="save", name="", arguments={}, press=save)
        )
        guests = await self.guests(count)

        async def ask(unit: Unit) -> None:
            series = await self._series(unit)
            for person in guests:
                await Reminders(unit).put(Subscription(series, person), act.at)

        await self._house.store.transact(ask)
        return {}

    async def remind(self) -> Said:
        """The moment of the reminders comes now."""

        async def now(unit: Unit) -> None:
            occurrence = await Meetings(unit).next_of(await self._series(unit))
            assert occurrence is not None
            await unit.due.add(When.REMIND.due(datetime.now(UTC), occurrence.id))

        await self._house.store.transact(now)
        return {}

    async def _series(self, unit: Unit) -> Any:
        community = await unit.communities.find_or_make("telegram", ROOM)
        return (await Meetings(unit).of_community(community.id))[0].id


async def main(wanted: Wanted) -> None:
    if not wanted.durable:
        pragmas = (one.replace("synchronous=FULL", "synchronous=OFF") for one in storage.sqlite_file._PRAGMAS)
        storage.sqlite_file._PRAGMAS = tuple(pragmas)  # type: ignore[assignment]  # the one difference to the durable bot
    set_up_logs("info")
    async with openchair(config_of(wanted)) as house:
        data = Path(wanted.folder) / "data"
        own, doors, many, asked = OwnTime(), Doors(house), Many(house.store, data), Asked(house.store, data)
        if wanted.timed:
            own.watch(house)
        if wanted.posts:
            await doors.posts(wanted.posts)
        leave_out_what_is_here()
        running = asyncio.create_task(house.run())
        say({"ready": True})
        commands: dict[str, Command] = {"own_time": own.own_time, "subscribe": doors.subscribe, "remind": doors.remind}
        commands |= {"plan": many.plan, "open_rooms": many.open_rooms, "opened": many.opened}
        commands |= {name: getattr(asked, name) for name in ("members", "prompt", "ask", "handed_out", "commits")}
        obeying = asyncio.create_task(obey(commands))
        await asyncio.wait({running, obeying}, return_when=asyncio.FIRST_COMPLETED)
        house.stop.set()
        await running
        obeying.cancel()


if __name__ == "__main__":
    run_async(main(msgspec.json.decode(sys.argv[1], type=Wanted)))
