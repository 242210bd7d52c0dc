"""Messages that answer no act: to a room, to a private chat, or in place of an earlier one."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Sequence

import structlog

from bot.core.clock import Clock
from bot.core.errors import MessageGone, PlatformError, PlatformRefused, RoomGone
from bot.core.ids import MessageRef
from bot.core.platform import Delivery
from bot.platforms.discord import limits
from bot.platforms.discord.api import Api
from bot.platforms.discord.decode import Hook, Posted, parse_ref, posted_ref
from bot.platforms.discord.errors import as_ours
from bot.platforms.discord.hooks import Hooks
from bot.platforms.discord.parts import Part
from bot.platforms.discord.refs import Named, remembered

log = structlog.get_logger()

_CHATS_KEPT = 10_000


def nonce(key: str, number: int | str) -> str:
    """Return what makes a message once: Discord gives back the first message of some minutes that had it."""
    return hashlib.sha256(f"{key}\n{number}".encode()).hexdigest()[: limits.NONCE]


class Sender:
    """`chats` holds users' private channels; it outlives the connection."""

    def __init__(self, api: Api, hooks: Hooks, clock: Clock, chats: "OrderedDict[str, str]") -> None:
        self._api, self._hooks, self._clock, self._chats = api, hooks, clock, chats

    async def deliver(self, delivery: Delivery, parts: Sequence[Part]) -> MessageRef:
        """Send or edit once. An answer that outgrew its message goes on in new ones; the last is named. Raises our errors."""
        pin = delivery.reply.pin
        with as_ours(private=delivery.account is not None):
            async with asyncio.timeout(limits.CALL_SECONDS):
                if delivery.edit is None:
                    return await self._post(await self._channel(delivery), parts, delivery.key, pin=pin)
                first, *others = parts
                target = parse_ref(delivery.edit)
                if isinstance(target, Hook):
                    return await self._edit_hook(target, delivery.edit, first, others)
                return await self._edit(target, delivery, first, others)

    async def to_private_chat(self, user: str, parts: Sequence[Part], key: str) -> MessageRef:
        async with asyncio.timeout(limits.CALL_SECONDS):
            return await self._post(await self._private_channel(user), parts, key)

    async def ping_of(self, delivery: Delivery) -> str:
        """Return the role that a room's message may mention; never everybody's, which has the server's own id."""
        role, room = delivery.reply.ping, delivery.room
        if room is None or not (role.isascii() and role.isdecimal()):
            return ""
        with as_ours():
            return "" if role == await self._api.server_of(room.thread or room.chat) else role

    async def _channel(self, delivery: Delivery) -> str:
        if delivery.account is not None:
            return await self._private_channel(delivery.account.user)
        if delivery.room is None:
            raise PlatformRefused(why="no_target")
        if delivery.within is not None:
            topic = remembered(delivery.within)
            if not isinstance(topic, Named):
                raise RoomGone(why="topic")
            return topic.id
        return delivery.room.thread or delivery.room.chat

    async def _private_channel(self, user: str) -> str:
        if user not in self._chats:
            self._chats[user] = await self._api.private_channel(user)
            if len(self._chats) > _CHATS_KEPT:
                self._chats.popitem(last=False)
        return self._chats[user]

    async def _post(self, channel: str, parts: Sequence[Part], key: str, *, pin: bool = False) -> MessageRef:
        message = ""
        for number, part in enumerate(parts):
            once = {"nonce": nonce(key, number), "enforce_nonce": True}
            sent = await self._api.post(channel, {**part.new(), **once}, part.attachments)
            message = str(sent["id"])
            if pin and not sent.get("pinned") and number == len(parts) - 1:
                await self._pin(channel, message)
        return posted_ref(channel, message)

    async def _edit(self, target: Posted, delivery: Delivery, first: Part, others: Sequence[Part]) -> MessageRef:
        channel, message = str(target.channel), str(target.message)
        edited = await self._api.edit(channel, message, first.edited(), first.attachments)
        if others:
            return await self._post(channel, others, delivery.key, pin=delivery.reply.pin)
        if delivery.reply.pin and not edited.get("pinned"):
            await self._pin(channel, message)
        assert delivery.edit is not None
        return delivery.edit

    async def _pin(self, channel: str, message: str) -> None:
        """Pin, and take away Discord's line that says so. The message is there: where the bot may not pin, it does without."""
        try:
            with as_ours():
                await self._api.pin(channel, message)
                for notice in await self._api.notices(channel, message):
                    await self._api.delete(channel, notice)
        except PlatformError as error:
            log.info("discord.not_pinned", error=type(error).__name__, why=str(error))

    async def _edit_hook(self, target: Hook, ref: MessageRef, first: Part, others: Sequence[Part]) -> MessageRef:
        if target.until <= self._clock.now().timestamp():
            raise MessageGone(why="token_ended")
        await self._hooks.edit(target.application, target.token, target.message, first.edited(), first.attachments)
        for part in others:
            sent = await self._hooks.follow(target.application, target.token, part.new(only_you=True), part.attachments)
            ref = MessageRef(f"hook:{target.application}:{target.token}:{sent}:{target.until}")
        return ref
