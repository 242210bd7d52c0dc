"""The page on a free port, with a small house behind it. Tests here share a loop a module, so that they share one browser."""

import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.platforms.web.adapter import WebPlatform
from bot.platforms.web.records import ChatLog, MemoryChatLog
from content.loader import load_texts
from tests.fakes import HeldClock
from tests.platforms.web.browser import chromium
from tests.platforms.web.house import MENU, House, Painter
from tests.servers.web.driver import WebDriver


def png(width: int = 240, height: int = 120) -> bytes:
    """A plain green picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + b"\x9f\xc8\xb8" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def history() -> MemoryChatLog:
    return MemoryChatLog()


MakePlatform = Callable[..., WebPlatform]
Opened = Callable[..., Awaitable[WebDriver]]


@pytest.fixture
def make_platform(clock: HeldClock, history: ChatLog) -> MakePlatform:
    """Build a platform on the test's log and clock; whatever else is given goes to its constructor."""
    shared = {"port": 0, "menu": MENU, "texts": load_texts(), "clock": clock, "history": history, "painter": Painter(png())}
    return lambda **given: WebPlatform(**{**shared, **given})


@pytest_asyncio.fixture(loop_scope="module")
async def opened(make_platform: MakePlatform, house: House) -> AsyncIterator[Opened]:
    """Start a platform and a driver for it; all of them are stopped at the end."""
    async with AsyncExitStack() as stack:

        async def start(*, language: str = "en", **given: object) -> WebDriver:
            driver = WebDriver(make_platform(**given), house, language=language)
            stack.push_async_callback(driver.stop)
            await driver.start()
            return driver

        yield start


@pytest_asyncio.fixture(loop_scope="module")
async def page(opened: Opened) -> WebDriver:
    return await opened()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser
