"""What a platform is asked to do besides sending a message. A deed travels as a `Post`: promised, done once, tried again like one.

A deed names the state that is wanted, not a change: doing it again is no harm. What the platform must remember to undo it (an
earlier permission, an event's or topic's id) is the message reference of the post's slot; only the adapter reads it.
"""

import enum
from datetime import datetime

import msgspec

from bot.core.replies import Row
from bot.core.richtext import Block


class Standing(enum.StrEnum):
    """How a person stands in a room while a meeting lasts."""

    FREE = "free"  # as anybody; undoes the others, and restores what was before
    MUTED = "muted"  # is there, cannot speak or write
    WAITING = "waiting"  # in the waiting room: may read on where the platform can, cannot speak or write
    OUT = "out"  # put out, and kept out until `until`


class Stand(msgspec.Struct, frozen=True, tag="stand"):
    """The person `Post.about` is to stand so in the room `Post.to`. `until`: the platform itself lifts it then, if it can.

    A person whose state cannot be changed while they are elsewhere (a Discord mute) raises PersonAway.
    """

    standing: Standing
    until: datetime | None = None


class Door(msgspec.Struct, frozen=True, tag="door"):
    """How the room is to be. `locked`: nobody new comes in. `calm`: only facilitators speak. Neither: as it was before."""

    locked: bool = False
    calm: bool = False


class NativeEvent(msgspec.Struct, frozen=True, tag="event"):
    """The platform's own calendar entry for one occurrence. `where`: what a reader needs to find it, when the room is no voice
    channel. `over`: it was cancelled or has gone by: take it away."""

    title: str
    starts_at: datetime
    ends_at: datetime
    described: str = ""
    where: str = ""
    over: bool = False


class OpenTopic(msgspec.Struct, frozen=True, tag="topic"):
    """A topic or thread below the room, with its first message."""

    title: str
    blocks: tuple[Block, ...] = ()
    buttons: tuple[Row, ...] = ()


class CloseTopic(msgspec.Struct, frozen=True, tag="close_topic"):
    """Closes the topic that the same slot opened."""


Deed = Stand | Door | NativeEvent | OpenTopic | CloseTopic
