"""Discord as a `Platform`."""

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import discord
import structlog

from bot.core.clock import Clock
from bot.core.errors import PlatformDown, PlatformRefused
from bot.core.features import MenuEntry
from bot.core.happenings import Happening
from bot.core.ids import MessageRef
from bot.core.platform import Capabilities, Delivery, Finding, Painter, Receiver
from bot.core.richtext import plain
from bot.core.texts import Texts
from bot.core.under_way import UnderWay
from bot.platforms.discord import checks, commands, decode, limits
from bot.platforms.discord.api import Api
from bot.platforms.discord.client import Addresses, Bot, ShardedBot
from bot.platforms.discord.controls import HeldForms
from bot.platforms.discord.deeds import Deeds
from bot.platforms.discord.ears import Ears
from bot.platforms.discord.errors import FOREIGN
from bot.platforms.discord.intake import Intake
from bot.platforms.discord.interactions import Raw
from bot.platforms.discord.parts import parts_of
from bot.platforms.discord.sending import Sender

log = structlog.get_logger()

_FINISH = 5.0  # seconds that messages under way are given at the end
_LONGEST_WAIT = 60.0  # seconds between two tries to connect
_MOST_HEARD = 2000  # happenings that wait; beyond them the newest are lost, which is logged
_TOKEN_REFUSED = 4004  # the gateway's close codes
_HOPELESS = frozenset({_TOKEN_REFUSED, 4010, 4011, 4012, 4013, 4014})


class DiscordPlatform:
    """Connects, hands acts to the receiver one by one for each person, answers, and delivers.

    discord.py keeps Discord's address for the whole process: two of these with different `api_base` can only follow one
    another, not run at once. `defer_after`: seconds without an answer after which Discord is told to wait. With `painter`,
    answers have their pictures too. `started` is set once the bot is connected and listens, for as long as it runs.
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
        self._forms, self._painter = HeldForms(), painter
        self._chats: OrderedDict[str, str] = OrderedDict()
        self._ears, self._heard = Ears(), asyncio.Queue[Happening](_MOST_HEARD)
        self._sender: Sender | None = None
        self._deeds: Deeds | None = None
        self._connects, self._is_over = asyncio.Event(), False
        self._deliveries = UnderWay()
        self.started = asyncio.Event()

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
        telling = asyncio.create_task(self._tell(receiver))
        try:
            await self._keep_connected(receiver)
        finally:
            self._is_over = True
            self._connects.set()
            self.started.clear()
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)

    async def _keep_connected(self, receiver: Receiver) -> None:
        wait = 1.0
        while True:
            intake = self._intake(receiver)
            client = self._client(intake)
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
                await self._leave(client, intake)
            wait = 1.0 if client.was_connected else min(wait * 2, _LONGEST_WAIT)
            log.info("discord.connects_again", seconds=wait)
            await self._clock.sleep(wait)

    def _intake(self, receiver: Receiver) -> Intake:
        return Intake(
            receiver,
            self._to_private_chat,
            texts=self._texts,
            clock=self._clock,
            forms=self._forms,
            facilitator_role=self._facilitator_role,
            defer_after=self._defer_after,
            painter=self._painter,
            api_base=self._addresses.api_base,
        )

    def _client(self, intake: Intake) -> Bot:
        self._addresses.apply()
        kind = ShardedBot if self._sharded else Bot
        return kind(self._addresses, self._commands, self._clock, intake.take, self._hear, self.started.set)

    async def _connect(self, client: Bot) -> None:
        await client.login(self._token)
        assert client.hooks is not None
        api = Api(client, plain(self._texts.of(self._texts.languages[0])("discord.audit_reason")))
        self._sender = Sender(api, client.hooks, self._clock, self._chats)
        self._deeds = Deeds(api, self._facilitator_role, self._ears.present)
        self._connects.set()
        await client.connect()

    async def _leave(self, client: Bot, intake: Intake) -> None:
        """Let the answers and messages under way end, then close."""
        await intake.finish()
        await self._deliveries.ended(_FINISH)  # one that is cut off may have arrived
        self._sender = self._deeds = None
        self._connects.clear()
        await client.close()

    # Happenings -----------------------------------------------------------------------------------------------------

    def _hear(self, event: str, told: Raw, receipt: str) -> None:
        for happening in self._ears.hear(event, told, receipt, self._clock.now()):
            try:
                self._heard.put_nowait(happening)
            except asyncio.QueueFull:
                log.warning("discord.not_heard", kind=happening.what.value)

    async def _tell(self, receiver: Receiver) -> None:
        while True:
            happening = await self._heard.get()
            try:
                await receiver.heard(happening)
            except Exception as error:
                log.error("discord.hearing_failed", error=type(error).__name__, kind=happening.what.value)  # noqa: TRY400

    # Deliveries -----------------------------------------------------------------------------------------------------

    async def _to_private_chat(self, user: str, parts: Any, key: str) -> MessageRef:
        if self._sender is None:
            raise PlatformDown(maybe_done=False, why="not_connected")
        return await self._sender.to_private_chat(user, parts, key)

    async def _soon_connected(self) -> None:
        """Wait a moment for the connection: at a start, what is due is due at once."""
        if self._sender is None and not self._is_over:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(limits.CONNECT_SECONDS):
                    await self._connects.wait()

    async def deliver(self, delivery: Delivery) -> MessageRef:
        """As in `Platform`. A deed where a permission is missing raises PlatformRefused(why="permission")."""
        await self._soon_connected()
        sender, deeds = self._sender, self._deeds
        if sender is None or deeds is None:
            raise PlatformDown(maybe_done=False, why="not_connected")
        with self._deliveries:
            if delivery.deed is not None:
                return await deeds.do(delivery, delivery.deed)
            reply, opens = delivery.reply, None
            if reply.form:
                label = self._texts.of(delivery.language).label("discord.open_form")
                opens = (label, self._forms.hold(reply.form, None))
            return await sender.deliver(delivery, parts_of(reply, delivery.picture, opens, await sender.ping_of(delivery)))

    async def check(self) -> Sequence[Finding]:
        self._addresses.apply()
        client = Bot(self._addresses, self._commands, self._clock, lambda *_: None, lambda *_: None, lambda: None)
        say = self._texts.of(self._texts.languages[0])
        try:
            return await checks.findings(client, self._token, self._addresses.api_base, say, sharded=self._sharded)
        finally:
            await client.close()
