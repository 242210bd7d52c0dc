"""What a series says, when and where; and the ports for storing that."""

import enum
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Protocol

import msgspec

from bot.core.ids import CommunityId, MeetingId, OccurrenceId, RoomId
from bot.core.meetings import Audience, MeetingBook, Occurrence
from bot.core.quiet import Quiet


class Moment(enum.StrEnum):
    """When a room hears of an evening: the earliest first."""

    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    SOON = "soon"
    START = "start"

    @property
    def lead(self) -> timedelta:
        return _LEADS[self]


_LEADS = {
    Moment.WEEK: timedelta(days=7),
    Moment.DAY: timedelta(days=1),
    Moment.HOUR: timedelta(hours=1),
    Moment.SOON: timedelta(minutes=15),
    Moment.START: timedelta(),
}


class Settings(msgspec.Struct, frozen=True):
    """How a series is announced. `discreet`: no title. `home`: also in the room where it takes place; `ping` is the role called
    there (its id on the platform), "" for none."""

    moments: tuple[Moment, ...] = (Moment.DAY, Moment.SOON)
    discreet: bool = False
    home: bool = True
    ping: str = ""


class Target(msgspec.Struct, frozen=True):
    """One more room that hears of a series. `name`: what the platform calls its space, "" where it told nothing."""

    series: MeetingId
    room: RoomId
    ping: str = ""
    name: str = ""


class Said(msgspec.Struct, frozen=True):
    """An evening as rooms know it. `told`: one of them has heard of it. `version` counts what they heard of changes."""

    occurrence: OccurrenceId
    series: MeetingId
    starts_at: datetime
    room: RoomId
    cancelled: bool = False
    told: bool = False
    version: int = 0


class Digest(msgspec.Struct, frozen=True):
    """The week's meetings of one audience, said once a week in one room. `weekday` counts from Monday = 0."""

    community: CommunityId
    audience: Audience
    weekday: int
    wall: time
    room: RoomId


class EveningBook(MeetingBook, Protocol):
    """What is read of meetings here."""

    async def next_of(self, series: MeetingId) -> Occurrence | None:
        """Return the series' occurrence that is not over, the earliest if there are several."""
        ...


class Headcount(Protocol):
    async def going(self, occurrence: OccurrenceId) -> int:
        """Return how many mean to come, on all platforms together."""
        ...

    async def waiting(self, occurrence: OccurrenceId) -> int:
        """Return how many are on the waiting list, or are offered a place."""
        ...


class AnnouncementBook(Protocol):
    async def settings(self, series: MeetingId) -> Settings: ...

    async def keep_settings(self, series: MeetingId, settings: Settings) -> None: ...

    async def targets(self, series: MeetingId) -> Sequence[Target]:
        """Return the further rooms, oldest first."""
        ...

    async def put_target(self, target: Target, at: datetime) -> None: ...

    async def drop_target(self, series: MeetingId, room: RoomId) -> None: ...

    async def told_here(self, room: RoomId) -> Sequence[MeetingId]:
        """Return the series from elsewhere that are announced in a room, oldest first."""
        ...

    async def room_of(self, community: CommunityId, beginning: str) -> RoomId | None:
        """Return the community's one room whose id begins so."""
        ...

    async def take_over(self, old: MeetingId, new: MeetingId, at: datetime) -> None:
        """Announce a series as the one that it follows, unless it has settings or rooms of its own."""
        ...

    async def discreet(self, series: Sequence[MeetingId]) -> frozenset[MeetingId]:
        """Return those of some series whose announcements name no title."""
        ...

    async def ahead(self, community: CommunityId) -> Sequence[OccurrenceId]:
        """Return the evenings that are planned and not under way, of the series that are announced in the community."""
        ...

    async def said(self, occurrence: OccurrenceId) -> Said | None: ...

    async def is_new(self, series: MeetingId) -> bool:
        """Whether no evening of the series was ever looked at."""
        ...

    async def keep_said(self, said: Said) -> None: ...


class CodeBook(Protocol):
    """Codes that carry a series to a room of another community: one use, some minutes."""

    async def add(self, code: str, series: MeetingId, until: datetime, now: datetime) -> None:
        """Keep a code; those that ran out go."""
        ...

    async def use(self, code: str, now: datetime) -> MeetingId | None:
        """Return what a code is for, and forget it."""
        ...


class NewsBook(Protocol):
    """What a community wants of all its announcements."""

    async def quiet(self, community: CommunityId) -> Quiet | None: ...

    async def keep_quiet(self, community: CommunityId, quiet: Quiet | None) -> None: ...

    async def digest(self, community: CommunityId, audience: Audience) -> Digest | None: ...

    async def keep_digest(self, digest: Digest) -> None: ...

    async def drop_digest(self, community: CommunityId, audience: Audience) -> None: ...


class AnnouncementStore(AnnouncementBook, CodeBook, NewsBook, Protocol):
    """All of it, as one repository over one transaction."""
