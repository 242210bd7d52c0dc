"""Deeds -> what is done on Discord; what Discord says against it, as our errors."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import discord

from bot.core.deeds import CloseTopic, Deed, Door, NativeEvent, OpenTopic, Stand
from bot.core.errors import MessageGone, PersonAway, PlatformError, PlatformRefused, RoomGone
from bot.core.ids import MessageRef
from bot.core.platform import Delivery
from bot.platforms.discord import limits
from bot.platforms.discord.api import Api
from bot.platforms.discord.errors import FOREIGN, ours
from bot.platforms.discord.events import event
from bot.platforms.discord.locks import Present, door
from bot.platforms.discord.places import GONE_MEMBER, NOT_IN_VOICE
from bot.platforms.discord.refs import Doored, Named, Stood, ThreadDoored, remembered
from bot.platforms.discord.standing import stand
from bot.platforms.discord.topics import NO_TOPIC, close_topic, open_topic

T = TypeVar("T")

NO_EVENT = MessageRef("event:none")
_NO_ACCESS = frozenset({10003, 10004, 50001})  # channel or server unknown, or not to be seen
_NO_PERMISSION = 50013


class Deeds:
    """`facilitators` names the role that a calm room leaves alone. `present`: who is in a voice channel."""

    def __init__(self, api: Api, facilitators: str, present: Present) -> None:
        self._api, self._facilitators, self._present = api, facilitators, present

    async def do(self, delivery: Delivery, deed: Deed) -> MessageRef:
        """Do it, or find it done. Raises our errors: RoomGone, MessageGone, PersonAway, PlatformRefused (why="permission") ..."""
        if delivery.room is None:
            raise PlatformRefused(why="no_room")
        with _as_ours():
            async with asyncio.timeout(limits.CALL_SECONDS):
                return await self._do(delivery, deed, delivery.room.thread or delivery.room.chat)

    async def _do(self, delivery: Delivery, deed: Deed, room: str) -> MessageRef:
        past = remembered(delivery.edit)
        match deed:
            case Stand(standing):
                if delivery.about is None:
                    raise PlatformRefused(why="nobody")
                return (await stand(self._api, room, delivery.about.user, standing, _as(past, Stood))).ref
            case Door():
                known = past if isinstance(past, Doored | ThreadDoored) else None
                return (await door(self._api, room, deed, known, self._facilitators, self._present)).ref
            case NativeEvent():
                made = await event(self._api, room, deed, _as(past, Named))
                return made.ref if made else NO_EVENT
            case OpenTopic():
                return (await open_topic(self._api, room, deed, _as(past, Named), delivery.key)).ref
            case CloseTopic():
                if isinstance(past, Named):
                    await close_topic(self._api, past)
                return delivery.edit or NO_TOPIC


def _as(past: object, kind: type[T]) -> T | None:
    return past if isinstance(past, kind) else None


@contextmanager
def _as_ours() -> Iterator[None]:
    """As for messages, but that a missing permission is no lost room: the rest of the meeting goes on without the deed."""
    try:
        yield
    except FOREIGN as error:
        raise _ours(error) from error


def _ours(error: Exception) -> PlatformError:
    if isinstance(error, discord.HTTPException):
        if error.code in NOT_IN_VOICE | GONE_MEMBER:
            return PersonAway(code=error.code)
        if error.code in _NO_ACCESS:
            return RoomGone(code=error.code)
        if error.code == _NO_PERMISSION or (error.status == 403 and error.code not in _NO_ACCESS):
            return PlatformRefused(why="permission", code=error.code)
        if error.status == 404:
            return MessageGone(code=error.code)
    return ours(error)
