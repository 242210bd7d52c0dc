"""The platforms that have what they need to start. Each adapter is imported only then: one costs a quarter of a second."""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.config import Config
from bot.core.clock import Clock
from bot.core.features import MenuEntry
from bot.core.platform import Painter, Platform
from bot.core.texts import Texts
from bot.platforms.web.records import ChatLog, MemoryChatLog

if TYPE_CHECKING:
    from bot.pages import Pages

SPACE = "demo"  # the web page's one community


@dataclass(frozen=True, slots=True)
class Fittings:
    """What every adapter is given. `moved` is told a Telegram group's old and new id."""

    menu: Sequence[MenuEntry]
    texts: Texts
    clock: Clock
    painter: Painter | None
    chat_log: ChatLog
    moved: Callable[[str, str], Awaitable[None]] | None = None
    metrics: Callable[[], bytes] | None = None
    pages: "Pages | None" = None


Maker = Callable[[Config, Fittings], Platform]


def configured(config: Config, fittings: Fittings) -> Sequence[Platform]:
    """Build every platform that has a token, and the web page if it is switched on."""
    return [MAKERS[name](config, fittings) for name in config.chosen_platforms]


def platforms_alone(config: Config, clock: Clock) -> Sequence[Platform]:
    """Build the same without a house behind them: to `check` them."""
    from content.loader import load_texts

    return configured(config, Fittings((), load_texts(), clock, None, MemoryChatLog()))


def _discord(config: Config, fittings: Fittings) -> Platform:
    from bot.platforms.discord.adapter import DiscordPlatform

    ours = config.platforms.discord
    return DiscordPlatform(
        _secret(ours.token),
        menu=fittings.menu,
        texts=fittings.texts,
        clock=fittings.clock,
        api_base=ours.api_base,
        gateway=ours.gateway or "",
        facilitator_role=ours.facilitator_role,
        painter=fittings.painter,
    )


def _telegram(config: Config, fittings: Fittings) -> Platform:
    from bot.platforms.telegram import TelegramPlatform, Webhook

    ours = config.platforms.telegram
    hook = ours.webhook
    webhook = None
    if ours.mode == "webhook" and hook.url:
        secret = _secret(hook.secret) or secrets.token_urlsafe(32)
        webhook = Webhook(hook.url, hook.listen, hook.port, hook.path, secret)
    return TelegramPlatform(
        _secret(ours.token),
        menu=fittings.menu,
        texts=fittings.texts,
        clock=fittings.clock,
        api_base=ours.api_base,
        file_base=ours.file_base or "",
        webhook=webhook,
        moved=fittings.moved,
        painter=fittings.painter,
    )


def _web(config: Config, fittings: Fittings) -> Platform:
    from bot.platforms.web.adapter import WebPlatform

    return WebPlatform(
        host=config.platforms.web.host,
        port=config.platforms.web.port,
        menu=fittings.menu,
        texts=fittings.texts,
        clock=fittings.clock,
        history=fittings.chat_log,
        painter=fittings.painter,
        metrics=fittings.metrics,
        mount=fittings.pages.mount if fittings.pages is not None else None,
        links={"verify": "web.check_receipt"} if fittings.pages is not None else {},
    )


MAKERS: dict[str, Maker] = {"discord": _discord, "telegram": _telegram, "web": _web}


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""
