"""A running bot over real sockets: discord.py against the local server, with a receiver that a test writes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from bot.core.calls import Incoming, Place, Room
from bot.core.deeds import Deed
from bot.core.errors import BotError
from bot.core.features import MenuEntry, Option, Where
from bot.core.happenings import Happening
from bot.core.ids import CommunityId, MessageRef, RoomId
from bot.core.platform import Answer, Delivery
from bot.core.replies import NOTHING, Button, Choice, Press, Reply
from bot.core.richtext import Paragraph, Text
from bot.platforms.discord.adapter import DiscordPlatform
from content.loader import load_texts
from tests.fakes import HeldClock
from tests.servers.discord.driver import DiscordDriver
from tests.servers.discord.world import Person

MENU = (
    MenuEntry("urge", {"en": "Get through an urge", "de": "Einen Drang überstehen"}, (), Where.PRIVATE, False),
    MenuEntry(
        "meeting create",
        {"en": "Make a meeting", "de": "Ein Treffen anlegen"},
        (
            (Option("zone"), {"en": "Time zone", "de": "Zeitzone"}),
            (Option("format", required=True, choices=("60", "90")), {"en": "Format", "de": "Format"}),
            (Option("title", completes=True), {"en": "Title", "de": "Titel"}),
        ),
        Where.ROOM,
        True,
    ),
    MenuEntry("meeting end", {"en": "End it"}, (), Where.ROOM, True),
)


def said(text: str, *labels: str, **options: Any) -> Reply:
    """A reply of one paragraph; each label is a button whose press is `urge:<label in small letters>`."""
    row = tuple(Button(label, Press("urge", label.lower())) for label in labels)
    return Reply((Paragraph((Text(text),)),), buttons=(row,) if row else (), **options)


Decide = Callable[[Incoming], Awaitable[Reply] | Reply]


class House:
    """The receiver: answers as `decide` says, and remembers."""

    def __init__(self) -> None:
        self.decide: Decide = lambda _: NOTHING
        self.taken: list[Incoming] = []
        self.sent_refs: list[MessageRef | None] = []
        self.failures: list[BotError] = []
        self.happened: list[Happening] = []
        self.hears: Callable[[Happening], Awaitable[None]] | None = None  # in place of only remembering
        self.offers: Callable[[Incoming, str], Awaitable[Sequence[Choice]]] | None = None

    async def take(self, incoming: Incoming) -> Answer:
        self.taken.append(incoming)
        reply = self.decide(incoming)
        return Answer(incoming, reply if isinstance(reply, Reply) else await reply, incoming.locale)

    async def sent(self, answer: Answer, ref: MessageRef | None) -> None:
        self.sent_refs.append(ref)

    async def not_sent(self, answer: Answer, error: BotError) -> None:
        self.failures.append(error)

    async def heard(self, happening: Happening) -> None:
        if self.hears is not None:
            await self.hears(happening)
        else:
            self.happened.append(happening)

    async def complete(self, incoming: Incoming, option: str) -> Sequence[Choice]:
        return await self.offers(incoming, option) if self.offers else ()


class Running:
    """The bot under test with all around it."""

    def __init__(self, driver: DiscordDriver, house: House, clock: HeldClock) -> None:
        self.driver, self.server, self.house, self.clock = driver, driver.server, house, clock
        self.platform = self.new_platform()
        self.task: asyncio.Task[None] | None = None

    def new_platform(self, **options: Any) -> DiscordPlatform:
        settings = {"menu": MENU, "texts": load_texts(), "clock": self.clock, "api_base": self.driver.api_base, **options}
        return DiscordPlatform(settings.pop("token", self.driver.token), **settings)

    async def start(self, **options: Any) -> None:
        self.platform = self.new_platform(**options)
        self.task = asyncio.create_task(self.platform.run(self.house))
        await self.driver.connected()

    async def do(
        self, deed: Deed, place: Place, about: Person | None = None, edit: MessageRef | None = None, key: str = "key"
    ) -> MessageRef:
        """Ask the platform for a deed in a room, as the courier does."""
        room = Room(RoomId("r"), CommunityId("c"), "discord", place.chat, place.thread)
        account = self.driver.account(about) if about else None
        return await self.platform.deliver(Delivery(key, NOTHING, "en", room=room, edit=edit, deed=deed, about=account))

    async def stop(self) -> None:
        if self.task is not None:
            self.task.cancel()
            with suppress(asyncio.CancelledError):
                await self.task
            self.task = None

    async def restart(self, **options: Any) -> None:
        await self.stop()
        await self.server.until(lambda: not self.server.gateway.ready.is_set())
        await self.start(**options)


@asynccontextmanager
async def running(clock: HeldClock) -> AsyncIterator[Running]:
    async with DiscordDriver() as driver:
        bot = Running(driver, House(), clock)
        try:
            yield bot
        finally:
            await bot.stop()


@pytest.fixture
async def bot(clock: HeldClock) -> AsyncIterator[Running]:
    """A bot that is connected."""
    async with running(clock) as made:
        await made.start()
        yield made


@pytest.fixture
async def idle_bot(clock: HeldClock) -> AsyncIterator[Running]:
    """A server, and a bot that is not started yet."""
    async with running(clock) as made:
        yield made
