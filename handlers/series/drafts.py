"""What lies before a facilitator: the room they work in, and the series they have not saved yet. A sheet each, for two days."""

from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.ids import MeetingId, PersonId, RoomId
from bot.core.meetings import Series


class Draft(msgspec.Struct, frozen=True):
    """A series as it is to be. Its `id` is the draft's name; a new series, and one that goes on from another, keep it.

    `base`: the series as it was when the edit began; None for a new one. `original`: the evening from which on it is changed, ""
    for all that are ahead. `told`: the evenings of which it was said that what is different about them will be dropped.
    """

    id: MeetingId
    series: Series
    base: Series | None = None
    original: str = ""
    told: tuple[str, ...] = ()


class Sheet(msgspec.Struct, frozen=True):
    room: RoomId | None = None
    draft: Draft | None = None


class Sheets(Protocol):
    async def of(self, person: PersonId) -> Sheet: ...

    async def keep(self, person: PersonId, sheet: Sheet, at: datetime) -> None: ...
