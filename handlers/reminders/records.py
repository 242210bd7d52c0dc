"""Who is reminded of what and how, who means to come, and the ports for storing that."""

import enum
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.core.ids import MeetingId, OccurrenceId, PersonId
from bot.core.meetings import MeetingBook, Occurrence, Series
from bot.core.quiet import Quiet, quiet_from

LEADS = (1440, 60, 15)  # minutes before the start: the longest first
USUAL_LEADS = (15,)
USUAL_QUIET = quiet_from("22:00-07:00")


class Subscription(msgspec.Struct, frozen=True):
    """A person is reminded of a series. `plain`: reminders may name it. `shift`: the last clock change told."""

    series: MeetingId
    person: PersonId
    leads: tuple[int, ...] = USUAL_LEADS
    plain: bool = False
    shift: str = ""


class Wishes(msgspec.Struct, frozen=True):
    """What a person wants of all reminders. `list_at`: when their list was last shown; `missed_at`: when one did not reach them."""

    paused_until: datetime | None = None
    quiet: Quiet | None = USUAL_QUIET
    list_at: datetime | None = None
    missed_at: datetime | None = None

    def are_paused(self, now: datetime) -> bool:
        return self.paused_until is not None and now < self.paused_until


class Standing(enum.StrEnum):
    """What a person said of one evening. Only they see it."""

    GOING = "going"  # they have a place
    MAYBE = "maybe"
    NOT = "not"
    WAITING = "waiting"  # on the waiting list
    OFFERED = "offered"  # a free place is kept for them for a while


class Reader(msgspec.Struct, frozen=True):
    """Somebody whom news of a series concerns. `is_reminded`: they have reminders on; else they only said that they come."""

    person: PersonId
    leads: tuple[int, ...] = ()
    plain: bool = False
    is_reminded: bool = True
    shift: str = ""
    standing: Standing | None = None
    paused_until: datetime | None = None
    quiet: Quiet | None = USUAL_QUIET

    def is_paused(self, now: datetime) -> bool:
        return self.paused_until is not None and now < self.paused_until


class Going(msgspec.Struct, frozen=True):
    """`turn`: the order of those who wait. `until`: how long the offered place is kept."""

    occurrence: OccurrenceId
    person: PersonId
    standing: Standing
    turn: int = 0
    until: datetime | None = None


class Known(msgspec.Struct, frozen=True):
    """An evening as people know it. `before`: when it was to be, before the change that they were told of last at `told_at`.
    `version` counts the changes; `burst` is the first of those that are told in one message."""

    occurrence: OccurrenceId
    series: MeetingId
    starts_at: datetime
    before: datetime
    cancelled: bool = False
    version: int = 0
    burst: int = 0
    told_at: datetime | None = None


class EveningBook(MeetingBook, Protocol):
    """What is read of meetings here."""

    async def follower(self, series: MeetingId) -> Series | None:
        """Return the series that goes on from this one, cancelled or not."""
        ...

    async def next_of(self, series: MeetingId) -> Occurrence | None:
        """Return the series' occurrence that is not over, the earliest if there are several."""
        ...


class ReminderBook(Protocol):
    """Who is reminded of which series, in private."""

    async def of_person(self, person: PersonId) -> Sequence[Subscription]:
        """Return what the person is reminded of, oldest first."""
        ...

    async def put(self, subscription: Subscription, at: datetime) -> bool:
        """Store a subscription. False when the person had it on already: then it is changed."""
        ...

    async def turn_off(self, series: MeetingId, person: PersonId) -> bool:
        """False when it was off already."""
        ...

    async def wishes(self, person: PersonId) -> Wishes: ...

    async def keep_wishes(self, person: PersonId, wishes: Wishes, at: datetime) -> None: ...

    async def leads(self, series: MeetingId) -> frozenset[int]:
        """Return the lead times that anybody wants for the series."""
        ...

    async def readers(self, series: MeetingId, occurrence: OccurrenceId, after: str, limit: int) -> Sequence[Reader]:
        """Return up to `limit` persons who are reminded of the series, in the order of their ids, from beyond `after`, with what
        each said of the occurrence."""
        ...

    async def concerned(self, series: MeetingId, occurrence: OccurrenceId, after: str, limit: int) -> Sequence[Reader]:
        """Also those who have no reminder, and said that they come, may come, or wait for a place."""
        ...

    async def take_over(self, old: MeetingId, new: MeetingId) -> None:
        """Remind those of a series of the one that follows it as well; who has chosen for that one already keeps that."""
        ...

    async def note_shift(self, series: MeetingId, persons: Sequence[PersonId], shift: str) -> None: ...

    async def drop_series(self, series: MeetingId) -> None: ...

    async def known(self, occurrence: OccurrenceId) -> Known | None: ...

    async def is_new(self, series: MeetingId) -> bool:
        """Whether no evening of the series was ever looked at."""
        ...

    async def keep(self, known: Known) -> None:
        """Note how people know an evening. What is known of the series' evenings that are long over goes."""
        ...


class GoingBook(Protocol):
    """Who means to come to an occurrence."""

    async def hold(self, occurrence: OccurrenceId) -> None:
        """Let nobody else change the occurrence's places until this transaction ends. Before any other call that changes them."""
        ...

    async def of(self, occurrence: OccurrenceId, person: PersonId) -> Going | None: ...

    async def put(self, going: Going, at: datetime, ends_at: datetime) -> None: ...

    async def count(self, occurrence: OccurrenceId, *standings: Standing) -> int: ...

    async def last_turn(self, occurrence: OccurrenceId) -> int: ...

    async def first_waiting(self, occurrence: OccurrenceId) -> Going | None: ...

    async def offers(self, occurrence: OccurrenceId) -> Sequence[Going]:
        """Return the places that are kept for somebody, the earliest to run out first."""
        ...

    async def move(self, occurrence: OccurrenceId, ends_at: datetime) -> None:
        """The evening ends at another time: what was said of it is kept as long after that."""
        ...


class Evening(msgspec.Struct, frozen=True):
    """An occurrence with its series."""

    occurrence: Occurrence
    series: Series

    @property
    def capacity(self) -> int:
        return self.series.options.capacity


SNOOZE = timedelta(minutes=10)
