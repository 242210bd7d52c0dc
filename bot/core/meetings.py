"""Meetings as several features see them: series, occurrences, their moments, and the ports to read them."""

import enum
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec

from bot.core.ids import CommunityId, MeetingId, OccurrenceId, PersonId, RoomId
from bot.core.moments import Due
from bot.core.richtext import Moment
from bot.core.schedule import Schedule
from bot.core.when import day_and_time, zone_name

DAY_BEFORE = timedelta(hours=24)
SOON = timedelta(minutes=15)  # announced in the room, and reminded in private
LOBBY = timedelta(minutes=10)
CHECK_OUT = timedelta(minutes=15)  # the end of every meeting, kept whatever overruns
FORGOTTEN = timedelta(minutes=30)  # after its end a room that nobody closed is closed
LATE_REMINDER = timedelta(minutes=30)  # after the start a reminder is of no more use


class State(enum.StrEnum):
    PLANNED = "planned"
    ANNOUNCED = "announced"
    LOBBY = "lobby"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    CANCELLED = "cancelled"


AHEAD = frozenset({State.PLANNED, State.ANNOUNCED})
LIVE = frozenset({State.LOBBY, State.OPEN, State.CLOSING})
OVER = frozenset({State.CLOSED, State.CANCELLED})


class When(enum.StrEnum):
    """The moments of an occurrence; a due row's kind is `room.<moment>`."""

    ANNOUNCE_DAY = "announce_day"
    ANNOUNCE_SOON = "announce_soon"
    REMIND = "remind"
    OPEN = "open"
    CLOSING = "closing"
    CLOSE = "close"
    CARD = "card"  # the card's counts changed
    CHECKIN = "checkin"  # hand out private check-ins
    SERIES_OVER = "series_over"  # the subject is a series

    @property
    def kind(self) -> str:
        return f"room.{self.value}"

    def key(self, subject: str) -> str:
        return f"meeting_{self.value}_{subject}"

    def due(self, at: datetime, subject: str) -> Due:
        return Due(self.key(subject), self.kind, at, subject)


class Series(msgspec.Struct, frozen=True):
    """A meeting that repeats. Its title is a facilitator's words, seen by the whole community."""

    id: MeetingId
    community: CommunityId
    room: RoomId
    title: str
    schedule: Schedule
    length: timedelta
    cancelled_at: datetime | None = None


class Occurrence(msgspec.Struct, frozen=True):
    """One evening. `segment` counts from 0 in the outline, -1 before the start; `since` is when it began.

    `heads`: how many were there, once it is closed; no list of them is kept.
    """

    id: OccurrenceId
    series: MeetingId
    starts_at: datetime
    ends_at: datetime
    state: State = State.PLANNED
    segment: int = -1
    since: datetime | None = None
    checkin: bool = False
    heads: int = 0

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def closing_at(self) -> datetime:
        return self.ends_at - CHECK_OUT

    @property
    def forgotten_at(self) -> datetime:
        return self.ends_at + FORGOTTEN


class MeetingBook(Protocol):
    async def series(self, series: MeetingId) -> Series | None: ...

    async def of_community(self, community: CommunityId) -> Sequence[Series]:
        """Return the community's series that are not cancelled, oldest first."""
        ...

    async def occurrence(self, occurrence: OccurrenceId) -> Occurrence | None: ...

    async def move(self, before: Occurrence, after: Occurrence) -> bool:
        """Store a changed occurrence, if its state and segment are still those of `before`."""
        ...


class Presence(Protocol):
    """Who is in a meeting just now: counted, never listed to anyone; deleted a day after."""

    async def join(self, occurrence: OccurrenceId, person: PersonId, at: datetime) -> bool:
        """Note a person as present. False when they were already."""
        ...

    async def count(self, occurrence: OccurrenceId) -> int: ...

    async def some(self, occurrence: OccurrenceId, after: str, limit: int) -> Sequence[PersonId]:
        """Return up to `limit` persons in the order of their ids, from beyond `after`: to hand each their private check-in."""
        ...


TOPICS = ("urge", "motivation", "conflict", "low_mood", "planning", "other")


class AgendaItem(msgspec.Struct, frozen=True):
    """What one person wants of the meeting's time. `topic`: "" for nothing. `name`: only where they chose to show it."""

    topic: str = ""
    name: str = ""


class Topic(msgspec.Struct, frozen=True):
    """A topic of the agenda: how many asked for it, and the names of those who wanted theirs shown."""

    name: str
    count: int
    shown: tuple[str, ...] = ()


class Tally(msgspec.Struct, frozen=True):
    """What a room may know of its check-ins."""

    done: int = 0
    topics: tuple[Topic, ...] = ()


def tally_of(items: Sequence[AgendaItem]) -> Tally:
    """Return the agenda, the topics most asked for first."""
    topics = [
        Topic(name, len(asked), tuple(item.name for item in asked if item.name))
        for name in TOPICS
        if (asked := [item for item in items if item.topic == name])
    ]
    return Tally(len(items), tuple(sorted(topics, key=lambda topic: -topic.count)))


class Agenda(Protocol):
    async def items(self, occurrence: OccurrenceId) -> Sequence[AgendaItem]:
        """Return what each person who checked in wants of the meeting's time; no more of a check-in than that."""
        ...


def zoned(at: datetime, zone: ZoneInfo, language: str) -> Moment:
    """Return a moment whose text names its zone, for readers of several zones (a date entity shows each their own)."""
    return Moment(at, f"{day_and_time(at, zone, language).text} ({zone_name(zone, language)})")
