"""The ports for storing series, what is different about single evenings, and the evenings that are planned."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.calendar import Calendar, Change, Pause
from bot.core.ids import MeetingId, OccurrenceId, RoomId
from bot.core.meetings import Hosts, MeetingBook, Occurrence, Series

CHANGE_DAYS = 180  # changes and pauses are kept so long after their last day: as far back as calendars show cancelled evenings


class SeriesBook(MeetingBook, Calendar, Protocol):
    """Series, and what is different about single evenings."""

    async def add_series(self, series: Series) -> None: ...

    async def change_series(self, series: Series) -> None:
        """Store every value of a series anew, except its community."""
        ...

    async def cancel_series(self, series: MeetingId, at: datetime) -> None: ...

    async def of_room(self, room: RoomId) -> Sequence[Series]:
        """Return the series that are not cancelled and usually take place in the room, oldest first."""
        ...

    async def follower(self, series: MeetingId) -> Series | None:
        """Return the series that goes on from this one, cancelled or not."""
        ...

    async def put_change(self, change: Change) -> None:
        """Store a change whole, in place of the evening's earlier one."""
        ...

    async def drop_change(self, series: MeetingId, original: str) -> None: ...

    async def add_pause(self, pause: Pause) -> None: ...

    async def pause(self, pause: str) -> Pause | None: ...

    async def drop_pause(self, pause: str) -> None: ...


class EveningBook(Protocol):
    """Evenings that are planned, under way or over. A series and an `original` name one for good."""

    async def plan(self, occurrence: Occurrence) -> Occurrence:
        """Store an occurrence, or return the one that the series has for that `original` already, whatever became of it. An
        occurrence without an `original` gets that of its start; one without a room gets its series' room."""
        ...

    async def unplan(self, before: Occurrence) -> bool:
        """Delete an evening that the rule no longer gives, if its state is still that of `before`: planned or announced."""
        ...

    async def occurrence_at(self, series: MeetingId, original: str) -> Occurrence | None: ...

    async def next_of(self, series: MeetingId) -> Occurrence | None:
        """Return the series' occurrence that is not over, the earliest if there are several."""
        ...

    async def ahead_of(self, series: MeetingId) -> Sequence[Occurrence]:
        """Return all of the series' occurrences that are not over, the earliest first."""
        ...

    async def since(self, series: Sequence[MeetingId], start: datetime) -> Sequence[Occurrence]:
        """Return the occurrences of some series that start at `start` or later, whatever became of them, the earliest first."""
        ...

    async def unplanned(self, after: str, limit: int) -> tuple[Sequence[Series], str]:
        """Look at `limit` series that are not cancelled, in the order of their ids, from beyond `after`. Return those of which no
        occurrence is ahead or under way, and the last that was looked at; "" when there are no more."""
        ...

    async def in_room(self, room: RoomId) -> Occurrence | None:
        """Return the occurrence in the room that is under way (the latest), else the next one planned there. An evening that was
        moved to another room is in that one only."""
        ...

    async def forget(self, occurrence: OccurrenceId) -> None:
        """Delete who was present in the occurrence, and who may host it."""
        ...


class SeriesStore(SeriesBook, EveningBook, Hosts, Protocol):
    """All of it, as one repository over one transaction."""
