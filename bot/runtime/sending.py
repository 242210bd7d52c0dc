"""What to do with a message that is to go out, or did not: pure rules, one value a decision."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.deeds import Stand
from bot.core.errors import (
    BotError,
    DoorClosed,
    MessageGone,
    PersonAway,
    PlatformBusy,
    PlatformDown,
    PlatformRefused,
    RoomGone,
    RoomMoved,
)
from bot.core.posts import Claimed

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(minutes=5)
MOST_TRIES_UNFORESEEN = 5  # of an error that is no platform's: a message that cannot be written will not be


@dataclass(frozen=True, slots=True)
class Send:
    """Send it now."""


@dataclass(frozen=True, slots=True)
class Drop:
    why: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Try again at a moment. `told`: the platform named it."""

    until: datetime
    told: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """The room has a new address: note it, and send there."""

    chat: str


@dataclass(frozen=True, slots=True)
class Anew:
    """The message to edit is gone: send a new one."""


Decision = Send | Drop | Wait | Move | Anew


def before(claimed: Claimed, now: datetime, same_key_once: bool) -> Send | Drop:
    """Decide before a send. A row that was `begun` may have arrived already."""
    if claimed.post.too_late_at is not None and now >= claimed.post.too_late_at:
        return Drop("late")
    if claimed.account is None and claimed.room is None:
        return Drop("room_gone")
    if claimed.post.within and claimed.within is None and claimed.edit is None:
        return Drop("room_gone")  # the topic was not opened here, or is forgotten; an edit needs no topic
    if isinstance(claimed.post.deed, Stand) and claimed.about is None:
        return Drop("person_gone")
    return Send() if not claimed.begun or may_repeat(claimed, same_key_once) else Drop("unsure")


def after(claimed: Claimed, error: BotError | None, now: datetime, same_key_once: bool) -> Decision:
    """Decide after a send that raised `error` (None: something unforeseen, of our own making)."""
    match error:
        case PlatformBusy():
            return Wait(now + error.retry_after, told=True)
        case PlatformDown():
            if error.maybe_done and not may_repeat(claimed, same_key_once):
                return Drop("unsure")
            return Wait(now + backoff(claimed.tries))
        case DoorClosed():
            return Drop("door_closed")
        case PersonAway():
            return Drop("away")
        case RoomGone():
            return Drop("room_gone")
        case RoomMoved() if claimed.room is not None and claimed.room.chat != error.chat:
            return Move(error.chat)
        case MessageGone() | RoomMoved() if claimed.edit is not None:
            return Anew()  # moved: the message stayed under the old address
        case PlatformRefused() | RoomMoved() | MessageGone():
            return Drop("refused")
        case _:
            return Wait(now + backoff(claimed.tries)) if claimed.tries < MOST_TRIES_UNFORESEEN else Drop("refused")


def may_repeat(claimed: Claimed, same_key_once: bool) -> bool:
    """Whether to send what may have arrived: the platform knows the key, an edit changes nothing, a deed names a state, or the post
    allows it twice."""
    return same_key_once or claimed.post.deed is not None or claimed.edit is not None or claimed.post.twice


def backoff(tries: int) -> timedelta:
    """Return 2, 4, 8, ... seconds, at most five minutes, after `tries` earlier tries."""
    wait: timedelta = FIRST_WAIT * 2 ** min(max(tries, 0), 8)
    return min(wait, LONGEST_WAIT)
