"""An evening as people at their screens go through it, in pieces, the same on each platform."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.core.calls import Account
from tests.evening.world import Spot, World
from tests.security.rows import waiting

SEVEN = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)  # 19:00 in Berlin
YES = "Yes, 18 or older. Go on"


def panel_spot(here: World) -> Spot:
    """Where an answer for one person alone stands."""
    return "private" if here.name == "telegram" else "room"


async def plan(here: World, kim: Any, title: str, day: str = "tuesday") -> None:
    """Kim makes the meeting with the form."""
    await here.command(kim, "/meeting create", "room")
    answers = {"title": title, "days": day, "time": "19:00", "zone": "Europe/Berlin", "length": "90"}
    if here.name == "telegram":
        await here.sees(kim, "Title")
    await here.fill(kim, answers, "room")
    where = panel_spot(here)
    await here.offers(kim, "Save", where)
    await here.press(kim, "Save", where)


async def agree(here: World, person: Any) -> None:
    if YES in here.buttons(person):
        await here.press(person, YES)


async def write(here: World, person: Any, words: str) -> None:
    if here.name == "telegram":
        await here.say(person, words)
    else:
        await here.offers(person, "Write")
        await here.press(person, "Write")
        await here.fill(person, {"words": words}, "private")


async def gather(here: World, kim: Any, *people: Any) -> None:
    """The room opens, people come, Kim starts the meeting (just before seven: at seven it would go by itself) and its check-in."""
    spot = panel_spot(here)
    await here.pass_time(to=SEVEN.replace(hour=17, minute=50))
    await here.offers(kim, "I am here", "room")
    for person in people:
        await here.press(person, "I am here", "room")
        await here.sees(person, "You are in.", "room")
    await here.pass_time(to=SEVEN - timedelta(minutes=1))
    await here.press(kim, "Facilitator", "room")
    await here.sees(kim, "Nobody hosts yet", spot)
    await here.press(kim, "Start the meeting", spot)
    await here.offers(kim, "Start check-in", spot)
    await here.press(kim, "Start check-in", spot)


async def check_in(here: World, person: Any, success: str, challenge: str, topic: str, name: str = "") -> None:
    opens = "Open my check-in"  # for whoever has not agreed yet; others have the first question at once
    await here.until(lambda: bool({opens, "7"} & set(here.buttons(person))), lambda: f"no check-in came: {here.screen(person)}")
    if opens in here.buttons(person):
        await here.press(person, opens)
        await agree(here, person)
    await here.offers(person, "7")
    await here.press(person, "7")
    await write(here, person, success)
    await write(here, person, challenge)
    await here.offers(person, topic)
    await here.press(person, topic)
    if name:
        await here.press(person, "With a name")
        await write(here, person, name)
    else:
        await here.press(person, "Without my name")
    await here.offers(person, "Save")
    await here.press(person, "Save")
    await here.sees(person, "Nothing else")


def account_of(here: World, person: Any) -> Account:
    account: Account = person.account if here.name == "web" else here.driver.account(person)
    return account


def data_of(here: World) -> Path:
    """The folder with all that the house keeps."""
    path: Path = here.house.store.file._path.parent  # type: ignore[union-attr]  # these houses stand on files
    return path


async def quiet(here: World) -> None:
    """Wait until nothing is under way in the house: answers are marked, and what was promised is sent."""
    await here.house.dispatch.settle()
    await here.until(lambda: not waiting(data_of(here)), lambda: "something is still to be sent")
