"""When meetings start: wall-clock time in an IANA zone, repeated by an RFC 5545 rule. UTC comes last, from today's zone data."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from bot.core.errors import BotError
from bot.core.recurrence import UNTIL, BadRule, has, parts, repeats, tidy

LONGEST_CLOCK_CHANGE = timedelta(hours=24)  # Apia left out 30 December 2011 whole
_LOOK_BACK = LONGEST_CLOCK_CHANGE + timedelta(hours=24)


class NaiveTime(BotError):
    """A moment without a zone; our own mistake."""


class Schedule(msgspec.Struct, frozen=True):
    """`first`: the day of the first start. `wall`: what clocks there show, in whole minutes. `rule`: as `FREQ=WEEKLY;BYDAY=TU`, see
    `bot.core.recurrence`."""

    zone: str
    first: date
    wall: time
    rule: str

    @property
    def begin(self) -> datetime:
        """The wall-clock time from which the rule counts; a start only if the rule gives it."""
        return datetime.combine(self.first, self.wall)


def checked(schedule: Schedule) -> Schedule:
    """Return a schedule whose rule is taken, in the one spelling; an `UNTIL` in UTC becomes wall-clock time. Raises BadRule.

    For every rule that comes from outside: typed, from a form, from a file.
    """
    zone = ZoneInfo(schedule.zone)
    rule = schedule.rule.strip()
    until = parts(rule).get("UNTIL", "")
    if until.endswith("Z"):
        try:
            at = datetime.strptime(until, f"{UNTIL}Z").replace(tzinfo=UTC).astimezone(zone)
        except (ValueError, OverflowError):
            raise BadRule(why="part") from None
        rule = rule.upper().replace(until, at.strftime(UNTIL))
    whole = replace(schedule, wall=schedule.wall.replace(second=0, microsecond=0, tzinfo=None))
    return replace(whole, rule=tidy(rule, whole.begin))


def rule_in_utc(schedule: Schedule) -> str:
    """Return the rule as calendar files want it where the start has a zone: with its `UNTIL` in UTC."""
    until = parts(schedule.rule).get("UNTIL")
    if until is None:
        return schedule.rule
    at = on_the_clock(datetime.strptime(until, UNTIL), ZoneInfo(schedule.zone))  # noqa: DTZ007  # its zone comes with the next step
    return schedule.rule.replace(until, f"{at:{UNTIL}}Z")


def next_start(schedule: Schedule, after: datetime) -> datetime:
    """Return the first start strictly later than `after`, in UTC.

    19:00 stays 19:00 across a clock change. A time that the change skips moves later by the gap, a doubled time is its first
    (RFC 5545, 3.3.5). Raises NaiveTime when `after` has no zone, LookupError when the rule has ended.
    """
    for start in starts(schedule, after):
        return start
    raise LookupError("the rule has ended")


def starts(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """Yield the starts strictly later than `after`, earliest first, in UTC, until the rule ends."""
    for _, start in clocked(schedule, after):
        yield start


def clocked(schedule: Schedule, after: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield what clocks show at the starts strictly later than `after`, each with its moment; earliest first, until the rule ends.

    When clocks leave out a whole day, its start falls on the next day's: it is one start then, the earlier day's.
    """
    zone = ZoneInfo(schedule.zone)
    last: datetime | None = None
    for wall in walls(schedule, after):
        start = on_the_clock(wall, zone)
        if last is None or start > last:
            last = start
            if start > after:
                yield wall, start


def walls(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """Yield what clocks show at the starts from shortly before `after`, earliest first, until the rule ends."""
    if after.tzinfo is None:
        raise NaiveTime(name="after")
    back = after.astimezone(ZoneInfo(schedule.zone)).replace(tzinfo=None) - _LOOK_BACK
    yield from repeats(schedule.rule, schedule.begin, back)


def first_wall(schedule: Schedule) -> datetime | None:
    """Return what clocks show at the very first start; None for a rule that gives none."""
    return next(repeats(schedule.rule, schedule.begin, schedule.begin), None)


def gives(schedule: Schedule, wall: datetime) -> bool:
    """Whether the rule gives a start when clocks show `wall`."""
    return has(schedule.rule, schedule.begin, wall)


def on_the_clock(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment when clocks in the zone show `wall`, in UTC.

    PEP 495 gives both rules at once: with fold 0 a skipped time is read with the offset from before the gap (so it lands later
    by the gap), and a doubled one is the first.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
