"""What Telegram's servers do with a text: trim it, check its entities, and look for links, mentions and commands themselves."""

import re
from collections.abc import Sequence
from typing import Any

Entity = dict[str, Any]

# Generous on purpose: what these find, the real servers may find.
_ACTIVE = (
    ("url", re.compile(r"(?:https?|ftp)://[^\s\u2060.]+\.[^\s\u2060]+|(?:tg|ton)://[\w-]+[^\s\u2060]*", re.IGNORECASE)),
    ("email", re.compile(r"[\w.+-]+@[\w-]+\.[A-Za-z]{2,}")),
    ("url", re.compile(r"(?<![\w@./-])(?:[^\W_][\w-]*\.)+[^\W\d_]{2,}(?:[/?#][^\s\u2060]*)?")),
    ("url", re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w+(?!\w*#)")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])")),
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def slice_units(text: str, offset: int, length: int) -> str:
    """Return the text an entity covers. Raises UnicodeDecodeError when it begins or ends inside a character."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def problems_of_entities(text: str, entities: Sequence[Entity]) -> list[str]:
    found = []
    whole = units(text)
    spans: list[tuple[int, int, str]] = []
    for entity in entities:
        start, length, kind = entity["offset"], entity["length"], entity["type"]
        if start < 0 or length <= 0 or start + length > whole:
            found.append(f"{kind} lies outside of the text")
            continue
        try:
            slice_units(text, start, length)
        except UnicodeDecodeError:
            found.append(f"{kind} parts a character")
        for first, last, other in spans:
            if first < start + length and start < last:  # they overlap
                if not (first <= start and start + length <= last) and not (start <= first and last <= start + length):
                    found.append(f"{kind} overlaps {other}")
                elif kind == other:
                    found.append(f"{kind} lies in {kind}")
        spans.append((start, start + length, kind))
    return found


def with_found(text: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    """Return the text as it is shown: trimmed, with the entities that the servers find added to those given."""
    shown = text.strip()
    gone = units(text) - units(text.lstrip())
    kept = [{**one, "offset": one["offset"] - gone} for one in entities]
    kept = [one for one in kept if one["offset"] >= 0 and one["offset"] < units(shown)]
    taken: list[tuple[int, int]] = [
        (one["offset"], one["offset"] + one["length"]) for one in kept if one["type"] in ("text_link", "date_time", "code", "pre")
    ]
    for kind, pattern in _ACTIVE:
        for match in pattern.finditer(shown):
            start, length = units(shown[: match.start()]), units(match.group())
            if not any(first < start + length and start < last for first, last in taken):
                taken.append((start, start + length))
                kept.append({"type": kind, "offset": start, "length": length})
    return shown, kept
