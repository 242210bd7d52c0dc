"""What a deed has to remember to be undone, as the reference of its slot.

stand:<chat>:<user>:<standing>:<ours>:<before>               ours: 1 when it is ours to undo; before: "-" or <permissions>/<until>
door:<chat>:<thread>:<locked><calm>:<closed>:<permissions>   the chat's permissions before; closed: 1 when we closed the topic
topic:<chat>:<thread>
"""

from typing import NamedTuple

from bot.core.deeds import Door, Standing
from bot.core.ids import MessageRef
from bot.platforms.telegram.permissions import Permissions, read, written


class Before(NamedTuple):
    """A restriction that somebody set by hand. `until`: in seconds of the epoch; 0 for no end."""

    permissions: Permissions
    until: int


class Stood(NamedTuple):
    chat: int
    user: int
    standing: Standing
    is_ours: bool
    before: Before | None = None

    @property
    def ref(self) -> MessageRef:
        before = "-" if self.before is None else f"{written(self.before.permissions)}/{self.before.until}"
        return _ref("stand", self.chat, self.user, self.standing.value, int(self.is_ours), before)


class Doored(NamedTuple):
    chat: int
    thread: int | None
    door: Door
    has_closed: bool
    before: Permissions

    @property
    def ref(self) -> MessageRef:
        state = f"{int(self.door.locked)}{int(self.door.calm)}"
        return _ref("door", self.chat, self.thread or "", state, int(self.has_closed), written(self.before))


class Topic(NamedTuple):
    chat: int
    thread: int

    @property
    def ref(self) -> MessageRef:
        return _ref("topic", self.chat, self.thread)


Remembered = Stood | Doored | Topic


def remembered(ref: MessageRef | None) -> Remembered | None:
    """Return what the ref holds; None for one that no deed made."""
    try:
        match ref.split(":") if ref else ():
            case ["stand", chat, user, standing, is_ours, before]:
                return Stood(int(chat), int(user), Standing(standing), is_ours == "1", _before(before))
            case ["door", chat, thread, state, closed, before]:
                door = Door(locked=state[:1] == "1", calm=state[1:] == "1")
                return Doored(int(chat), int(thread) if thread else None, door, closed == "1", read(before))
            case ["topic", chat, thread]:
                return Topic(int(chat), int(thread))
    except ValueError:
        return None
    return None


def _ref(*parts: object) -> MessageRef:
    return MessageRef(":".join(map(str, parts)))


def _before(text: str) -> Before | None:
    if text == "-":
        return None
    permissions, _, until = text.partition("/")
    return Before(read(permissions), int(until))
