"""What is kept of flows, and the ports for it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.core.flow_state import State
from bot.core.ids import FlowId, PersonId
from bot.core.ports import Entry, Unit

KEPT_DAYS = 30  # an unfinished flow, since it was last touched
ENTRY_DAYS = 90  # a finished tool, unless the person wants it to stay
WORDS_FOR = timedelta(hours=24)  # typed words go to a flow that was touched so lately
TALKING_FOR = timedelta(hours=1)  # and are answered by one that waits for a button


FAMILY = "family"  # the voice of what somebody does as a relative, and the subject of what they began there
GATE = "gate"  # the flow that asks whether something could make things unsafe at home


class UnderWay(msgspec.Struct, frozen=True):
    """A person's unfinished flow. `subject` is what it is about (a meeting's id, an entry's, FAMILY, or nothing); a person has one
    of a flow and subject at a time. `at`: last touched. `paused`: after Save and stop; typed words do not go to it then. `entry`:
    the kept one that it goes on with, as it was at `entry_at`."""

    id: FlowId
    person: PersonId
    subject: str
    language: str
    at: datetime
    state: State
    paused: bool = False
    entry: str = ""
    entry_at: str = ""


class FlowStates(Protocol):
    async def get(self, flow: FlowId) -> UnderWay | None: ...

    async def find(self, person: PersonId, flow: str, subject: str) -> UnderWay | None: ...

    async def of_person(self, person: PersonId, since: datetime | None = None) -> Sequence[UnderWay]:
        """Return the person's unfinished flows, the last touched first; with `since`, those touched since then."""
        ...

    async def keep(self, flow: UnderWay) -> None:
        """Store it, new or changed."""
        ...

    async def drop(self, flow: FlowId) -> None: ...


class Look(msgspec.Struct, frozen=True):
    """That something kept was looked at again: how many of its lines were done, of how many, and how far it was (0 to 10)."""

    at: datetime
    done: int
    whole: int
    far: int | None = None


class ToolEntry(msgspec.Struct, frozen=True):
    """A tool that was used to its end and kept. `answers` by the names under `save`. `voice`: FAMILY for a relative's, else "".
    `version`: of the flow. `stays`: until the person deletes it. `goes`: when it is deleted because the person wants that.
    `about`: the id of the entry that it looked at. `looks`: the log of those that looked at this one, oldest first."""

    id: str
    person: PersonId
    at: datetime
    tool: str
    answers: dict[str, Entry]
    voice: str = ""
    version: str = ""
    stays: bool = False
    goes: datetime | None = None
    about: str = ""
    looks: tuple[Look, ...] = ()


class Entries(Protocol):
    async def add(self, entry: ToolEntry) -> None: ...

    async def get(self, entry: str) -> ToolEntry | None:
        """Return an entry, whoever's it is."""
        ...

    async def replace(self, entry: ToolEntry) -> bool:
        """Put this in the place of the entry with its id. False when the person has none of that id (any more)."""
        ...

    async def drop(self, entry: str, person: PersonId) -> bool:
        """Delete an entry. False when the person has none of that id (any more)."""
        ...

    async def of_person(self, person: PersonId, since: datetime) -> Sequence[ToolEntry]:
        """Return the person's entries from `since` on, oldest first."""
        ...

    async def newest(self, person: PersonId, tool: str, voice: str) -> ToolEntry | None: ...

    async def all_of(self, person: PersonId, tool: str, voice: str, most: int = ...) -> Sequence[ToolEntry]:
        """Return the person's newest entries of a tool in this voice, at most so many, oldest first."""
        ...


class Gates(Protocol):
    """Whether a person said lately that a family tool could not make things unsafe at home."""

    async def answered(self, person: PersonId, now: datetime, unit: Unit) -> bool:
        """Whether the question was answered, however, and not too long ago."""
        ...

    async def passed(self, person: PersonId, now: datetime, unit: Unit) -> bool:
        """Whether that answer was a clear no."""
        ...


class NoGates:
    """Nobody asks: what has a gate does not open."""

    async def answered(self, person: PersonId, now: datetime, unit: Unit) -> bool:
        return False

    async def passed(self, person: PersonId, now: datetime, unit: Unit) -> bool:
        return False


FactProvider = Callable[[PersonId, str, Unit], Awaitable[Sequence[str]]]
"""Return the lines of a fact for a person and a flow's subject: words of their own; none means "no"."""
