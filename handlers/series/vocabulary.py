"""The words in which people say when something repeats, in the languages that are understood. All are compared folded."""

from functools import lru_cache

from babel import Locale

from bot.core.zones import folded

UNDERSTOOD = ("en", "de")
NUMBERS = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12},
    **{"zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "zwolf": 12},
}
_ENGLISH_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_GERMAN_NTH = {"erst": 1, "zweit": 2, "dritt": 3, "viert": 4, "funft": 5, "letzt": -1}
NTH = _ENGLISH_NTH | {f"{stem}e{end}": nth for stem, nth in _GERMAN_NTH.items() for end in ("", "n", "r", "m", "s")}

EVERY = frozenset({"every", "each", "all", "alle", "jede", "jeden", "jeder", "jedes", "jedem"})
OTHER = frozenset({"other", "second", "2nd", "zweite", "zweiten", "zweiter", "zweites"})
DAY = frozenset({"day", "days", "tag", "tage", "tagen"})
WEEK = frozenset({"week", "weeks", "woche", "wochen"})
MONTH = frozenset({"month", "months", "monat", "monate", "monats", "monaten"})
DAILY = frozenset({"daily", "taglich", "taeglich"})
WEEKLY = frozenset({"weekly", "wochentlich", "woechentlich"})
FORTNIGHTLY = frozenset(
    {"fortnightly", "zweiwochentlich", "zweiwoechentlich", "vierzehntaglich", "14-taglich", "14-taegig", "14-tagig"}
)
MONTHLY = frozenset({"monthly", "monatlich"})
WEEKDAYS = frozenset({"weekdays", "weekday", "wochentags", "wochentag"})
WEEKEND = frozenset({"weekend", "weekends", "wochenende", "wochenenden", "wochenends"})
LEAD = frozenset({"on", "the", "always", "am", "immer", "an", "der", "den", "dem", "jeweils", "im", "in", "of", "des", "das"})
AND = frozenset({"and", "und", "+", "&", ",", "/", "u."})
TO = frozenset({"to", "through", "bis", "-", "–"})
AT = frozenset({"at", "um", "@", "ab", "from", "von"})
UNTIL = frozenset({"until", "till", "bis"})
FROM = frozenset({"from", "starting", "ab", "beginning"})
TIMES = frozenset({"times", "time", "x", "×", "mal"})
O_CLOCK = frozenset({"am", "pm", "a.m.", "p.m.", "a.m", "p.m", "uhr", "h"})
MINUTES = frozenset({"min", "mins", "minute", "minutes", "minuten", "m", "'", "min."})
HOURS = frozenset({"h", "hour", "hours", "stunde", "stunden", "std", "std."})


@lru_cache(maxsize=16)
def weekday_names(language: str) -> tuple[str, ...]:
    """Return the days' names, Monday first."""
    names = Locale.parse(language.replace("-", "_")).days["stand-alone"]["wide"]
    return tuple(str(names[day]) for day in range(7))


@lru_cache(maxsize=16)
def folded_weekdays(language: str) -> tuple[str, ...]:
    return tuple(folded(name) for name in weekday_names(language))


@lru_cache(maxsize=16)
def folded_months(language: str) -> tuple[str, ...]:
    names = Locale.parse(language.replace("-", "_")).months["stand-alone"]["wide"]
    return tuple(folded(str(names[month])) for month in range(1, 13))


def tongues(language: str) -> tuple[str, ...]:
    """Return the person's language, then the others in which days and months are understood."""
    return tuple(dict.fromkeys((language, *UNDERSTOOD)))
