"""Acts on their way to the house: in order for each person, deferred when they take long, answered once."""

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any

import structlog
from msgspec.structs import replace

from bot.core.calls import Incoming
from bot.core.clock import Clock
from bot.core.errors import PlatformError, PlatformRefused
from bot.core.lanes import Lanes
from bot.core.platform import Answer, Painter, Receiver
from bot.core.replies import FILE, Button, Press, Reply, Style
from bot.core.texts import Texts, say_p
from bot.platforms.discord import controls, decode, files, interactions
from bot.platforms.discord.answers import Conversation, ToPrivateChat
from bot.platforms.discord.client import Bot
from bot.platforms.discord.controls import OPENS, HeldForms
from bot.platforms.discord.errors import FOREIGN
from bot.platforms.discord.hooks import Hooks
from bot.platforms.discord.interactions import Interaction, Raw

log = structlog.get_logger()

_FINISH = 5.0  # seconds that answers under way are given at the end
_MOST_TYPED = 32  # completions under way; what is typed beyond them is offered nothing
_COMPLETION_SECONDS = 2.5  # Discord waits 3
_MALFORMED = (KeyError, TypeError, ValueError, AttributeError)


class Intake:
    """The acts of one connection. `defer_after`: seconds without an answer after which Discord is told to wait."""

    def __init__(
        self,
        receiver: Receiver,
        to_private_chat: ToPrivateChat,
        *,
        texts: Texts,
        clock: Clock,
        forms: HeldForms,
        facilitator_role: str,
        defer_after: float,
        painter: Painter | None,
        api_base: str,
    ) -> None:
        self._receiver, self._to_private_chat = receiver, to_private_chat
        self._texts, self._clock, self._forms, self._painter = texts, clock, forms, painter
        self._facilitator_role, self._defer_after, self._api_base = facilitator_role, defer_after, api_base
        self._lanes = Lanes()
        self._under_way: set[asyncio.Task[None]] = set()
        self._typed: set[asyncio.Task[None]] = set()
        self._is_stopping = False

    def take(self, client: Bot, event: Raw) -> None:
        """Begin to handle an interaction. It neither waits nor raises: the gateway's reader calls it."""
        try:
            interaction = interactions.read(event)
            if interaction is None or self._is_stopping or client.hooks is None:
                return
            guild = client.get_guild(int(interaction.server)) if interaction.server else None
            act = decode.incoming(interaction, guild, self._clock.now(), self._facilitator_role)
        except _MALFORMED as error:
            log.warning("discord.act_not_read", error=type(error).__name__)
            return
        if act is None:
            return
        if interaction.kind == interactions.TYPING:
            if len(self._typed) < _MOST_TYPED:
                self._run(self._complete(client.hooks, interaction, act), self._typed)
            return
        self._run(self._handle(client.hooks, interaction, act), self._under_way)

    def _run(self, work: Coroutine[Any, Any, None], among: set[asyncio.Task[None]]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        among.add(task)
        task.add_done_callback(among.discard)

    async def finish(self) -> None:
        """Take no more, and let the answers under way end."""
        self._is_stopping = True
        for task in self._typed:
            task.cancel()
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=_FINISH)
            for task in late:
                task.cancel()

    async def _handle(self, hooks: Hooks, interaction: Interaction, act: Incoming) -> None:
        conversation = Conversation(interaction, act, hooks, self._texts, self._forms, self._to_private_chat)
        conversation.defer_after(self._defer_after)
        try:
            await self._lanes.run(act.account, partial(self._answer, hooks, conversation, interaction, act))
        except Exception as error:
            log.error("discord.act_failed", error=type(error).__name__, kind=act.kind.value)  # noqa: TRY400  # no words
        finally:
            conversation.close()

    async def _answer(self, hooks: Hooks, conversation: Conversation, interaction: Interaction, act: Incoming) -> None:
        receiver = self._receiver
        if interaction.custom_id.startswith(OPENS) and await self._opened(conversation, act, interaction.custom_id):
            return
        if file := files.uploaded(interaction.sent):
            read = await files.text_of(file, hooks, self._api_base)
            act = replace(act, arguments={**{key: given for key, given in act.arguments.items() if key != FILE}, **read})
        answer = await receiver.take(act)
        try:
            picture = await self._painter.paint(answer.reply) if self._painter and answer.reply.picture else None
            ref = await conversation.answer(answer, picture)
        except PlatformError as error:
            log.warning("discord.not_answered", error=type(error).__name__, why=str(error), kind=act.kind.value)
            await receiver.not_sent(answer, error)
        except Exception as error:  # ours, unforeseen: the house still learns that nothing was shown
            log.error("discord.answer_failed", error=type(error).__name__, kind=act.kind.value)  # noqa: TRY400  # no words
            await receiver.not_sent(answer, PlatformRefused(error=type(error).__name__))
        else:
            await receiver.sent(answer, ref)

    async def _opened(self, conversation: Conversation, act: Incoming, custom_id: str) -> bool:
        """Show the form behind the button. False when it is forgotten and the button means a press instead."""
        form = self._forms.find(custom_id)
        say = self._texts.of(act.locale)
        try:
            if form is not None:
                await conversation.answer(Answer(act, Reply(form=form, replace=False), say.language))
            elif act.press is None:
                help_now = Button(say.label("common.help_now"), Press("safety", "now"), Style.HELP)
                gone = Reply((say_p(say, "discord.form_gone"),), buttons=((help_now,),))
                await conversation.answer(Answer(act, gone, say.language))
            else:
                return False
        except PlatformError as error:
            log.warning("discord.form_not_opened", error=type(error).__name__, why=str(error))
        return True

    async def _complete(self, hooks: Hooks, interaction: Interaction, act: Incoming) -> None:
        """Offer values while a command is typed: a moment later nobody wants them, so there is no lane and no second try."""
        try:
            async with asyncio.timeout(_COMPLETION_SECONDS):
                offered = await self._receiver.complete(act, decode.typed(interaction.sent))
                choices = controls.choices_of([(choice.value, choice.label) for choice in offered])
                await hooks.first(interaction, interactions.OFFER, {"choices": choices})
        except FOREIGN as error:
            log.info("discord.not_offered", error=type(error).__name__)
