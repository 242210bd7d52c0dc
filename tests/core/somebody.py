"""Somebody in a small flow."""

from datetime import UTC, datetime, timedelta

import msgspec

from bot.core.flow import Flow
from bot.core.flow_advance import advance, begin
from bot.core.flow_state import Choose, State
from tests.core.flows import SMALL

NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
LINES = {"lines": ("for the children", "to sleep well")}


class Person:
    """Somebody in a flow, with a clock."""

    def __init__(self, flow: Flow = SMALL, facts=None) -> None:
        self.flow, self.facts, self.now = flow, facts or {}, NOW
        self.last = begin(flow, NOW, self.facts)

    def does(self, *acts, after: float = 0):
        self.now += timedelta(seconds=after)
        for act in acts:
            state = msgspec.json.decode(msgspec.json.encode(self.last.state), type=State)  # a restart before every act
            self.last = advance(self.flow, state, act, self.now, self.facts)
        return self.last

    @property
    def state(self) -> State:
        return self.last.state

    @property
    def at(self) -> str:
        return self.last.state.at


def at_list() -> Person:
    person = Person()
    person.does(Choose("rate", "4"), Choose("kind", "list"))
    return person


def on_ride() -> Person:
    person = Person()
    person.does(Choose("rate", "7"), Choose("kind", "ride"), Choose("ride/long", "3"))
    return person
