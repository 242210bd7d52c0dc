"""`make pictures`: play an evening on the real demo in chromium, and save what the persons see to docs/pictures; and draw a picture
of each kind. `python -m tests.pictures <folder> drawings` does only the latter, `between` only the days between meetings.

It needs the development environment; the pages of the documentation use its pictures.
"""

import asyncio
import secrets
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

from playwright.async_api import expect

from tests.cli.program import ROOT, Program
from tests.pictures.between import between
from tests.pictures.drawings import drawings
from tests.pictures.tools import tools
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
    await shows(opened, "ben", "private", "What could you try first?")
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
    await tap(opened, "ben", "private", "Rest")
    await tap(opened, "ben", "private", "Finish")
    await asyncio.sleep(2)
    await opened.take_picture(folder / "wave.png")
    await send(opened, "ben", "private", "/now")
    await shows(opened, "ben", "private", "Talk to someone now")
    await opened.take_picture(folder / "now.png")


async def schedule(opened: Window, folder: Path) -> None:
    """Kim plans two meetings, and looks at what they will be before they are saved; Ana looks for one."""
    await send(opened, "kim", "room", '/meeting create first Monday of the month 18:30 Berlin 60min "For beginners"')
    await tap(opened, "kim", "room", "Save")
    await shows(opened, "kim", "room", "Saved:")
    await tap(opened, "kim", "room", "Turn on: for beginners")
    await tap(opened, "kim", "room", "Back to the meeting")
    await send(opened, "kim", "room", '/meeting create Tuesdays 19:00 Europe/London 90min "Tuesday meeting"')
    await shows(opened, "kim", "room", "Nothing is saved yet.")
    await opened.take_picture(folder / "schedule.png")
    await tap(opened, "kim", "room", "Save")
    await shows(opened, "kim", "room", "Saved:")


async def finding(opened: Window, folder: Path) -> None:
    await turn_to(opened, "ana", "Private chat")
    await send(opened, "ana", "private", "/meetings")
    await shows(opened, "ana", "private", "Meetings of the next two weeks")
    await opened.take_picture(folder / "meetings.png")
    await turn_to(opened, "ana", "Room")


async def hands(opened: Window, folder: Path) -> None:
    """Two hands are up, one of them with a name."""
    await tap(opened, "ana", "room", "Raise hand")
    await tap(opened, "ana", "room", "No name")
    await shows(opened, "ana", "room", "Your hand is up.")
    await tap(opened, "rosa", "room", "Raise hand")
    await tap(opened, "rosa", "room", "Show a name")
    await tap(opened, "rosa", "room", AGREE)
    await opened.page.locator("dialog").get_by_role("button", name="Send").click()
    await shows(opened, "rosa", "room", "The room sees: Rosa")
    await tap(opened, "kim", "room", "Refresh")
    await shows(opened, "kim", "room", "2 hands are up.")
    await opened.take_picture(folder / "panel.png")
    await tap(opened, "kim", "room", "Order...")
    await shows(opened, "kim", "room", "The order of the room")
    await opened.take_picture(folder / "order.png")
    await tap(opened, "kim", "room", "Back to the panel")


async def afterwards(opened: Window, folder: Path) -> None:
    """The evening is over, and Ana would like it on paper."""
    await tap(opened, "kim", "room", "End")
    await tap(opened, "kim", "room", "Yes, end it")
    await turn_to(opened, "ana", "Private chat")
    await turn_to(opened, "kim", "Private chat")
    await tap(opened, "ana", "private", "I need a receipt")
    await tap(opened, "ana", "private", "Ask with my name")
    await tap(opened, "kim", "private", "Confirm")
    await tap(opened, "ana", "private", "Get it")
    await tap(opened, "ana", "private", "Make the PDF")
    await opened.page.locator("dialog").get_by_role("textbox").first.fill("Ana Example")
    await opened.page.locator("dialog").get_by_role("button", name="Send").click()
    await shows(opened, "ana", "private", "The code:")
    await opened.take_picture(folder / "receipt.png")


STORED = "%Y-%m-%d %H:%M:%S.%f"


@contextmanager
def database_of(data: Path) -> Iterator[sqlite3.Connection]:
    """The demo's database, while it runs: a picture should not take an evening, or a month."""
    with closing(sqlite3.connect(data / "openchair.db", timeout=10)) as database, database:
        database.row_factory = sqlite3.Row
        yield database


def let_it_last(data: Path) -> None:
    """Let the evening have begun, and people have come, fifty minutes earlier."""
    with database_of(data) as database:
        for table, column in (("occurrences", "starts_at"), ("occurrences", "ends_at"), ("presences", "at")):
            which = "WHERE state = 'open'" if table == "occurrences" else ""
            for row in database.execute(f"SELECT rowid, {column} AS at FROM {table} {which}").fetchall():
                earlier = datetime.strptime(row["at"], STORED) - timedelta(minutes=50)
                database.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (earlier.strftime(STORED), row["rowid"]))


def remember(data: Path) -> None:
    """Write some evenings of the last half year down: figures are told of whole months only."""
    now = datetime.now(UTC)
    with database_of(data) as database:
        (one,) = database.execute("SELECT * FROM occurrences ORDER BY starts_at LIMIT 1")
        for days, heads in zip(range(25, 200, 4), cycle((7, 14, 9, 16, 22, 11, 3, 8, 17)), strict=False):
            start = now - timedelta(days=days)
            row = {
                **dict(one),
                "id": secrets.token_hex(16),
                "state": "debriefed",
                "segment": 5,
                "heads": heads,
                "self_run": int(days % 7 == 4),
                "original": f"{start:%Y-%m-%dT%H:%M}",
                "starts_at": start.strftime(STORED),
                "ends_at": (start + timedelta(minutes=60)).strftime(STORED),
            }
            database.execute(
                f"INSERT INTO occurrences ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
            )


async def figures(opened: Window, folder: Path) -> None:
    await send(opened, "kim", "room", "/facilitator figures")
    await shows(opened, "kim", "room", "Only whole months are shown")
    await asyncio.sleep(2)
    await opened.take_picture(folder / "figures.png")


async def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--data", data]
        with Program(command, ROOT, {"OPENCHAIR_COMMUNITY__COUNTRY": "DE"}) as demo:
            address = demo.wait_for("demo is ready: ").split(": ", 1)[1].split()[0]
            async with chromium() as browser:
                async with window(browser, address, show="kim+ana", size=(1440, 900)) as opened:
                    await opened.take_picture(folder / "room.png")
                async with window(browser, address, show="kim", size=(760, 1000)) as opened:
                    await schedule(opened, folder)
                async with window(browser, address, show="ana", size=(390, 1180)) as opened:
                    await finding(opened, folder)
                async with window(browser, address, show="ana+ben+kim+rosa", size=(1800, 1000)) as opened:
                    await evening(opened, folder)
                async with window(browser, address, show="ana+kim+rosa", size=(1440, 1100)) as opened:
                    await hands(opened, folder)
                let_it_last(Path(data))
                async with window(browser, address, show="ana+kim", size=(1200, 1000)) as opened:
                    await afterwards(opened, folder)
                remember(Path(data))
                async with window(browser, address, show="kim", size=(760, 1240)) as opened:
                    await figures(opened, folder)
                async with window(browser, address, show="ben", size=(390, 844)) as opened:
                    await turn_to(opened, "ben", "Private chat")
                    await urge(opened, folder)
            demo.end()


PARTS = ("drawings", "tools", "between", "demo")


async def parts(folder: Path, wanted: Sequence[str]) -> None:
    if "drawings" in wanted:
        await drawings(folder)
    if "tools" in wanted:
        with tempfile.TemporaryDirectory() as kept:
            await tools(folder / "tools", Path(kept))
    if "between" in wanted:
        await between(folder)
    if "demo" in wanted:
        await main(folder)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    (target / "tools").mkdir(parents=True, exist_ok=True)
    asyncio.run(parts(target, sys.argv[2:] or PARTS))
