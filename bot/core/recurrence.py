"""Rules that repeat (RFC 5545, 3.3.10): which ones are taken, in one spelling, and how one is counted from a day nearby.

`UNTIL` stands in a rule as a wall-clock time without a zone, as the starts do: `UNTIL=20261231T235959`, that moment included.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from dateutil.rrule import rrulestr

from bot.core.errors import BotError

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
UNTIL = "%Y%m%dT%H%M%S"
LONGEST_RULE = 200  # characters
MOST_COUNTED = 1000
_PERIODS = {"DAILY": 366, "WEEKLY": 53, "MONTHLY": 24, "YEARLY": 4}  # frequencies, and the longest interval of each
_IN_ORDER = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST", "COUNT", "UNTIL")
_SHAPES = {
    "INTERVAL": r"[1-9][0-9]{0,2}",
    "BYMONTH": r"(?:[1-9]|1[0-2])",
    "BYMONTHDAY": r"-?(?:[1-9]|[12][0-9]|3[01])",
    "BYSETPOS": r"-?[1-9][0-9]?",
    "BYDAY": rf"(?:[+-]?[1-5])?(?:{'|'.join(DAYS)})",
    "WKST": "|".join(DAYS),
    "COUNT": r"[1-9][0-9]{0,3}",
    "UNTIL": r"[0-9]{8}(?:T[0-9]{6})?",
}
_LISTS = frozenset({"BYMONTH", "BYMONTHDAY", "BYSETPOS", "BYDAY"})
_SEARCHED = timedelta(days=9 * 366)  # 29 February is at most eight years away


class BadRule(BotError):
    """A rule that is not taken. `why`: `part` (unknown, twice or malformed), `frequency`, `interval`, `days` (nth days of a week),
    `end` (both kinds, or too many), `long`, or `never` (no day fits it)."""


@lru_cache(maxsize=4096)
def parts(rule: str) -> Mapping[str, str]:
    """Return a rule's parts by name. Raises BadRule where it is not made of parts."""
    found: dict[str, str] = {}
    for part in rule.upper().removeprefix("RRULE:").strip().strip(";").split(";"):
        name, equals, value = part.strip().partition("=")
        if not equals or name in found:
            raise BadRule(why="part")
        found[name] = value
    return found


def tidy(rule: str, first: datetime) -> str:
    """Return a rule that is taken, in one spelling. `first`: the wall-clock time from which it counts.

    An `UNTIL` of a day means the whole day. Raises BadRule.
    """
    if len(rule) > LONGEST_RULE:
        raise BadRule(why="long")
    given = dict(parts(rule))
    frequency = given.get("FREQ", "")
    if frequency not in _PERIODS:
        raise BadRule(why="frequency")
    for name, value in given.items():
        if name != "FREQ" and not _is_shaped(name, value):
            raise BadRule(why="part")
    if int(given.get("INTERVAL", "1")) > _PERIODS[frequency]:
        raise BadRule(why="interval")
    _check_days(frequency, given)
    if {"COUNT", "UNTIL"} <= given.keys() or int(given.get("COUNT", "1")) > MOST_COUNTED:
        raise BadRule(why="end")
    if len(given.get("UNTIL", "")) == 8:
        given["UNTIL"] += "T235959"
    if given.get("INTERVAL") == "1":
        del given["INTERVAL"]
    tidied = ";".join(f"{name}={given[name]}" for name in _IN_ORDER if name in given)
    if len(tidied) > LONGEST_RULE:
        raise BadRule(why="long")
    _check_ever(given, first)
    return tidied


def _is_shaped(name: str, value: str) -> bool:
    shape = _SHAPES.get(name)
    values = value.split(",") if name in _LISTS else [value]
    return shape is not None and all(re.fullmatch(shape, one) for one in values)


def _check_days(frequency: str, given: Mapping[str, str]) -> None:
    """Nth days need a month or year to be counted in; a position needs one to be a position of."""
    if frequency in ("DAILY", "WEEKLY"):
        nth = any(day not in DAYS for day in given.get("BYDAY", "MO").split(","))
        if nth or "BYSETPOS" in given or (frequency == "WEEKLY" and "BYMONTHDAY" in given):
            raise BadRule(why="days")


def _check_ever(given: Mapping[str, str], first: datetime) -> None:
    """Look for the first day that fits, no further than one must be: 30 February would be looked for until the year 9999."""
    last = first + _SEARCHED * int(given.get("INTERVAL", "1"))
    try:
        last = min(last, datetime.strptime(given.get("UNTIL", f"{last:{UNTIL}}"), UNTIL))  # noqa: DTZ007  # wall clock
    except ValueError:
        raise BadRule(why="part") from None
    probe = ";".join(f"{name}={value}" for name, value in given.items() if name not in ("UNTIL", "COUNT"))
    if next(iter(rrulestr(f"{probe};UNTIL={last:{UNTIL}}", dtstart=first)), None) is None:
        raise BadRule(why="never")


def repeats(rule: str, first: datetime, since: datetime) -> Iterator[datetime]:
    """Yield the times that a rule counted from `first` gives, from `since` on; the earliest first. All are wall-clock times."""
    near, begin = _near(rule, first, since)
    yield from rrulestr(near, dtstart=begin).xafter(since, inc=True)


def has(rule: str, first: datetime, wanted: datetime) -> bool:
    """Whether the rule gives the time."""
    return next(repeats(rule, first, wanted), None) == wanted


def _near(rule: str, first: datetime, since: datetime) -> tuple[str, datetime]:
    """Return the rule and a time shortly before `since` from which it gives what it gives from `first`: to count years is slow.

    A rule with a number of times stays at its first day. What a rule takes from its first day is written into it.
    """
    given = parts(rule)
    frequency, interval = given["FREQ"], int(given.get("INTERVAL", "1"))
    if since <= first or "COUNT" in given:
        return rule, first
    if frequency in ("DAILY", "WEEKLY"):
        step = timedelta(days=interval if frequency == "DAILY" else 7 * interval)
        return rule, first + (since - first) // step * step
    if frequency not in ("MONTHLY", "YEARLY"):
        return rule, first
    months = interval if frequency == "MONTHLY" else 12 * interval
    gone = ((since.year - first.year) * 12 + since.month - first.month) // months * months
    if gone < 1:
        return rule, first
    if not given.keys() & {"BYMONTHDAY", "BYDAY"}:
        by_month = f"BYMONTH={first.month};" if frequency == "YEARLY" and "BYMONTH" not in given else ""
        rule = f"{rule};{by_month}BYMONTHDAY={first.day}"
    month = first.month - 1 + gone
    return rule, first.replace(year=first.year + month // 12, month=month % 12 + 1, day=1)
