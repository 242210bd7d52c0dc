"""discord.py's client, told where Discord is and what to listen to.

Everything is an interaction: of the gateway's events only those of servers are asked for, which tell roles and owners. No
member, presence or message is kept. Connecting again and resuming are discord.py's.
"""

import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.core.clock import Clock
from bot.platforms.discord import limits
from bot.platforms.discord.commands import Payload, register
from bot.platforms.discord.controls import TAKEN, AnyInteraction, PressButton
from bot.platforms.discord.errors import FOREIGN

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


TakeAct = Callable[[AnyInteraction], Awaitable[None]]


class Bot(discord.Client):
    """One connection. `take_act` is given every command, press and form, in the order they came."""

    def __init__(self, addresses: Addresses, commands: Sequence[Payload], clock: Clock, take_act: TakeAct) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=limits.RATE_LIMIT_SECONDS,
        )
        self.take_act = take_act
        self.was_connected = False
        self._addresses, self._commands, self._clock = addresses, commands, clock
        self._registered = False

    # What discord.py calls ------------------------------------------------------------------------------------------

    async def setup_hook(self) -> None:
        self.add_dynamic_items(PressButton)
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

    async def on_shard_connect(self, shard_id: int) -> None:
        self._pin_gateway(self._get_websocket(shard_id=shard_id))

    async def on_resumed(self) -> None:
        log.info("discord.resumed")

    async def on_disconnect(self) -> None:
        log.info("discord.disconnected")

    async def on_interaction(self, interaction: AnyInteraction) -> None:
        """Take what no button took: commands, forms sent back, and presses of buttons that are not on their message."""
        if TAKEN not in interaction.extras:
            await self.take_act(interaction)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        error = sys.exc_info()[0]
        log.error("discord.handler_failed", kind=event_method, error=error.__name__ if error else "")

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
