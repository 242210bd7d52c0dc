"""Files that people upload in a form: fetched, and read as text."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import structlog

from bot.core.replies import FILE, FILE_PROBLEM, LARGEST_FILE
from bot.platforms.discord.controls import FILE_UPLOAD
from bot.platforms.discord.errors import FOREIGN
from bot.platforms.discord.hooks import Hooks
from bot.platforms.discord.interactions import Raw

log = structlog.get_logger()

_HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
_LARGE, _NOT_TEXT = {FILE_PROBLEM: "large"}, {FILE_PROBLEM: "not_text"}


def uploaded(sent: Raw) -> Raw | None:
    """Return what a form that was sent back tells of its file; None without one."""
    files: Mapping[str, Any] = (sent.get("resolved") or {}).get("attachments") or {}
    named = next((values[0] for values in _uploads(sent.get("components") or ()) if values), "")
    return files.get(str(named))


def _uploads(parts: Any) -> Iterator[Any]:
    for part in parts:
        inner = part.get("component") or {}
        if inner.get("type") == FILE_UPLOAD:
            yield inner.get("values") or ()


async def text_of(file: Raw, hooks: Hooks, api_base: str) -> Mapping[str, str]:
    """Return the arguments that the file becomes: its text, or why there is none. Only Discord's own addresses are asked."""
    if int(file["size"]) > LARGEST_FILE:
        return _LARGE
    address = str(file["url"])
    at = urlsplit(address)
    if at.netloc != urlsplit(api_base).netloc and not (at.scheme == "https" and at.hostname in _HOSTS):
        log.warning("discord.file_elsewhere")
        return _NOT_TEXT
    try:
        content = await hooks.fetch(address, LARGEST_FILE)
    except FOREIGN as error:
        log.warning("discord.file_not_fetched", error=type(error).__name__)
        return _NOT_TEXT
    if len(content) > LARGEST_FILE:
        return _LARGE
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _NOT_TEXT
    return _NOT_TEXT if "\0" in text else {FILE: text}
