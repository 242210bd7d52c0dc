"""A room's channel as the deeds see it, and a person's place in voice."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import discord

from bot.platforms.discord.api import Api

VOICE, STAGE = 2, 13  # types of channels
_NEWS_THREAD, _PUBLIC_THREAD, PRIVATE_THREAD = 10, 11, 12
_THREADS = frozenset({_NEWS_THREAD, _PUBLIC_THREAD, PRIVATE_THREAD})
_FORUMS = frozenset({15, 16})  # of words, of pictures
_REQUIRE_TAG = 1 << 4  # a flag of forums
_WITH_TOPICS = frozenset({0, 5})  # text and announcements
NOT_IN_VOICE = frozenset({10065, 40032})  # unknown voice state; the target is not in voice
GONE_MEMBER = frozenset({10007, 10013})
ROLE, MEMBER = 0, 1  # types of overwrites


class Overwrite(NamedTuple):
    """What a channel allows and forbids to one role or member, beside the rest."""

    allow: int = 0
    deny: int = 0


@dataclass(frozen=True, slots=True)
class Channel:
    """`overwrites` by target; `kinds` says of each whether it is a role or a member. Those of a thread are its parent's."""

    id: str
    type: int
    server: str
    name: str
    base: str  # where the overwrites stand: the channel itself, or a thread's parent
    overwrites: dict[str, Overwrite]
    kinds: dict[str, int]
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    needs_tag: str = ""  # a tag to give to a new post of a forum that asks for one

    @property
    def is_forum(self) -> bool:
        return self.type in _FORUMS

    @property
    def is_thread(self) -> bool:
        return self.type in _THREADS

    @property
    def is_voice(self) -> bool:
        return self.type in (VOICE, STAGE)

    @property
    def has_topics(self) -> bool:
        return self.type in _WITH_TOPICS


@dataclass(frozen=True, slots=True)
class Voice:
    channel: str
    is_muted: bool  # by the server, everywhere in it
    is_suppressed: bool  # in this channel: by the stage, or for lack of the permission to speak


async def channel_of(api: Api, channel: str) -> Channel:
    told = await api.channel(channel)
    is_thread = told["type"] in _THREADS
    base = await api.channel(str(told["parent_id"])) if is_thread else told
    listed: list[Any] = base.get("permission_overwrites") or []
    times: dict[str, Any] = told.get("thread_metadata") or {}
    return Channel(
        id=str(told["id"]),
        type=int(told["type"]),
        server=str(told["guild_id"]),
        name=str(told.get("name") or ""),
        base=str(base["id"]),
        overwrites={str(one["id"]): Overwrite(int(one["allow"]), int(one["deny"])) for one in listed},
        kinds={str(one["id"]): int(one["type"]) for one in listed},
        archived=bool(times.get("archived")),
        locked=bool(times.get("locked")),
        invitable=bool(times.get("invitable", True)),
        needs_tag=_needed_tag(told),
    )


def _needed_tag(told: dict[str, Any]) -> str:
    """Return a tag that anybody may give, where the forum takes no post without one; "" elsewhere."""
    if not int(told.get("flags") or 0) & _REQUIRE_TAG:
        return ""
    free = [str(tag["id"]) for tag in told.get("available_tags") or [] if not tag.get("moderated")]
    return free[0] if free else ""


async def put_overwrite(api: Api, channel: str, target: str, kind: int, wanted: Overwrite | None) -> None:
    """Make the target's overwrite so; None takes it away."""
    if wanted is not None:
        await api.set_overwrite(channel, target, kind, *wanted)
        return
    try:
        await api.drop_overwrite(channel, target)
    except discord.NotFound as error:
        if error.code in (10003, 10004):  # the channel or server itself
            raise


async def voice_of(api: Api, server: str, user: str) -> Voice | None:
    """Return where the person is in voice, or None."""
    try:
        told = await api.voice(server, user)
    except discord.HTTPException as error:
        if error.code in NOT_IN_VOICE | GONE_MEMBER:
            return None
        raise
    if not told.get("channel_id"):
        return None
    return Voice(str(told["channel_id"]), bool(told["mute"]), bool(told["suppress"]))
