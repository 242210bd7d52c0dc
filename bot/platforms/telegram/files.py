"""Text files that people send in private: fetched, and read as text. Only the Bot API's own address is asked."""

from dataclasses import dataclass
from urllib.parse import quote

import structlog
from telegram.error import TelegramError

from bot.core.replies import FILE, FILE_PROBLEM, LARGEST_FILE
from bot.platforms.telegram.request import AiohttpRequest, Refused

log = structlog.get_logger()

_NEVER_TEXT = ("image/", "video/", "audio/", "font/", "application/pdf", "application/zip")
_LARGE, _NOT_TEXT = {FILE_PROBLEM: "large"}, {FILE_PROBLEM: "not_text"}


@dataclass(frozen=True, slots=True)
class Attached:
    """A document as a message tells of it. `size` in bytes, 0 where it is not told."""

    id: str
    size: int
    media_type: str


class Files:
    """`address`: what a file's path is appended to, with the token in it."""

    def __init__(self, request: AiohttpRequest, address: str) -> None:
        self._request = request
        self._address = address

    async def arguments(self, attached: Attached) -> dict[str, str]:
        """Return the arguments that the file becomes: its text, or why there is none."""
        if attached.size > LARGEST_FILE:
            return _LARGE
        if attached.media_type.startswith(_NEVER_TEXT):
            return _NOT_TEXT
        try:
            content = await self._content(attached)
        except TelegramError as error:
            is_large = isinstance(error, Refused) and "too big" in error.description.lower()
            log.warning("telegram.file_not_fetched", platform="telegram", error=type(error).__name__)
            return _LARGE if is_large else _NOT_TEXT
        if len(content) > LARGEST_FILE:
            return _LARGE
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return _NOT_TEXT
        return _NOT_TEXT if "\0" in text else {FILE: text}

    async def _content(self, attached: Attached) -> bytes:
        told = await self._request.call("getFile", {"file_id": attached.id})
        path = told.get("file_path") if isinstance(told, dict) else None
        if not isinstance(path, str):
            raise Refused(404, "no path")
        return await self._request.fetch(f"{self._address}/{quote(path)}", LARGEST_FILE)
