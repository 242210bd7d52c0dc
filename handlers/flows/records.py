"""What is kept of flows, and the ports for it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.core.flow_state import State
from bot.core.ids import FlowId, PersonId
from bot.core.ports import Entry, Unit

KEPT_DAYS = 14  # an unfinished flow
ENTRY_DAYS = 90  # a finished tool
WORDS_FOR = timedelta(hours=24)  # typed words go to a flow that was touched so lately
TALKING_FOR = timedelta(hours=1)  # and are answered by one that waits for a button


class UnderWay(msgspec.Struct, frozen=True):
    """A person's unfinished flow. `subject` is what it is about (a meeting's id, or nothing); a person has one of a flow and
    subject at a time. `at`: last touched. `paused`: after Save and stop; typed words do not go to it then."""

    id: FlowId
    person: PersonId
    subject: str
    language: str
    at: datetime
    state: State
    paused: bool = False


class FlowStates(Protocol):
    async def get(self, flow: FlowId) -> UnderWay | None: ...

    async def find(self, person: PersonId, flow: str, subject: str) -> UnderWay | None: ...

    async def of_person(self, person: PersonId) -> Sequence[UnderWay]:
        """Return the person's unfinished flows, the last touched first."""
        ...

    async def keep(self, flow: UnderWay) -> None:
        """Store it, new or changed."""
        ...

    async def drop(self, flow: FlowId) -> None: ...


class ToolEntry(msgspec.Struct, frozen=True):
    """A tool that was used to its end and kept. `answers` by the names under `save`."""

    id: str
    person: PersonId
    at: datetime
    tool: str
    answers: dict[str, Entry]


class Entries(Protocol):
    async def add(self, entry: ToolEntry) -> None: ...

    async def of_person(self, person: PersonId, since: datetime) -> Sequence[ToolEntry]:
        """Return the person's entries from `since` on, oldest first."""
        ...


FactProvider = Callable[[PersonId, str, Unit], Awaitable[Sequence[str]]]
"""Return the lines of a fact for a person and a flow's subject: words of their own; none means "no"."""
