"""What `doctor` asks of Discord; nothing is changed."""

import asyncio
from collections.abc import Sequence

import discord
from discord.http import Route

from bot.core.errors import PlatformError
from bot.core.platform import Finding
from bot.core.richtext import plain
from bot.core.texts import Say
from bot.platforms.discord import limits
from bot.platforms.discord.errors import FOREIGN, ours

_NEEDED = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "embed_links",
    "attach_files",
)
# What works only with more than that. A permission that is taken from others must be the bot's own (rights.py).
_TAKEN = (
    "manage_roles",
    "mute_members",
    "manage_threads",
    "connect",
    "speak",
    "request_to_speak",
    "add_reactions",
    "create_public_threads",
    "create_private_threads",
)
_POWERS = {
    "hold": (*_TAKEN, "move_members"),
    "calm": (*_TAKEN, "move_members", "create_instant_invite"),
    "topics": ("create_public_threads", "manage_threads"),
    "events": ("create_events", "manage_events", "connect"),
    "pins": ("pin_messages", "read_message_history"),
}


async def findings(client: discord.Client, token: str, address: str, say: Say, *, sharded: bool) -> Sequence[Finding]:
    """Log in over HTTP alone (no session is opened) and look at token, gateway, servers and permissions."""
    words = Finding("policy", True, plain(say("discord.check_words")))
    try:
        async with asyncio.timeout(limits.CALL_SECONDS):
            application = await _log_in(client, token)
            return (
                Finding("token", True, plain(say("discord.check_token", name=application))),
                *await _gateway(client, say, sharded),
                *await _servers(client, say),
                words,
            )
    except discord.LoginFailure:
        refused, mend = plain(say("discord.check_token_refused")), plain(say("discord.check_token_mend"))
        return (Finding("token", False, refused, mend), words)
    except FOREIGN as error:
        why = _why(ours(error))
        said = plain(say("discord.check_unreachable", address=address, error=why))
        return (Finding("address", False, said, plain(say("discord.check_unreachable_mend"))), words)


async def _log_in(client: discord.Client, token: str) -> str:
    await client.http.static_login(token.strip())
    return (await client.application_info()).name


def _why(error: PlatformError) -> str:
    return str(error.detail.get("status") or error.detail.get("error") or type(error).__name__)


async def _gateway(client: discord.Client, say: Say, sharded: bool) -> Sequence[Finding]:
    shards, address, starts = await client.http.get_bot_gateway()
    left = starts["remaining"]
    mend = "" if left else plain(say("discord.check_gateway_mend"))
    found = Finding("gateway", left > 0, plain(say("discord.check_gateway", address=address, left=left)), mend)
    if shards > 1 and not sharded:
        asked, mend = plain(say("discord.check_shards", count=shards)), plain(say("discord.check_shards_mend"))
        return (found, Finding("shards", False, asked, mend))
    return (found,)


async def _servers(client: discord.Client, say: Say) -> Sequence[Finding]:
    servers = await client.http.request(Route("GET", "/users/@me/guilds"))
    count = Finding(
        "servers",
        bool(servers),
        plain(say("discord.check_guilds", count=len(servers))),
        "" if servers else plain(say("discord.check_guilds_mend")),
    )
    lacking = [found for server in servers if (found := _permissions(server["name"], int(server["permissions"]), say))]
    if servers and not lacking:
        lacking = [Finding("permissions", True, plain(say("discord.check_permissions")))]
    weak = [found for server in servers if (found := _powers(server["name"], int(server["permissions"]), say))]
    if servers and not weak:
        weak = [Finding("powers", True, plain(say("discord.check_powers")))]
    return (count, *lacking, *weak)


def _permissions(server: str, value: int, say: Say) -> Finding | None:
    missing = _missing(value, _NEEDED)
    if not missing:
        return None
    said = plain(say("discord.check_permissions_missing", server=server, missing=_named(missing, say)))
    return Finding("permissions", False, said, plain(say("discord.check_permissions_mend")))


def _powers(server: str, value: int, say: Say) -> Finding | None:
    """What facilitators may ask for and not get. No fault: a host decides what the bot may do to people."""
    lost = {power: missing for power, needed in _POWERS.items() if (missing := _missing(value, needed))}
    if not lost:
        return None
    listed = "; ".join(f"{say.label(f'discord.power_{power}')} ({_named(missing, say)})" for power, missing in lost.items())
    said = plain(say("discord.check_powers_missing", server=server, missing=listed))
    return Finding("powers", True, said, plain(say("discord.check_powers_mend")))


def _missing(value: int, needed: Sequence[str]) -> Sequence[str]:
    may = discord.Permissions(value)
    return [] if may.administrator else [name for name in needed if not getattr(may, name)]


def _named(permissions: Sequence[str], say: Say) -> str:
    return ", ".join(say.label(f"discord.permission_{name}") for name in permissions)
