"""What happens on a platform without anybody speaking to the bot: somebody came into a room, the bot was removed.

No words are in it, ever.
"""

import enum
from collections.abc import Awaitable, Callable
from datetime import datetime

import msgspec

from bot.core.calls import Account, Community, Person, Place, Room
from bot.core.ports import Unit


class What(enum.StrEnum):
    ARRIVED = "arrived"  # somebody came into a voice channel, or joined a group
    LEFT = "left"
    BOT_IN = "bot_in"  # the bot was added, or may write again
    BOT_OUT = "bot_out"  # the bot was removed from the space
    ROOM_GONE = "room_gone"  # a channel or topic was deleted
    VIDEO_ON = "video_on"  # a group's video chat began
    VIDEO_OFF = "video_off"


class Happening(msgspec.Struct, frozen=True):
    """As an adapter saw it. `receipt` makes it once."""

    what: What
    receipt: str
    place: Place
    at: datetime
    account: Account | None = None


class Heard(msgspec.Struct, frozen=True):
    """A happening with what the house knows of it. `person`, `community` and `room` are None where they are not known: a happening
    makes no rows of people."""

    happening: Happening
    at: datetime
    person: Person | None = None
    community: Community | None = None
    room: Room | None = None


Hears = Callable[[Heard, Unit], Awaitable[None]]
"""What a feature does about it: in one transaction, awaiting only the unit."""
