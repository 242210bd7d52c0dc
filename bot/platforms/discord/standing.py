"""How one person stands in a room: an overwrite of theirs in its channel, and in voice a mute.

The overwrite comes first and goes last but for the mute: it is the sign, after a crash, that the mute is ours. Who is elsewhere
can be kept from coming in or from speaking later, but not be muted, nor be freed of a mute: Discord mutes those in voice alone,
and then in the whole server.
"""

import contextlib
from dataclasses import replace

import discord

from bot.core.deeds import Standing
from bot.core.errors import PersonAway
from bot.platforms.discord.api import Api
from bot.platforms.discord.places import (
    GONE_MEMBER,
    MEMBER,
    NOT_IN_VOICE,
    STAGE,
    Channel,
    Overwrite,
    Voice,
    channel_of,
    put_overwrite,
    voice_of,
)
from bot.platforms.discord.refs import Stood
from bot.platforms.discord.rights import given_back, ours, taken, without

_AWAY = NOT_IN_VOICE | GONE_MEMBER


async def stand(api: Api, room: str, user: str, standing: Standing, past: Stood | None) -> Stood:
    """Make the person stand so in the room (a channel or thread); `past` is how they stood by the same slot. Raises PersonAway."""
    if past is not None and past.channel != room:  # the evening moved
        with contextlib.suppress(discord.NotFound, PersonAway):
            await free(api, await channel_of(api, past.channel), user, past)
        past = None
    channel = await channel_of(api, room)
    if past is not None and past.standing is Standing.FREE:
        past = None
    if standing is Standing.FREE:
        return await free(api, channel, user, past)
    return await hold(api, channel, user, standing, past or _found(channel, user))


def _found(channel: Channel, user: str) -> Stood:
    """How the person stands by a deed that was cut off before it could note what it did, or as nobody's deed has touched them."""
    now = channel.overwrites.get(user)
    left = ours(now, channel)
    before = given_back(now, channel) if now and left is not Standing.FREE else now
    return Stood(channel.server, channel.id, user, left, before, is_muted=left is not Standing.FREE and channel.is_voice)


async def hold(api: Api, channel: Channel, user: str, standing: Standing, past: Stood) -> Stood:
    at = await voice_of(api, channel.server, user) if channel.is_voice else None
    is_here = at is not None and at.channel == channel.id
    if standing is Standing.MUTED and channel.is_voice and not is_here:
        raise PersonAway(why="not_in_voice")
    await put_overwrite(api, channel.base, user, MEMBER, without(taken(standing, channel), past.before))
    now = replace(past, standing=standing)
    try:
        if standing is Standing.OUT:
            return await _put_out(api, channel, at, now)
        return replace(now, is_muted=await _silenced(api, channel, at, now)) if at and is_here else now
    except discord.HTTPException as error:
        if error.code in _AWAY and standing is not Standing.MUTED:
            return now  # they left meanwhile; what keeps them stands
        if error.code in _AWAY or error.status == 403:
            await put_overwrite(api, channel.base, user, MEMBER, _as_it_was(channel, past))
        if error.code in _AWAY:
            raise PersonAway(code=error.code) from error
        raise


def _as_it_was(channel: Channel, past: Stood) -> Overwrite | None:
    return past.before if past.standing is Standing.FREE else without(taken(past.standing, channel), past.before)


async def _silenced(api: Api, channel: Channel, at: Voice, now: Stood) -> bool:
    """Silence somebody who is in this voice channel. Return whether it is ours to undo."""
    if channel.type == STAGE:
        if not at.is_suppressed:
            await api.change_voice(channel.server, now.user, {"channel_id": channel.id, "suppress": True})
        return now.is_muted or not at.is_suppressed
    if not at.is_muted:
        await api.change_member(channel.server, now.user, {"mute": True})
    return now.is_muted or not at.is_muted


async def _put_out(api: Api, channel: Channel, at: Voice | None, now: Stood) -> Stood:
    if channel.is_thread:
        with contextlib.suppress(discord.NotFound):
            await api.leave_thread(channel.id, now.user)
    if at is None or at.channel != channel.id:
        return now
    unmutes = now.is_muted and channel.type != STAGE  # a mute would go with them to other rooms
    await api.change_member(channel.server, now.user, {"channel_id": None} | ({"mute": False} if unmutes else {}))
    return replace(now, is_muted=False)


async def free(api: Api, channel: Channel, user: str, past: Stood | None) -> Stood:
    """Undo it all. What somebody changed by hand meanwhile stays theirs."""
    now = channel.overwrites.get(user)
    stood = past or _found(channel, user)
    if ours(now, channel) is not Standing.FREE:
        await put_overwrite(api, channel.base, user, MEMBER, stood.before)
    if stood.standing is not Standing.FREE and channel.is_voice:
        await _give_voice(api, channel, stood)
    return Stood(channel.server, channel.id, user, Standing.FREE, None, is_muted=False)


async def _give_voice(api: Api, channel: Channel, stood: Stood) -> None:
    at = await voice_of(api, channel.server, stood.user)
    is_here = at is not None and at.channel == channel.id
    if channel.type == STAGE:  # whoever comes to a stage again is suppressed anyway
        if stood.is_muted and is_here:
            await api.change_voice(channel.server, stood.user, {"channel_id": channel.id, "suppress": False})
        return
    if at is None:
        if stood.is_muted:
            raise PersonAway(why="not_in_voice")
        return
    try:
        if stood.is_muted and at.is_muted:
            await api.change_member(channel.server, stood.user, {"mute": False})
        if is_here and at.is_suppressed:  # who may speak is worked out when somebody comes in: let them come in again, here
            with contextlib.suppress(discord.Forbidden):
                await api.change_member(channel.server, stood.user, {"channel_id": channel.id})
    except discord.HTTPException as error:
        if error.code in _AWAY:
            raise PersonAway(code=error.code) from error
        raise
