"""Understanding single values that a facilitator typed: a title, a time, a zone, a length, a date, a weekday. Pure."""

import re
from collections.abc import Sequence
from datetime import date, time
from functools import lru_cache

from bot.core.richtext import one_line
from bot.core.when import zone_names
from bot.core.zones import folded, near_zones, zones_for
from handlers.series.unclear import NoTitle, SeveralZones, UnknownDate, UnknownLength, UnknownTime, UnknownZone
from handlers.series.vocabulary import folded_months, folded_weekdays, tongues

SHORTEST, LONGEST = 15, 240  # minutes of a meeting
USUAL_LENGTH = 90
LONGEST_TITLE = 80
_TIME = re.compile(r"([0-9]{1,2})(?:(?:[:.]|\s*h(?:eures?)?\s*)([0-9]{2}))?\s*(am|pm|uhr|heures?|hs?|horas)?")
_MINUTES = re.compile(r"([0-9]{1,3})\s*(?:min\.?|mins|minutes?|minuten|minutos?|m|')?")
_HOURS = re.compile(
    r"([0-9])(?:[.,](5|25|75)|:([0-9]{2}))?\s*(?:hs?|hours?|heures?|horas?|std\.?|stunden?)(?:\s*([0-9]{1,2})(?:\s*min\.?)?)?"
)
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DOTTED = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{4})?")
_NAMED = re.compile(r"([0-9]{1,2})(?:\.|st|nd|rd|th|o|er)?\s+([a-z]{3,12})\.?,?(?:\s+([0-9]{4}))?")
_OF = re.compile(r"(?<=\w) del? (?=\w)")
_NAMED_FIRST = re.compile(r"([a-z]{3,12})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?(?:\s+([0-9]{4}))?")


def title_of(typed: str) -> str:
    title = one_line(typed)
    if not any(char.isalnum() for char in title) or len(title) > LONGEST_TITLE:
        raise NoTitle(longest=str(LONGEST_TITLE))
    return title


def weekday_of(typed: str, language: str) -> int | None:
    """Return the weekday (Monday = 0) of a name, its plural or its beginning, in the language or another that is understood."""
    wanted = folded(typed[:40]).rstrip(".,")
    if len(wanted) < 2 or not wanted.isalpha():
        return None
    for tag in tongues(language):
        for form in (wanted, wanted.removesuffix("s")):
            named = [day for day, name in enumerate(folded_weekdays(tag)) if len(form) > 1 and name.startswith(form)]
            if len(named) == 1:
                return named[0]
    return None


def time_of(typed: str) -> time:
    """Return the time of "19:00", "19.00", "7pm", "7:30 pm" or "19 Uhr". A bare number could be either half of the day: refused."""
    found = _TIME.fullmatch(typed.strip().casefold().replace(". m", ".m").replace(".m.", "m").replace(".m", "m"))
    if found is None:
        raise UnknownTime()
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            raise UnknownTime()
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif half is None and found[2] is None:
        raise UnknownTime()
    if hour > 23 or minute > 59:
        raise UnknownTime()
    return time(hour, minute)


def zone_of(typed: str, language: str) -> str:
    """Return the IANA zone of a name or city. Abbreviations as EST are refused: they stay behind when the clocks change."""
    zones = [zone for zone in zones_for(typed, language) if _keeps_wall_time(zone)]
    if len(zones) == 1:
        return zones[0]
    if zones:
        raise SeveralZones(zones=", ".join(zones))
    near = [zone for zone in near_zones(typed, language, most=8) if _keeps_wall_time(zone)][:3]
    raise UnknownZone(near=", ".join(near), found="yes" if near else "no")


def _keeps_wall_time(zone: str) -> bool:
    return zone == "UTC" or "/" in zone or not (zone.isupper() or any(char.isdigit() for char in zone))


def length_of(typed: str) -> int:
    """Return the minutes of "90", "90 min", "1.5 h", "1h30" or "2 Stunden"."""
    wanted = typed.strip().casefold()
    minutes = 0
    if found := _MINUTES.fullmatch(wanted):
        minutes = int(found[1])
    elif found := _HOURS.fullmatch(wanted):
        part = {"5": 30, "25": 15, "75": 45, None: 0}[found[2]]
        minutes = 60 * int(found[1]) + part + int(found[3] or 0) + int(found[4] or 0)
    if not (SHORTEST <= minutes <= LONGEST and wanted.isascii()):
        raise UnknownLength(shortest=str(SHORTEST), longest=str(LONGEST))
    return minutes


def date_of(typed: str, language: str, today: date) -> date:
    """Return the day of "2026-12-31", "31.12.2026", "31.12." (the next one), "31 December", "31 de diciembre de 2026" or
    "December 31, 2026".

    "12/31" and "31/12" are the same figures in two countries: refused.
    """
    wanted = _OF.sub(" ", " ".join(folded_date(typed[:40]).split()))
    if found := _ISO.fullmatch(wanted):
        return _day(found[1], int(found[2]), found[3], today)
    if found := _DOTTED.fullmatch(wanted):
        return _day(found[3], int(found[2]), found[1], today)
    if found := _NAMED.fullmatch(wanted):
        return _day(found[3], _month(found[2], language), found[1], today)
    if found := _NAMED_FIRST.fullmatch(wanted):
        return _day(found[3], _month(found[1], language), found[2], today)
    raise UnknownDate()


def folded_date(typed: str) -> str:
    """Return words for comparing, with the signs that dates are written with."""
    return "".join(char if char in "-/" else folded(char) or char for char in typed.casefold()).strip()


def _month(typed: str, language: str) -> int:
    for tag in tongues(language):
        named = [number for number, name in enumerate(folded_months(tag), 1) if name.startswith(typed)]
        if len(named) == 1:
            return named[0]
    raise UnknownDate()


def _day(year: str | None, month: int, day: str, today: date) -> date:
    try:
        if year is not None:
            return date(int(year), month, int(day))
        this = date(today.year, month, int(day))
        return this if this >= today else date(today.year + 1, month, int(day))
    except ValueError:
        raise UnknownDate() from None


@lru_cache(maxsize=1)
def _areas() -> frozenset[str]:
    return frozenset(zone.partition("/")[0].casefold() for zone in zone_names() if "/" in zone)


def leading_zone(words: Sequence[str], language: str, most: int = 4) -> tuple[str, int]:
    """Return the zone or city that stands at the front of the words, and of how many words it is; ("", 0) when there is none.

    Raises Unclear for what can only be a zone.
    """
    for count in range(min(most, len(words)), 0, -1):
        typed = " ".join(words[:count])
        if zones_for(typed, language):
            return zone_of(typed, language), count
    if words and words[0].partition("/")[0].casefold() in _areas() and "/" in words[0]:
        return zone_of(words[0], language), 1
    return "", 0
