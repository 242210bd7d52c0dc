"""When meetings start: wall-clock time in an IANA zone, repeated by an RFC 5545 rule. UTC comes last, from today's zone data."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
from dateutil.rrule import rrulestr

from bot.core.errors import BotError

LONGEST_CLOCK_CHANGE = timedelta(hours=24)  # Apia left out 30 December 2011 whole
_LOOK_BACK = LONGEST_CLOCK_CHANGE + timedelta(hours=24)


class NaiveTime(BotError):
    """A moment without a zone; our own mistake."""


class Schedule(msgspec.Struct, frozen=True):
    """`first`: the day of the first start. `wall`: what clocks there show, in whole seconds. `rule`: as `FREQ=WEEKLY;BYDAY=TU`."""

    zone: str
    first: date
    wall: time
    rule: str


def next_start(schedule: Schedule, after: datetime) -> datetime:
    """Return the first start strictly later than `after`, in UTC.

    19:00 stays 19:00 across a clock change. A time that the change skips moves later by the gap, a doubled time is its first
    (RFC 5545, 3.3.5). Raises NaiveTime when `after` has no zone, LookupError when the rule has ended.
    """
    return next(starts(schedule, after))


def starts(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """Yield the starts strictly later than `after`, earliest first, in UTC. Raises LookupError when the rule has ended."""
    zone = ZoneInfo(schedule.zone)
    for wall in walls(schedule, after):
        start = on_the_clock(wall, zone)
        if start > after:
            yield start
    raise LookupError("the rule has ended")


def walls(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """Yield what clocks show at the starts from shortly before `after`, earliest first, until the rule ends."""
    if after.tzinfo is None:
        raise NaiveTime(name="after")
    zone = ZoneInfo(schedule.zone)
    back = after.astimezone(zone).replace(tzinfo=None) - _LOOK_BACK
    begin = _near(datetime.combine(schedule.first, schedule.wall), schedule.rule, back)
    yield from rrulestr(schedule.rule, dtstart=begin).xafter(back, inc=True)


def on_the_clock(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment when clocks in the zone show `wall`, in UTC.

    PEP 495 gives both rules at once: with fold 0 a skipped time is read with the offset from before the gap (so it lands later
    by the gap), and a doubled one is the first.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _near(first: datetime, rule: str, wanted: datetime) -> datetime:
    """Return a start of a weekly rule shortly before `wanted`, in step with `first`: counting from years ago is slow.

    Other rules, and those that count their occurrences, stay at their first day.
    """
    parts = dict(part.split("=", 1) for part in rule.upper().split(";"))
    if parts.get("FREQ") != "WEEKLY" or "COUNT" in parts or wanted <= first:
        return first
    step = timedelta(weeks=int(parts.get("INTERVAL", "1")))
    return first + (wanted - first) // step * step
