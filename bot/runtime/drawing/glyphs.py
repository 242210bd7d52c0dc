"""What the pictures' font has, and how wide each character is: read from the font's own tables when the first picture is drawn."""

import struct
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from bot.core.richtext import FIRST_STRONG_ISOLATE, POP_ISOLATE

FONT = Path(__file__).parents[1] / "fonts" / "DejaVuSans.ttf"
GAP = "▫"  # stands for what the font cannot draw
READABLE = 4  # at most one letter in so many may be a gap


def width(words: str, size: float) -> float:
    """Return how wide a text is, without its kerning (which only makes it narrower)."""
    return sum(map(_share, words)) * size


def with_gaps(words: str) -> str:
    """Return the words with one mark in place of each run of characters that the font cannot draw."""
    known, made = _shares(), list[str]()
    for char in words:
        if ord(char) in known or char in (FIRST_STRONG_ISOLATE, POP_ISOLATE):
            made.append(char)
        elif not _has_no_width(char) and made[-1:] != [GAP]:
            made.append(GAP)
    return "".join(made)


def is_readable(words: str) -> bool:
    """Is it, as a whole, in a script that the font has? Else its text twin says it better."""
    known = _shares()
    letters = [char for char in words if char.isalpha()]
    return sum(ord(char) not in known for char in letters) * READABLE <= len(letters)


@lru_cache(maxsize=2048)
def _share(char: str) -> float:
    return 0.0 if _has_no_width(char) else _shares().get(ord(char), 0.6)


def _has_no_width(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me", "Cf")


@lru_cache(maxsize=1)
def _shares() -> Mapping[int, float]:
    """Return the advance of each character that the font has, as a share of the font's size."""
    font = FONT.read_bytes()
    tables = dict[bytes, int]()
    for n in range(struct.unpack_from(">H", font, 4)[0]):
        name, _, start, _ = struct.unpack_from(">4sIII", font, 12 + n * 16)
        tables[name] = start
    (units,) = struct.unpack_from(">H", font, tables[b"head"] + 18)
    (metrics,) = struct.unpack_from(">H", font, tables[b"hhea"] + 34)
    advances = [struct.unpack_from(">H", font, tables[b"hmtx"] + 4 * n)[0] / units for n in range(metrics)]
    return {char: advances[min(glyph, metrics - 1)] for char, glyph in _glyphs(font, tables[b"cmap"]).items()}


def _glyphs(font: bytes, cmap: int) -> Mapping[int, int]:
    """Return character -> glyph from the table of format 12, which holds all of Unicode."""
    for n in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        (offset,) = struct.unpack_from(">I", font, cmap + 4 + n * 8 + 4)
        start = cmap + offset
        if struct.unpack_from(">H", font, start)[0] == 12:
            (groups,) = struct.unpack_from(">I", font, start + 12)
            found = (struct.unpack_from(">III", font, start + 16 + n * 12) for n in range(groups))
            return {first + k: glyph + k for first, last, glyph in found for k in range(last - first + 1)}
    raise ValueError("the font has no table of format 12")
