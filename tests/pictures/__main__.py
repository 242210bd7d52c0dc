"""`make pictures`: play a short evening on the real demo in chromium, and save what the persons see to docs/pictures.

It needs the development environment; the pages of the documentation use its pictures.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import expect

from tests.cli.program import ROOT, Program
from tests.platforms.web.browser import Window, chromium, window

FOLDER = ROOT / "docs" / "pictures"
AGREE = "Yes, 18 or older. Go on"


async def turn_to(opened: Window, person: str, tab: str) -> None:
    await opened.seat(person).get_by_role("tab", name=tab).click()


async def tap(opened: Window, person: str, chat: str, label: str) -> None:
    await opened.pane(person, chat).get_by_role("button", name=label, exact=True).last.click()


async def send(opened: Window, person: str, chat: str, words: str) -> None:
    field = opened.pane(person, chat).locator("textarea")
    await field.fill(words)
    await field.press("Enter")


async def shows(opened: Window, person: str, chat: str, words: str) -> None:
    await expect(opened.messages(person, chat).get_by_text(words).last).to_be_visible()


async def evening(opened: Window, folder: Path) -> None:
    """Kim holds a meeting, Ana checks in."""
    for person in ("ana", "ben", "rosa"):
        await tap(opened, person, "room", "I am here")
        await shows(opened, person, "room", "You are in.")
    await tap(opened, "kim", "room", "Facilitator")
    await tap(opened, "kim", "room", "Start the meeting")
    await tap(opened, "kim", "room", "Next: Check-in")
    await tap(opened, "kim", "room", "Start check-in")
    await turn_to(opened, "ana", "Private chat")
    await tap(opened, "ana", "private", "Open my check-in")
    await tap(opened, "ana", "private", AGREE)
    await tap(opened, "ana", "private", "7")
    await opened.take_picture(folder / "meeting.png")
    for _ in range(2):
        await tap(opened, "ana", "private", "Skip")
    await tap(opened, "ana", "private", "An urge")
    await tap(opened, "ana", "private", "Without my name")
    await tap(opened, "ana", "private", "Save")
    await shows(opened, "kim", "room", "Urges (1)")
    await opened.take_picture(folder / "demo.png")


async def urge(opened: Window, folder: Path) -> None:
    """Ben, alone with an urge, on a phone."""
    await send(opened, "ben", "private", "/urge")
    await tap(opened, "ben", "private", AGREE)
    await shows(opened, "ben", "private", "How strong is the urge")
    await opened.take_picture(folder / "urge.png")
    await tap(opened, "ben", "private", "8")
    await tap(opened, "ben", "private", "Yes")
    await shows(opened, "ben", "private", "What could you try?")
    await opened.take_picture(folder / "urge-choose.png")
    await tap(opened, "ben", "private", "Ride it out")
    await tap(opened, "ben", "private", "3 min")
    await tap(opened, "ben", "private", "Chest")
    await tap(opened, "ben", "private", "Done")
    await shows(opened, "ben", "private", "Feet on the floor")
    await opened.take_picture(folder / "surf.png")
    for rating in ("9", "7", "4"):
        await tap(opened, "ben", "private", rating)
        await asyncio.sleep(1.2)
    await tap(opened, "ben", "private", "Done")
    await tap(opened, "ben", "private", "3")
    await tap(opened, "ben", "private", "Finish")
    await asyncio.sleep(2)
    await opened.take_picture(folder / "wave.png")
    await send(opened, "ben", "private", "/now")
    await shows(opened, "ben", "private", "Talk to someone now")
    await opened.take_picture(folder / "now.png")


async def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--data", data]
        with Program(command, ROOT, {"OPENCHAIR_COMMUNITY__COUNTRY": "DE"}) as demo:
            address = demo.wait_for("demo is ready: ").split(": ", 1)[1].split()[0]
            async with chromium() as browser:
                async with window(browser, address, show="kim+ana", size=(1440, 900)) as opened:
                    await opened.take_picture(folder / "room.png")
                async with window(browser, address, show="ana+ben+kim+rosa", size=(1800, 1000)) as opened:
                    await evening(opened, folder)
                async with window(browser, address, show="ben", size=(390, 844)) as opened:
                    await turn_to(opened, "ben", "Private chat")
                    await urge(opened, folder)
            demo.end()


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(target))
