"""What stands before a family tool: the question whether it could make things unsafe at home. Without a clear no, a strict one is
not there at all: not to begin, not to go on with, and nothing that was kept of it is offered anywhere."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.core.flow import STRICT, Flow, owner
from bot.core.ids import PersonId
from bot.core.ports import Unit
from handlers.flows.records import FAMILY, GATE, Gates, UnderWay


class Doors:
    def __init__(self, flows: Mapping[str, Flow], gates: Gates) -> None:
        self._flows = flows
        self._gates = gates
        self._strict = frozenset(name for name, flow in flows.items() if STRICT in set(_gates_in(flow)))
        self._asked = frozenset(name for name, flow in flows.items() if any(_gates_in(flow))) - {GATE}

    async def is_hidden(self, flow: str, person: PersonId, now: datetime, unit: Unit) -> bool:
        """Whether nothing of a flow is to be reached. One that is no longer shipped never is."""
        if flow not in self._flows:
            return True
        return flow in self._strict and not await self._gates.passed(person, now, unit)

    def is_for_relatives(self, flow: str) -> bool:
        found = self._flows.get(flow)
        return found is not None and (found.beside.family or found.beside.point == FAMILY)

    async def asks_first(self, flow: str, person: PersonId, now: datetime, unit: Unit) -> bool:
        """Whether the gate's question comes before the flow."""
        if flow not in self._asked:
            return False
        asked = self._gates.passed if flow in self._strict else self._gates.answered
        return not await asked(person, now, unit)

    async def open_ones(self, flows: Iterable[UnderWay], now: datetime, unit: Unit) -> list[UnderWay]:
        """Return those of the unfinished flows that can be gone on with."""
        return [flow for flow in flows if not await self.is_hidden(flow.state.flow, flow.person, now, unit)]


def _gates_in(flow: Flow) -> Iterable[str]:
    """Return the gates of a flow and of those that it runs."""
    return (inner.beside.gate for inner in {flow, *(owner(flow, place) for place in flow.places)})
