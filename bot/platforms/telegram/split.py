"""Long text into messages. Marks are kept in characters and become UTF-16 units at the very end, once."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

_JOINER = "\u200d"
_LEAST_PART = 4  # a block or line boundary in the first quarter of a message is passed over: it would leave a stub
_LONGEST_CLUSTER = 32


@dataclass(frozen=True, slots=True)
class Mark:
    """An entity from `start` to before `end`. `atomic`: it makes no sense in halves (a link, a date)."""

    kind: str
    start: int
    end: int
    at: datetime | None = None
    clock: bool = False
    url: str = ""
    atomic: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One message's text, with marks in characters of this text."""

    text: str
    marks: tuple[Mark, ...] = ()

    def in_units(self) -> Iterator[tuple[Mark, int, int]]:
        """Yield each mark with its offset and length in UTF-16 units."""
        for mark in self.marks:
            yield mark, units(self.text[: mark.start]), units(self.text[mark.start : mark.end])


def units(text: str) -> int:
    """Return the text's length in UTF-16 units."""
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


def split(text: str, marks: Sequence[Mark], limit: int) -> list[Piece]:
    """Cut at blocks, else lines, else words, else anywhere but inside a character; white space around a cut is dropped."""
    pieces: list[Piece] = []
    start = _skip_space(text, 0)
    while start < len(text):
        end = _cut(text, start, marks, limit)
        shown = text[start:end].rstrip()
        pieces.append(Piece(shown, tuple(_within(marks, start, start + len(shown)))))
        start = _skip_space(text, end)
    return pieces


def shortened(text: str, limit: int) -> str:
    """Return the text, cut to `limit` UTF-16 units with an ellipsis if it is longer."""
    if units(text) <= limit:
        return text
    end = _whole_character(text, 0, _reach(text, 0, limit - 1))
    return f"{text[:end].rstrip()}…"


def _within(marks: Sequence[Mark], start: int, end: int) -> Iterator[Mark]:
    for mark in marks:
        first, last = max(mark.start, start), min(mark.end, end)
        if first < last:
            yield replace(mark, start=first - start, end=last - start)


def _skip_space(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _reach(text: str, start: int, limit: int) -> int:
    """Return the furthest end for which the text from `start` has at most `limit` units."""
    end = min(len(text), start + limit)
    over = units(text[start:end]) - limit
    while over > 0:
        end -= 1
        over -= 2 if text[end] > "\uffff" else 1
    return end


def _cut(text: str, start: int, marks: Sequence[Mark], limit: int) -> int:
    furthest = _reach(text, start, limit)
    if furthest == len(text):
        return furthest
    least = start + (furthest - start) // _LEAST_PART
    end = text.rfind("\n\n", least, furthest + 1)
    if end <= start:
        end = text.rfind("\n", least, furthest + 1)
    if end <= start:
        end = text.rfind(" ", start + 1, furthest + 1)
    if end <= start:
        end = _whole_character(text, start, furthest)
    for mark in marks:
        if mark.atomic and start < mark.start < end < mark.end:
            end = mark.start
    return end


def _whole_character(text: str, start: int, end: int) -> int:
    """Move `end` back so that it does not part a letter from its marks, or an emoji from what is joined to it."""
    for earlier in range(end, max(start, end - _LONGEST_CLUSTER), -1):
        if earlier >= len(text) or not (_clings(text[earlier]) or text[earlier - 1] == _JOINER):
            return earlier
    return end


def _clings(char: str) -> bool:
    return char == _JOINER or unicodedata.category(char) in ("Mn", "Mc", "Me") or "\U0001f3fb" <= char <= "\U0001f3ff"
