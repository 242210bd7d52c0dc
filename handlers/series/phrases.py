"""How people say when something repeats: "Tue+Thu", "every 2 weeks on Monday", "letzter Freitag im Monat". Pure.

Each function reads on from where the words stand and moves them past what it understood; otherwise they stay where they were.
"""

import re
from collections.abc import Callable

from handlers.series import vocabulary as say
from handlers.series.reading import weekday_of
from handlers.series.repeats import LAST, MOST_STEPS, Each, Repeat
from handlers.series.unclear import EveryNthOrNth, UnknownDays
from handlers.series.words import Words

_NUMBERED = re.compile(r"([0-9]{1,2})(?:re|eme|e|st|nd|rd|th|er|\.?[ao]|\.)")
_DATE = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er|\.?[ao]|\.)?")
_LIST = re.compile(r"[+,&/]")
_RANGE = re.compile(r"[-–]")
_FORTNIGHT = (14, 15)  # so many days are two weeks where a weekday is named
_UNITS = say.DAY | say.WEEK | say.MONTH


def take_repeat(words: Words) -> Repeat | None:
    """Read how something repeats. Raises UnknownDays or EveryNthOrNth for what begins so, and leaves the days open."""
    mark = words.at
    words.skip(say.LEAD)
    found = _repeat(words)
    if found is None:
        words.at = mark
    return found


def _repeat(words: Words) -> Repeat | None:
    if words.takes(say.DAILY):
        return Repeat(Each.DAY)
    if words.takes(say.WEEKLY):
        return _weekly(words, 1)
    if words.takes(say.FORTNIGHTLY) or words.takes_said(say.FORTNIGHTLY_SAID):
        return _weekly(words, 2)
    if words.takes(say.MONTHLY):
        return _monthly(words, 1)
    if words.takes(say.EVERY):
        return _every(words)
    found = _part_of_week(words) or _of_a_month(words)
    if found is not None:
        return found
    if words.peek() in say.WEEK and words.peek(1) in say.OUT_OF:
        words.at += 1
        return _weekly(words, _one_out_of(words) or 1)
    days = _days(words)
    return Repeat(Each.WEEK, _step_behind(words), days) if days else None


def _part_of_week(words: Words) -> Repeat | None:
    if words.takes(say.WEEKDAYS) or words.takes_said(say.WEEKDAYS_SAID):
        return Repeat(Each.WEEK, days=(0, 1, 2, 3, 4))
    return Repeat(Each.WEEK, days=(5, 6)) if words.takes(say.WEEKEND) or words.takes_said(say.WEEKEND_SAID) else None


def _every(words: Words) -> Repeat | None:
    """Read on after "every"."""
    words.skip(say.LEAD)
    found = _part_of_week(words) or _nth_day(words) or _on_a_date(words)
    if found is not None:
        return found
    step, unit = _step(words)
    if unit in say.DAY:
        return _days_apart(words, step)
    if unit in say.WEEK:
        return _weekly(words, step)
    if unit in say.MONTH:
        return _monthly(words, step)
    ordinals = _ordinals(words)
    if not ordinals and words.takes(say.OTHER):
        ordinals = (2,)
    days = _days(words)
    if not days:
        return None
    if not ordinals:
        return Repeat(Each.WEEK, _step_behind(words), days)
    months = _month_behind(words)
    if months or ordinals in ((1,), (LAST,)):
        return Repeat(Each.MONTH, months or 1, days, ordinals)
    if ordinals == (2,):
        return Repeat(Each.WEEK, 2, days)
    raise EveryNthOrNth()


def _days_apart(words: Words, step: int) -> Repeat:
    """Read on after "every 3 days". "Tous les quinze jours le lundi" means every second week."""
    mark = words.at
    words.skip(say.LEAD)
    if step in _FORTNIGHT and (days := _days(words)):
        return Repeat(Each.WEEK, 2, days)
    words.at = mark
    return Repeat(Each.DAY, step)


def _step(words: Words) -> tuple[int, str]:
    """Read "week", "2 weeks", "other week" or "third week"; the unit is "" when it is none of them."""
    first, second = words.peek(), words.peek(1)
    if first in _UNITS:
        words.at += 1
        return 1, first
    number = _number(first) or (2 if first in say.OTHER else max(_ordinal(first), 0))
    if number and second in _UNITS:
        words.at += 2
        return number, second
    return 1, ""


def _number(word: str) -> int:
    if word in say.NUMBERS:
        return say.NUMBERS[word]
    return int(word) if word.isascii() and word.isdigit() and 1 <= int(word[:4]) <= MOST_STEPS else 0


def _weekly(words: Words, step: int) -> Repeat:
    words.skip(say.LEAD)
    days = _days(words)
    if not days:
        raise UnknownDays()
    return Repeat(Each.WEEK, step, days)


def _monthly(words: Words, step: int) -> Repeat:
    words.skip(say.LEAD)
    words.takes(say.EVERY)
    found = _nth_day(words) or _of_a_month(words, sure=True)
    if found is None:
        raise UnknownDays()
    return Repeat(Each.MONTH, step, found.days, found.ordinals, found.dates)


def _nth_day(words: Words) -> Repeat | None:
    """Read "last day of the month"."""
    mark = words.at
    ordinals = _ordinals(words)
    if ordinals and words.takes(say.DAY) and (months := _month_behind(words)):
        return Repeat(Each.MONTH, months, dates=ordinals)
    words.at = mark
    return None


def _on_a_date(words: Words) -> Repeat | None:
    """Read "dia 15" after "todo": that is of each month."""
    mark = words.at
    if words.takes(say.DAYS_DATE) and (dates := _dates(words)):
        return Repeat(Each.MONTH, _month_behind(words) or 1, dates=dates)
    words.at = mark
    return None


def _of_a_month(words: Words, *, sure: bool = False) -> Repeat | None:
    """Read "first Monday", "1st and 3rd Monday of the month" or "15th of each month". `sure`: that it is of a month was said."""
    mark = words.at
    if (found := _nth_day(words)) is not None:
        return found
    ordinals = _ordinals(words)
    if ordinals and sure and ordinals == (LAST,) and words.takes(say.DAY):
        return Repeat(Each.MONTH, dates=ordinals)
    days = _days(words) if ordinals else ()
    if days:
        return Repeat(Each.MONTH, _month_behind(words) or 1, days, ordinals)
    words.at = mark
    words.takes(say.DAY)
    dates = _dates(words)
    months = _month_behind(words) if dates else 0
    if dates and (months or sure):
        return Repeat(Each.MONTH, months or 1, dates=dates)
    words.at = mark
    return None


def _month_behind(words: Words) -> int:
    """Read "of the month", "im Monat", "of every 2 months"; return how many months, or 0 when nothing of it stands there."""
    mark = words.at
    words.skip(say.LEAD | say.OF)
    if words.takes(say.MONTHLY):
        return 1
    if words.takes(say.EVERY):
        words.skip(say.LEAD)
    step, unit = _step(words)
    if unit in say.MONTH:
        return step
    words.at = mark
    return 0


def _step_behind(words: Words) -> int:
    """Read "every 2 weeks" or "fortnightly" after the days."""
    mark = words.at
    words.skip(say.LEAD)
    if words.takes(say.FORTNIGHTLY) or words.takes_said(say.FORTNIGHTLY_SAID):
        return 2
    if words.takes(say.WEEKLY):
        return 1
    if step := _one_out_of(words):
        return step
    if words.takes(say.EVERY):
        words.skip(say.LEAD)
        step, unit = _step(words)
        if unit in say.WEEK:
            return step
    words.at = mark
    return 1


def _one_out_of(words: Words) -> int:
    """Read "sur deux" of "un lundi sur deux"; 0 when it does not stand there."""
    number = _number(words.peek(1)) if words.peek() in say.OUT_OF else 0
    words.at += 2 if number else 0
    return number


def _ordinals(words: Words) -> tuple[int, ...]:
    nth = say.NTH_OR_DAY.get(words.peek(), 0)
    if nth and words.left[0][-1] not in ",+&" and _days_of(words.peek(1), words.language):
        words.at += 1
        return (nth,)
    return _listed(words, _ordinal)


def _ordinal(word: str) -> int:
    """Return 1 to 5 or LAST; 0 for any other word."""
    found = _NUMBERED.fullmatch(word)
    number = int(found[1]) if found else say.NTH.get(word, 0)
    return number if LAST <= number <= 5 else 0


def _dates(words: Words) -> tuple[int, ...]:
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


def _days(words: Words) -> tuple[int, ...]:
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
