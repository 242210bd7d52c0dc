"""The doors between the rooms of the house: what the core asks of storage, of the runtime and of a platform."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

import msgspec

from bot.core.calls import Account, Community, Person, Place, Room
from bot.core.ids import CommunityId, PersonId, RoomId
from bot.core.moments import DueBook
from bot.core.posts import Outbox
from bot.core.replies import Form, Reply

T = TypeVar("T")


class Rooms(Protocol):
    async def find_or_make(self, community: CommunityId, place: Place) -> Room: ...

    async def find(self, place: Place) -> Room | None: ...

    async def get(self, room: RoomId) -> Room | None: ...


class People(Protocol):
    async def find(self, account: Account) -> Person | None: ...

    async def make(self, account: Account, at: datetime, home: CommunityId | None) -> Person:
        """Return the account's person, made now (with a key of their own) if there was none."""
        ...

    async def get(self, person: PersonId) -> Person | None: ...

    async def save(self, person: Person) -> None:
        """Store language, zone, country, home, consent, and whether what they type is deleted."""
        ...


class Communities(Protocol):
    @property
    def host_zone(self) -> str:
        """The zone that the host configured: of everybody who named none, and is in no community."""
        ...

    async def find(self, platform: str, space: str) -> Community | None: ...

    async def find_or_make(self, platform: str, space: str) -> Community:
        """Return the space's community, made with the host's configured zone, language and country if there was none."""
        ...

    async def get(self, community: CommunityId) -> Community | None: ...


class PendingForm(msgspec.Struct, frozen=True):
    """A form being asked one question at a time. `answers` has the fields answered so far."""

    form: Form
    answers: dict[str, str] = {}
    space: str = ""  # the community it was begun in
    roles: frozenset[str] = frozenset()
    place: Place | None = None  # the room it was begun in


class Forms(Protocol):
    async def of(self, person: PersonId) -> PendingForm | None: ...

    async def keep(self, person: PersonId, pending: PendingForm | None) -> None:
        """Store the person's one pending form, or none."""
        ...


class Receipts(Protocol):
    """Which acts were done, and what was answered: a redelivered act changes nothing and answers the same. Kept 48 hours."""

    async def of(self, receipt: str) -> Reply | None: ...

    async def keep(self, receipt: str, person: PersonId, reply: Reply, at: datetime) -> None:
        """Store the answer, as not yet sent."""
        ...

    async def mark_sent(self, receipt: str) -> None: ...

    async def unsent(self, since: datetime, until: datetime) -> Sequence[tuple[str, PersonId, Reply]]:
        """The answers to private chats that were decided then and never sent (the process was killed between)."""
        ...


class Held(msgspec.Struct, frozen=True):
    """What is kept of a person, one line a kind. `goes_at`: when the oldest row is deleted by itself; None for never."""

    kind: str
    rows: int
    oldest: datetime | None
    goes_at: datetime | None


class PersonalData(Protocol):
    """Everything that is kept of one person, over all tables."""

    async def held(self, person: PersonId, now: datetime) -> Sequence[Held]: ...

    async def export(self, person: PersonId) -> dict[str, list[dict[str, object]]]:
        """Return the person's rows by kind, opened."""
        ...

    async def erase(self, person: PersonId, now: datetime) -> None:
        """Delete the person's rows and their key, for good."""
        ...


class Unit(Protocol):
    """One transaction. All that is written in it is on disk together, or not at all."""

    @property
    def due(self) -> DueBook: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def people(self) -> People: ...
    @property
    def communities(self) -> Communities: ...
    @property
    def rooms(self) -> Rooms: ...
    @property
    def forms(self) -> Forms: ...
    @property
    def receipts(self) -> Receipts: ...


class Store(Protocol):
    async def transact(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        """Run work in one transaction and return its result once it is on disk; what it raises undoes it.

        Raises StorageUnavailable when the database is locked for long, full or gone.
        """
        ...


Entry = str | int | list[str] | dict[str, str]
"""One saved answer of a flow: a choice or words, a number, a list of lines or choices, or a mapping from lines to answers."""


class FlowDone(msgspec.Struct, frozen=True):
    """A flow that came to its end and was kept. `answers` by the names under `save`."""

    flow: str
    subject: str
    person: PersonId
    language: str
    at: datetime
    answers: dict[str, Entry]


Pins = Callable[[PersonId, str, tuple[str, ...], Unit, datetime], Awaitable[None]]
"""Put lines into one of the lists of a person's kit: person, list, lines, unit, now."""


class Flows(Protocol):
    """How a feature starts a flow for a person."""

    async def begin(self, flow: str, subject: str, person: Person, language: str, at: datetime, unit: Unit) -> Reply:
        """Start the person's flow on a subject, or go on with it if it is under way; return its present screen."""
        ...
