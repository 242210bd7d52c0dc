"""How people say when something repeats: "Tue+Thu", "every 2 weeks on Monday", "letzter Freitag im Monat". Pure.

Each function reads on from where the words stand and moves them past what it understood; otherwise they stay where they were.
"""

from handlers.series import vocabulary as say
from handlers.series.listed import ordinal, take_dates, take_days, take_ordinals
from handlers.series.repeats import LAST, MOST_STEPS, Each, Repeat
from handlers.series.unclear import EveryNthOrNth, UnknownDays
from handlers.series.words import Words

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
    days = take_days(words)
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
    ordinals = take_ordinals(words)
    if not ordinals and words.takes(say.OTHER):
        ordinals = (2,)
    days = take_days(words)
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
    if step in _FORTNIGHT and (days := take_days(words)):
        return Repeat(Each.WEEK, 2, days)
    words.at = mark
    return Repeat(Each.DAY, step)


def _step(words: Words) -> tuple[int, str]:
    """Read "week", "2 weeks", "other week" or "third week"; the unit is "" when it is none of them."""
    first, second = words.peek(), words.peek(1)
    if first in _UNITS:
        words.at += 1
        return 1, first
    number = _number(first) or (2 if first in say.OTHER else max(ordinal(first), 0))
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
    days = take_days(words)
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
    ordinals = take_ordinals(words)
    if ordinals and words.takes(say.DAY) and (months := _month_behind(words)):
        return Repeat(Each.MONTH, months, dates=ordinals)
    words.at = mark
    return None


def _on_a_date(words: Words) -> Repeat | None:
    """Read "dia 15" after "todo": that is of each month."""
    mark = words.at
    if words.takes(say.DAYS_DATE) and (dates := take_dates(words)):
        return Repeat(Each.MONTH, _month_behind(words) or 1, dates=dates)
    words.at = mark
    return None


def _of_a_month(words: Words, *, sure: bool = False) -> Repeat | None:
    """Read "first Monday", "1st and 3rd Monday of the month" or "15th of each month". `sure`: that it is of a month was said."""
    mark = words.at
    if (found := _nth_day(words)) is not None:
        return found
    ordinals = take_ordinals(words)
    if ordinals and sure and ordinals == (LAST,) and words.takes(say.DAY):
        return Repeat(Each.MONTH, dates=ordinals)
    days = take_days(words) if ordinals else ()
    if days:
        return Repeat(Each.MONTH, _month_behind(words) or 1, days, ordinals)
    words.at = mark
    words.takes(say.DAY)
    dates = take_dates(words)
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
