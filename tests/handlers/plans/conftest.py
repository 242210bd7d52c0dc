"""A house with plans, the kit, and the check-in beside the flows."""

import dataclasses

import pytest
from msgspec.structs import replace

from bot.core.features import FlowEnd
from bot.core.ids import new_id
from content.loader import load_flows, load_texts
from handlers import checkin, plans
from handlers.kit import KitKeeper
from handlers.reminders.records import Wishes
from storage.checkin import CheckIns
from storage.kit import Kits
from storage.meetings import Meetings
from storage.plans import Plans
from tests.handlers.flows.driving import House
from tests.stores import storage_for_tests


class PlanHouse(House):
    """`wishes`: what everybody wants of messages."""

    def __init__(self, store, clock):
        texts = load_texts()
        self.wishes = Wishes(quiet=None)
        self.kit = KitKeeper(texts, Kits)
        self.keeper = plans.keeper(texts, Plans, new_id, clock.now, self.kit.pin)
        ends: dict[str, FlowEnd] = {"plan": self.keeper.ended, "planreview": self.keeper.reviewed, "kit": self.kit.ended}
        facts = {"meeting": checkin.in_a_meeting, **self.kit.facts(), **self.keeper.facts()}
        super().__init__(store, clock, load_flows(), ends, facts, texts, draws=plans.week_of_answers)

        async def peace(person, unit):
            return self.wishes

        planning = plans.feature(self.keeper, self.flows, peace)
        checking = checkin.feature(texts, CheckIns, Meetings, Meetings, self.flows, self.keeper.reviewed)
        ends.update(checking.flow_ends)
        self.feature = dataclasses.replace(self.feature, jobs={**self.feature.jobs, **planning.jobs})
        more = (planning, checking, self.kit.feature(self.flows))
        self.features = {**self.features, **{feature.name: feature for feature in more}}

    async def plans_of(self, someone):
        return await self.store.transact(lambda unit: Plans(unit).of_person(someone.person.id, self.clock.now().replace(year=2000)))

    async def kit_of(self, someone):
        return await self.store.transact(lambda unit: Kits(unit).of(someone.person.id))

    async def live_in(self, someone, zone):
        person = replace(someone.person, zone=zone)
        someone.person = person
        await self.store.transact(lambda unit: unit.people.save(person))


@pytest.fixture
async def house(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as store:
        yield PlanHouse(store, clock)


@pytest.fixture
async def ana(house):
    return await at_home(house, "ana")


@pytest.fixture
async def ben(house):
    return await at_home(house, "ben")


async def at_home(house, name):
    """Somebody who lives on the clocks on which their calls are told."""
    someone = await house.person(name, modals=False)
    await house.live_in(someone, "UTC")
    return someone


async def make_plan(ana, *things, days=(), hours=(), remind="No"):
    """Plan these things; with days closer, else short."""
    await ana.command("plan")
    if ana.has("Next"):
        await ana.tap("Next")
    for thing in things:
        await ana.types(thing)
    await ana.tap("Done")
    if not days:
        return await ana.tap("That is enough", "Keep")
    await ana.tap("Plan it closer")
    await ana.tells(*days, *hours)
    return await ana.tap("Skip", "Skip", "9", remind, "Keep")
