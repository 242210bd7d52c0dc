"""Understanding what a facilitator typed for a new meeting. Pure. What is unclear gets one sentence that says what to do."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from babel import Locale

from bot.core.errors import BadInput
from bot.core.richtext import clean
from bot.core.schedule import Schedule
from bot.core.zones import folded, near_zones, zones_for

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")  # RFC 5545
LENGTHS = (60, 90)  # minutes; those that have an outline
LONGEST_TITLE = 80
_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?\s*(am|pm|uhr|h)?")
_AFTER_TIME = frozenset({"am", "pm", "uhr", "h"})
_MOST_WORDS_OF_A_CITY = 4


class Unclear(BadInput):
    """`values` are put into the sentence; never the facilitator's own words. `field` is the form's field that it is about."""

    text_key = "meetings.bad_line"
    field = ""

    def __init__(self, **values: str) -> None:
        super().__init__(**values)
        self.values = values


class NoTitle(Unclear):
    text_key = "meetings.bad_title"
    field = "title"


class UnknownWeekday(Unclear):
    text_key = "meetings.bad_weekday"
    field = "weekday"


class UnknownTime(Unclear):
    text_key = "meetings.bad_time"
    field = "time"


class UnknownZone(Unclear):
    text_key = "meetings.bad_zone"
    field = "zone"


class SeveralZones(Unclear):
    text_key = "meetings.several_zones"
    field = "zone"


class UnknownLength(Unclear):
    text_key = "meetings.bad_length"
    field = "length"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A weekly meeting as a facilitator wants it. `weekday` counts from Monday = 0."""

    title: str
    weekday: int
    wall: time
    zone: str
    minutes: int

    def schedule(self, now: datetime) -> Schedule:
        first = now.astimezone(ZoneInfo(self.zone)).date()
        return Schedule(self.zone, first, self.wall, f"FREQ=WEEKLY;BYDAY={DAYS[self.weekday]}")


def from_form(answers: Mapping[str, str], language: str, home_zone: str) -> Wanted:
    """Return the meeting that the form's answers mean. Raises Unclear."""
    return Wanted(
        title_of(answers.get("title", "")),
        weekday_of(answers.get("weekday", ""), language),
        time_of(answers.get("time", "")),
        zone_of(answers.get("zone", "") or home_zone, language),
        length_of(answers.get("length", "")),
    )


def from_line(line: str, language: str, home_zone: str) -> Wanted:
    """Return the meeting of one line: weekday, time, perhaps a zone or city, perhaps a length, title. Raises Unclear."""
    words = line.split()
    if len(words) < 3:
        raise Unclear()
    weekday = weekday_of(words.pop(0), language)
    wall = words.pop(0)
    if words[0].casefold() in _AFTER_TIME:
        wall += words.pop(0)
    at = time_of(wall)
    zone = _leading_zone(words, language) or home_zone
    minutes = length_of(words.pop(0)) if words and re.fullmatch(r"[0-9]{2,3}", words[0]) else LENGTHS[-1]
    return Wanted(title_of(" ".join(words)), weekday, at, zone, minutes)


def _leading_zone(words: list[str], language: str) -> str:
    """Take a zone or city off the front of the words; "" when there is none. Raises Unclear for what can only be a zone."""
    for count in range(min(_MOST_WORDS_OF_A_CITY, len(words) - 1), 0, -1):
        typed = " ".join(words[:count])
        if zones_for(typed, language):
            del words[:count]
            return zone_of(typed, language)
    if words and "/" in words[0]:
        return zone_of(words[0], language)
    return ""


def title_of(typed: str) -> str:
    title = " ".join(clean(typed).split())
    if not any(char.isalnum() for char in title) or len(title) > LONGEST_TITLE:
        raise NoTitle(longest=str(LONGEST_TITLE))
    return title


def weekday_of(typed: str, language: str) -> int:
    """Return the weekday (Monday = 0) of a name, or of its first two letters or more, in the language or in English."""
    wanted = folded(typed[:40]).rstrip(".,")
    if len(wanted) >= 2:
        for tag in (language, "en"):
            named = [day for day, name in enumerate(weekday_names(tag)) if folded(name).startswith(wanted)]
            if len(named) == 1:
                return named[0]
    raise UnknownWeekday()


def weekday_names(language: str) -> Sequence[str]:
    """Return the days' names, Monday first."""
    names = Locale.parse(language.replace("-", "_")).days["stand-alone"]["wide"]
    return [str(names[day]) for day in range(7)]


def time_of(typed: str) -> time:
    """Return the time of "19:00", "19.00", "7pm", "7:30 pm" or "19 Uhr". A bare number could be either half of the day: refused."""
    found = _TIME.fullmatch(typed.strip().casefold().replace(".m.", "m"))
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
    minutes = typed.strip()
    if minutes not in {str(length) for length in LENGTHS}:
        raise UnknownLength()
    return int(minutes)
