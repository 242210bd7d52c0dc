"""The house of the flows' tests, with the log and what is kept over time beside them."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from bot.core.ids import new_id
from bot.core.ports import Entry, Unit
from content.loader import load_flows
from handlers import flows as flow_feature
from handlers import log
from handlers.flows.records import ToolEntry
from storage.entries import Entries
from storage.flow_states import FlowStates
from storage.logbook import Logbook
from tests.handlers.flows.conftest import store
from tests.handlers.flows.driving import House, Someone

__all__ = ["alice", "bob", "house", "store"]


class LogHouse(House):
    """`went`: how what was planned went, for everybody."""

    def __init__(self, store, clock) -> None:
        super().__init__(store, clock)
        self.went: dict[str, int] = {}

        async def went(_person, _unit) -> Mapping[str, int]:
            return self.went

        flows = load_flows()
        own, running = flow_feature.feature(self.texts, flows, FlowStates, Entries, {}, {}, new_id, backs=log.BACKS)
        both = log.features(self.texts, Logbook, flows, went)
        self.feature, self.flows = own, running
        self.features = {**self.features, own.name: own, **{feature.name: feature for feature in both}}

    async def kept(self, who: Someone, tool: str, at: datetime, voice: str = "", **answers: Entry) -> str:
        """Keep a use of a tool, as its flow would."""
        entry = ToolEntry(new_id(), who.person.id, at, tool, dict(answers), voice)

        async def write(unit: Unit) -> None:
            await Entries(unit).add(entry)

        await self.store.transact(write)
        return entry.id


@pytest.fixture
def house(store, clock):
    return LogHouse(store, clock)


@pytest.fixture
async def alice(house):
    return await house.person("alice")


@pytest.fixture
async def bob(house):
    return await house.person("bob")
