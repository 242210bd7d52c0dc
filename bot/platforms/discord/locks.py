"""The door of a room: locked, calm, or as it was. `rights.py` has the rules.

In voice nobody is let in again who lost the connection while the room is locked, but the facilitators: they can move people in.
Of a thread, "calm" is Discord's own lock of it (who may manage threads writes on), "locked" that members bring nobody in; that is
for private threads, in a public one Discord has no such thing.
"""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import discord

from bot.core.deeds import Door
from bot.platforms.discord import rights
from bot.platforms.discord.api import Api
from bot.platforms.discord.parts import Payload
from bot.platforms.discord.places import GONE_MEMBER, NOT_IN_VOICE, PRIVATE_THREAD, Channel, Overwrite, channel_of, put_overwrite
from bot.platforms.discord.refs import Doored, ThreadDoored
from bot.platforms.discord.rights import Role, Target

MOST_REFRESHED = 50  # people in voice who are let in anew, so that the change counts for them

Present = Callable[[str, str], Sequence[str]]
"""The people in a server's voice channel."""


async def door(
    api: Api, room: str, wanted: Door, past: Doored | ThreadDoored | None, facilitators: str, present: Present
) -> Doored | ThreadDoored:
    """Make the room as `wanted`; `facilitators` names their role. `past`: what the same slot remembers."""
    if past is not None and past.channel != room:  # the evening moved
        with contextlib.suppress(discord.NotFound):
            await door(api, past.channel, Door(), past, facilitators, present)
        past = None
    channel = await channel_of(api, room)
    if channel.is_thread:
        return await _of_thread(api, channel, wanted, past if isinstance(past, ThreadDoored) else None)
    known = past.targets if isinstance(past, Doored) else ()
    return await _of_channel(api, channel, wanted, {one.id: one for one in known}, facilitators, present)


async def _of_channel(
    api: Api, channel: Channel, wanted: Door, known: Mapping[str, Target], facilitators: str, present: Present
) -> Doored:
    roles = {role.id: role for role in map(_role, await api.roles(channel.server))}
    bits, me = rights.shut(wanted, channel), api.me
    listed = rights.targets(channel, roles, facilitators, bits, me, known)
    standing = (channel.overwrites.get(channel.server) or Overwrite()).deny & rights.shut(Door(True, True), channel)
    changed = 0

    async def put(target: Target, denied: int) -> None:
        nonlocal changed
        now, then = channel.overwrites.get(target.id), rights.wanted(target, channel, roles, facilitators, denied, me)
        if now != then:
            await put_overwrite(api, channel.id, target.id, target.kind, then)
            channel.overwrites.pop(target.id, None)
            if then is not None:
                channel.overwrites[target.id] = then
            changed |= ((now or Overwrite()).deny ^ (then or Overwrite()).deny) if target.id == channel.server else 0

    # The bot changes only what it may itself: it is allowed what everyone is denied before that, and as long as it is denied.
    own = next(target for target in listed if target.id == me)
    if bits:
        await put(own, bits | standing)
    for target in [one for one in (listed if bits else reversed(listed)) if one is not own]:
        await put(target, bits)
    await put(own, bits)
    if changed & rights.SPEAK:
        await _let_in_anew(api, channel, present(channel.server, channel.id))
    return Doored(channel.server, channel.id, tuple(listed) if bits else ())


def _role(told: Any) -> Role:
    return Role(str(told["id"]), str(told["name"]), int(told["permissions"]))


async def _let_in_anew(api: Api, channel: Channel, people: Sequence[str]) -> None:
    """Who may speak is worked out when somebody comes in, so everybody comes in again, where they are."""
    for user in people[:MOST_REFRESHED]:
        try:
            await api.change_member(channel.server, user, {"channel_id": channel.id})
        except discord.Forbidden:
            return
        except discord.HTTPException as error:
            if error.code not in NOT_IN_VOICE | GONE_MEMBER:
                raise


async def _of_thread(api: Api, channel: Channel, wanted: Door, past: ThreadDoored | None) -> ThreadDoored:
    was = past or ThreadDoored(channel.server, channel.id, channel.locked, channel.invitable)
    locked, invitable = wanted.calm or was.locked, not wanted.locked and was.invitable
    changed: Payload = {} if channel.locked == locked else {"locked": locked}
    if channel.type == PRIVATE_THREAD and channel.invitable != invitable:
        changed["invitable"] = invitable
    if changed:
        await api.change_channel(channel.id, changed | ({"archived": False} if channel.archived else {}))
    return was
