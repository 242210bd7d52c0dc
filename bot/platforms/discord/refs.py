"""What a deed has to remember to be undone, as the reference of its slot.

stand:<server>:<channel>:<user>:<standing>:<before>:<muted>     before: "-" or <allow>/<deny>; muted: 1 when the mute is ours
door:<server>:<channel>:<target>/<kind>/<before>,...
thread:<server>:<thread>:<locked>:<invitable>                   the door of a thread: how it was
event:<server>:<event>
topic:<server>:<thread>
"""

from dataclasses import dataclass
from typing import NamedTuple

from bot.core.deeds import Standing
from bot.core.ids import MessageRef
from bot.platforms.discord.places import Overwrite
from bot.platforms.discord.rights import Target


@dataclass(frozen=True, slots=True)
class Stood:
    server: str
    channel: str
    user: str
    standing: Standing
    before: Overwrite | None
    is_muted: bool

    @property
    def ref(self) -> MessageRef:
        return _ref("stand", self.server, self.channel, self.user, self.standing.value, _written(self.before), int(self.is_muted))


@dataclass(frozen=True, slots=True)
class Doored:
    server: str
    channel: str
    targets: tuple[Target, ...]

    @property
    def ref(self) -> MessageRef:
        listed = ",".join(f"{one.id}/{one.kind}/{_written(one.before)}" for one in self.targets)
        return _ref("door", self.server, self.channel, listed)


@dataclass(frozen=True, slots=True)
class ThreadDoored:
    server: str
    channel: str
    locked: bool
    invitable: bool

    @property
    def ref(self) -> MessageRef:
        return _ref("thread", self.server, self.channel, int(self.locked), int(self.invitable))


class Named(NamedTuple):
    """An event or a topic."""

    kind: str
    server: str
    id: str

    @property
    def ref(self) -> MessageRef:
        return _ref(self.kind, self.server, self.id)


Remembered = Stood | Doored | ThreadDoored | Named


def _ref(*parts: object) -> MessageRef:
    return MessageRef(":".join(map(str, parts)))


def _written(overwrite: Overwrite | None) -> str:
    return "-" if overwrite is None else f"{overwrite.allow}/{overwrite.deny}"


def _overwrite(written: str) -> Overwrite | None:
    return None if written == "-" else Overwrite(*map(int, written.split("/")))


def remembered(ref: MessageRef | None) -> Remembered | None:
    """Return what the ref holds; None for one that no deed made."""
    match ref.split(":") if ref else ():
        case ["stand", server, channel, user, standing, before, muted]:
            return Stood(server, channel, user, Standing(standing), _overwrite(before), muted == "1")
        case ["door", server, channel, listed]:
            return Doored(server, channel, tuple(_target(one) for one in listed.split(",") if one))
        case ["thread", server, thread, locked, invitable]:
            return ThreadDoored(server, thread, locked == "1", invitable == "1")
        case ["event" | "topic" as kind, server, name]:
            return Named(kind, server, name)
    return None


def _target(written: str) -> Target:
    name, kind, before = written.split("/", 2)
    return Target(name, int(kind), _overwrite(before))
