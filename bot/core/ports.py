"""The doors between the rooms of the house: what the core asks of storage, of the runtime and of a platform."""

import enum
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

import msgspec

from bot.core.calls import Account, Community, Incoming, Person, Place
from bot.core.errors import BotError
from bot.core.ids import CommunityId, MessageRef, PersonId, RoomId
from bot.core.replies import Form, Reply

T = TypeVar("T")


# Storage ------------------------------------------------------------------------------------------------------------


class Lane(enum.IntEnum):
    """The order in which waiting messages leave."""

    ANSWER = 0
    ROOM = 1  # the conductor's card
    PRIVATE = 2  # reminders, private check-ins, timers
    NEWS = 3  # announcements


class ToPerson(msgspec.Struct, frozen=True, tag="person"):
    person: PersonId


class ToRoom(msgspec.Struct, frozen=True, tag="room"):
    room: RoomId


class Post(msgspec.Struct, frozen=True):
    """A message that was promised. `key` makes it once: adding the same key again changes nothing.

    With `reply.slot`, a waiting older post of the slot is replaced by this one, and a sent one is edited.
    `too_late_at`: after it the post is dropped, and said so in the log. `twice`: when it is not known whether the send took
    effect and the platform has no idempotency key, send again (True) or let it be (False).
    """

    key: str
    lane: Lane
    to: ToPerson | ToRoom
    reply: Reply
    not_before: datetime | None = None
    too_late_at: datetime | None = None
    twice: bool = True


class Outbox(Protocol):
    async def add(self, post: Post) -> None: ...

    async def withdraw(self, slot: str) -> None:
        """Drop what waits for the slot and forget its message (it will be edited no more)."""
        ...


class Due(msgspec.Struct, frozen=True):
    """A moment that was promised. `kind` names the job (`timer.flow`, `room.open`): coarse, it stands unencrypted on disk."""

    key: str
    kind: str
    at: datetime
    subject: str


class DueBook(Protocol):
    async def add(self, due: Due, person: PersonId | None = None) -> None:
        """Promise a moment; the same key again moves it. `person`: whose it is, so that erasing them erases it."""
        ...

    async def take(self, due: Due) -> bool:
        """Strike off a claimed moment that is about to be kept. False when it was moved or dropped meanwhile: do nothing then.

        Called before the job, in the job's own transaction, so that the job may promise the same key anew.
        """
        ...

    async def drop(self, key: str) -> None: ...


class Room(msgspec.Struct, frozen=True):
    id: RoomId
    community: CommunityId
    platform: str
    chat: str
    thread: str


class Rooms(Protocol):
    async def find_or_make(self, community: CommunityId, place: Place) -> Room: ...

    async def get(self, room: RoomId) -> Room | None: ...


class People(Protocol):
    async def find(self, account: Account) -> Person | None: ...

    async def make(self, account: Account, at: datetime, home: CommunityId | None) -> Person:
        """Return the account's person, made now (with a key of their own) if there was none."""
        ...

    async def get(self, person: PersonId) -> Person | None: ...

    async def save(self, person: Person) -> None:
        """Store language, zone, country, home and consent."""
        ...


class Communities(Protocol):
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

    async def unsent(self, since: datetime) -> Sequence[tuple[str, PersonId, Reply]]:
        """The answers to private chats that were decided and never sent (the process was killed between)."""
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


class Claimed(msgspec.Struct, frozen=True):
    """An outbox row leased to a courier. `seen`: an earlier claim of it ended without a mark (a crash between send and mark)."""

    id: str
    post: Post
    tries: int
    language: str
    seen: bool = False
    account: Account | None = None  # where the post goes to a person
    room: Room | None = None
    edit: MessageRef | None = None  # the slot's message, if one was sent


class OutboxQueue(Protocol):
    """The courier's side of the outbox. Each call is a transaction of its own."""

    async def claim(self, owner: str, platform: str, now: datetime, until: datetime, limit: int) -> Sequence[Claimed]:
        """Lease up to `limit` rows that are due for a platform, by lane, then by age; a lease that ran out is free again.

        Never two rows of one slot at once, and never an older one after a newer one.
        """
        ...

    async def mark_sent(self, claimed: Claimed, ref: MessageRef, at: datetime) -> None: ...

    async def put_back(self, claimed: Claimed, not_before: datetime) -> None:
        """Try again later; counts one try."""
        ...

    async def drop(self, claimed: Claimed, why: str) -> None:
        """Give up on a row for good. `why` is one word for `doctor`: late, refused, door_closed, room_gone, unsure."""
        ...

    async def forget_message(self, claimed: Claimed) -> None:
        """The slot's message is gone: the next claim of the row sends a new one."""
        ...

    async def move_room(self, room: RoomId, chat: str) -> None: ...

    async def next_at(self, platform: str) -> datetime | None:
        """When the earliest waiting row may leave, or None when nothing waits."""
        ...

    async def remember(self, slot: str, person: PersonId | None, room: RoomId | None, ref: MessageRef) -> None:
        """An answer (not from the outbox) became the slot's message."""
        ...

    async def release(self, owner: str) -> None:
        """Give back what this owner holds (a clean stop)."""
        ...


class DueQueue(Protocol):
    """The timekeeper's side of the due table."""

    async def claim(self, owner: str, now: datetime, until: datetime, limit: int) -> Sequence[Due]: ...

    async def next_at(self) -> datetime | None: ...

    async def release(self, owner: str) -> None: ...


# Flows --------------------------------------------------------------------------------------------------------------

Entry = str | int | list[str]
"""One saved answer of a flow: a choice or words, a number, or a list of lines or choices."""


class FlowDone(msgspec.Struct, frozen=True):
    """A flow that came to its end and was kept. `answers` by the names under `save`."""

    flow: str
    subject: str
    person: PersonId
    language: str
    at: datetime
    answers: dict[str, Entry]


class Flows(Protocol):
    """How a feature starts a flow for a person."""

    async def begin(self, flow: str, subject: str, person: Person, language: str, at: datetime, unit: Unit) -> Reply:
        """Start the person's flow on a subject, or go on with it if it is under way; return its present screen."""
        ...


# Platforms ----------------------------------------------------------------------------------------------------------


class Capabilities(msgspec.Struct, frozen=True):
    modals: bool  # a form at once; otherwise question by question in the private chat
    only_you: bool  # a reply in a room that one person sees
    writes_first: bool  # may write to a person who has not opened the private chat
    same_key_once: bool  # a message sent twice with the same key arrives once (Discord's enforced nonce)
    message_length: int  # characters in the platform's own way of counting
    label_length: int
    edits: bool = True


class Delivery(msgspec.Struct, frozen=True):
    """One message for the courier to hand to a platform. Exactly one of `account` (private chat) and `room` is set."""

    key: str
    reply: Reply
    language: str
    account: Account | None = None
    room: Room | None = None
    edit: MessageRef | None = None
    picture: bytes | None = None  # PNG of reply.picture, when drawing worked


class Answer(msgspec.Struct, frozen=True):
    """What dispatch decided; its effects are on disk. `again`: the act had been seen before (a redelivery)."""

    incoming: Incoming
    reply: Reply
    language: str
    again: bool = False


class Receiver(Protocol):
    """How an adapter hands an act to the house: `take`, then send the answer, then `sent` or `not_sent`."""

    async def take(self, incoming: Incoming) -> Answer:
        """Decide, and write. Effects are on disk when it returns. It never raises: errors become kind words."""
        ...

    async def sent(self, answer: Answer, ref: MessageRef | None) -> None:
        """The answer arrived. `ref` names its message, where the platform tells."""
        ...

    async def not_sent(self, answer: Answer, error: BotError) -> None:
        """The answer could not be sent; if it was for a private chat the courier takes over."""
        ...


class Finding(msgspec.Struct, frozen=True):
    """What `doctor` found. `mend` says what to do, in one sentence."""

    topic: str
    ok: bool
    said: str
    mend: str = ""


class Platform(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def capabilities(self) -> Capabilities: ...

    async def run(self, receiver: Receiver) -> None:
        """Connect, take acts, and go on until cancelled: reconnecting is the adapter's own. Cancelled, it finishes the answers
        under way (at most 5 s), then leaves."""
        ...

    async def deliver(self, delivery: Delivery) -> MessageRef:
        """Send, or edit, one message, once. Waiting and trying again is the courier's.

        Raises DoorClosed, RoomGone, RoomMoved, MessageGone, PlatformBusy, PlatformDown or PlatformRefused.
        """
        ...

    async def check(self) -> Sequence[Finding]:
        """Try the token, permissions and addresses, without changing anything."""
        ...


class Painter(Protocol):
    async def paint(self, reply: Reply) -> bytes | None:
        """Return `reply.picture` as PNG, drawn in a worker within 2 s; None when there is none or drawing failed."""
        ...
