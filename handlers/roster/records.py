"""Who leads meetings, who hosts which evening, what is offered and noted among them; and the ports for storing that."""

import enum
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.core.calendar import Change
from bot.core.coming import ComingBook, Followed
from bot.core.ids import CommunityId, MeetingId, OccurrenceId, PersonId
from bot.core.meetings import Hosts, Occurrence, Series
from bot.core.staff import Staff

LONGEST_NAME = 40
LONGEST_NOTE = 300
SEEN_DAYS = 180  # so long after they were last seen to be a facilitator somebody is on the roster
NOTE_DAYS = 30
TICKS_DAYS = 365  # after the last tick
EVERY = ""  # in place of one evening's name: every evening of the series
AHEAD = timedelta(days=28)  # how far the list of evenings reaches
ITEMS = 8  # of the training checklist


class Role(enum.StrEnum):
    HOST = "host"
    CO = "co"


class Member(msgspec.Struct, frozen=True):
    """One of a community's roster. `name`: their own words, seen by facilitators only. `owner`: they had an owner's role when they
    were last seen in a room."""

    id: str
    community: CommunityId
    person: PersonId
    name: str
    owner: bool = False


class Duty(msgspec.Struct, frozen=True):
    """Somebody said that they host, or help, one evening or every one of a series. `away`: not this one of the series that they
    have; for every evening: not this series, though they had the one that it goes on from."""

    series: MeetingId
    original: str  # EVERY, or the evening's name
    role: Role
    person: PersonId
    away: bool = False


def day_of(original: str) -> str:
    """Return the day of an evening's name: what was said of it stands when its time of day is another."""
    return original[:10]


class OnDuty(msgspec.Struct, frozen=True):
    """Who leads one evening, as far as somebody said so. Nobody is both."""

    host: PersonId | None = None
    co: PersonId | None = None

    def of(self, role: Role) -> PersonId | None:
        return self.host if role is Role.HOST else self.co

    def role_of(self, person: PersonId) -> Role | None:
        return next((role for role in Role if self.of(role) == person), None)

    @property
    def persons(self) -> tuple[PersonId, ...]:
        return tuple(person for person in (self.host, self.co) if person is not None)


class Wanted(enum.StrEnum):
    """What somebody wants for an evening that they offer."""

    UNSAID = "unsaid"  # the offer is still being made
    NOTHING = "nothing"
    ONE = "one"  # a certain evening of the colleague who is asked
    ANY = "any"  # whoever takes it chooses which of theirs they give


class Swap(msgspec.Struct, frozen=True):
    """An evening that its host offers. `asked`: the member who is asked, None for everybody. `for_series`, `for_original`: the
    evening that is wanted for it. `until`: the evening's start, after which there is nothing to take."""

    id: str
    person: PersonId
    series: MeetingId
    original: str
    until: datetime
    asked: str | None = None
    wanted: Wanted = Wanted.UNSAID
    for_series: MeetingId | None = None
    for_original: str = ""


class HandoverNote(msgspec.Struct, frozen=True):
    """What whoever hosts next should know: of the meeting, not of anybody in it."""

    series: MeetingId
    person: PersonId
    words: str
    at: datetime


class Ticks(msgspec.Struct, frozen=True):
    """The items of the checklist that a person ticked, by their numbers from 1."""

    items: tuple[int, ...] = ()

    def toggled(self, item: int) -> "Ticks":
        return Ticks(tuple(sorted(set(self.items) ^ {item})))


class Members(Staff, Protocol):
    async def members(self, community: CommunityId) -> Sequence[Member]:
        """Return the community's roster by the order of names."""
        ...

    async def member(self, community: CommunityId, person: PersonId) -> Member | None: ...

    async def put(self, member: Member, at: datetime) -> None:
        """Put a person on the roster, or change their name. Whoever is on it keeps their row."""
        ...

    async def seen(self, community: CommunityId, person: PersonId, at: datetime, *, owner: bool) -> None:
        """Note that somebody was seen to be a facilitator: they and their duties stay. Who is not on the roster is kept without a
        name, in no list, so that reports reach them."""
        ...

    async def leave(self, community: CommunityId, person: PersonId) -> bool:
        """Take a person off the roster, with all that they said they do there. False when they were not on it."""
        ...

    async def communities_of(self, person: PersonId) -> Sequence[CommunityId]:
        """Return the communities on whose roster the person is."""
        ...


class Duties(Protocol):
    async def hold(self, *series: MeetingId) -> None:
        """Let nobody else change who hosts these until this transaction ends. Before any reading on which a change is based."""
        ...

    async def duties(self, series: Sequence[MeetingId]) -> Sequence[Duty]:
        """Return what people who are on the roster said of the series."""
        ...

    async def duties_of(self, community: CommunityId, person: PersonId) -> Sequence[Duty]: ...

    async def take_duty(self, duty: Duty, at: datetime, until: datetime) -> bool:
        """False when somebody has that role there already."""
        ...

    async def drop_duty(self, duty: Duty) -> bool: ...

    async def keep_duties_until(self, series: MeetingId, original: str, until: datetime) -> None:
        """What was said of one evening is kept no longer than that."""
        ...


class Swaps(Protocol):
    async def swap(self, swap: str) -> Swap | None: ...

    async def keep_swap(self, swap: Swap, at: datetime) -> None: ...

    async def drop_swap(self, swap: str) -> bool:
        """False when it was gone already: of two who take it at once, one comes first."""
        ...

    async def swaps_of(self, series: MeetingId, original: str) -> Sequence[Swap]: ...


class Notes(Protocol):
    async def note(self, series: MeetingId) -> HandoverNote | None: ...

    async def keep_note(self, note: HandoverNote) -> None:
        """Store the series' one note, in place of an earlier one."""
        ...

    async def drop_note(self, series: MeetingId) -> None: ...


class Training(Protocol):
    async def ticks(self, person: PersonId) -> Ticks: ...

    async def keep_ticks(self, person: PersonId, ticks: Ticks, at: datetime) -> None: ...


class RosterBook(Members, Duties, Swaps, Notes, Training, Protocol):
    """All of it, as one repository over one transaction."""


class EveningBook(ComingBook, Followed, Hosts, Protocol):
    """What is read of meetings here, and the two things that a duty changes there: who stands in, and who has the panel."""

    async def series(self, series: MeetingId) -> Series | None: ...

    async def occurrence(self, occurrence: OccurrenceId) -> Occurrence | None: ...

    async def occurrence_at(self, series: MeetingId, original: str) -> Occurrence | None: ...

    async def next_of(self, series: MeetingId) -> Occurrence | None: ...

    async def put_change(self, change: Change) -> None: ...


class Substitutes(Protocol):
    """The list of those who may be asked when nobody hosts; the room keeps it."""

    async def put(self, community: CommunityId, person: PersonId, at: datetime) -> None: ...

    async def drop(self, community: CommunityId, person: PersonId) -> None: ...

    async def has(self, community: CommunityId, person: PersonId) -> bool: ...

    async def of(self, community: CommunityId) -> Sequence[PersonId]: ...
