"""Moments and repetition rules as other calendars write them, made ours. Pure.

A foreign rule is taken from a short list of kinds: a hostile one can keep a machine busy for ever.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from bot.core.recurrence import DAYS, BadRule, parts
from bot.core.schedule import Schedule, checked

LONGEST_GIVEN = 500  # characters; ours is shorter
COUNTED = 520  # evenings of a rule that counts: ten years of weeks
_MOST = {"DAILY": 60, "WEEKLY": 52, "MONTHLY": 12}  # intervals
_OF_THE_CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")
_DAYS_OF_A_MONTH = 31
_STAMP = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")


class Unusable(Exception):
    """A rule or a moment that is not taken over; `why` is a key as `Skipped.why`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def stamp(text: str) -> tuple[date | datetime, bool]:
    """Return the day or the wall-clock time of `20261201T190000`, and whether it is UTC. Raises Unusable."""
    found = _STAMP.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        day = date.fromisoformat(found[1])
        if found[2] is None:
            return day, False
        return datetime.combine(day, time.fromisoformat(found[2])), bool(found[3])
    except ValueError:
        raise Unusable("unreadable") from None


def taken_over(rule: str, start: datetime, zone: str) -> Schedule:
    """Return the schedule of a foreign rule that first starts at `start` (wall-clock time in the zone). Raises Unusable."""
    if len(rule) > LONGEST_GIVEN:
        raise Unusable("rule")
    try:
        given = dict(parts(rule))
        _check(given, start)
        ours = {"FREQ": given["FREQ"], "INTERVAL": given.get("INTERVAL", "1"), **_days(given, start)}
        if ours["FREQ"] == "DAILY" and "BYDAY" in ours:
            ours["FREQ"] = "WEEKLY"
        ours.update((name, given[name]) for name in ("WKST", "COUNT", "UNTIL") if name in given)
        text = ";".join(f"{name}={value}" for name, value in ours.items())
        return checked(Schedule(zone, start.date(), start.time(), text))
    except (BadRule, OverflowError):
        raise Unusable("rule") from None


def _check(given: Mapping[str, str], start: datetime) -> None:
    """Refuse what is too often, too long, or of a kind that no meeting has."""
    if given.get("FREQ") in ("SECONDLY", "MINUTELY", "HOURLY"):
        raise Unusable("often")
    if given.get("FREQ") not in _MOST:
        raise Unusable("rule")
    if _number(given.get("INTERVAL", "1")) > _MOST[given["FREQ"]] or _number(given.get("COUNT", "1")) > COUNTED:
        raise Unusable("often")
    for name, own in zip(_OF_THE_CLOCK, (start.hour, start.minute, start.second), strict=True):
        if name in given and not (given[name].isdecimal() and int(given[name][:4]) == own):
            raise Unusable("often" if "," in given[name] else "rule")
    known = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "WKST", *_OF_THE_CLOCK}
    if given.keys() - known or any(value.count(",") >= _DAYS_OF_A_MONTH for value in given.values()):
        raise Unusable("rule")


def _days(given: Mapping[str, str], start: datetime) -> dict[str, str]:
    """Return which days of its week or month the rule means, written out."""
    match given["FREQ"], given.get("BYDAY"), given.get("BYMONTHDAY"), given.get("BYSETPOS"):
        case "DAILY", None, None, None:
            return {}
        case "DAILY", str(days), None, None if given.get("INTERVAL", "1") == "1":
            return {"BYDAY": _weekdays(days)}
        case "WEEKLY", days, None, None:
            return {"BYDAY": _weekdays(days or DAYS[start.weekday()])}
        case "MONTHLY", None, days, None:
            return {"BYMONTHDAY": days or str(start.day)}
        case "MONTHLY", str(days), None, None if not set(days.split(",")) & set(DAYS):
            return {"BYDAY": days}
        case "MONTHLY", str(day), None, str(place) if day in DAYS and re.fullmatch(r"[+-]?[1-5]", place):
            return {"BYDAY": f"{int(place)}{day}"}
    raise Unusable("rule")


def _weekdays(days: str) -> str:
    named = set(days.split(","))
    return ",".join(sorted(named, key=lambda day: DAYS.index(day) if day in DAYS else len(DAYS)))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 6):
        raise Unusable("rule")
    return int(text)
