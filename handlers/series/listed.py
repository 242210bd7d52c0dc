"""Lists in what people type: weekdays, dates of a month, "1st and 3rd". Pure; each reads on from where the words stand."""

import re
from collections.abc import Callable

from handlers.series import vocabulary as say
from handlers.series.reading import weekday_of
from handlers.series.repeats import LAST
from handlers.series.words import Words

_NUMBERED = re.compile(r"([0-9]{1,2})(?:re|eme|e|st|nd|rd|th|er|\.?[ao]|\.)")
_DATE = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er|\.?[ao]|\.)?")
_LIST = re.compile(r"[+,&/]")
_RANGE = re.compile(r"[-–]")


def take_ordinals(words: Words) -> tuple[int, ...]:
    nth = say.NTH_OR_DAY.get(words.peek(), 0)
    if nth and words.left[0][-1] not in ",+&" and _days_of(words.peek(1), words.language):
        words.at += 1
        return (nth,)
    return _listed(words, ordinal)


def ordinal(word: str) -> int:
    """Return 1 to 5 or LAST; 0 for any other word."""
    found = _NUMBERED.fullmatch(word)
    number = int(found[1]) if found else say.NTH.get(word, 0)
    return number if LAST <= number <= 5 else 0


def take_dates(words: Words) -> tuple[int, ...]:
    return _listed(words, _date)


def _date(word: str) -> int:
    found = _DATE.fullmatch(word)
    return int(found[1]) if found and 1 <= int(found[1]) <= 31 else 0


def _listed(words: Words, read: Callable[[str], int]) -> tuple[int, ...]:
    """Read numbers with "and" or commas between them."""
    found: list[int] = []
    while (number := read(words.peek())) and not _counts_something(words, 0):
        found.append(number)
        comma = words.left[0].endswith(",")
        words.at += 1
        ahead = _behind_and(words)
        if not comma and ahead and read(words.peek(ahead)) and not _counts_something(words, ahead):
            words.at += ahead
        elif not comma:
            break
    return tuple(dict.fromkeys(found))


def _behind_and(words: Words) -> int:
    """Return how far ahead stands what comes behind "and", or "et le" ("le mardi et le jeudi"); 0 when no such word is next."""
    if words.peek() not in say.AND:
        return 0
    ahead = 1
    while words.peek(ahead) in say.LEAD:
        ahead += 1
    return ahead


def _counts_something(words: Words, ahead: int) -> bool:
    """Whether a bare number is one of "10 times", "19 Uhr" or "90 min", and so no date."""
    return words.peek(ahead).isdigit() and words.peek(ahead + 1) in say.TIMES | say.O_CLOCK | say.MINUTES | say.HOURS


def take_days(words: Words) -> tuple[int, ...]:
    """Read weekdays: "Tuesdays", "Tue+Thu", "Tue, Thu and Sat", "Mo-Fr"."""
    found: list[int] = []
    while days := _days_of(words.peek(), words.language):
        found += days
        words.at += 2 if words.peek(1) in say.DAY_TAILS else 1
        more = words.typed[words.at - 1][-1] in ",+&"
        ahead = _behind_and(words)
        following = _days_of(words.peek(ahead or 1), words.language)
        if ahead and following:
            words.at += ahead
        elif words.peek() in say.TO and len(days) == len(following) == 1:
            found += _between(days[0], following[0])
            words.at += 2
        elif not more:
            break
    return tuple(sorted(set(found)))


def _days_of(word: str, language: str) -> tuple[int, ...]:
    """Return the weekdays that one written word names; none where any part of it is something else."""
    found: list[int] = []
    for part in _LIST.split(say.DAY_TAIL.sub("", word).strip("+,&")):
        ends = [weekday_of(end, language) for end in _RANGE.split(part)]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2:
            return ()
        found += _between(first, last)
    return tuple(found)


def _between(first: int, last: int) -> list[int]:
    return [(first + n) % 7 for n in range((last - first) % 7 + 1)]
