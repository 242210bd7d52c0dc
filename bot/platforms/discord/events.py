"""A meeting's evening as an event of the server's own calendar: made, mended where it was changed by hand, taken away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import discord

from bot.core.deeds import NativeEvent
from bot.core.errors import MessageGone
from bot.core.richtext import clean
from bot.platforms.discord.api import Api
from bot.platforms.discord.encode import escape
from bot.platforms.discord.limits import cut
from bot.platforms.discord.parts import Payload
from bot.platforms.discord.places import STAGE, VOICE, Channel, channel_of
from bot.platforms.discord.refs import Named

_TITLE, _DESCRIPTION, _LOCATION = 100, 1000, 100
_ON_STAGE, _IN_VOICE, _ELSEWHERE = 1, 2, 3  # kinds
_MEMBERS_ONLY = 2  # the one privacy level there is
_SCHEDULED, _ACTIVE = 1, 2  # states; after these an event is over for good


async def event(api: Api, room: str, wanted: NativeEvent, past: Named | None) -> Named | None:
    """Make the event so; None when there is none any more. Raises MessageGone where it was deleted or ended by hand."""
    if wanted.over:
        if past is not None:
            await _drop(api, past)
        return None
    channel = await channel_of(api, room)
    shown = payload(wanted, channel)
    if past is None:
        return Named(
            "event", channel.server, await _made_before(api, channel, shown) or await api.make_event(channel.server, shown)
        )
    now = await _now(api, past)
    if now is None or now["status"] not in (_SCHEDULED, _ACTIVE):
        raise MessageGone(why="event_over")
    if not _same(now, shown):
        if now["status"] == _ACTIVE:  # it began: Discord lets its start be
            del shown["scheduled_start_time"]
        await api.change_event(past.server, past.id, shown)
    return past


async def _now(api: Api, past: Named) -> Any | None:
    try:
        return await api.event(past.server, past.id)
    except discord.NotFound:
        return None


async def _drop(api: Api, past: Named) -> None:
    try:
        await api.drop_event(past.server, past.id)
    except discord.NotFound:
        return


async def _made_before(api: Api, channel: Channel, shown: Payload) -> str | None:
    """Return our event that is like this one: made by a deed that was cut off before it could note it."""
    listed: Sequence[Any] = await api.events(channel.server)
    own = [one for one in listed if str(one.get("creator_id")) == api.me and one["status"] == _SCHEDULED]
    return next((str(one["id"]) for one in own if _same(one, shown)), None)


def payload(wanted: NativeEvent, channel: Channel) -> Payload:
    made: Payload = {
        "name": cut(" ".join(clean(wanted.title).split()) or "…", _TITLE),
        "description": cut(escape(clean(wanted.described)), _DESCRIPTION),
        "scheduled_start_time": wanted.starts_at.isoformat(),
        "scheduled_end_time": wanted.ends_at.isoformat(),
        "privacy_level": _MEMBERS_ONLY,
    }
    if channel.type in (VOICE, STAGE):
        return {**made, "entity_type": _ON_STAGE if channel.type == STAGE else _IN_VOICE, "channel_id": channel.id}
    where = cut(" ".join(clean(wanted.where).split()) or f"#{channel.name}", _LOCATION)
    return {**made, "entity_type": _ELSEWHERE, "channel_id": None, "entity_metadata": {"location": where}}


def _same(now: Any, shown: Payload) -> bool:
    return _seen(now) == _seen(shown)


def _seen(one: Any) -> tuple[object, ...]:
    """Return what a reader sees of an event."""
    place = (one.get("entity_metadata") or {}).get("location") if one["entity_type"] == _ELSEWHERE else str(one["channel_id"])
    starts, ends = (one.get(name) for name in ("scheduled_start_time", "scheduled_end_time"))
    return one["name"], one.get("description") or "", one["entity_type"], place, _moment(starts), _moment(ends)


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
