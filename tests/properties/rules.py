"""Every shape of rule, each with a plain reading of it by hand: day by day, without dateutil."""

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from hypothesis.strategies import DrawFn, SearchStrategy, composite, dates, integers, sampled_from, sets, times, timezones

from bot.core.recurrence import DAYS
from bot.core.schedule import Schedule

RESTLESS = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Gaza", "America/Nuuk")
zones = timezones() | sampled_from(RESTLESS).map(ZoneInfo)
clocks = times().map(lambda at: at.replace(second=0, microsecond=0))
some_dates = dates(date(1990, 1, 1), date(2060, 1, 1))

Fits = Callable[[date, date], bool]
"""Whether the rule of a series that begins on the first day has the second one, leaving its end aside."""


@dataclass(frozen=True, slots=True)
class Shape:
    rule: str
    fits: Fits
    longest: int  # days between two of its starts, at most


def daily(every: int) -> Shape:
    return Shape(f"FREQ=DAILY;INTERVAL={every}", lambda first, day: (day - first).days % every == 0, every)


def weekly(every: int, days: set[int]) -> Shape:
    def fits(first: date, day: date) -> bool:
        weeks = (day - timedelta(day.weekday()) - first + timedelta(first.weekday())).days // 7
        return day.weekday() in days and weeks % every == 0

    named = ",".join(DAYS[day] for day in sorted(days))
    return Shape(f"FREQ=WEEKLY;INTERVAL={every};BYDAY={named}", fits, 7 * every)


def _months(every: int, first: date, day: date) -> bool:
    return ((day.year - first.year) * 12 + day.month - first.month) % every == 0


def by_date(every: int, number: int) -> Shape:
    def fits(first: date, day: date) -> bool:
        wanted = number if number > 0 else calendar.monthrange(day.year, day.month)[1] + 1 + number
        return day.day == wanted and _months(every, first, day)

    return Shape(f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={number}", fits, 31 * every * (1 if abs(number) < 29 else 12))


def by_first_day(every: int) -> Shape:
    """What the first day leaves unsaid: monthly on its date."""
    return Shape(
        f"FREQ=MONTHLY;INTERVAL={every}", lambda first, day: day.day == first.day and _months(every, first, day), 31 * every * 12
    )


def nth_weekday(every: int, number: int, weekday: int) -> Shape:
    def fits(first: date, day: date) -> bool:
        length = calendar.monthrange(day.year, day.month)[1]
        nth = (day.day - 1) // 7 + 1 if number > 0 else -((length - day.day) // 7 + 1)
        return day.weekday() == weekday and nth == number and _months(every, first, day)

    return Shape(f"FREQ=MONTHLY;INTERVAL={every};BYDAY={number}{DAYS[weekday]}", fits, 31 * every * (60 if number == 5 else 2))


every_few = integers(1, 4)
shapes: SearchStrategy[Shape] = (
    every_few.map(daily)
    | every_few.flatmap(lambda every: sets(integers(0, 6), min_size=1).map(lambda days: weekly(every, days)))
    | every_few.flatmap(lambda every: sampled_from([*range(1, 32), -1, -2]).map(lambda number: by_date(every, number)))
    | every_few.map(by_first_day)
    | every_few.flatmap(
        lambda every: sampled_from([1, 2, 3, 4, 5, -1, -2]).flatmap(
            lambda number: integers(0, 6).map(lambda day: nth_weekday(every, number, day))
        )
    )
)


@dataclass(frozen=True, slots=True)
class Repeating:
    """A schedule, with what by hand it is. At most one of `count` and `until` is given."""

    schedule: Schedule
    shape: Shape
    count: int | None = None
    until: date | None = None

    @property
    def endless(self) -> bool:
        return self.count is None and self.until is None

    def by_hand(self, since: date, to: date) -> list[datetime]:
        """The wall-clock starts of the days from `since` to `to`."""
        return [datetime.combine(day, self.schedule.wall) for day in islice(self._days(to), self.count) if day >= since]

    def _days(self, to: date) -> Iterator[date]:
        day, first = self.schedule.first, self.schedule.first
        while day <= min(to, self.until or to):
            if self.shape.fits(first, day):
                yield day
            day += timedelta(days=1)


@composite
def repeating(
    draw: DrawFn, ends: bool = True, zone: SearchStrategy[ZoneInfo] = zones, wall: SearchStrategy[time] = clocks
) -> Repeating:
    """Any rule in any zone; those without an end only, if so asked."""
    shape, first = draw(shapes), draw(some_dates)
    end = draw(sampled_from(["none", "count", "until"])) if ends else "none"
    count = draw(integers(1, 60)) if end == "count" else None
    until = first + timedelta(days=draw(integers(0, 3000))) if end == "until" else None
    said = f";COUNT={count}" if count else f";UNTIL={until:%Y%m%d}T235959" if until else ""
    return Repeating(Schedule(str(draw(zone)), first, draw(wall), shape.rule + said), shape, count, until)
