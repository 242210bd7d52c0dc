"""The real library over real sockets, against the local server that speaks the Bot API."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest

from bot.core.features import MenuEntry, Where
from bot.platforms.telegram import TelegramPlatform
from content.loader import load_texts
from tests.fakes import HeldClock
from tests.platforms.telegram.desk import Desk
from tests.servers.telegram.driver import TelegramDriver

MENU = (
    MenuEntry("urge", {"en": "Get through an urge", "de": "Durch einen Drang kommen"}, (), Where.ANYWHERE, False),
    MenuEntry("meetings", {"en": "Coming meetings", "de": "Kommende Treffen"}, (), Where.ANYWHERE, False),
    MenuEntry("meeting create", {"en": "Plan a meeting", "de": "Treffen planen"}, (), Where.ROOM, True),
    MenuEntry("meeting list", {"en": "List meetings", "de": "Treffen auflisten"}, (), Where.ROOM, True),
    MenuEntry("privacy", {"en": "What is kept", "de": "Was aufgehoben wird"}, (), Where.PRIVATE, False),
)

Make = Callable[..., TelegramPlatform]
Run = Callable[..., AbstractAsyncContextManager[TelegramPlatform]]


@pytest.fixture
async def driver() -> AsyncIterator[TelegramDriver]:
    """The server and its persons. At the end no request and no answer may have broken the Bot API's description."""
    async with TelegramDriver() as driver:
        yield driver


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def make(driver: TelegramDriver, clock: HeldClock) -> AsyncIterator[Make]:
    """Make a platform that is closed at the end."""
    made: list[TelegramPlatform] = []

    def build(**settings: Any) -> TelegramPlatform:
        told = {"menu": MENU, "texts": load_texts(), "clock": clock, "api_base": driver.api_base, **settings}
        made.append(TelegramPlatform(told.pop("token", driver.token), **told))
        return made[-1]

    yield build
    for platform in made:
        await platform.close()


@pytest.fixture
def run(make: Make, desk: Desk) -> Run:
    """Run a platform while the block lasts; its end is a clean stop."""

    @asynccontextmanager
    async def running(**settings: Any) -> AsyncIterator[TelegramPlatform]:
        platform = make(**settings)
        task = asyncio.create_task(platform.run(desk))
        try:
            yield platform
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    return running


@pytest.fixture
async def platform(run: Run) -> AsyncIterator[TelegramPlatform]:
    """A running platform that polls."""
    async with run() as running:
        yield running
