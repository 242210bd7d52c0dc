"""A check-in, and the port for storing it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.agenda import Agenda, AgendaItem
from bot.core.ids import OccurrenceId, PersonId

FAMILY = "family"  # the voice of a relative; everybody else's is ""


class CheckInBody(msgspec.Struct, frozen=True):
    """What a person said of their week; only they ever see it. `rating`: 0 (worst) to 10 (best), None when skipped or not asked.

    `kind`: the flow that asked, "" for the standard one. `voice`: FAMILY for what was said as a relative: no list, count or picture
    joins both. `need`: what would help most, of the short one. `for_me`: whether a relative did something for themselves. `own`: a
    community's own questions with the answers; a number among them is none of the week's ratings.
    """

    rating: int | None = None
    success: str = ""
    challenge: str = ""
    kind: str = ""
    voice: str = ""
    need: str = ""
    for_me: str = ""
    own: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether every question was left out."""
        return self.rating is None and not (self.success or self.challenge or self.need or self.for_me or self.own)


class CheckIn(msgspec.Struct, frozen=True):
    id: str
    person: PersonId
    occurrence: OccurrenceId  # "" outside a meeting
    at: datetime
    body: CheckInBody
    agenda: AgendaItem = AgendaItem()


class Rated(msgspec.Struct, frozen=True):
    """How a week was, and when that was said."""

    at: datetime
    rating: int


class CheckInBook(Agenda, Protocol):
    async def add(self, checkin: CheckIn) -> None:
        """Store a check-in; in a meeting, in place of the person's earlier one there."""
        ...

    async def has(self, occurrence: OccurrenceId, person: PersonId) -> bool:
        """Whether the person has checked in there."""
        ...

    async def rated(self, person: PersonId, voice: str, since: datetime) -> Sequence[Rated]:
        """Return the person's own ratings in this voice from `since` on, oldest first."""
        ...
