"""An evening's agenda: single items in an order that facilitators may change; what was left open; and the ports for keeping it.

What a person wants of the time stands in their check-in. Here is what became of it: a row of the same person's, gone some days
after the evening.
"""

import enum
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.core.agenda import AgendaItem, Tallies
from bot.core.coming import Followed
from bot.core.ids import CommunityId, MeetingId, OccurrenceId, PersonId
from bot.core.meetings import Hosts, MeetingBook, Occurrence

OFFERED = timedelta(days=3)  # after the close: until then what was left open may be brought to the next meeting
CARRIED_DAYS = 100  # longer than any series' pause


class Becomes(enum.StrEnum):
    WAITING = "waiting"
    NOW = "now"
    DONE = "done"
    DROPPED = "dropped"  # by a facilitator
    TAKEN = "taken"  # back by the person
    ASKED = "asked"  # the evening is over, and it was not reached: shall it be brought to the next?
    CARRIED = "carried"  # to the next


GONE = frozenset({Becomes.DROPPED, Becomes.TAKEN, Becomes.CARRIED})


class Entry(msgspec.Struct, frozen=True):
    """One item. `at`: since when it waits. `said_at`: of the latest word about it; a newer check-in counts more. `number` names it
    within the evening, 0 for not yet; `place`: where a facilitator put it, from 1, 0 for nowhere yet. `person`: None for what a
    facilitator added on somebody's word. `own`: it was said otherwise than by this evening's check-in."""

    occurrence: OccurrenceId
    item: AgendaItem
    at: datetime
    said_at: datetime
    person: PersonId | None = None
    id: str = ""
    number: int = 0
    place: int = 0
    becomes: Becomes = Becomes.WAITING
    own: bool = False


class Carried(msgspec.Struct, frozen=True):
    """What a person brings to the next evening of a series, whichever that will be. `at`: since when it waits."""

    id: str
    person: PersonId
    series: MeetingId
    item: AgendaItem
    at: datetime


class Evenings(MeetingBook, Hosts, Followed, Protocol):
    """The meetings, as the agenda needs them."""


class AgendaStore(Tallies, Protocol):
    async def entries(self, occurrence: Occurrence) -> Sequence[Entry]:
        """Return all items of the evening in their order, whatever became of them; those brought from an earlier evening only once
        its check-in has begun."""
        ...

    async def has_begun(self, occurrence: Occurrence) -> bool:
        """Whether the evening's check-in has begun; of one that is over, whether anybody checked in or said a wish."""
        ...

    async def keep(self, entries: Sequence[Entry], community: CommunityId) -> None:
        """Store what became of items: each is given a number and an id before. An item's words are stored where it is its `own`."""
        ...

    async def forget(self, occurrence: OccurrenceId) -> None:
        """Delete what is left of an evening's agenda."""
        ...

    async def carry(self, carried: Carried) -> None:
        """Keep it for the next evening, in place of what the person keeps for that series already."""
        ...

    async def carried(self, id_: str) -> Carried | None: ...

    async def carried_to(self, series: MeetingId) -> Sequence[Carried]:
        """Return what is brought to an evening of a series, also from one that it goes on from."""
        ...

    async def let_go(self, id_: str) -> None: ...

    async def evenings_of(self, person: PersonId) -> Sequence[OccurrenceId]:
        """Return the evenings under way on whose agenda something of the person stands."""
        ...
