"""Log lines: `event key=value`, fields from an allow-list, no content, no secrets.

A law in three steps: our own lines may carry only `FIELDS`; libraries speak from WARNING up; the last filter strikes out tokens.
"""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, TextIO

import structlog

FIELDS = frozenset(
    ("event", "level", "name", "platform", "outcome", "ms", "kind", "lane", "count", "why", "error", "place", "tries", "seconds")
)
QUIET = ("httpx", "httpcore", "discord", "telegram", "aiosqlite", "sqlalchemy", "apscheduler", "asyncpg", "aiohttp", "alembic")
LONGEST_VALUE = 80
_HOUSE = Path(__file__).resolve().parents[2]
_SECRETS = (
    re.compile(r"bot\d+:[\w-]+"),  # Telegram's token, as it stands in addresses
    re.compile(r"\b\d{6,}:[\w-]{20,}"),  # the same without "bot"
    re.compile(r"[\w-]{23,}\.[\w-]{5,8}\.[\w-]{25,}"),  # Discord's token
    re.compile(r"\b[0-9a-f]{32,}\b"),  # an id of ours: 128 random bits
    re.compile(r"(?<![\w-])(?=[\w-]*\d)[\w-]{40,}"),  # anything long that could be a key, a login link or a feed address
)


def without_secrets(line: str) -> str:
    """Return the line with whatever looks like a token replaced by `***`."""
    for secret in _SECRETS:
        line = secret.sub("***", line)
    return line


def place_of(error: BaseException) -> str:
    """Return where the error arose in our own files, as `file:line`; in a library's, where none of ours took part."""
    ours = last = "?"
    for frame, line in traceback.walk_tb(error.__traceback__):
        file = Path(frame.f_code.co_filename)
        last = f"{file.name}:{line}"
        if file.is_relative_to(_HOUSE) and "site-packages" not in file.parts:
            ours = f"{file.relative_to(_HOUSE)}:{line}"
    return ours if ours != "?" else last


def failure(event: str, error: BaseException, **fields: object) -> None:
    """Log an unforeseen error by type and place; its message may hold anything, so it is left out."""
    structlog.get_logger().error(event, error=type(error).__name__, place=place_of(error), **fields)


def _allowed(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep the allowed fields. A value is a number, a truth or a short string; anything else is named by its type."""
    return {key: _plain(value) for key, value in event.items() if key in FIELDS}


def _plain(value: object) -> object:
    if isinstance(value, bool | int | float):
        return round(value, 3) if isinstance(value, float) else value
    return value[:LONGEST_VALUE] if isinstance(value, str) else type(value).__name__


def _line(_: object, __: str, event: MutableMapping[str, Any]) -> str:
    """Return `2026-12-01T18:00:00Z info command.done name=urge ms=3`."""
    named = " ".join(f"{key}={_quoted(value)}" for key, value in event.items() if key not in ("event", "level", "timestamp"))
    return without_secrets(f"{event.get('timestamp', '')} {event.get('level', '')} {event['event']} {named}".strip())


def _quoted(value: object) -> str:
    text = str(value)
    return text if text.isprintable() and not set(' "=') & set(text) and text else repr(text)


class _Line(logging.Formatter):
    """A library's record in our form: its message without secrets, and its error by type and place, without values."""

    def format(self, record: logging.LogRecord) -> str:
        at = self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ")
        line = f"{at} {record.levelname.lower()} library.said name={record.name}"
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            return f"{line} error={type(error).__name__} place={place_of(error)}"
        # A message's arguments may be anything: addresses with tokens, rows, a member's words. Only its fixed part is kept.
        said = record.msg if isinstance(record.msg, str) and record.args else record.getMessage()
        first, _, _ = said.partition("\n")  # asyncio adds what its tasks hold
        return without_secrets(f"{line} why={first[:200]!r}")


def set_up_logs(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send everything, ours and the libraries', through the rules above to `stream` (standard error)."""
    import time

    out = stream or sys.stderr
    handler = logging.StreamHandler(out)
    formatter = _Line()
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            _allowed,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%M:%SZ", utc=True),
            _line,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=stream is None,
    )
