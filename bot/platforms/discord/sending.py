"""Messages that answer no act: to a room, to a private chat, or in place of an earlier one."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import discord

from bot.core.clock import Clock
from bot.core.errors import MessageGone, PlatformRefused
from bot.core.ids import MessageRef
from bot.core.platform import Delivery
from bot.platforms.discord import limits
from bot.platforms.discord.decode import Hook, Posted, parse_ref, posted_ref
from bot.platforms.discord.errors import as_ours
from bot.platforms.discord.parts import Part

_CHATS_KEPT = 10_000


def nonce(key: str, number: int) -> str:
    """Return what makes a message once: Discord gives back the first message of some minutes that had it."""
    return hashlib.sha256(f"{key}\n{number}".encode()).hexdigest()[: limits.NONCE]


class Sender:
    """Sends over one client's HTTP session. `chats` holds users' private channels; it outlives the client."""

    def __init__(self, client: discord.Client, clock: Clock, chats: "OrderedDict[str, int]") -> None:
        self._client, self._clock, self._chats = client, clock, chats

    async def deliver(self, delivery: Delivery, parts: Sequence[Part]) -> MessageRef:
        """Send or edit once. An answer that outgrew its message goes on in new ones; the last is named. Raises our errors."""
        with as_ours(private=delivery.account is not None):
            async with asyncio.timeout(limits.CALL_SECONDS):
                if delivery.edit is None:
                    return await self._post(await self._channel(delivery), parts, delivery.key)
                first, *others = parts
                target = parse_ref(delivery.edit)
                if isinstance(target, Hook):
                    return await self._edit_hook(target, delivery.edit, first, others)
                await self._message(target).edit(content=first.text, view=first.view(), attachments=first.files())
                return await self._post(target.channel, others, delivery.key) if others else delivery.edit

    async def to_private_chat(self, user: str, parts: Sequence[Part], key: str) -> MessageRef:
        async with asyncio.timeout(limits.CALL_SECONDS):
            return await self._post(await self._private_channel(user), parts, key)

    async def _channel(self, delivery: Delivery) -> int:
        if delivery.account is not None:
            return await self._private_channel(delivery.account.user)
        if delivery.room is None:
            raise PlatformRefused(why="no_target")
        return int(delivery.room.thread or delivery.room.chat)

    async def _private_channel(self, user: str) -> int:
        if user not in self._chats:
            self._chats[user] = int((await self._client.http.start_private_message(str(user)))["id"])
            if len(self._chats) > _CHATS_KEPT:
                self._chats.popitem(last=False)
        return self._chats[user]

    async def _post(self, channel: int, parts: Sequence[Part], key: str) -> MessageRef:
        target = self._client.get_partial_messageable(channel)
        for number, part in enumerate(parts):
            options: dict[str, Any] = {"view": view} if (view := part.view()) else {}
            sent = await target.send(
                part.text,
                nonce=nonce(key, number),
                files=part.files(),
                silent=part.quiet,
                suppress_embeds=True,
                **options,
            )
        return posted_ref(channel, sent.id)

    def _message(self, target: Posted) -> discord.PartialMessage:
        return self._client.get_partial_messageable(target.channel).get_partial_message(target.message)

    async def _edit_hook(self, target: Hook, ref: MessageRef, first: Part, others: Sequence[Part]) -> MessageRef:
        if target.until <= self._clock.now().timestamp():
            raise MessageGone(why="token_ended")
        hook = discord.Webhook.partial(target.application, target.token, client=self._client)
        await hook.edit_message(target.message, content=first.text, view=first.view(), attachments=first.files())
        for part in others:
            options: dict[str, Any] = {"view": view} if (view := part.view()) else {}
            sent = await hook.send(part.text, ephemeral=True, wait=True, files=part.files(), suppress_embeds=True, **options)
            ref = MessageRef(f"hook:{target.application}:{target.token}:{sent.id}:{target.until}")
        return ref
