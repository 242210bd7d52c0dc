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

SOON = timedelta(minutes=15)  # announced in the room, and reminded in private
LOBBY = timedelta(minutes=10)
CHECK_OUT = timedelta(minutes=15)  # the end of every meeting, kept whatever overruns
FORGOTTEN = timedelta(minutes=30)  # after its end a room that nobody closed is closed
DUTY_BEFORE = timedelta(days=1)
LATE_REMINDER = timedelta(minutes=30)  # after the start a reminder is of no more use


class State(enum.StrEnum):
    PLANNED = "planned"
    ANNOUNCED = "announced"
    LOBBY = "lobby"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    DEBRIEFED = "debriefed"  # closed, and the facilitator has said how it went
    CANCELLED = "cancelled"


AHEAD = frozenset({State.PLANNED, State.ANNOUNCED})
LIVE = frozenset({State.LOBBY, State.OPEN, State.CLOSING})
OVER = frozenset({State.CLOSED, State.DEBRIEFED, State.CANCELLED})


class When(enum.StrEnum):
    """The moments of an occurrence; a due row's kind is `room.<moment>`. Each is one feature's job; features that must do something
    at the same time have a moment each, promised together by whoever brings it about."""

    # Of the series (its subject is a series): the next evening is to be planned; the series is over.
    PLAN = "plan"
    SERIES_OVER = "series_over"
    # An evening was planned, moved, changed or cancelled: each of these looks at it afresh (subject: the occurrence).
    ANNOUNCE_PLAN = "announce_plan"  # announcements promise or withdraw their own moments
    REMIND_PLAN = "remind_plan"  # reminders do
    CHANGED = "changed"  # tell those who counted on it (only for a change that somebody was told otherwise)
    BOARD = "board"  # the schedule that hangs in the community's rooms, and native events (subject: the community)
    # Announcements and reminders' own.
    ANNOUNCE_DAY = "announce_day"
    ANNOUNCE_SOON = "announce_soon"
    REMIND = "remind"
    # The room's.
    CLAIM = "claim"  # nobody hosts yet: ask the substitutes
    OPEN = "open"
    DUTY = "duty"  # a day before: who said that they host, or help, is reminded (subject: the occurrence; see `duty_again`)
    START = "start"  # the start has come: without a host, run by itself or close
    SEGMENT = "segment"  # the present segment's time is up
    CLOSING = "closing"
    CLOSE = "close"
    CARD = "card"  # the card's counts changed
    CHECKIN = "checkin"  # hand out private check-ins
    CAME = "came"  # somebody said that they are here: who keeps order at the door looks (subject: the occurrence)
    # The meeting was closed: each does its part.
    TIDY = "tidy"  # undo mutes, locks and topics
    AFTER = "after"  # offer what comes after to those who were there
    DEBRIEF = "debrief"  # ask the facilitator how it went
    UNFINISHED = "unfinished"  # topics that were not reached are offered to the next evening
    PROMPTS = "prompts"  # check-in prompts that follow a meeting by some days
    EXERCISES = "exercises"  # the group's exercise is over with its meeting

    @property
    def kind(self) -> str:
        return f"room.{self.value}"

    def key(self, subject: str) -> str:
        return f"meeting_{self.value}_{subject}"

    def due(self, at: datetime, subject: str) -> Due:
        return Due(self.key(subject), self.kind, at, subject)


class Audience(enum.StrEnum):
    """Two worlds that never meet: no list, count, search or feed joins them."""

    PARTICIPANTS = "participants"
    FAMILY = "family"


class Admission(enum.StrEnum):
    """How people come into a room during its lobby and after."""

    OPEN = "open"
    BUTTON = "button"  # whoever presses "I am here" is let in
    FACILITATOR = "facilitator"  # a facilitator lets each in


class Options(msgspec.Struct, frozen=True):
    """How a series' meetings are held. `format`: an outline's name; "" for the one of its length. `language`: "" for the
    community's. `capacity`: people, 0 for no limit. `link`: an https address where it takes place instead of the room, "" for
    none. `minutes_each`: a gentle timer per speaker, 0 for none. `self_run`: without a host it opens on the self-run script."""

    format: str = ""
    audience: Audience = Audience.PARTICIPANTS
    beginners: bool = False
    text_only: bool = False
    language: str = ""
    capacity: int = 0
    link: str = ""
    admission: Admission = Admission.OPEN
    self_run: bool = True
    minutes_each: int = 0
    breakouts: bool = False


class Series(msgspec.Struct, frozen=True):
    """A meeting that repeats. Its title is a facilitator's words, seen by the whole community. `follows`: the series that this one
    goes on from, after an edit of "this and later". `ended_at`: when it was seen that its rule gives no evening any more."""

    id: MeetingId
    community: CommunityId
    room: RoomId
    title: str
    schedule: Schedule
    length: timedelta
    cancelled_at: datetime | None = None
    options: Options = Options()
    follows: MeetingId | None = None
    ended_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        return self.cancelled_at is not None or self.ended_at is not None


class Occurrence(msgspec.Struct, frozen=True):
    """One evening. `segment` counts from 0 in the outline, -1 before the start; `since` is when it began.

    `original`: the wall-clock start that the rule gave it, in the series' zone, as `2026-12-01T19:00`: with the series it names
    the evening for good, wherever it is moved. `room`: where it takes place. `heads`: how many were there, once it is closed; no
    list of them is kept. `paused_at`: since when the segment's time stands still. `extra`: minutes added to the segment.
    `self_run`: there is no host; the bot shows the script itself. `reason`: a facilitator's words on why it was cancelled or moved.
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
    original: str = ""
    room: RoomId = RoomId("")
    paused_at: datetime | None = None
    extra: int = 0
    self_run: bool = False
    reason: str = ""

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def closing_at(self) -> datetime:
        return self.ends_at - CHECK_OUT

    @property
    def forgotten_at(self) -> datetime:
        return self.ends_at + FORGOTTEN


def room_moments(occurrence: Occurrence) -> list[Due]:
    """The room's promises of an evening that was planned, or moved: the same keys again move them. News of it are others'."""
    starts, about = occurrence.starts_at, occurrence.id
    return [
        When.DUTY.due(starts - DUTY_BEFORE, about),
        When.CLAIM.due(starts - SOON, about),
        When.OPEN.due(starts - LOBBY, about),
        When.START.due(starts, about),
        When.CLOSING.due(occurrence.closing_at, about),
        When.CLOSE.due(occurrence.forgotten_at, about),
    ]


def duty_again(before: Occurrence, after: Occurrence, now: datetime) -> Due | None:
    """Return what is promised when an evening is moved, called off, or takes place after all: who leads it may have been reminded
    of how it was. None when nobody was. The subject goes on with how it was: `<occurrence>__<start>_<original>`."""
    was, is_so = ((one.starts_at, one.state is State.CANCELLED) for one in (before, after))
    if was == is_so or now < before.starts_at - DUTY_BEFORE:
        return None
    return When.DUTY.due(now, f"{after.id}__{int(before.starts_at.timestamp())}_{before.original}")


OF_THE_ROOM = (When.DUTY, When.CLAIM, When.OPEN, When.START, When.SEGMENT, When.CLOSING, When.CLOSE, When.CARD, When.CHECKIN)
"""The moments to withdraw when an evening is over or called off."""


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


class Hosts(Protocol):
    """Who proved to be a facilitator, so that their panel works in their private chat too. `subject`: an occurrence, a series, a
    room or a community."""

    async def grant(self, subject: str, person: PersonId, until: datetime) -> None: ...

    async def drop(self, subject: str, person: PersonId) -> None: ...

    async def may(self, subject: str, person: PersonId, now: datetime) -> bool: ...

    async def take(self, subject: str, person: PersonId) -> None:
        """Make the person the one who hosts, in place of whoever did. They need a grant."""
        ...

    async def host(self, subject: str) -> PersonId | None: ...

    async def granted(self, subject: str, now: datetime) -> Sequence[PersonId]:
        """Everyone with a grant for the subject that has not run out, by the order of their ids."""
        ...


class RoundView(msgspec.Struct, frozen=True):
    """What the room's card may show of a round. `speaker` and `following` are names that their owners chose to show, else "".
    `to_come`: how many have their turn still before them. `until`: the end of the speaker's time, if timed."""

    is_speaking: bool = False
    speaker: str = ""
    until: datetime | None = None
    following: str = ""
    to_come: int = 0
    paused: bool = False


class FloorView(msgspec.Struct, frozen=True):
    """What the room's card may show of hands. `speaker` and `waiting` are the names that their owners chose to show in this
    meeting, else "" for each ("somebody"); `waiting` is in speaking order. `until`: the end of the speaker's time, if timed."""

    is_speaking: bool = False
    speaker: str = ""
    until: datetime | None = None
    waiting: tuple[str, ...] = ()
    outside: int = 0  # people in the waiting room
    locked: bool = False
    calm: bool = False
    round: RoundView | None = None  # the one that is on


class Floor(Protocol):
    async def view(self, occurrence: OccurrenceId) -> FloorView: ...

    async def lets_in(self, occurrence: OccurrenceId, person: PersonId) -> bool:
        """Whether somebody who says that they are here may be: not put out, nor new to a locked room."""
        ...

    async def waits(self, occurrence: OccurrenceId, person: PersonId) -> bool:
        """Whether somebody who is here is in the waiting room."""
        ...


def zoned(at: datetime, zone: ZoneInfo, language: str) -> Moment:
    """Return a moment whose text names its zone, for readers of several zones (a date entity shows each their own)."""
    return Moment(at, f"{day_and_time(at, zone, language).text} ({zone_name(zone, language)})")
