"""One community on one platform, over real sockets: the whole house on one side, persons at their screens on the other."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from aiohttp import ClientSession

from bot.compose import House, openchair
from bot.compose.platforms import Fittings, configured
from bot.config import Config
from bot.config.model import CommunityConfig, DiscordConfig, PagesConfig, PlatformsConfig, StorageConfig, TelegramConfig, WebConfig
from bot.core.calls import Role
from bot.core.platform import Platform
from bot.platforms.web.adapter import WebPlatform
from bot.platforms.web.records import DEMO, Part, Persona
from storage.keys import make_master_key
from tests.evening.times import RunningAlarm, RunningClock
from tests.servers.discord.driver import DiscordDriver
from tests.servers.telegram.driver import TelegramDriver
from tests.servers.web.driver import WebDriver
from tests.waiting import until

Spot = Literal["private", "room"]
PLATFORMS = ("discord", "telegram", "web")
PUBLIC = "https://chair.example"  # where people are told that pages are; `World.page` fetches them from where they are
MORE_PERSONAS = (  # on the page: an evening has more people than the demo
    *(Persona(name.lower(), name) for name in ("Cleo", "Dan", "Eva", "Finn")),
    Persona("sam", "Sam", Part.FACILITATOR, frozenset({Role.FACILITATOR})),
)


class World:
    """`driver` is the platform's own; a test speaks to the names below, which are the same for all."""

    def __init__(self, name: str, driver: Any, house: House, clock: RunningClock, language: str = "en") -> None:
        self.name = name
        self.driver = driver
        self.house = house
        self.clock = clock
        self.language = language

    def person(self, name: str, *, facilitator: bool = False) -> Any:
        spoken = (
            {}
            if self.name == "web"
            else {"locale": {"discord": {"en": "en-US"}}.get(self.name, {}).get(self.language, self.language)}
        )
        return self.driver.person(name, facilitator=facilitator, **spoken)

    async def command(self, person: Any, text: str, place: Spot = "private", **more: str) -> None:
        """Type a command with its words; where the platform has options, the words go in as its first one. `more`: others."""
        if self.name == "discord":
            entry = max((e for e in self.house.dispatch.menu() if f"{text} ".startswith(f"/{e.name} ")), key=lambda e: len(e.name))
            words = text.removeprefix(f"/{entry.name}").strip()
            options = {entry.options[0][0].name: words} if words else {}
            await self.driver.command(person, f"/{entry.name}", place, **options, **more)
        else:
            await self.driver.command(person, text, place, **more)

    async def press(self, person: Any, label: str, place: Spot = "private") -> None:
        await self.driver.press(person, label, place)

    async def fill(self, person: Any, values: Mapping[str, str], place: Spot = "private") -> None:
        await self.driver.fill(person, dict(values), place)

    async def say(self, person: Any, words: str) -> None:
        await self.driver.say(person, words)

    async def pass_time(self, *, to: datetime | None = None, **by: float) -> None:
        """Put the clock forward, once what is known of the answers so far is written."""
        await asyncio.sleep(0.05)  # the last answer's own reply is still on its way back to the house
        await self.house.dispatch.settle()
        self.clock.move(to=to, **by)

    def screen(self, person: Any, place: Spot = "private") -> list[str]:
        return [re.sub("[\u2060\u200b\u2068\u2069]", "", text) for text in self.driver.screen(person, place)]

    def buttons(self, person: Any, place: Spot = "private") -> list[str]:
        labels: list[str] = self.driver.buttons(person, place)
        return labels

    def labels(self, person: Any, place: Spot = "private") -> list[str]:
        """Return the labels of every button that the person could press there, oldest message first."""
        if self.name == "discord":
            channel = person.chat if place == "private" else self.driver.server.world.room
            seen = self.driver.server.world.seen(person, channel)
            return [button["label"] for message in seen for button in message.buttons if not button.get("disabled")]
        if self.name == "telegram":
            return [button["text"] for message in self.driver.messages(person, place) for button in message.buttons]
        rows = [row for message in self.driver.messages(person, place) for row in message["buttons"]]
        return [button["label"] for row in rows for button in row if not button["off"]]

    def has_form(self, person: Any) -> bool:
        """Whether a form is open before the person; Telegram has none."""
        return (self.driver.modal if self.name == "discord" else self.driver.form)(person) is not None

    async def sees(self, person: Any, words: str, place: Spot = "private") -> str:
        """Wait until the person sees a message with the words there, and return the newest such message."""
        await self.until(lambda: any(words in text for text in self.screen(person, place)), lambda: self._shown(person, words))
        return next(text for text in reversed(self.screen(person, place)) if words in text)

    async def offers(self, person: Any, label: str, place: Spot = "private") -> None:
        """Wait until the newest message with buttons there has one with that label."""
        await self.until(
            lambda: label in self.buttons(person, place),
            lambda: f"no {label!r} in {self.buttons(person, place)}: {self._shown(person)}",
        )

    async def page(self, address: str) -> str:
        """Fetch a page by the address that people are told."""
        served = self.house.pages
        if served is not None:
            await served.started.wait()
        base = served.address if served is not None else self.driver.platform.address
        async with ClientSession() as session, session.get(address.replace(PUBLIC, base.rstrip("/"))) as answer:
            assert answer.status == 200, answer.status
            return await answer.text()

    async def until(self, holds: Callable[[], bool], said: Callable[[], str] = lambda: "") -> None:
        await until(holds, said)

    def _shown(self, person: Any, wanted: str = "") -> str:
        return f"not seen: {wanted!r}; private: {self.screen(person)}; room: {self.screen(person, 'room')}"


def config_for(name: str, folder: Path, driver: Any = None, **community: str) -> Config:
    """Return a whole configuration of one platform in a folder; a second one in the same folder is the same house again."""
    key = folder / "master.key"
    if not key.exists():
        make_master_key(key)
    platforms = {
        "discord": lambda: PlatformsConfig(discord=DiscordConfig(token=driver.token, api_base=driver.api_base)),
        "telegram": lambda: PlatformsConfig(telegram=TelegramConfig(token=driver.token, api_base=driver.api_base)),
        "web": lambda: PlatformsConfig(web=WebConfig(enabled=True, port=0)),
    }[name]()
    home = CommunityConfig(**{"zone": "Europe/Berlin", "language": "en", "country": "DE", **community})
    return Config(data=folder / "data", community=home, platforms=platforms, storage=StorageConfig(master_key_file=key))


def filled_page(config: Config, fittings: Fittings, more: Sequence[Persona] = MORE_PERSONAS) -> Sequence[Platform]:
    """The platforms as configured; the web page with more people to be."""
    if not config.platforms.web.enabled:
        return configured(config, fittings)
    mount = fittings.pages.mount if fittings.pages is not None else None
    page = WebPlatform(
        port=config.platforms.web.port,
        menu=fittings.menu,
        texts=fittings.texts,
        clock=fittings.clock,
        history=fittings.chat_log,
        painter=fittings.painter,
        personas=(*DEMO, *more),
        mount=mount,
    )
    return [page]


def driver_for(name: str) -> Any:
    """Return the platform's side; the web's is made with its page."""
    return {"discord": DiscordDriver, "telegram": TelegramDriver}[name]() if name != "web" else None


@asynccontextmanager
async def world(
    name: str,
    folder: Path,
    clock: RunningClock | None = None,
    driver: Any = None,
    *,
    language: str = "en",
    more: Sequence[Persona] = MORE_PERSONAS,
    hand: type[WebDriver] = WebDriver,
) -> AsyncIterator[World]:
    """Open the house on a platform, and let its persons in. With a driver given, the platform's side lives on after the house.

    `language` is the community's, and what the persons' devices speak. `more`: who can be on the page, besides the demo's persons;
    `hand`: how the page is used.
    """
    clock = clock or RunningClock()
    mine = driver is None
    driver = driver or driver_for(name)
    if mine and name != "web":
        await driver.start()
    try:
        config, alarm = config_for(name, folder, driver, language=language), RunningAlarm(clock)
        config = config.model_copy(update={"pages": PagesConfig(port=None if name == "web" else 0, address=PUBLIC)})
        async with openchair(config, clock=clock, platforms=partial(filled_page, more=more), alarm=alarm) as house:
            platform = house.platforms[0]
            parts = [asyncio.create_task(house.timekeeper.run()), asyncio.create_task(house.courier.run())]
            if house.pages is not None:
                parts.append(asyncio.create_task(house.pages.run()))
            await house.dispatch.resume()
            if name == "web":
                driver = hand(platform, house.dispatch, language=language)  # type: ignore[arg-type]  # the web is the one platform here
                await driver.start()
            else:
                parts.append(asyncio.create_task(platform.run(house.dispatch)))
                if name == "discord":
                    await driver.connected()
            try:
                yield World(name, driver, house, clock, language)
            finally:
                if name == "web":
                    await driver.stop()
                for part in reversed(parts):
                    part.cancel()
                done = await asyncio.gather(*parts, return_exceptions=True)
                await house.dispatch.settle()
                for outcome in done:
                    if isinstance(outcome, Exception) and not isinstance(outcome, asyncio.CancelledError):
                        raise outcome
    finally:
        if mine and name != "web":
            with contextlib.suppress(RuntimeError):
                await driver.stop()
