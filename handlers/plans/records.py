"""A plan for seven days, how it went, and the ports for keeping it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol

import msgspec

from bot.core.ids import PersonId
from bot.core.ports import Unit

DAYS = 7
KEPT_DAYS = 90  # a plan, unless the person deletes it before
ASKED_FROM = timedelta(hours=12)  # a check-in asks how a plan went from then on: not on the evening on which it was made
ASKED_FOR = timedelta(days=21)  # and not about one that is long over


class Action(msgspec.Struct, frozen=True):
    """`days`: on which days, by the person's own calendar, none when it is left open. `at`: what clocks show then, or None."""

    what: str
    days: tuple[date, ...] = ()
    at: time | None = None


class Review(msgspec.Struct, frozen=True):
    """How it went, as the person said it: by action `done`, `partly`, `no` or `changed`. Nothing is made of it."""

    at: datetime
    went: dict[str, str] = {}
    gap: str = ""
    then: str = ""


class PlanBody(msgspec.Struct, frozen=True):
    """`first`: the day on which it was made. `gaps`: what could get in the way, with what the person does then ("" if open).

    `reminds`, `asks`: they want notes at its times, and to be asked once how it went.
    """

    first: date
    actions: tuple[Action, ...] = ()
    gaps: tuple[tuple[str, str], ...] = ()
    helper: str = ""
    sure: int | None = None
    easier: str = ""
    reminds: bool = False
    asks: bool = False
    review: Review | None = None


class Plan(msgspec.Struct, frozen=True):
    id: str
    person: PersonId
    at: datetime
    body: PlanBody

    @property
    def last(self) -> date:
        """The last of its days."""
        return self.body.first + timedelta(days=DAYS - 1)


class PlanBook(Protocol):
    async def keep(self, plan: Plan) -> None:
        """Store a plan, new or changed."""
        ...

    async def get(self, plan: str) -> Plan | None:
        """Return a plan, whoever's it is."""
        ...

    async def newest(self, person: PersonId) -> Plan | None: ...

    async def of_person(self, person: PersonId, since: datetime) -> Sequence[Plan]:
        """Return the person's plans from `since` on, oldest first."""
        ...

    async def drop(self, plan: str) -> None: ...


async def no_pins(_person: PersonId, _into: str, _lines: tuple[str, ...], _unit: Unit, _at: datetime) -> None:
    """There is no kit."""
