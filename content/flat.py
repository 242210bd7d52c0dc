"""Files of nothing but `key: "text"`, as most texts are: read by a few patterns. A YAML reader took a third of a start."""

import re
from collections.abc import Iterator

_CHAR = r"\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"  # YAML's, without line breaks and marks
_TEXT = rf'(?:(?!["\\])[{_CHAR}]|\\["\\n])*'
_PAIR = re.compile(rf'([a-z][a-z0-9_]*): "({_TEXT})" *')
_OPENED = re.compile(rf'([a-z][a-z0-9_]*): "({_TEXT})')  # a text of several lines, each of the others indented
_AMID = re.compile(rf"( +{_TEXT}|)")
_CLOSED = re.compile(rf'( +{_TEXT})" *')
_COMMENT = re.compile(rf" *(?:#[{_CHAR}]*)?")
_ESCAPE = re.compile(r"\\(.)")
_NO_TEXTS = frozenset({"true", "false"})  # as keys they are refused elsewhere

Flat = tuple[dict[str, str], dict[tuple[str, ...], int]]


def read_flat(text: str) -> Flat | None:
    """Return the texts and each key's line, or None where anything else stands: what that is, a YAML reader says better."""
    values: dict[str, str] = {}
    lines: dict[tuple[str, ...], int] = {}
    left = iter(enumerate(text.split("\n"), 1))
    for number, line in left:
        if (pair := _PAIR.fullmatch(line)) is not None:
            key, value = pair.groups()
        elif _COMMENT.fullmatch(line):
            continue
        elif (pair := _OPENED.fullmatch(line)) is not None and (rest := _rest(line for _, line in left)) is not None:
            key, value = pair[1], _folded([pair[2], *rest])
        else:
            return None
        if key in values or key in _NO_TEXTS:
            return None
        values[key] = _ESCAPE.sub(_unescaped, value) if "\\" in value else value
        lines[(key,)] = number
    return values, lines


def _rest(left: Iterator[str]) -> list[str] | None:
    """Return the lines up to the one that closes the text, or None where it is not as simple as that."""
    rest: list[str] = []
    for line in left:
        if (closed := _CLOSED.fullmatch(line)) is not None:
            return [*rest, closed[1]]
        if not _AMID.fullmatch(line):
            return None
        rest.append(line)
    return None


def _folded(pieces: list[str]) -> str:
    """Join lines as YAML does: with a space, or with as many line breaks as there are empty lines between."""
    made, breaks = pieces[0].rstrip(" "), 0
    for n, piece in enumerate(pieces[1:], 2):
        piece = piece.lstrip(" ") if n == len(pieces) else piece.strip(" ")
        if not piece and n < len(pieces):
            breaks += 1
            continue
        made += ("\n" * breaks or " ") + piece
        breaks = 0
    return made


def _unescaped(escape: re.Match[str]) -> str:
    return "\n" if escape[1] == "n" else escape[1]
