"""Which permissions a deed takes and gives in a room's channel. Pure.

Our own overwrites carry a mark: a denied permission that nobody denies a single person by hand. After a crash, when what stood
before was not noted, they are known by it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from bot.core.deeds import Door, Standing
from bot.platforms.discord.places import MEMBER, ROLE, STAGE, Channel, Overwrite

INVITE, REACT, VIEW, SEND = 1 << 0, 1 << 6, 1 << 10, 1 << 11
CONNECT, SPEAK, MUTE_MEMBERS = 1 << 20, 1 << 21, 1 << 22
ASK_TO_SPEAK, MANAGE_THREADS, PUBLIC_THREADS, PRIVATE_THREADS, SEND_IN_THREADS = 1 << 32, 1 << 34, 1 << 35, 1 << 36, 1 << 38
_ADMINISTRATOR, _MANAGE_GUILD, _MANAGE_EVENTS = 1 << 3, 1 << 5, 1 << 33
_WRITE = SEND | REACT
_WRITE_IN_TEXT = _WRITE | SEND_IN_THREADS | PUBLIC_THREADS | PRIVATE_THREADS


def mark(channel: Channel) -> int:
    """The mark. Whoever is held here can then neither free themselves nor open a closed topic."""
    return MUTE_MEMBERS if channel.is_voice else MANAGE_THREADS


def _write(channel: Channel) -> int:
    return _WRITE if channel.is_voice else _WRITE_IN_TEXT


def _speak(channel: Channel) -> int:
    """On a stage nobody speaks who was not let: there it is the asking."""
    return 0 if not channel.is_voice else ASK_TO_SPEAK if channel.type == STAGE else SPEAK


# One person --------------------------------------------------------------------------------------------------------------


def taken(standing: Standing, channel: Channel) -> int:
    """Return what a person who stands so is denied. In a thread only what concerns threads: the rest of its channel stays free.

    MUTED leaves out SPEAK: Discord works out who may speak only when somebody comes in, so that a server mute has to do it.
    """
    if standing is Standing.FREE:
        return 0
    if channel.is_thread:
        return SEND_IN_THREADS | REACT | mark(channel)
    bits = _write(channel) | mark(channel)
    if standing is Standing.MUTED:
        return bits
    bits |= _speak(channel)
    if standing is Standing.WAITING:
        return bits
    return bits | VIEW | (CONNECT if channel.is_voice else 0)


def without(bits: int, before: Overwrite | None) -> Overwrite:
    """Return the overwrite that denies these, and leaves the rest as it was."""
    old = before or Overwrite()
    return Overwrite(old.allow & ~bits, old.deny | bits)


def ours(now: Overwrite | None, channel: Channel) -> Standing:
    """Return how a `Stand` of ours made this overwrite of a member; FREE when none did."""
    for standing in (Standing.OUT, Standing.WAITING, Standing.MUTED):
        bits = taken(standing, channel)
        if now is not None and now.deny & bits == bits:
            return standing
    return Standing.FREE


def given_back(now: Overwrite, channel: Channel) -> Overwrite | None:
    """Return what an overwrite of ours was before, as far as it can be told from itself."""
    return _slim(Overwrite(now.allow, now.deny & ~taken(ours(now, channel), channel)))


def _slim(overwrite: Overwrite) -> Overwrite | None:
    return overwrite if overwrite.allow or overwrite.deny else None


# The room ----------------------------------------------------------------------------------------------------------------


class Role(NamedTuple):
    id: str
    name: str
    may: int  # in the whole server


class Target(NamedTuple):
    """One overwrite that a `Door` changes, and what it was before."""

    id: str
    kind: int
    before: Overwrite | None


def shut(door: Door, channel: Channel) -> int:
    """Return what @everyone is denied. `locked`: in voice nobody connects who is not there yet; in a text channel nobody is
    invited into it (who sees it may read and write on, Discord knows no newcomers there). `calm`: no speaking, no writing."""
    bits = (CONNECT if channel.is_voice else INVITE) if door.locked else 0
    return bits | (_write(channel) | _speak(channel) if door.calm else 0)


def keeps(role: Role, facilitators: str) -> bool:
    """Whether the role's members go on as before: the facilitators'. (Overwrites do not bind administrators at all.)"""
    if role.may & _ADMINISTRATOR:
        return False
    return role.name.casefold() == facilitators.casefold() or bool(role.may & (_MANAGE_GUILD | _MANAGE_EVENTS))


def targets(
    channel: Channel, roles: Mapping[str, Role], facilitators: str, bits: int, me: str, known: Mapping[str, Target]
) -> list[Target]:
    """Return the overwrites to change, @everyone's last: the bot's, the facilitators' roles', and those of roles that are allowed
    in this channel what everyone is to be denied. `known`: those of an earlier deed. Of others, what was before is read from the
    channel, as far as it can be told where a deed of ours was cut off by a crash.
    """
    everyone = channel.server
    kept = [role.id for role in roles.values() if role.id != everyone and keeps(role, facilitators)]
    others = [one for one, kind in channel.kinds.items() if kind == ROLE and one != everyone and one not in kept]
    allowed = [one for one in others if channel.overwrites[one].allow & bits or _is_marked(channel, one)]
    wanted = dict.fromkeys([*known, me, *kept, *allowed])
    wanted.pop(everyone, None)
    lost = bits or shut(Door(True, True), channel)  # what a deed that was cut off may have taken
    return [
        known.get(one) or Target(one, MEMBER if one == me else ROLE, _before(channel, one, lost, one == me or one in kept))
        for one in (*wanted, everyone)
    ]


def _is_marked(channel: Channel, target: str) -> bool:
    now = channel.overwrites.get(target)
    return now is not None and bool(now.deny & mark(channel))


def _before(channel: Channel, target: str, lost: int, is_kept: bool) -> Overwrite | None:
    now, sign = channel.overwrites.get(target), mark(channel)
    if now is None or not _is_marked(channel, channel.server if is_kept else target):
        return now
    if is_kept:
        return _slim(Overwrite(now.allow & ~(lost | sign), now.deny))
    if target == channel.server:
        return _slim(Overwrite(now.allow, now.deny & ~(lost | sign))) if now.deny & lost else now
    return Overwrite(now.allow | lost, now.deny & ~sign)


def wanted(target: Target, channel: Channel, roles: Mapping[str, Role], facilitators: str, bits: int, me: str) -> Overwrite | None:
    """Return how a target's overwrite is to be while everyone is denied `bits`; with 0 as it was before."""
    old, sign = target.before or Overwrite(), mark(channel)
    if not bits:
        return target.before
    if target.id == channel.server:
        return without(bits | sign, target.before)
    role = roles.get(target.id)
    if target.id == me or (role is not None and keeps(role, facilitators)):
        signed = sign if target.id == me or (role and role.may & sign) else 0
        return Overwrite(old.allow | (bits | signed) & ~old.deny, old.deny)
    return Overwrite(old.allow & ~bits, old.deny | sign) if old.allow & bits else target.before
