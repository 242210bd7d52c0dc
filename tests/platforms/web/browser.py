"""Debian's chromium over the page: opening it as a person does, pictures of it, and checks that its makers would rather forget."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Request, async_playwright, expect

expect.set_options(timeout=5_000)

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDE = (1440, 900)
NARROW = (320, 640)
Colours = Literal["light", "dark"]


@dataclass
class Window:
    """One browser window on the page, and what went wrong in it."""

    page: Page
    origin: str
    errors: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)

    def seat(self, key: str) -> Locator:
        return self.page.locator(f"section.seat[data-persona={key}]")

    def entry(self, key: str, chat: str) -> Locator:
        """Where one writes."""
        return self.pane(key, chat).get_by_role("textbox")

    def pane(self, key: str, chat: str) -> Locator:
        return self.seat(key).locator(f".pane[data-chat={chat}]")

    def messages(self, key: str, chat: str) -> Locator:
        return self.pane(key, chat).locator(".message .body")

    async def take_picture(self, path: Path) -> Path:
        """Save what the window shows as a PNG, once its letters and movements have settled."""
        await self.page.evaluate("document.fonts.ready")
        await self.page.screenshot(path=path, animations="disabled")
        return path

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _watch(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.origin).netloc:
            self.strays.append(request.url)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        await browser.close()


async def take_pictures(address: str, folder: Path, *, show: str = "ana+kim", alone: str = "ana") -> list[Path]:
    """Save the page as it is now: wide with persons side by side, in the dark, and 320 pixels wide."""
    views: tuple[tuple[str, str, tuple[int, int], Colours], ...] = (
        ("wide", show, WIDE, "light"),
        ("dark", alone, WIDE, "dark"),
        ("narrow", alone, NARROW, "light"),
    )
    taken: list[Path] = []
    async with chromium() as browser:
        for name, persons, size, colours in views:
            async with window(browser, address, show=persons, size=size, colours=colours) as seen:
                await seen.page.wait_for_selector(".seat:not([hidden]) .pane:not([hidden]) :is(.message, .empty:not([hidden]))")
                taken.append(await seen.take_picture(folder / f"{name}.png"))
    return taken


@asynccontextmanager
async def window(
    browser: Browser,
    address: str,
    *,
    show: str = "",
    size: tuple[int, int] = WIDE,
    colours: Colours = "light",
    language: str = "en-GB",
    zoom: float = 1.0,
) -> AsyncIterator[Window]:
    """Open the page. `show`: persons to show, as in the page's address ("ana+kim"); `zoom`: as a browser's, it makes the window
    smaller in its own pixels."""
    width, height = size
    context = await browser.new_context(
        viewport={"width": round(width / zoom), "height": round(height / zoom)},
        device_scale_factor=zoom,
        color_scheme=colours,
        locale=language,
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
    )
    page = await context.new_page()
    page.set_default_timeout(5_000)
    opened = Window(page, address)
    page.on("console", opened._hear)
    page.on("pageerror", lambda error: opened.errors.append(str(error)))
    page.on("request", opened._watch)
    page.on(
        "websocket",
        lambda socket: opened.strays.extend([] if urlsplit(socket.url).netloc == urlsplit(address).netloc else [socket.url]),
    )
    await page.goto(f"{address}#{show}" if show else address)
    await page.wait_for_selector("section.seat:not([hidden])")
    yield opened
    await context.close()
