"""What is kept of the evening after, and the ports for it."""

import enum
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.calendar import Calendar
from bot.core.ids import CommunityId, MeetingId, OccurrenceId, PersonId, RoomId
from bot.core.meetings import Hosts, MeetingBook, Presence, Series

MET_DAYS = 365  # after the last evening a person is new again
DEBRIEF_DAYS = 180
MOST_SHOWN = 5  # evenings that a facilitator looks back on


class Went(enum.StrEnum):
    FINE = "fine"
    MIXED = "mixed"
    HARD = "hard"


class Note(enum.StrEnum):
    """What the next facilitator may want to know. Never whom it is about."""

    NONE = "none"
    LONG = "long"  # the check-in ran long
    FULL = "full"  # the room was full
    CALL = "call"  # somebody may need a call


class Debrief(msgspec.Struct, frozen=True):
    """How an evening went, in coarse choices; of nobody. `starts_at`: the evening's."""

    occurrence: OccurrenceId
    went: Went
    note: Note
    starts_at: datetime


class Met(msgspec.Struct, frozen=True):
    """A person was at a meeting of the community before. `quiet`: they want nothing from the bot after meetings."""

    quiet: bool = False


class EveningBook(MeetingBook, Presence, Hosts, Calendar, Protocol):
    """What is read of meetings here."""

    async def follower(self, series: MeetingId) -> Series | None:
        """Return the series that goes on from this one, cancelled or not."""
        ...


class AfterBook(Protocol):
    async def met(self, person: PersonId, community: CommunityId) -> Met | None:
        """None for somebody who was never at a meeting of the community, or not for a year."""
        ...

    async def meet(self, person: PersonId, community: CommunityId, at: datetime) -> None: ...

    async def be_quiet(self, person: PersonId, community: CommunityId, *, quiet: bool) -> bool:
        """Note whether the person wants messages after meetings. False for somebody who was never there."""
        ...

    async def has_plan(self, person: PersonId, since: datetime) -> bool:
        """Whether the person made and kept a 7-day plan since then."""
        ...

    async def keep(self, debrief: Debrief, at: datetime) -> None: ...

    async def debriefs(self, room: RoomId, limit: int) -> Sequence[Debrief]:
        """Return the last ones of a room's evenings, the latest first."""
        ...
