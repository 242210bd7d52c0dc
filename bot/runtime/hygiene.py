"""What comes in is cleaned before anything reads it: normal form, no control or direction characters, a bounded length."""

import re
from collections.abc import Mapping

import msgspec

from bot.core.calls import Incoming
from bot.core.errors import BadInput
from bot.core.replies import FILE, FILE_PROBLEM, LARGEST_FILE
from bot.core.richtext import clean

LONGEST = 4_000  # characters of one answer
MOST_ARGUMENTS = 25
_ARGUMENT = re.compile(r"[a-z][a-z0-9_]{0,31}")
_MARKS = 4  # how much longer an answer may be before cleaning


class TooLong(BadInput):
    """An answer is longer than what is kept. `limit` is in characters."""

    text_key = "error.too_long"


class FileTooLarge(BadInput):
    text_key = "error.file_large"


class FileIsNoText(BadInput):
    text_key = "error.file_not_text"


def cleaned(incoming: Incoming) -> Incoming:
    """Return the act with its words, arguments and names cleaned. Raises TooLong, FileTooLarge or FileIsNoText.

    A file's text stays as it is: whoever reads it has a strict reader for it.
    """
    return msgspec.structs.replace(
        incoming,
        name=clean(incoming.name[:100]).strip(),
        words=bounded(incoming.words),
        arguments=_arguments(incoming.arguments) if incoming.arguments else incoming.arguments,
        locale=incoming.locale[:35],
        space_name=clean(incoming.space_name[:200]),
    )


def bounded(words: str, limit: int = LONGEST) -> str:
    """Return cleaned words. Raises TooLong (its `limit` is told, never the words)."""
    if len(words) <= _MARKS * LONGEST:
        kept = clean(words) if not words.isascii() or not words.isprintable() else words
        if len(kept) <= limit:
            return kept
    raise TooLong(length=len(words), limit=limit)


def _arguments(arguments: Mapping[str, str]) -> dict[str, str]:
    if FILE_PROBLEM in arguments:
        raise FileTooLarge if arguments[FILE_PROBLEM] == "large" else FileIsNoText
    if len(arguments.get(FILE, "")) > LARGEST_FILE:
        raise FileTooLarge
    named = {name: value for name, value in arguments.items() if _ARGUMENT.fullmatch(name)}
    return {name: value if name == FILE else bounded(value) for name, value in list(named.items())[:MOST_ARGUMENTS]}
