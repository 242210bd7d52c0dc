"""What a person wrote, read: a number, a day, a time of day, lines. What does not fit is a Problem, said on the same screen."""

import re
from datetime import date, datetime, timedelta

from bot.core.richtext import clean

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_DAY = timedelta(days=1)
_NUMBER = re.compile(r"\s*([0-9]{1,2})\s*(?:/\s*10)?\s*[.]?\s*", re.ASCII)


class Problem(Exception):
    """What was given does not fit the step; it is said on the same screen, without repeating it."""

    def __init__(self, key: str, limit: int = 0) -> None:
        self.key, self.limit = key, limit


def day(value: str, now: datetime, *, past: bool) -> str:
    """Return the ISO day. The person's own today is at most a day from ours; further than a life away is a slip."""
    try:
        day = date.fromisoformat(value.strip()[:10])
    except ValueError:
        raise Problem("flow.problem_date") from None
    today = now.date()
    first, last = (today - 36500 * _DAY, today + _DAY) if past else (today - _DAY, today + 3660 * _DAY)
    if not first <= day <= last:
        raise Problem("flow.problem_date_past" if past else "flow.problem_date_ahead")
    return day.isoformat()


def read(words: str, longest: int, *, several: bool) -> list[str]:
    """Return what was written, cleaned: its lines, or one text. Raises Problem when there is nothing, or too much."""
    lines = [line.strip() for line in (clean(words).split("\n") if several else [clean(words)]) if line.strip()]
    if not lines:
        raise Problem("flow.problem_empty")
    if any(len(line) > longest for line in lines):
        raise Problem("flow.problem_long", longest)
    return lines


def number(words: str, low: int, high: int) -> int:
    found = _NUMBER.fullmatch(words[:20]) if len(words) <= 20 else None
    if found is None or not low <= int(found.group(1)) <= high:
        raise Problem("flow.problem_number", high)
    return int(found.group(1))


def clock(value: str) -> str:
    """Return a time of day as `18:30`. Raises Problem."""
    if not _CLOCK.fullmatch(value):
        raise Problem("flow.problem_time")
    return value
