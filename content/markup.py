"""`**strong**` and `_emphasis_` of our own content. They become private-use marks in the pattern, before any value is put in,
so that nothing in a value can ever be read as markup."""

import re
from collections.abc import Sequence

from bot.core.richtext import Emphasis, Node, Nodes, Strong, Text

STRONG, STRONG_END, EMPHASIS, EMPHASIS_END = "\ue000", "\ue001", "\ue002", "\ue003"
FIRST_VALUE = 0xF0000  # plane 15 is private use: value number n is put in as one character, and taken out as a node

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_EMPHASIS = re.compile(r"(?<![\w$])_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?!\w)", re.DOTALL)
_PIECES = re.compile("([\ue000-\ue003\U000f0000-\U000fffff])")


def marked(pattern: str) -> str:
    """Return our pattern with its markup as marks."""
    pattern = _STRONG.sub(f"{STRONG}\\1{STRONG_END}", without_marks(pattern))
    return _EMPHASIS.sub(f"{EMPHASIS}\\1{EMPHASIS_END}", pattern)


def without_marks(value: str) -> str:
    """Return a value without private-use characters (nothing shows them), so that it cannot pretend to be a mark."""
    return _PRIVATE.sub("", value)


def nodes(text: str, values: Sequence[Node] = ()) -> Nodes:
    """Return a formatted text's nodes: marks become strong and emphasis, value characters the values."""
    stack: list[list[Node]] = [[]]
    for piece in _PIECES.split(text):
        if piece in (STRONG, EMPHASIS):
            stack.append([])
        elif piece in (STRONG_END, EMPHASIS_END):
            if len(stack) > 1:
                inner = tuple(stack.pop())
                stack[-1].append(Strong(inner) if piece == STRONG_END else Emphasis(inner))
        elif len(piece) == 1 and ord(piece) >= FIRST_VALUE:
            if ord(piece) - FIRST_VALUE < len(values):
                stack[-1].append(values[ord(piece) - FIRST_VALUE])
        elif piece:
            stack[-1].append(Text(piece))
    while len(stack) > 1:  # a mark left open in one branch of a pattern: its words stay
        left = stack.pop()
        stack[-1].extend(left)
    return tuple(stack[0])
