"""discord.py's client, told where Discord is and what to listen to.

Everything is an interaction: of the gateway's events only those of servers are asked for, which tell roles and owners, and who
comes into voice. No member, presence or message is kept, and of an interaction only its JSON is read: discord.py's objects around
it cost more than our answer. Connecting again, resuming and the rate limits are discord.py's.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.core.clock import Clock
from bot.platforms.discord import limits
from bot.platforms.discord.commands import Payload, register
from bot.platforms.discord.ears import HEARD
from bot.platforms.discord.errors import FOREIGN
from bot.platforms.discord.hooks import Hooks
from bot.platforms.discord.interactions import Raw

log = structlog.get_logger()

_IDENTIFY_PAUSE = 5.0  # seconds between two sessions, Discord's rule


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where Discord is. discord.py keeps both for the whole process, so one process speaks to one Discord at a time."""

    api_base: str
    gateway: str = ""  # "": what the service says

    def apply(self) -> None:
        Route.BASE = self.api_base.rstrip("/")
        if self.gateway:
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(self.gateway)


TakeAct = Callable[["Bot", Raw], None]
"""Given every interaction, in the order they came. It must not wait: the gateway's reader calls it."""

Hear = Callable[[str, Raw, str], None]
"""Given the name, the data and the receipt of each event in `HEARD`. The same rule."""


class Bot(discord.Client):
    """One connection. `hooks` is there once it is logged in. `on_started` is called whenever it is connected and listens."""

    def __init__(
        self,
        addresses: Addresses,
        commands: Sequence[Payload],
        clock: Clock,
        take_act: TakeAct,
        hear: Hear,
        on_started: Callable[[], None],
    ) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, voice_states=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=limits.RATE_LIMIT_SECONDS,
        )
        self.hooks: Hooks | None = None
        self.was_connected = False
        self._addresses, self._commands, self._clock = addresses, commands, clock
        self._registered = False
        self._hear, self._on_started = hear, on_started
        parsers: dict[str, Callable[[Any], None]] = self._connection.parsers
        parsers["INTERACTION_CREATE"] = partial(take_act, self)
        for event in HEARD:
            parsers[event] = partial(self._listen, event, parsers.get(event))

    def _listen(self, event: str, parse: Callable[[Any], None] | None, told: dict[str, Any]) -> None:
        """Hand an event on with its receipt: the session and the event's number in it, which stay when it is told again."""
        server = told.get("guild_id") or told.get("id")
        socket = self._get_websocket(int(server)) if server else None
        try:
            self._hear(event, told, f"{socket.session_id}:{socket.sequence}" if socket else "")
        except Exception as error:  # the connection would end with it
            log.error("discord.event_failed", kind=event, error=type(error).__name__)  # noqa: TRY400  # no words
        if event == "VOICE_STATE_UPDATE":
            return  # discord.py would build a member
        if parse is not None:
            parse({**told, "voice_states": []} if event == "GUILD_CREATE" else told)

    # What discord.py calls ------------------------------------------------------------------------------------------

    async def setup_hook(self) -> None:
        self.hooks = Hooks(self._addresses.api_base, self.http.user_agent)
        await self._find_gateway()
        await self._register()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        if not initial:
            await self._clock.sleep(_IDENTIFY_PAUSE)

    async def on_connect(self) -> None:
        self.was_connected = True
        log.info("discord.connected", count=len(self.guilds))
        if self.ws:  # there is one, unless there are shards
            self._pin_gateway(self.ws)
        if not self._registered:
            await self._register()
        self._on_started()

    async def on_shard_connect(self, shard_id: int) -> None:
        self._pin_gateway(self._get_websocket(shard_id=shard_id))

    async def on_resumed(self) -> None:
        log.info("discord.resumed")

    async def on_disconnect(self) -> None:
        log.info("discord.disconnected")

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        error = sys.exc_info()[0]
        log.error("discord.handler_failed", kind=event_method, error=error.__name__ if error else "")

    async def close(self) -> None:
        await super().close()
        if self.hooks is not None:
            await self.hooks.close()

    # Ours -----------------------------------------------------------------------------------------------------------

    async def _find_gateway(self) -> None:
        """Ask where to connect, and how many shards there are to be; wait when today's starts are used up."""
        if self._addresses.gateway and not isinstance(self, discord.AutoShardedClient):
            return
        shards, address, starts = await self.http.get_bot_gateway()
        if not self._addresses.gateway:
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address)
        if isinstance(self, discord.AutoShardedClient):
            self.shard_count = shards  # known, so that discord.py connects them to the address above
        if starts["remaining"] <= 0:
            log.warning("discord.no_starts_left", seconds=starts["reset_after"] / 1000)
            await self._clock.sleep(starts["reset_after"] / 1000)

    def _pin_gateway(self, socket: DiscordWebSocket) -> None:
        """Resume at the configured address, not at the one that the session was told."""
        if self._addresses.gateway:
            socket.gateway = yarl.URL(self._addresses.gateway)

    async def _register(self) -> None:
        """Register the commands. When that fails the bot runs on with those of before, and tries again when it connects."""
        try:
            changed = await register(self, self._commands)
        except FOREIGN as error:
            log.warning("discord.commands_not_registered", error=type(error).__name__)
        else:
            self._registered = True
            log.info("discord.commands", outcome="registered" if changed else "unchanged", count=len(self._commands))


class ShardedBot(Bot, discord.AutoShardedClient):
    """The same over several connections, for a bot on very many servers."""
