"""The port for reminders."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.ids import MeetingId, PersonId


class ReminderBook(Protocol):
    """Who is reminded of which series, in private."""

    async def turn_on(self, series: MeetingId, person: PersonId, at: datetime) -> bool:
        """False when it was on already."""
        ...

    async def turn_off(self, series: MeetingId, person: PersonId) -> bool:
        """False when it was off already."""
        ...

    async def of_person(self, person: PersonId) -> Sequence[MeetingId]: ...

    async def persons(self, series: MeetingId, after: str, limit: int) -> Sequence[PersonId]:
        """Return up to `limit` persons in the order of their ids, from beyond `after`."""
        ...

    async def drop_series(self, series: MeetingId) -> None: ...
