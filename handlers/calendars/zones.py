"""Time zones as calendars write them: a VTIMEZONE for each of ours."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from bot.core.recurrence import DAYS
from bot.core.schedule import on_the_clock

_HOUR = timedelta(hours=1)


@lru_cache(maxsize=256)
def vtimezone(name: str, first: int, last: int) -> bytes:
    """Return the VTIMEZONE of a zone, right from the year `first` to the year `last`.

    A change that comes back on the same weekday of the same month is one rule; any others are listed.
    """
    zone = ZoneInfo(name)
    begin = on_the_clock(datetime.combine(date(first, 1, 1), time()), zone)
    made = Timezone()
    made.add("TZID", name)
    groups: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = {}
    for change in _changes(zone, begin, datetime(last + 1, 1, 1, tzinfo=UTC)):
        before, after = (change - timedelta(seconds=1)).astimezone(zone), change.astimezone(zone)
        key = (_offset(before), _offset(after), after.tzname() or name, _is_daylight(after))
        groups.setdefault(key, []).append((change + _offset(before)).replace(tzinfo=None))
    start = begin.astimezone(zone)
    opening = (_offset(start), _offset(start), start.tzname() or name, _is_daylight(start))
    made.add_component(_part(opening, [start.replace(tzinfo=None)], last))
    for key, times in groups.items():
        made.add_component(_part(key, times, last))
    return bytes(made.to_ical())


def _offset(at: datetime) -> timedelta:
    offset = at.utcoffset()
    assert offset is not None
    return offset


def _is_daylight(at: datetime) -> bool:
    return (at.dst() or timedelta()) > timedelta()  # Ireland's winter is less than none


def _part(key: tuple[timedelta, timedelta, str, bool], times: list[datetime], last: int) -> TimezoneStandard | TimezoneDaylight:
    before, after, name, is_daylight = key
    part = TimezoneDaylight() if is_daylight else TimezoneStandard()
    part.TZOFFSETFROM, part.TZOFFSETTO, part.DTSTART = before, after, times[0]
    part.add("TZNAME", name)
    if rule := _yearly(times, last):
        part.add("RRULE", vRecur.from_ical(rule))
    elif times[1:]:
        part.add("RDATE", times[1:])
    return part


def _yearly(times: list[datetime], last: int) -> str:
    """Return the rule that gives exactly these times up to the end of the year `last`; "" if there is none."""
    one = times[0]
    for place in ((one.day - 1) // 7 + 1, -1):
        rule = f"FREQ=YEARLY;BYDAY={place}{DAYS[one.weekday()]};BYMONTH={one.month}"
        end = datetime.combine(date(last + 1, 1, 1), time())
        if len(times) > 1 and rrulestr(rule, dtstart=one).between(one, end, inc=True) == times:
            return rule
    return ""


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the moments at which the zone's clocks change, to the second."""
    at = begin
    while at < end:
        after = at + timedelta(days=7)
        if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset() or _differs_within(zone, at, after):
            low = at
            while low < after:
                high = low + _HOUR
                if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
                    yield _between(zone, low, high)
                low = high
        at = after


def _differs_within(zone: ZoneInfo, at: datetime, after: datetime) -> bool:
    """Two changes within a week hide each other from its ends."""
    return any((at + timedelta(days=day)).astimezone(zone).utcoffset() != at.astimezone(zone).utcoffset() for day in range(1, 7))


def _between(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
        if middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset():
            low = middle
        else:
            high = middle
    return high
