"""A house with the facilitators' corner. Fay, Gil and Sue facilitate; people act as in the house of meetings."""

import pytest

from bot.core.calls import Kind
from handlers import roster
from storage.meetings import Meetings
from storage.roster import Roster
from storage.substitutes import SubstituteRows
from tests.handlers.meetings.house import House, open_house
from tests.handlers.screens import press_of

PORTS = (Roster, Meetings, SubstituteRows)


@pytest.fixture
def peace():
    """When somebody does not want to be written to, by person."""
    return {}


@pytest.fixture
async def house(tmp_path, clock, peace):
    async def wishes(person, unit):
        return peace.get(person)

    async with open_house(
        tmp_path,
        clock,
        more=lambda texts: (roster.feature(texts, *PORTS, wishes),),
        role_seen=lambda texts: roster.noticed(texts, *PORTS),
    ) as opened:
        yield opened


class Corner:
    """What facilitators do in it."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def open(self, who: str, *, leads: bool = True):
        return await self.house.type(who, "/facilitator roster", leads=leads)

    async def join(self, *names: str):
        for who in names:
            await self.house.consent(who)
            opened = await self.open(who)
            form = await self.house.press(who, press_of(opened, "Join the roster"), private=True)
            assert form.form is not None
            shown = await self.house.act(
                who, Kind.FORM, private=True, press=form.form.press, name="roster.name", arguments={"name": who.title()}
            )
        return shown

    async def evening(self, who: str, number: int = 0):
        """The screen of one of the evenings that are listed."""
        listed = await self.house.press(who, press_of(await self.open(who), "Who hosts what"), private=True)
        presses = [one.press for row in listed.buttons for one in row if one.press and one.press.action == "evening"]
        return await self.house.press(who, presses[number], private=True)

    async def tap(self, who: str, screen, label: str, **more):
        return await self.house.press(who, press_of(screen, label), private=True, **more)

    async def take(self, who: str, number: int = 0):
        return await self.tap(who, await self.evening(who, number), "I host this evening")

    async def letters(self, who: str):
        return [claimed.post.reply for claimed in self.house.of(await self.house.person(who))]


@pytest.fixture
def corner(house):
    return Corner(house)
