"""What is read of a person's kept tools, and the ports for it. Nothing is kept here: all is made from the entries there are."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

import msgspec

from bot.core.ids import PersonId
from bot.core.ports import Entry, Unit
from bot.core.replies import Picture
from bot.core.texts import Say

FAMILY = "family"  # the voice of what somebody does as a relative


class Used(msgspec.Struct, frozen=True):
    """A tool that was used and kept. `at`: when it was kept; `answers` by the names under `save`."""

    id: str
    at: datetime
    tool: str
    answers: dict[str, Entry]


class Some(NamedTuple):
    """Some uses, the newest first; `more`: there are older ones."""

    used: Sequence[Used]
    more: bool


class Logbook(Protocol):
    """The kept entries of one person, in one voice: a relative's never stand among their own."""

    async def newest(self, person: PersonId, tools: Sequence[str], voice: str, skip: int, most: int) -> Some:
        """Return at most so many uses of these tools, the newest first, after `skip` of them."""
        ...

    async def all_of(self, person: PersonId, tools: Sequence[str], voice: str) -> Sequence[Used]:
        """Return every use of these tools, the oldest first."""
        ...


Went = Callable[[PersonId, Unit], Awaitable[Mapping[str, int]]]
"""How often what a person planned was `done`, `partly`, `no` or `changed`, as they said it."""


async def no_plans(_person: PersonId, _unit: Unit) -> Mapping[str, int]:
    return {}


class Weeks(Protocol):
    """What a person's check-ins of the last four weeks come to."""

    async def drawn(
        self, person: PersonId, voice: str, say: Say, now: datetime, zone: ZoneInfo, unit: Unit
    ) -> tuple[int, Picture | None]:
        """Return how many ratings there are in this voice, and their picture; None where there are too few."""
        ...


class NoWeeks:
    """There are no check-ins."""

    async def drawn(
        self, person: PersonId, voice: str, say: Say, now: datetime, zone: ZoneInfo, unit: Unit
    ) -> tuple[int, Picture | None]:
        return 0, None
