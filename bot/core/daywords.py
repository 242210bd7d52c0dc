"""A day or a time of day, as people type it in their language; and how it reads. What could mean two days means none."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time
from dateutil.relativedelta import relativedelta

from bot.core.day_tables import AGO, AHEAD, EVENING, FILLERS, MIDDAY, MORNING, NIGHT, NUMBERS, OFFSETS, UNITS

LONGEST = 60  # characters; nobody needs more for a day
FALLBACK = "en"
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_FIGURES = re.compile(r"([0-9]{1,2})([./-])\s?([0-9]{1,2})(?:\2\s?([0-9]{4}|[0-9]{2})?)?")
_NTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er|o|º|°|ª|\.)?")
_CLOCK = re.compile(
    r"([0-9]{1,2})(?:\s?([:.h]|uhr|heures?)\s?([0-5][0-9]))?\s?(h|hs|hrs?|uhr|oclock|heures?|horas?)?\s?(am|pm)?(?:\s(.+))?"
)


# How they read ------------------------------------------------------------------------------------------------------


def said_day(day: str, language: str) -> str:
    """Return an ISO day like "Tuesday, December 1, 2026"; what is none, as it is."""
    try:
        return str(format_date(date.fromisoformat(day), "full", locale=_locale(language)))
    except ValueError:
        return day


def said_time(clock: str, language: str) -> str:
    """Return `18:30` like "6:30 PM"; what is no time, as it is."""
    try:
        return str(format_time(time.fromisoformat(clock), "short", locale=_locale(language)))
    except ValueError:
        return clock


# How they are typed -------------------------------------------------------------------------------------------------


def day_in(words: str, language: str, today: date, *, past: bool = False) -> date | None:
    """Return the day that was typed, or None. Without a year it is the next one from today on; `past`: the last one.

    "12/5" is two days in English: none. The words are read in the person's language, else in English.
    """
    typed = _folded(words) if len(words) <= LONGEST else ""
    if not typed:
        return None
    if found := _ISO.fullmatch(typed):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    for tag in _tongues(language):
        day = _in_figures(typed, tag, today, past=past) or _in_words(typed, tag, today, past=past)
        if day is not None:
            return day
    return None


def time_in(words: str, language: str) -> time | None:
    """Return the time of day of "18:30", "18.30 Uhr", "18h30", "7pm" or "noon", or None.

    A bare "7" is either half of the day in English: none.
    """
    typed = _folded(words) if len(words) <= LONGEST else ""
    typed = re.sub(r"\b([ap])\.?\s?m\b\.?", r"\1m", typed).replace("o'clock", "oclock")
    for tag in _tongues(language):
        bare = _without_lead(typed, FILLERS[tag])
        if bare in MIDDAY[tag]:
            return time(MIDDAY[tag][bare])
        if found := _CLOCK.fullmatch(bare):
            read = _clock(found, tag)
            if read is not None:
                return read
    return None


def _clock(found: re.Match[str], tag: str) -> time | None:
    hour, minute, unit, half, part = int(found[1]), int(found[3] or 0), found[4] or found[2] == "h", found[5], found[6]
    if hour > 23:
        return None
    if part is not None:
        half = "am" if part in MORNING[tag] else "pm" if part in EVENING[tag] else ""
        if part in NIGHT[tag]:
            half = "pm" if 6 <= hour < 12 else ""
        if not half or hour == 12:
            return None
        hour = hour + 12 if half == "pm" and hour < 12 else hour
    elif half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif tag == FALLBACK and not found[3] and not unit and 1 <= hour <= 12:
        return None
    return time(hour, minute)


def _in_figures(typed: str, tag: str, today: date, *, past: bool) -> date | None:
    found = _FIGURES.fullmatch(_without_lead(typed, FILLERS[tag]))
    if found is None or (found[4] is None and found[2] == "-"):
        return None
    first, second = int(found[1]), int(found[3])
    year = int(found[4]) + (2000 if len(found[4]) == 2 else 0) if found[4] else None
    if tag == FALLBACK and found[2] != "." and first <= 12 and second <= 12 and first != second:
        return None  # two countries read it in two ways
    if tag == FALLBACK and second > 12:
        first, second = second, first
    return _with_year(first, second, year, today, past=past)


def _in_words(typed: str, tag: str, today: date, *, past: bool) -> date | None:
    if typed in OFFSETS[tag]:
        return today + timedelta(days=OFFSETS[tag][typed])
    words = [word.strip(",;") for word in re.split(r"[\s,]+", typed) if word.strip(",;")]
    bare = [word for word in words if word not in FILLERS[tag]]
    return (
        _by_month(bare, tag, today, past=past) or _by_span(bare, tag, today, past=past) or _by_weekday(bare, tag, today, past=past)
    )


def _by_month(words: Sequence[str], tag: str, today: date, *, past: bool) -> date | None:
    """Read "24 December", "December 24th, 2026"; a weekday beside it is taken on trust."""
    day = month = year = None
    for word in words:
        if re.fullmatch(r"[0-9]{4}", word) and year is None:
            year = int(word)
        elif (nth := _NTH.fullmatch(word)) and day is None:
            day = int(nth[1])
        elif (number := _named(word, _months(tag))) is not None and month is None and not word[0].isdigit():
            month = number
        elif word not in UNITS[tag] and _named(word, _weekdays(tag)) is None:
            return None
    return None if day is None or month is None else _with_year(day, month, year, today, past=past)


def _by_span(words: Sequence[str], tag: str, today: date, *, past: bool) -> date | None:
    """Read "in 3 days", "two weeks ago", "next month"."""
    count = unit = None
    back, onward = False, False
    for word in words:
        if (known := NUMBERS[tag].get(word)) is not None or (word.isascii() and word.isdigit() and len(word) < 4):
            if count is not None:
                return None
            count = known if known is not None else int(word)
        elif word in UNITS[tag] and unit is None:
            unit = UNITS[tag][word]
        elif word in AGO[tag]:
            back = True
        elif word in AHEAD[tag]:
            onward = True
        else:
            return None
    if unit is None or (count is None and not back and not onward):
        return None
    away = (1 if count is None else count) * (-1 if back or (past and not onward) else 1)
    try:
        return today + relativedelta(**{unit: away})  # type: ignore[arg-type]  # units are its own names
    except (ValueError, OverflowError):
        return None


def _by_weekday(words: Sequence[str], tag: str, today: date, *, past: bool) -> date | None:
    """Read "Monday" and "next Monday", the one after today; `past`: the one before."""
    named = [_named(word, _weekdays(tag)) for word in words if word not in AHEAD[tag] and word not in AGO[tag]]
    if len(named) != 1 or named[0] is None:
        return None
    if past or any(word in AGO[tag] for word in words):
        return today - timedelta(days=(today.weekday() - named[0] - 1) % 7 + 1)
    return today + timedelta(days=(named[0] - today.weekday() - 1) % 7 + 1)


def _with_year(day: int, month: int, year: int | None, today: date, *, past: bool) -> date | None:
    if year is not None:
        return _date(year, month, day)
    days = [found for away in range(-8, 9) if (found := _date(today.year + away, month, day)) is not None]  # 29 February
    if past:
        return next((one for one in reversed(days) if one <= today), None)
    return next((one for one in days if one >= today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# Names --------------------------------------------------------------------------------------------------------------


def _named(word: str, names: Mapping[str, int]) -> int | None:
    """Return the number of a name, or of the one name that begins so (three letters or more)."""
    wanted = word.rstrip(".")
    if wanted in names:
        return names[wanted]
    found = {number for name, number in names.items() if len(wanted) >= 3 and name.startswith(wanted)}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=16)
def _weekdays(tag: str) -> Mapping[str, int]:
    return dict(_names(_locale(tag).days, first=0))


@lru_cache(maxsize=16)
def _months(tag: str) -> Mapping[str, int]:
    return dict(_names(_locale(tag).months, first=1))


def _names(table: Mapping[str, Mapping[str, Mapping[int, str]]], first: int) -> Iterator[tuple[str, int]]:
    for form in ("format", "stand-alone"):
        for width in ("abbreviated", "wide"):
            numbers = table[form][width]
            yield from ((_folded(str(name)).rstrip("."), number) for number, name in numbers.items() if number >= first)


def _folded(words: str) -> str:
    """Return words for comparing: lower case, without accents, single spaces, one kind of apostrophe."""
    plain = unicodedata.normalize("NFKD", words.replace("\u2019", "'").casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char) and unicodedata.category(char) != "Cf")
    return " ".join(letters.split()).rstrip("!?,;")


def _without_lead(typed: str, fillers: frozenset[str]) -> str:
    words = typed.split(" ")
    while len(words) > 1 and words[0] in fillers:
        words = words[1:]
    return " ".join(words)


def _tongues(language: str) -> tuple[str, ...]:
    own = language.replace("_", "-").partition("-")[0].lower()
    return tuple(dict.fromkeys((own if own in OFFSETS else FALLBACK, FALLBACK)))


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"))
