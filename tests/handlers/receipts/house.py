"""A house with receipts, and what people do with them."""

from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.core.calls import Account, Incoming, Kind
from bot.core.ports import Unit
from bot.core.replies import Press, Reply
from bot.runtime.pictures import FONT
from handlers import afterwards, receipts
from storage.afterwards import Afterwards
from storage.attendance import Attendance
from storage.meetings import Meetings
from storage.tables.base import metadata
from storage.unit import concrete
from tests.handlers.meetings.house import House, open_house
from tests.handlers.screens import press_of, text_of

BASE = "https://chair.example"
NAME = "Anastasia Kanarienvogel"


@asynccontextmanager
async def receipts_house(tmp_path: Path, clock, platform: str = "discord", base: str = BASE):
    def more(texts):
        return (
            receipts.feature(texts, Meetings, Attendance, lambda: base, clock.now, FONT),
            afterwards.feature(texts, Meetings, Afterwards),
        )

    async with open_house(tmp_path, clock, platform, more=more) as house:
        yield house


async def act(house: House, who: str, kind: Kind, *, shown: str = "", receipt: str = "", **more) -> Reply:
    """One act in private, of an account that shows a name."""
    house.acts += 1
    place = house.place(who, private=True)
    account = Account(house.platform, who)
    incoming = Incoming(
        kind, receipt or f"x{house.acts}", account, place, house.clock.now(), locale="en", shown_name=shown or who.title(), **more
    )
    answer = await house.dispatch.take(incoming)
    await house.dispatch.sent(answer, None)
    return answer.reply


async def press(house: House, who: str, press: Press, **more) -> Reply:
    return await act(house, who, Kind.PRESS, press=press, **more)


async def tap(house: House, who: str, reply: Reply, label: str) -> Reply:
    return await press(house, who, press_of(reply, label))


async def ask(house: House, who: str, occurrence, label: str = "Ask without my name") -> Reply:
    await house.consent(who)
    shown = await press(house, who, Press("receipts", "ask", occurrence.id))
    told = await tap(house, who, shown, label)
    await house.work_off()
    return told


async def asks_of(house: House, who: str) -> list[Reply]:
    """The messages a facilitator got of who asks."""
    person = await house.person(who)
    return [claimed.post.reply for claimed in house.of(person) if claimed.post.key.startswith("receipts_asks_")]


async def told(house: House, who: str) -> list[Reply]:
    """What came of a person's asks."""
    person = await house.person(who)
    return [claimed.post.reply for claimed in house.of(person) if claimed.post.key.startswith("receipts_told_")]


async def confirmed(house: House, who: str, occurrence, host: str = "kim") -> Reply:
    """Somebody asks, the host confirms, and they look at what they have now."""
    await ask(house, who, occurrence)
    await tap(house, host, (await asks_of(house, host))[-1], "Confirm")
    await house.work_off()
    return await tap(house, who, (await told(house, who))[-1], "Get it")


def code_in(reply: Reply) -> str:
    return text_of(reply).split("The code: ", 1)[1].split("\n", 1)[0].strip()


async def verify(house, typed, who="stranger") -> str:
    return text_of(await act(house, who, Kind.COMMAND, name="verify", arguments={"code": typed}))


async def paper_of(house, who, screen, name=NAME):
    form = (await tap(house, who, screen, "Make the PDF")).form
    assert form is not None
    return await act(house, who, Kind.FORM, name="receipts.paper", press=form.press, arguments={"name": name})


async def everything(house: House) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as it stands on the disk."""

    async def read(unit: Unit) -> dict[str, list[dict[str, Any]]]:
        return {table.name: [dict(row) for row in await concrete(unit).rows(select(table))] for table in metadata.sorted_tables}

    return await house.store.transact(read)
