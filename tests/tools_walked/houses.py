"""Houses that many walks share: one a platform, opened by the first who needs it; each walk has a person of its own."""

import asyncio
import itertools
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.platforms.web.records import DEMO, Persona
from tests.evening.times import RunningClock
from tests.evening.world import World, driver_for, world
from tests.servers.web.driver import Handle, WebDriver

LETTERS = "bdfghklmnprstvwz"
MOST = 400  # persons of one house


def names() -> list[str]:
    """Return names that stand in nobody's words by chance, nor in each other."""
    made = ("".join(letters) for letters in itertools.product(LETTERS, LETTERS, LETTERS))
    return [f"q{name}x" for name in itertools.islice(made, MOST)]


class OneTab(WebDriver):
    """Opens a person's page when it is needed, not everybody's: a house of walks has hundreds of persons."""

    def person(self, name: str, *, facilitator: bool = False) -> Handle:
        return Handle(next(persona for persona in self.platform.personas if persona.key == name))

    async def start(self) -> None:
        personas, self.platform.personas = self.platform.personas, ()
        await super().start()
        self.platform.personas = personas

    def has_tab(self, person: Handle) -> bool:
        return person.persona.key in self._tabs

    async def leave(self, person: Handle) -> None:
        for tab in self._tabs.pop(person.persona.key, []):
            await tab.socket.close()


@dataclass
class Shared:
    """A house on one platform that can be shut and opened again. It lives in a task of its own, as a house has to.

    `people`: who comes, one after the other.
    """

    name: str
    folder: Path
    clock: RunningClock = field(default_factory=RunningClock)
    people: Sequence[str] = field(default_factory=lambda: names())
    here: World = field(init=False)
    _came: int = 0
    _driver: Any = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _life: asyncio.Task[None] | None = None

    async def open(self) -> None:
        if self._driver is None and self.name != "web":
            self._driver = driver_for(self.name)
            await self._driver.start()
        ready, self._stop = asyncio.Event(), asyncio.Event()
        opened = world(self.name, self.folder, self.clock, self._driver, more=personas(self.people), hand=OneTab)
        self._life = asyncio.create_task(self._live(opened, ready))
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait({self._life, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._life.done():
            await self._life

    async def _live(self, opened: AbstractAsyncContextManager[World], ready: asyncio.Event) -> None:
        async with opened as self.here:
            ready.set()
            await self._stop.wait()

    async def shut(self) -> None:
        self._stop.set()
        if self._life is not None:
            await self._life
        self._life = None

    async def restart(self) -> None:
        await asyncio.sleep(0.05)  # what is known of the last answer is on its way to the disk
        await self.here.house.dispatch.settle()
        await self.shut()
        await self.open()

    async def end(self) -> None:
        await self.shut()
        if self._driver is not None:
            await self._driver.stop()

    def new_name(self) -> str:
        self._came += 1
        return self.people[self._came - 1]


class Houses:
    def __init__(self, folder: Callable[[str], Path]) -> None:
        self._folder = folder
        self._open: dict[str, Shared] = {}

    async def on(self, platform: str) -> Shared:
        if platform not in self._open:
            self._open[platform] = Shared(platform, self._folder(platform))
            await self._open[platform].open()
        return self._open[platform]

    async def drop(self, platform: str) -> None:
        """After a failure: the next walk has a house without its remains."""
        if (shared := self._open.pop(platform, None)) is not None:
            await shared.end()

    async def end(self) -> None:
        for shared in self._open.values():
            await shared.end()


def personas(people: Sequence[str]) -> tuple[Persona, ...]:
    of_the_demo = {persona.key for persona in DEMO}
    return tuple(Persona(name, name.title()) for name in dict.fromkeys(people) if name not in of_the_demo)
