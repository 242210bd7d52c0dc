"""Messages that were promised: the outbox, from both of its sides."""

import enum
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.calls import Account, Room
from bot.core.deeds import Deed
from bot.core.ids import MessageRef, PersonId, RoomId
from bot.core.moments import Due
from bot.core.replies import NOTHING, Reply


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

    A post with a `deed` does that in place of sending; `about` is the person whom a deed concerns, and `slot` stands in for the
    reply's. `done` is promised in the transaction that marks the post as sent, `failed` in the one that gives it up (dropped; not
    when a newer post took its place).
    `within`: the slot by which an `OpenTopic` opened a topic: the message goes into that topic, below the room; where the platform
    knows no topics, or it is gone, the post is given up as one whose room is gone.
    """

    key: str
    lane: Lane
    to: ToPerson | ToRoom
    reply: Reply = NOTHING
    not_before: datetime | None = None
    too_late_at: datetime | None = None
    twice: bool = True
    deed: Deed | None = None
    about: PersonId | None = None
    slot: str = ""
    done: Due | None = None
    failed: Due | None = None
    within: str = ""

    @property
    def place(self) -> str:
        """The name of the slot it belongs to; "" for none."""
        return self.slot or self.reply.slot


class Outbox(Protocol):
    async def add(self, post: Post) -> None: ...

    async def withdraw(self, slot: str) -> None:
        """Drop what waits for the slot and forget its message (it will be edited no more)."""
        ...


class Claimed(msgspec.Struct, frozen=True):
    """An outbox row leased to a courier. `seen`: an earlier claim of it ended without a mark (a crash). `begun`: in
    an earlier claim it was handed to the platform; noted only where that makes a difference."""

    id: str
    post: Post
    tries: int
    language: str
    seen: bool = False
    begun: bool = False
    account: Account | None = None  # where the post goes to a person
    room: Room | None = None
    edit: MessageRef | None = None  # the slot's message, if one was sent
    about: Account | None = None  # the person whom the deed concerns, on the room's platform
    within: MessageRef | None = None  # the topic that the post's `within` names, if it was opened


class OutboxQueue(Protocol):
    """The courier's side of the outbox. Each call is a transaction of its own."""

    async def claim(self, owner: str, platform: str, now: datetime, until: datetime, limit: int) -> Sequence[Claimed]:
        """Lease up to `limit` rows that are due for a platform, by lane, then by age; a lease that ran out is free again.

        Never two rows of one slot at once, and never an older one after a newer one.
        """
        ...

    async def holds(self, owner: str, claimed: Claimed) -> bool:
        """Whether a claimed row is still this owner's to send: not withdrawn, erased or claimed by another since."""
        ...

    async def begin(self, claimed: Claimed) -> None:
        """Note that a row is being handed to the platform: from now on it may have arrived."""
        ...

    async def mark_sent(self, claimed: Claimed, ref: MessageRef, at: datetime) -> None: ...

    async def put_back(self, claimed: Claimed, not_before: datetime, *, tried: bool) -> None:
        """Give a row back until later. `tried`: it was handed to the platform, which counts."""
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

    async def remember(self, slot: str, person: PersonId | None, room: RoomId | None, ref: MessageRef, at: datetime) -> None:
        """An answer (not from the outbox) became the slot's message then. Answers that wait since before that are stale."""
        ...

    async def release(self, owner: str, unsure: Collection[str]) -> None:
        """Give back what this owner holds (a clean stop), but for rows that may have been sent: those are left to their leases."""
        ...
