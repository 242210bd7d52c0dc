"""The menu of commands, by scope and language. It is written only where it differs from what Telegram has."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.core.features import MenuEntry, Where
from bot.platforms.telegram import limits
from bot.platforms.telegram.split import shortened

log = structlog.get_logger()


_NAME = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Listing:
    """What one scope shows in one language; "" is for everybody whose language has no listing."""

    scope: BotCommandScope
    language: str
    commands: tuple[BotCommand, ...]


def listings(menu: Sequence[MenuEntry], languages: Sequence[str]) -> Iterator[Listing]:
    """Yield a listing for each scope and language; the first of `languages` is the fallback."""
    private = [one for one in menu if one.where is not Where.ROOM and not one.facilitators]
    room = [one for one in menu if one.where is not Where.PRIVATE and not one.facilitators]
    leading = [one for one in menu if one.where is not Where.PRIVATE]
    scopes: tuple[tuple[BotCommandScope, list[MenuEntry]], ...] = (
        (BotCommandScopeAllPrivateChats(), private),
        (BotCommandScopeAllGroupChats(), room),
        (BotCommandScopeAllChatAdministrators(), leading),
    )
    for scope, entries in scopes:
        for number, language in enumerate(languages):
            tag = "" if number == 0 else language.partition("-")[0].lower()
            yield Listing(scope, tag, tuple(_commands(entries, language, languages[0])))


def links(menu: Sequence[MenuEntry]) -> dict[str, str]:
    """Return what may stand behind `?start=` for each command, and the command: `meeting_create` is `meeting create`."""
    return {entry.name.replace(" ", "_"): entry.name for entry in menu}


async def sync(bot: Bot, wanted: Iterator[Listing]) -> int:
    """Write the listings that differ and return how many did. Raises TelegramError."""
    written = sum(await asyncio.gather(*(_write(bot, listing) for listing in wanted)))
    log.info("telegram.menu", platform="telegram", count=written)
    return written


async def _write(bot: Bot, listing: Listing) -> bool:
    language = listing.language or None
    has = await bot.get_my_commands(scope=listing.scope, language_code=language)
    if tuple(has) == listing.commands:
        return False
    if listing.commands:
        await bot.set_my_commands(listing.commands, scope=listing.scope, language_code=language)
    else:
        await bot.delete_my_commands(scope=listing.scope, language_code=language)
    return True


def _commands(entries: Sequence[MenuEntry], language: str, fallback: str) -> Iterator[BotCommand]:
    """Yield each command once: of two words, Telegram knows the first."""
    told: dict[str, str] = {}
    for entry in sorted(entries, key=lambda one: " " in one.name):  # `/meeting` itself tells more than `/meeting create`
        name = _menu_name(entry, language)
        description = entry.descriptions.get(language) or entry.descriptions.get(fallback) or name
        told.setdefault(name, shortened(description, limits.COMMAND_DESCRIPTION))
    order = dict.fromkeys(_menu_name(entry, language) for entry in entries)
    for name in [name for name in order if _NAME.fullmatch(name)][: limits.COMMANDS]:  # one bad name would cost the whole menu
        yield BotCommand(name, told[name])


def _menu_name(entry: MenuEntry, language: str) -> str:
    """Return the name in the person's language, where Telegram's letters can write it."""
    called = entry.names.get(language, "")
    if _NAME.fullmatch(called) and len(called) <= limits.COMMAND_NAME:
        return called
    return entry.name.partition(" ")[0].lower().replace("-", "_")[: limits.COMMAND_NAME]
