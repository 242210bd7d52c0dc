"""What was typed, word by word; and the ends that may stand anywhere: a date, a number of times. Pure.

Each `take_…` reads on from where the words stand and moves them past what it understood; otherwise they stay where they were.
"""

import re
import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from handlers.series import vocabulary as say
from handlers.series.reading import date_of
from handlers.series.repeats import MOST_TIMES
from handlers.series.unclear import UnknownDate, UnknownDays

_TIMES = re.compile(r"([0-9]{1,4})\s*-?(?:x|×|mal|times|vezes|fois)")
_DATE_WORDS = 5
_BEFORE_A_DATE = frozenset(
    {"zum", "dem", "den", "the", "including", "on", "einschliesslich"}
    | {"le", "au", "du", "partir", "compter", "el", "al", "del", "o", "ao", "dia", "de", "do"}
)


class Words:
    """What was typed, word by word, and how far it was read."""

    def __init__(self, typed: Sequence[str], language: str, today: date) -> None:
        self.typed = list(typed)
        self.language = language
        self.today = today
        self.at = 0

    @property
    def left(self) -> list[str]:
        return self.typed[self.at :]

    def peek(self, ahead: int = 0) -> str:
        """Return a word for comparing; "" beyond the end."""
        place = self.at + ahead
        return plain(self.typed[place]) if place < len(self.typed) else ""

    def takes(self, wanted: AbstractSet[str]) -> bool:
        """Read the next word if it is one of these."""
        if self.peek() not in wanted or self.at >= len(self.typed):
            return False
        self.at += 1
        return True

    def takes_said(self, wanted: Sequence[Sequence[str]]) -> bool:
        """Read the next words if they are one of these sayings."""
        for said in wanted:
            if all(self.peek(ahead) == word for ahead, word in enumerate(said)):
                self.at += len(said)
                return True
        return False

    def skip(self, wanted: AbstractSet[str]) -> None:
        while self.takes(wanted):
            pass


def plain(word: str) -> str:
    """Return a word in lower case, without accents and the punctuation behind it."""
    letters = (char for char in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(char))
    return "".join(letters).rstrip(",;:") or word


def take_times(words: Words) -> int:
    """Read "10 times", "10x" or "10 mal"; 0 when it does not stand there."""
    first = words.peek()
    if found := _TIMES.fullmatch(first):
        words.at += 1
        return _within(int(found[1]))
    if first.isascii() and first.isdigit() and len(first) < 5 and words.peek(1) in say.TIMES:
        words.at += 2
        return _within(int(first))
    return 0


def _within(times: int) -> int:
    if not 1 <= times <= MOST_TIMES:
        raise UnknownDays()
    return times


def take_date(words: Words, before: AbstractSet[str]) -> date | None:
    """Read a date behind one of some words. Raises UnknownDate when the word stands there without one."""
    if words.peek() not in before or not words.left:
        return None
    mark = words.at
    words.at += 1
    words.skip(_BEFORE_A_DATE)
    for count in range(min(_DATE_WORDS, len(words.left)), 0, -1):
        try:
            found = date_of(" ".join(words.left[:count]).rstrip(",;"), words.language, words.today)
        except UnknownDate:
            continue
        words.at += count
        return found
    words.at = mark
    raise UnknownDate()
