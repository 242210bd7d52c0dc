"""Quiet hours: on the clocks of a zone, from one time of day to another, over midnight if need be. Pure."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.core.schedule import on_the_clock

_TIME = r"\s*([0-9]{1,2})(?:[:.]([0-9]{2}))?\s*"
_TYPED = re.compile(f"{_TIME}(?:-|–|to|bis){_TIME}")
_LOOK_BACK = 2  # days: a stretch may reach over midnight, and over a day that a zone left out


class Quiet(msgspec.Struct, frozen=True):
    """From `begins` (quiet) to `ends` (no longer), in whole minutes; the two differ."""

    begins: time
    ends: time

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}-{self.ends:%H:%M}"


def quiet_from(typed: str) -> Quiet | None:
    """Return the hours that are written like `22:00-07:00` or `22-7`; None when they are not, or when both are the same."""
    found = _TYPED.fullmatch(typed[:40])
    if found is None:
        return None
    begins, ends = _time(found[1], found[2]), _time(found[3], found[4])
    return Quiet(begins, ends) if begins is not None and ends is not None and begins != ends else None


def _time(hour: str, minute: str | None) -> time | None:
    """Return a time of day; 24:00 is midnight."""
    if int(hour) > 24 or int(minute or 0) > 59 or (int(hour) == 24 and int(minute or 0)):
        return None
    return time(int(hour) % 24, int(minute or 0))


def stretch(at: datetime, quiet: Quiet | None, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """Return from when to when it is quiet around `at`, in UTC; None when it is not quiet then."""
    if quiet is None:
        return None
    today = at.astimezone(zone).date()
    for back in range(_LOOK_BACK, -1, -1):
        day = today - timedelta(days=back)
        until = day if quiet.ends > quiet.begins else day + timedelta(days=1)
        first = on_the_clock(datetime.combine(day, quiet.begins), zone)
        last = on_the_clock(datetime.combine(until, quiet.ends), zone)
        if first <= at < last:
            return first, last
    return None


def after_quiet(at: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """Return `at`, or the end of the quiet hours that it falls in."""
    found = stretch(at, quiet, zone)
    return at if found is None else found[1]
