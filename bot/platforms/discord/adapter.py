"""Discord as a `Platform`."""

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from typing import Any

import discord
import structlog

from bot.core.calls import Incoming
from bot.core.clock import Clock
from bot.core.errors import PlatformDown, PlatformError, PlatformRefused
from bot.core.features import MenuEntry
from bot.core.ids import MessageRef
from bot.core.lanes import Lanes
from bot.core.platform import Answer, Capabilities, Delivery, Finding, Painter, Receiver
from bot.core.replies import Button, Press, Reply, Style
from bot.core.texts import Texts, say_p
from bot.core.under_way import UnderWay
from bot.platforms.discord import checks, commands, decode, limits
from bot.platforms.discord.answers import Conversation
from bot.platforms.discord.client import Addresses, Bot, ShardedBot
from bot.platforms.discord.controls import OPENS, AnyInteraction, HeldForms
from bot.platforms.discord.errors import FOREIGN
from bot.platforms.discord.parts import parts_of
from bot.platforms.discord.sending import Sender

log = structlog.get_logger()

_FINISH = 5.0  # seconds that answers under way are given at the end
_LONGEST_WAIT = 60.0  # seconds between two tries to connect
_TOKEN_REFUSED = 4004  # the gateway's close codes
_HOPELESS = frozenset({_TOKEN_REFUSED, 4010, 4011, 4012, 4013, 4014})


class DiscordPlatform:
    """Connects, hands acts to the receiver one by one for each person, answers, and delivers.

    discord.py keeps Discord's address for the whole process: two of these with different `api_base` can only follow one
    another, not run at once. `defer_after`: seconds without an answer after which Discord is told to wait. With `painter`,
    answers have their pictures too.
    """

    def __init__(
        self,
        token: str,
        *,
        menu: Sequence[MenuEntry],
        texts: Texts,
        clock: Clock,
        api_base: str = "https://discord.com/api/v10",
        gateway: str = "",
        facilitator_role: str = "Facilitator",
        sharded: bool = False,
        defer_after: float = limits.DEFER_AFTER,
        painter: Painter | None = None,
    ) -> None:
        self._token, self._texts, self._clock = token, texts, clock
        self._addresses = Addresses(api_base, gateway)
        self._commands = commands.payloads(menu)
        self._facilitator_role, self._sharded, self._defer_after = facilitator_role, sharded, defer_after
        self._lanes, self._forms, self._painter = Lanes(), HeldForms(), painter
        self._chats: OrderedDict[str, int] = OrderedDict()
        self._sender: Sender | None = None
        self._connects, self._is_over = asyncio.Event(), False
        self._under_way: set[asyncio.Task[Any]] = set()
        self._deliveries = UnderWay()
        self._is_stopping = False

    @property
    def name(self) -> str:
        return decode.NAME

    @property
    def capabilities(self) -> Capabilities:
        return limits.CAPABILITIES

    # Connection -----------------------------------------------------------------------------------------------------

    async def run(self, receiver: Receiver) -> None:
        """As in `Platform`. Raises PlatformRefused when Discord does not take the token, or the connection's terms."""
        self._is_over = False
        self._connects.clear()
        try:
            await self._keep_connected(receiver)
        finally:
            self._is_over = True
            self._connects.set()

    async def _keep_connected(self, receiver: Receiver) -> None:
        wait = 1.0
        self._is_stopping = False
        while True:
            client = self._client(receiver)
            try:
                await self._connect(client)
            except discord.LoginFailure as error:
                raise PlatformRefused(why="token") from error
            except discord.ConnectionClosed as error:
                if error.code in _HOPELESS:
                    raise PlatformRefused(why="token" if error.code == _TOKEN_REFUSED else "gateway", code=error.code) from error
                log.warning("discord.connection_lost", why=str(error.code))
            except (*FOREIGN, AttributeError) as error:  # the last: discord.py, when the first connection of all fails
                log.warning("discord.not_connected", error=type(error).__name__)
            finally:
                await self._leave(client)
            wait = 1.0 if client.was_connected else min(wait * 2, _LONGEST_WAIT)
            log.info("discord.connects_again", seconds=wait)
            await self._clock.sleep(wait)

    def _client(self, receiver: Receiver) -> Bot:
        self._addresses.apply()
        kind = ShardedBot if self._sharded else Bot
        return kind(self._addresses, self._commands, self._clock, partial(self._take, receiver))

    async def _connect(self, client: Bot) -> None:
        await client.login(self._token)
        self._sender = Sender(client, self._clock, self._chats)
        self._connects.set()
        await client.connect()

    async def _leave(self, client: Bot) -> None:
        """Let the answers and messages under way end, then close."""
        self._is_stopping = True
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=_FINISH)
            for task in late:
                task.cancel()
        await self._deliveries.ended(_FINISH)  # one that is cut off may have arrived
        self._sender = None
        self._connects.clear()
        await client.close()
        self._is_stopping = False

    # Acts -----------------------------------------------------------------------------------------------------------

    async def _take(self, receiver: Receiver, interaction: AnyInteraction) -> None:
        act = decode.incoming(interaction, self._clock.now(), self._facilitator_role)
        if act is None or self._is_stopping:
            return
        conversation = Conversation(interaction, act, self._texts, self._forms, self._to_private_chat)
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        conversation.defer_after(self._defer_after)
        try:
            await self._lanes.run(act.account, partial(self._answer, receiver, conversation, act, _custom_id(interaction)))
        except Exception as error:
            log.error("discord.act_failed", error=type(error).__name__, kind=act.kind.value)  # noqa: TRY400  # no words
        finally:
            conversation.close()
            self._under_way.discard(task)

    async def _answer(self, receiver: Receiver, conversation: Conversation, act: Incoming, custom_id: str) -> None:
        if custom_id.startswith(OPENS) and await self._opened(conversation, act, custom_id):
            return
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

    async def _to_private_chat(self, user: str, parts: Any, key: str) -> MessageRef:
        return await self._connected().to_private_chat(user, parts, key)

    # Deliveries -----------------------------------------------------------------------------------------------------

    def _connected(self) -> Sender:
        if self._sender is None:
            raise PlatformDown(maybe_done=False, why="not_connected")
        return self._sender

    async def _soon_connected(self) -> Sender:
        """Wait a moment for the connection: at a start, what is due is due at once."""
        if self._sender is None and not self._is_over:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(limits.CONNECT_SECONDS):
                    await self._connects.wait()
        return self._connected()

    async def deliver(self, delivery: Delivery) -> MessageRef:
        reply, opens = delivery.reply, None
        if reply.form:
            label = self._texts.of(delivery.language).label("discord.open_form")
            opens = (label, self._forms.hold(reply.form, None))
        sender = await self._soon_connected()
        with self._deliveries:
            return await sender.deliver(delivery, parts_of(reply, delivery.picture, opens))

    async def check(self) -> Sequence[Finding]:
        async def nothing(_: AnyInteraction) -> None: ...

        self._addresses.apply()
        client = Bot(self._addresses, self._commands, self._clock, nothing)
        say = self._texts.of(self._texts.languages[0])
        try:
            return await checks.findings(client, self._token, self._addresses.api_base, say, sharded=self._sharded)
        finally:
            await client.close()


def _custom_id(interaction: AnyInteraction) -> str:
    sent: Any = interaction.data or {}
    return str(sent.get("custom_id", ""))
