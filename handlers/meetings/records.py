"""Outlines, and the ports of this feature."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.ids import MeetingId, OccurrenceId, RoomId
from bot.core.meetings import Hosts, MeetingBook, Occurrence, Presence, Series


class Segment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a meeting. Its name and script are the texts `meetings.segment_<key>` and `meetings.script_<key>`."""

    key: str
    minutes: int
    protected: bool = False  # from the first protected one on, the meeting is closing


class Outline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a meeting of a length is made of, in order."""

    outline: str
    segments: tuple[Segment, ...]

    @property
    def closing(self) -> int:
        """The index of the check-out."""
        return next((i for i, segment in enumerate(self.segments) if segment.protected), len(self.segments) - 1)

    @property
    def minutes(self) -> int:
        return sum(segment.minutes for segment in self.segments)


def outline_from(loaded: Mapping[str, object]) -> Outline:
    """Return the outline of a loaded YAML file. Raises msgspec.ValidationError, naming the place, when it is not one."""
    outline = msgspec.convert(loaded, Outline)
    if not outline.segments:
        raise msgspec.ValidationError("an outline needs segments - at `$.segments`")
    return outline


class Meetings(MeetingBook, Protocol):
    """Series and occurrences, for the feature that changes them."""

    async def add_series(self, series: Series) -> None: ...

    async def cancel_series(self, series: MeetingId, at: datetime) -> None: ...

    async def plan(self, occurrence: Occurrence) -> Occurrence:
        """Store an occurrence, or return the one that the series has at that start already."""
        ...

    async def next_of(self, series: MeetingId) -> Occurrence | None:
        """Return the series' occurrence that is not over, the earliest if there are several."""
        ...

    async def unplanned(self, after: str, limit: int) -> tuple[Sequence[Series], str]:
        """Look at `limit` series that are not cancelled, in the order of their ids, from beyond `after`. Return those of which no
        occurrence is ahead or under way, and the last that was looked at; "" when there are no more."""
        ...

    async def in_room(self, room: RoomId) -> Occurrence | None:
        """Return the room's occurrence that is under way, else the next one planned."""
        ...


class Attendance(Presence, Protocol):
    async def forget(self, occurrence: OccurrenceId) -> None:
        """Delete who was present in the occurrence, and who may host it."""
        ...


class MeetingsStore(Meetings, Attendance, Hosts, Protocol):
    """All of it, as one repository over one transaction."""
