"""Answering one interaction: within Discord's 3 seconds, through the right door, once.

Discord takes one first answer to an act, and follow-ups for 15 minutes. When no answer is ready after `DEFER_AFTER`, the first
answer is "wait". Whether an answer whose reply was lost arrived is found out by giving it again: Discord then says so.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import aiohttp
import discord
import structlog
from msgspec.structs import replace

from bot.core.calls import Incoming, Kind
from bot.core.errors import DoorClosed, PlatformBusy, PlatformDown, PlatformError
from bot.core.ids import MessageRef
from bot.core.platform import Answer
from bot.core.replies import Form, Reply, To
from bot.core.richtext import Block
from bot.core.texts import Say, Texts, say_p
from bot.platforms.discord import controls, encode, interactions, limits
from bot.platforms.discord.controls import HeldForms
from bot.platforms.discord.decode import hook_ref, posted_ref
from bot.platforms.discord.doors import Deferred, Door, choose
from bot.platforms.discord.errors import ALREADY_ANSWERED, as_ours
from bot.platforms.discord.hooks import ORIGINAL, Hooks
from bot.platforms.discord.interactions import Interaction, Setting
from bot.platforms.discord.parts import Attachment, Part, Payload, parts_of

log = structlog.get_logger()

ToPrivateChat = Callable[[str, Sequence[Part], str], Awaitable[MessageRef]]
"""Sends parts to a user's private chat, once for a key."""


class Conversation:
    """One act of a person, and what is said to it."""

    def __init__(
        self, interaction: Interaction, act: Incoming, hooks: Hooks, texts: Texts, forms: HeldForms, to_private_chat: ToPrivateChat
    ) -> None:
        self._interaction, self._act, self._hooks = interaction, act, hooks
        self._texts, self._forms, self._to_private_chat = texts, forms, to_private_chat
        self._setting = interaction.setting
        self._pressed_only_you = interaction.is_on_only_you if interaction.message else None
        self._deferred = Deferred.NO
        self._timer: asyncio.TimerHandle | None = None
        self._deferring: asyncio.Task[None] | None = None
        self._picture: bytes | None = None

    def defer_after(self, seconds: float) -> None:
        """Tell Discord to wait, unless an answer begins within `seconds`."""
        self._timer = asyncio.get_running_loop().call_later(seconds, self._begin_deferring)

    def close(self) -> None:
        if self._timer:
            self._timer.cancel()

    async def answer(self, answer: Answer, picture: bytes | None = None) -> MessageRef | None:
        """Give the answer; return the name of its message, if it has one. Raises our platform errors."""
        self.close()
        self._picture = picture
        if self._deferring:
            await self._deferring
        reply, say = answer.reply, self._texts.of(answer.language)
        with as_ours():
            match self._door(reply):
                case Door.NOTHING:
                    return await self._nothing(say)
                case Door.MODAL if reply.form:
                    await self._modal(reply.form, reply.blocks)
                    return None
                case Door.DIRECT:
                    return await self._direct(reply, say)
                case door:
                    return await self._through(door, self._parts(reply, say), say)

    # Deferring ------------------------------------------------------------------------------------------------------

    def _begin_deferring(self) -> None:
        self._deferring = asyncio.create_task(self._defer())

    async def _defer(self) -> None:
        quietly = self._interaction.message is not None
        try:
            with as_ours():
                if quietly:
                    await self._first(interactions.WAIT_QUIETLY)
                else:
                    flags = 0 if self._setting is Setting.DIRECT else interactions.EPHEMERAL
                    await self._first(interactions.WAIT, {"flags": flags})
        except PlatformError as error:
            log.warning("discord.not_deferred", error=type(error).__name__, why=str(error))
        else:
            self._deferred = Deferred.QUIETLY if quietly else Deferred.THINKING

    # Doors ----------------------------------------------------------------------------------------------------------

    def _door(self, reply: Reply) -> Door:
        return choose(reply, self._setting, self._act.kind, self._pressed_only_you, self._deferred)

    async def _through(self, door: Door, parts: Sequence[Part], say: Say) -> MessageRef:
        first, *others = parts
        if door is Door.EDIT:
            only_you = bool(self._pressed_only_you)
            ref = await self._edit(first)
        else:
            only_you = door is Door.ONLY_YOU
            ref = await self._send(first, only_you, say)
        for part in others:
            ref = await self._follow(part, only_you)
        return ref

    async def _nothing(self, say: Say) -> MessageRef | None:
        if self._interaction.message is None:
            return await self._tell(say, "discord.nothing")
        if self._deferred is Deferred.NO:
            await self._first(interactions.WAIT_QUIETLY)
        return None

    async def _modal(self, form: Form, blocks: tuple[Block, ...]) -> None:
        intro = "\n\n".join(encode.split(blocks, limits.MODAL_INTRO))
        await self._first(interactions.MODAL, controls.modal(form, intro))

    async def _direct(self, reply: Reply, say: Say) -> MessageRef:
        try:
            with as_ours(private=True):
                ref = await self._to_private_chat(self._act.account.user, self._parts(reply, say), self._act.receipt)
        except DoorClosed:
            shown = replace(reply, blocks=(say_p(say, "discord.private_closed"), *reply.blocks), to=To.ONLY_YOU)
            return await self._through(self._door(shown), self._parts(shown, say), say)
        except (PlatformBusy, PlatformDown):
            await self._tell(say, "discord.will_write")
            raise
        try:
            await self._tell(say, "discord.wrote_you")
        except PlatformError as error:
            log.warning("discord.not_told", error=type(error).__name__)
        return ref

    async def _tell(self, say: Say, key: str) -> MessageRef:
        note = Reply((say_p(say, key),))
        with as_ours():
            return await self._through(self._door(note), parts_of(note), say)

    def _parts(self, reply: Reply, say: Say) -> tuple[Part, ...]:
        """Return the reply's messages; a form that can be no modal any more is behind a button."""
        if reply.form is None:
            return parts_of(reply, self._picture)
        instead = self._act.press if self._act.kind is Kind.PRESS else None
        opens = (say.label("discord.open_form"), self._forms.hold(reply.form, instead))
        if not reply.blocks:
            reply = replace(reply, blocks=(say_p(say, "discord.form_ready"),))
        return parts_of(reply, opens=opens)

    # Calls ----------------------------------------------------------------------------------------------------------

    async def _first(self, kind: int, data: Payload | None = None, files: Sequence[Attachment] = ()) -> str:
        """Give the first answer and return its message's id, if it is one. When the reply is lost, it is given once again."""
        for is_last in (False, True):
            try:
                async with asyncio.timeout(limits.ANSWER_SECONDS):
                    return await self._hooks.first(self._interaction, kind, data, files)
            except discord.HTTPException as error:
                if error.code != ALREADY_ANSWERED:
                    raise
                return ""  # the one before arrived
            except (aiohttp.ClientError, OSError, TimeoutError):
                if is_last:
                    raise
        return ""

    async def _edit(self, part: Part) -> MessageRef:
        """Make the pressed message the answer."""
        if self._deferred is Deferred.NO:
            await self._first(interactions.EDIT, part.edited(), part.attachments)
        else:
            await self._replace_original(part)
        assert self._act.message is not None
        return self._act.message

    async def _send(self, part: Part, only_you: bool, say: Say) -> MessageRef:
        """Send a new message as the first answer, or as the first after "wait"."""
        if self._deferred is Deferred.NO:
            message = await self._first(interactions.ANSWER, part.new(only_you=only_you), part.attachments)
            return self._ref(message or await self._hooks.original(self._interaction), only_you)
        if self._deferred is Deferred.QUIETLY:
            return await self._follow(part, only_you)
        if not only_you and self._setting is Setting.ROOM:  # "wait" was only-you, and stays so
            await self._replace_original(parts_of(Reply((say_p(say, "discord.in_room"),)))[0])
            return await self._follow(part, only_you)
        return self._ref(await self._replace_original(part), only_you)

    async def _replace_original(self, part: Part) -> str:
        to = self._interaction
        async with asyncio.timeout(limits.ANSWER_SECONDS):
            return await self._hooks.edit(to.application, to.token, ORIGINAL, part.edited(), part.attachments)

    async def _follow(self, part: Part, only_you: bool) -> MessageRef:
        to = self._interaction
        async with asyncio.timeout(limits.ANSWER_SECONDS):
            sent = await self._hooks.follow(to.application, to.token, part.new(only_you=only_you), part.attachments)
        return self._ref(sent, only_you)

    def _ref(self, message: str, only_you: bool) -> MessageRef:
        if only_you:
            return hook_ref(self._interaction, message, self._act.at)
        return posted_ref(self._act.place.chat or 0, message)
