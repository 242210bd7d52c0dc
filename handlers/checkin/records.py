"""A check-in, and the port for storing it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.agenda import Agenda, AgendaItem
from bot.core.ids import OccurrenceId, PersonId


class CheckInBody(msgspec.Struct, frozen=True):
    """What a person said of their week; only they ever see it. `rating`: 0 (worst) to 10 (best), None when skipped."""

    rating: int | None = None
    success: str = ""
    challenge: str = ""


class CheckIn(msgspec.Struct, frozen=True):
    id: str
    person: PersonId
    occurrence: OccurrenceId  # "" outside a meeting
    at: datetime
    body: CheckInBody
    agenda: AgendaItem = AgendaItem()


class CheckInBook(Agenda, Protocol):
    async def add(self, checkin: CheckIn) -> None:
        """Store a check-in; in a meeting, in place of the person's earlier one there."""
        ...

    async def has(self, occurrence: OccurrenceId, person: PersonId) -> bool:
        """Whether the person has checked in there."""
        ...

    async def ratings(self, person: PersonId, limit: int) -> Sequence[int]:
        """Return the person's own last ratings, oldest first."""
        ...
