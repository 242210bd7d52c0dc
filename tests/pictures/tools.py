"""A picture of each tool, as docs/tools.md shows it: its end with what comes out, or a screen on the way where nothing is kept."""

import io
from itertools import count
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, expect

from bot.core.flow import Flow, Timer
from bot.core.flow_state import State
from tests.platforms.web.browser import chromium, window
from tests.tools_walked.houses import Shared
from tests.tools_walked.screens import FLOWS, Someone
from tests.tools_walked.walking import Walk

ANA = "ana"
PHONE = (390, 2400)  # pixels: a phone's width, and high enough for the longest summary
COLOURS = 32  # of a picture's palette: it is flat, and small
RIDE = (6, 8, 7, 4)  # numbers tapped during a ride


class Shown(Walk):
    """Says what somebody could say; of a tool that keeps nothing, the first timer (or the last screen) is taken."""

    def __init__(self, person: Someone, flow: Flow, browser: Browser, path: Path) -> None:
        super().__init__(person, flow)
        self.lines_said, self._browser, self._path = 3, browser, path
        self._said = count(1)
        self._is_taken = False

    def worded(self, number: int) -> str:
        return f"In my own words ({next(self._said)})"

    async def wait(self, step: Timer, before: str) -> None:
        for rating in RIDE if step.rate else ():
            await self.person.press(str(rating))
            self.person.shared.clock.move(seconds=35)
        await super().wait(step, before)

    async def step(self, state: State) -> None:
        step = FLOWS[state.flow].places[state.at]
        if not self.flow.beside.stores and not self._is_taken and (isinstance(step, Timer) or len(state.past) > 1):
            await self.take()
        await super().step(state)

    async def take(self) -> None:
        """Save the newest message in the private chat."""
        self._is_taken = True
        key = self.person.hand.persona.key
        async with window(self._browser, self.person.here.driver.platform.address, show=key, size=PHONE) as opened:
            await opened.seat(key).get_by_role("tab", name="Private chat").click()
            message = opened.pane(key, "private").locator(".message").last
            await expect(message).to_be_visible()
            if await message.locator("img").count():
                drawn = message.locator("img").last
                await drawn.scroll_into_view_if_needed()
                await drawn.evaluate("image => image.decode()")
            await opened.page.evaluate("document.fonts.ready")
            seen = await message.screenshot(animations="disabled")
        save(seen, self._path)


def save(png: bytes, path: Path) -> None:
    with Image.open(io.BytesIO(png)) as seen:
        seen.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


async def tools(folder: Path, data: Path) -> None:
    """Walk every tool on the demo's page, and save its picture to a folder."""
    shared = Shared("web", data, people=(ANA,) * len(FLOWS))
    await shared.open()
    wanted = [name for name, flow in FLOWS.items() if flow.commands]
    try:
        async with chromium() as browser:
            for name in wanted:
                walk = Shown(await Someone.of(shared), FLOWS[name], browser, folder / f"{name}.png")
                await walk.begin()
                await walk.to_summary()
                if walk.flow.beside.stores:
                    await walk.take()
                await walk.person.leave()
    finally:
        await shared.end()
