"""A house with reports, a roster that the test fills, and one thing that can be reported."""

from dataclasses import dataclass, field

import pytest

from bot.core.ids import new_id
from bot.core.reporting import Reported
from bot.core.richtext import Text
from bot.core.staff import Colleague
from handlers import reports
from handlers.reminders.records import Wishes
from storage.reports import Reports
from tests.handlers.meetings.house import House, open_house

POST = new_id()
CONTACT = "the host, at host@example.org"


@dataclass
class Roster:
    """A `bot.core.staff.Staff`, by hand."""

    all: list[Colleague] = field(default_factory=list)

    async def of(self, community):
        return tuple(self.all)

    async def has(self, community, person):
        return any(one.person == person for one in self.all)


@dataclass
class World:
    house: House
    roster: Roster
    things: dict[str, Reported]
    quiet: dict[str, Wishes]

    async def facilitator(self, name, *, owner=False):
        await self.house.consent(name)
        person = await self.house.person(name)
        self.roster.all.append(Colleague(person, name, owner))
        return person

    async def member(self, name):
        await self.house.consent(name)
        return await self.house.person(name)

    async def letters_to(self, name):
        return self.house.private_texts(await self.house.person(name))


@pytest.fixture
async def world(tmp_path, clock):
    roster = Roster()
    things: dict[str, Reported] = {}
    quiet: dict[str, Wishes] = {}

    async def look(thing, unit):
        return things.get(thing)

    async def peace(person, unit):
        return quiet.get(person)

    def more(texts):
        def emergency(country, say):
            return (Text("112"),)

        return (reports.feature(texts, Reports, lambda unit: roster, {"p": look}, emergency, CONTACT, peace),)

    async with open_house(tmp_path, clock, more=more) as house:
        community = await house.store.transact(lambda unit: unit.communities.find_or_make("discord", "space"))
        things[POST] = Reported(community.id, "Evenings alone")
        yield World(house, roster, things, quiet)
