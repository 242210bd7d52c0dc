"""What a list shows, as the few characters that its buttons carry: filters, words, and the evening that the page begins with.

A button holds 64 bytes, a community's id half of them. So words are carried as their length and a mark, which is compared with the
titles; and a page is named by its first evening, so that what comes or goes before it does not shift it.
"""

import re
import zlib
from datetime import datetime
from string import ascii_lowercase, digits

from bot.core.errors import BadPress
from bot.core.meetings import Audience
from bot.core.zones import folded
from handlers.directory.records import DAYS, Filter, Want

_DIGITS = digits + ascii_lowercase
_NONE = "_"
_CODE = re.compile(r"([0-9a-v])([0-6mt_])([0-9a-z]{5}|_)(?:([0-9a-z]{5})([0-9a-z]{3}))?")
_WANTS = tuple(Want)
LONGEST_WORDS = 35  # characters looked for; more do not count

Anchor = tuple[int, int]
"""An evening's place in a list: its start in minutes since 1970, and a number of its series, for those of the same minute."""


def coded(wanted: Filter, anchor: Anchor | None = None) -> str:
    """Return at most 15 characters from which `decoded` makes the same again."""
    bits = (wanted.audience is Audience.FAMILY) + sum(2 << n for n, want in enumerate(_WANTS) if want in wanted.wants)
    at = "" if anchor is None else _number(anchor[0], 5) + _number(anchor[1], 3)
    return f"{_DIGITS[bits]}{wanted.day or _NONE}{wanted.mark or _NONE}{at}"


def decoded(code: str) -> tuple[Filter, Anchor | None]:
    """Return what `coded` was given. Raises BadPress for anything else."""
    if not code:
        return Filter(), None
    found = _CODE.fullmatch(code)
    if found is None:
        raise BadPress(why="list")
    bits, day, mark, minute, tie = found.groups()
    number = int(bits, 32)
    wanted = Filter(
        Audience.FAMILY if number & 1 else Audience.PARTICIPANTS,
        frozenset(want for n, want in enumerate(_WANTS) if number & 2 << n),
        day if day in DAYS else "",
        "" if mark == _NONE else mark,
    )
    return wanted, None if minute is None else (int(minute, 36), int(tie, 36))


def anchor_of(starts_at: datetime, series: str) -> Anchor:
    return int(starts_at.timestamp()) // 60, zlib.crc32(series.encode()) % 36**3


def words_mark(words: str) -> str:
    """Return the mark of words looked for in titles; "" when nothing of them can be compared."""
    wanted = folded(words)[:LONGEST_WORDS].strip()
    return _DIGITS[len(wanted)] + _sum(wanted) if wanted else ""


def series_mark(series: str) -> str:
    return _DIGITS[0] + _sum(series)


def is_marked(title: str, series: str, mark: str) -> bool:
    """Whether the mark is that of the series, or of words with which a word of the title begins."""
    length, number = int(mark[0], 36), mark[1:]
    if not length:
        return _sum(series) == number
    name = folded(title)
    begins = (at for at in range(len(name)) if at == 0 or name[at - 1] == " ")
    return any(len(name) >= at + length and _sum(name[at : at + length]) == number for at in begins)


def _sum(words: str) -> str:
    return _number(zlib.crc32(words.encode()) % 36**4, 4)


def _number(value: int, places: int) -> str:
    """Return a number in 36 digits, the lowest `places` of them."""
    made = ""
    for _ in range(places):
        value, digit = divmod(value, 36)
        made = _DIGITS[digit] + made
    return made
