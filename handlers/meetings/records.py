"""Outlines, and the ports of this feature."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.calendar import Calendar
from bot.core.ids import CommunityId, MeetingId, OccurrenceId, PersonId, RoomId
from bot.core.meetings import FloorView, Hosts, MeetingBook, Occurrence, Presence, Series
from bot.core.outlines import Outline, Segment, outline_from


class VideoChats(Protocol):
    """Whether a group has its video chat open: it has one for all of its rooms."""

    async def video_began(self, community: CommunityId, at: datetime) -> None: ...

    async def video_ended(self, community: CommunityId) -> None: ...

    async def video_since(self, community: CommunityId) -> datetime | None:
        """Return when it began; None when none is known to be open."""
        ...


class RoomStore(MeetingBook, Presence, Hosts, Calendar, VideoChats, Protocol):
    """What the room itself needs of meetings."""

    async def in_room(self, room: RoomId) -> Occurrence | None:
        """Return the room's occurrence that is under way, else the next one planned."""
        ...

    async def next_of(self, series: MeetingId) -> Occurrence | None: ...

    async def live(self, community: CommunityId) -> Sequence[OccurrenceId]:
        """Return the community's evenings that are under way."""
        ...

    async def follower(self, series: MeetingId) -> Series | None:
        """Return the series that goes on from this one, cancelled or not."""
        ...

    async def forget(self, occurrence: OccurrenceId) -> None:
        """Delete who was present in the occurrence, and who may host it."""
        ...


class Substitutes(Protocol):
    """Facilitators of a community who may be asked to stand in, when a meeting has no host."""

    async def put(self, community: CommunityId, person: PersonId, at: datetime) -> None:
        """Put a person on the list, or note that they were seen to be a facilitator still."""
        ...

    async def drop(self, community: CommunityId, person: PersonId) -> None: ...

    async def has(self, community: CommunityId, person: PersonId) -> bool: ...

    async def of(self, community: CommunityId) -> Sequence[PersonId]:
        """Return those on the list, by the order of their ids."""
        ...


class NoFloor:
    """The floor of a house without hands and waiting room."""

    async def view(self, occurrence: OccurrenceId) -> FloorView:
        return FloorView()

    async def lets_in(self, occurrence: OccurrenceId, person: PersonId) -> bool:
        return True

    async def waits(self, occurrence: OccurrenceId, person: PersonId) -> bool:
        return False


__all__ = [
    "NoFloor",
    "Outline",
    "RoomStore",
    "Segment",
    "Substitutes",
    "outline_from",
]
