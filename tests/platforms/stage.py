"""A running adapter, the same for a test whichever platform it is."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.core.calls import Room
from bot.core.deeds import Deed
from bot.core.features import MenuEntry, Where
from bot.core.ids import CommunityId, MessageRef, RoomId
from bot.core.platform import Delivery, Platform
from bot.core.replies import NOTHING, Reply
from bot.platforms.discord.adapter import DiscordPlatform
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.web.adapter import WebPlatform
from bot.platforms.web.records import MemoryChatLog
from content.loader import load_texts
from tests.fakes import HeldClock
from tests.platforms.receiver import Scripted
from tests.servers.discord.driver import DiscordDriver
from tests.servers.discord.rooms import ROLES, SEND
from tests.servers.telegram.driver import TelegramDriver
from tests.servers.web.driver import WebDriver
from tests.waiting import until

MENU = tuple(
    MenuEntry(name, {"en": f"The command {name}", "de": f"Der Befehl {name}"}, (), where, False)
    for name, where in (("urge", Where.ANYWHERE), ("meetings", Where.ANYWHERE), ("card", Where.ANYWHERE), ("slow", Where.ANYWHERE))
)


@dataclass
class Stage:
    """A running adapter with its persons on one side, and a receiver written by the test on the other."""

    name: str
    driver: Any
    platform: Platform
    house: Scripted

    def screen(self, person: Any, place: str = "private") -> list[str]:
        return [re.sub("[\u2060\u200b\u2068\u2069\\\\]", "", text) for text in self.driver.screen(person, place)]

    async def sees(self, person: Any, words: str, place: str = "private") -> None:
        await self.until(lambda: any(words in text for text in self.screen(person, place)))

    async def until(self, holds: Callable[[], bool]) -> None:
        await until(holds)

    def room(self) -> Room:
        """The room as the courier would know it."""
        place = self.driver.room
        return Room(RoomId("r" * 32), CommunityId("c" * 32), self.name, place.chat, place.thread)

    def delivery(self, person: Any, reply: Reply, key: str = "key", edit: MessageRef | None = None) -> Delivery:
        account = person.account if self.name == "web" else self.driver.account(person)
        return Delivery(key, reply, "en", account=account, edit=edit)

    async def do(self, deed: Deed, about: Any = None, ref: MessageRef | None = None, key: str = "deed") -> MessageRef:
        """Do a deed in the room, as the courier would: the slot remembers what the one before returned."""
        account = None if about is None else about.account if self.name == "web" else self.driver.account(about)
        delivery = Delivery(key, NOTHING, "en", room=self.room(), edit=ref, deed=deed, about=account)
        done = await self.platform.deliver(delivery)
        if self.name == "web":
            await self.driver.settle()
        return done

    def may_write(self, person: Any) -> bool:
        if self.name == "discord":
            return bool(self.driver.may(person, self.driver.room.chat, SEND))
        return bool(self.driver.may_write(person))

    def pinned(self, person: Any) -> list[str]:
        """What is pinned in the room, as the person has it."""
        where = {"discord": self.driver.room.chat, "web": person}.get(self.name)
        found: list[str] = self.driver.pinned(*([] if where is None else [where]))
        return found

    def in_topics(self) -> list[str]:
        """What stands in the one topic below the room, oldest first."""
        if self.name == "telegram":
            return [message.text for message in self.driver.in_topic(*self.driver.topics())]
        (thread,) = self.driver.threads()
        return [one.content for one in self.driver.server.world.messages.values() if one.channel == thread.id]

    def take_all_rights(self) -> None:
        if self.name == "discord":
            self.driver.take_permission(ROLES)
        else:
            self.driver.take_right()


@contextlib.asynccontextmanager
async def staged(name: str) -> AsyncIterator[Stage]:
    clock, house = HeldClock(datetime(2026, 12, 1, 18, 0, tzinfo=UTC)), Scripted()
    shared: dict[str, Any] = {"menu": MENU, "texts": load_texts(), "clock": clock}
    if name == "web":
        web = WebPlatform(port=0, history=MemoryChatLog(), **shared)
        page = WebDriver(web, house)
        await page.start()
        yield Stage(name, page, web, house)
        await page.stop()
        return
    async with {"discord": DiscordDriver, "telegram": TelegramDriver}[name]() as driver:
        make: Callable[..., Platform] = {"discord": DiscordPlatform, "telegram": TelegramPlatform}[name]
        platform = make(driver.token, api_base=driver.api_base, **shared)
        running = asyncio.create_task(platform.run(house))
        await driver.connected()
        yield Stage(name, driver, platform, house)
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
