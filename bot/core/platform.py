"""What the house asks of a platform, and what a platform asks of the house."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from bot.core.calls import Account, Incoming, Room
from bot.core.deeds import Deed
from bot.core.errors import BotError
from bot.core.happenings import Happening
from bot.core.ids import MessageRef
from bot.core.replies import Choice, Reply


class Capabilities(msgspec.Struct, frozen=True):
    modals: bool  # a form at once; otherwise question by question in the private chat
    only_you: bool  # a reply in a room that one person sees
    writes_first: bool  # may write to a person who has not opened the private chat
    same_key_once: bool  # a message sent twice with the same key arrives once (Discord's enforced nonce)
    message_length: int  # characters in the platform's own way of counting
    label_length: int
    edits: bool = True
    deeds: bool = False  # can mute, lock and the like, where the host gave it the right to
    events: bool = False  # has scheduled events of its own
    topics: bool = False  # can open a topic or thread below a room


class Delivery(msgspec.Struct, frozen=True):
    """One message for the courier to hand to a platform. Exactly one of `account` (private chat) and `room` is set."""

    key: str
    reply: Reply
    language: str
    account: Account | None = None
    room: Room | None = None
    edit: MessageRef | None = None
    picture: bytes | None = None  # PNG of reply.picture, when drawing worked
    deed: Deed | None = None  # do this in place of sending; `edit` is what an earlier deed of the slot returned
    about: Account | None = None  # the person whom the deed concerns
    within: MessageRef | None = None  # the topic (what `OpenTopic` returned) that the message goes into


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

    async def heard(self, happening: Happening) -> None:
        """Something happened without anybody speaking to the bot. It never raises."""
        ...

    async def complete(self, incoming: Incoming, option: str) -> Sequence[Choice]:
        """Offer up to 25 values for a command's option while it is being typed; `incoming.arguments` is what stands there so far.
        It never raises, stores nothing, and is quick."""
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
        """Send, or edit, one message, or do one deed, once. Waiting and trying again is the courier's.

        Raises DoorClosed, RoomGone, RoomMoved, MessageGone, PersonAway, PlatformBusy, PlatformDown or PlatformRefused.
        """
        ...

    async def check(self) -> Sequence[Finding]:
        """Try the token, permissions and addresses, without changing anything."""
        ...


class Painter(Protocol):
    async def paint(self, reply: Reply) -> bytes | None:
        """Return `reply.picture` as PNG, drawn in a worker within 2 s; None when there is none or drawing failed."""
        ...
