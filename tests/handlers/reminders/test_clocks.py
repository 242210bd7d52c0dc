"""A clock change that shifts a meeting for somebody in another zone: told the week before, once, and only where it shifts."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis.strategies import dates, integers, sampled_from, times

from bot.core.schedule import Schedule, starts
from handlers.reminders import clocks
from tests.handlers.announcements.house import House
from tests.handlers.screens import press_of

ZONES = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("posix/", "right/")))
zones = sampled_from(ZONES)
LONDON, NEW_YORK, BERLIN = ZoneInfo("Europe/London"), ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")


def weekly(zone: str, at: time = time(19)) -> Schedule:
    return Schedule(zone, date(2025, 1, 7), at, "FREQ=WEEKLY;BYDAY=TU")


def around(schedule: Schedule, now: datetime) -> list[datetime]:
    return list(clocks.near(starts(schedule, now - clocks.LOOK_BACK), now))


def test_where_the_clocks_change_in_another_week_the_meeting_shifts():
    shift = clocks.shift(around(weekly("Europe/London"), datetime(2026, 3, 4, tzinfo=UTC)), LONDON, NEW_YORK)
    assert shift is not None
    assert shift.first.astimezone(NEW_YORK).isoformat() == "2026-03-10T15:00:00-04:00"
    assert shift.before.astimezone(NEW_YORK).isoformat() == "2026-03-03T14:00:00-05:00"


def test_where_both_change_alike_nothing_shifts():
    for now in (datetime(2026, 3, 25, tzinfo=UTC), datetime(2026, 10, 21, tzinfo=UTC)):
        assert clocks.shift(around(weekly("Europe/London"), now), LONDON, BERLIN) is None
        assert clocks.shift(around(weekly("Europe/London"), now), LONDON, LONDON) is None


@settings(deadline=None)
@given(zones, zones, dates(date(2026, 1, 1), date(2029, 12, 31)), times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_told_is_what_the_two_clocks_show(home, own, day, wall):
    """Where the two clocks stand otherwise to each other at an evening than at the one before, that one is named; else none."""
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    evenings = around(weekly(home, wall), now)
    shift = clocks.shift(evenings, ZoneInfo(home), ZoneInfo(own))

    def apart(at: datetime) -> timedelta:
        shown = [at.astimezone(ZoneInfo(zone)).utcoffset() for zone in (own, home)]
        assert shown[0] is not None
        assert shown[1] is not None
        return shown[0] - shown[1]

    moved = [after for before, after in pairwise(evenings) if apart(before) != apart(after)]
    assert (shift.first if shift else None) == (moved[0] if moved else None)


@settings(deadline=None)
@given(zones, zones, integers(0, 80))
def test_over_the_years_every_shift_is_told_the_week_before_and_once(home, own, weeks):
    """As the moments come: a week before each evening. What was told is the order of the names, so none is told again."""
    schedule, home_zone, own_zone = weekly(home), ZoneInfo(home), ZoneInfo(own)
    first = datetime(2026, 1, 5, 12, tzinfo=UTC) + timedelta(weeks=weeks)
    told, known = [], ""
    for week in range(30):
        now = first + timedelta(weeks=week)
        shift = clocks.shift(around(schedule, now), home_zone, own_zone)
        if shift is not None and shift.name > known:
            known = shift.name
            assert timedelta() < shift.first - now <= timedelta(days=8, hours=1)
            told.append(shift.first)
    before = around(schedule, first)[0]
    moved = [b for a, b in pairwise([before, *_until(schedule, first, now)]) if clocks.shift([a, b], home_zone, own_zone)]
    assert told == moved


def _until(schedule: Schedule, first: datetime, now: datetime) -> list[datetime]:
    """The evenings that had been looked at by then."""
    return list(takewhile(lambda start: start <= clocks.horizon(now), starts(schedule, first)))


def test_a_first_evening_has_nothing_to_differ_from():
    schedule = Schedule("Europe/London", date(2026, 3, 10), time(19), "FREQ=WEEKLY;BYDAY=TU")
    assert around(schedule, datetime(2026, 3, 4, tzinfo=UTC)) == []


# In the house -------------------------------------------------------------------------------------------------------


async def test_the_person_is_told_the_week_before_and_once(house: House):
    house.clock.at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    series = await house.make(day="TU", zone="Europe/London", first=date(2026, 1, 6))
    await house.work_off()
    await house.settle("ann", zone="America/New_York")
    await house.settle("bob", zone="Europe/Berlin")
    for who in ("ann", "bob"):
        await house.type(who, "/remind")
    for _ in range(3):  # three weeks: 3, 10 and 17 March
        await house.plan(series)
        await house.pass_time(days=7)
    said = "From Tue, Mar 10 on, 7:00 PM in London is 3:00 PM for you instead of 2:00 PM: clocks change."
    assert [text for text in house.told("ann") if "clocks" in text] == [said]
    assert [text for text in house.told("bob") if "clocks" in text] == []
    assert "Gambling" not in str([claimed.post for claimed in house.to("ann")])


async def test_it_waits_for_the_end_of_quiet_hours_and_names_the_meeting_only_where_wanted(house: House):
    house.clock.at = datetime(2026, 3, 4, 5, tzinfo=UTC)  # midnight in New York
    series = await house.make(day="TU", zone="Europe/London", first=date(2026, 1, 6))
    await house.work_off()
    await house.settle("ann", zone="America/New_York")
    opened = await house.press("ann", press_of(await house.type("ann", "/remind"), "Gambling"), private=True)
    await house.press("ann", press_of(opened, "Name the meeting"), private=True)
    await house.plan(series)
    await house.work_off()
    assert house.told("ann") == []
    await house.pass_to(datetime(2026, 3, 4, 12, tzinfo=UTC))
    (told,) = house.told("ann")
    assert told.startswith("Gambling circle\nFrom Tue, Mar 10 on")
