"""Laws of the schedule, against an implementation by hand that uses neither dateutil nor PEP 495's reading of a gap."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis.strategies import dates, datetimes, integers, just, sampled_from, times, timezones

from bot.core.schedule import LONGEST_CLOCK_CHANGE, NaiveTime, Schedule, next_start, on_the_clock

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
RESTLESS = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia")
EARLY = date(1970, 1, 1)
moments = datetimes(datetime(1970, 1, 8), datetime(2100, 1, 1), timezones=just(UTC))
walls = times().map(lambda at: at.replace(second=0, microsecond=0))
zones = timezones() | sampled_from(RESTLESS).map(ZoneInfo)


def by_hand(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first of all moments at which clocks in the zone show `wall`; in a gap, as far behind it as `wall` is into the gap."""
    roughly = wall.replace(tzinfo=UTC)
    offsets = {(roughly + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in range(-26, 27)}
    reads = {at: at.astimezone(zone).replace(tzinfo=None) for at in (roughly - offset for offset in offsets if offset is not None)}
    return min((at for at in reads if reads[at] == wall), default=None) or min(at for at in reads if reads[at] > wall)


def weekly(zone: ZoneInfo, wall: time, weekday: int, first: date = EARLY, interval: int = 1) -> Schedule:
    every = f"INTERVAL={interval};" if interval > 1 else ""
    return Schedule(str(zone), first, wall, f"FREQ=WEEKLY;{every}BYDAY={DAYS[weekday]}")


@given(integers(0, 6), walls, zones, moments)
def test_the_next_start_is_later_and_within_a_week_and_a_clock_change(weekday, wall, zone, after):
    start = next_start(weekly(zone, wall, weekday), after)
    assert after < start <= after + timedelta(days=7) + LONGEST_CLOCK_CHANGE


@given(integers(0, 6), walls, zones, moments)
def test_clocks_show_the_wanted_time_on_the_wanted_day_unless_it_was_skipped(weekday, wall, zone, after):
    local = next_start(weekly(zone, wall, weekday), after).astimezone(zone)
    if local.replace(tzinfo=None).time() != wall or local.weekday() != weekday:
        before, later = (local - timedelta(hours=25)).utcoffset(), local.utcoffset()
        assert before is not None
        assert later is not None
        moved = local.replace(tzinfo=None) - (later - before)
        assert (moved.time(), moved.weekday()) == (wall, weekday)


@given(integers(0, 6), walls, zones, moments)
def test_no_start_is_left_out(weekday, wall, zone, after):
    today = after.astimezone(zone).date()
    days = [today + timedelta(days=n) for n in range(-3, 11)]
    starts = [by_hand(datetime.combine(day, wall), zone) for day in days if day.weekday() == weekday]
    assert next_start(weekly(zone, wall, weekday), after) == min(start for start in starts if start > after)


@given(integers(0, 6), walls, zones, moments, dates(EARLY, date(2099, 1, 1)), integers(1, 5))
def test_a_start_near_now_keeps_the_step_of_the_first(weekday, wall, zone, after, first, interval):
    schedule = weekly(zone, wall, weekday, first, interval)
    counted = rrulestr(schedule.rule, dtstart=datetime.combine(first, wall))
    shown = counted.xafter(after.astimezone(zone).replace(tzinfo=None) - timedelta(days=2), inc=True)
    assert next_start(schedule, after) == next(at for at in (on_the_clock(wall, zone) for wall in shown) if at > after)


@pytest.mark.parametrize(
    ("zone", "weekday", "wall", "after", "start", "shown"),
    [
        ("Europe/Berlin", "TU", time(19), "2027-03-24T00:00Z", "2027-03-30T17:00Z", "19:00"),  # summer time came between
        ("Europe/Berlin", "TU", time(19), "2027-03-17T00:00Z", "2027-03-23T18:00Z", "19:00"),
        ("Europe/Berlin", "SU", time(2, 30), "2027-03-27T00:00Z", "2027-03-28T01:30Z", "03:30"),  # skipped: later by the gap
        ("Europe/Berlin", "SU", time(2, 30), "2026-10-24T00:00Z", "2026-10-25T00:30Z", "02:30"),  # doubled: the first
        ("America/New_York", "SU", time(2, 30), "2027-03-13T00:00Z", "2027-03-14T07:30Z", "03:30"),
        ("America/New_York", "SU", time(1, 30), "2026-10-31T12:00Z", "2026-11-01T05:30Z", "01:30"),
        ("Australia/Lord_Howe", "SU", time(2, 15), "2026-10-03T00:00Z", "2026-10-03T15:45Z", "02:45"),  # a change of half an hour
        ("Australia/Lord_Howe", "SU", time(1, 45), "2027-04-03T00:00Z", "2027-04-03T14:45Z", "01:45"),
        ("Africa/Casablanca", "MO", time(19), "2026-02-10T00:00Z", "2026-02-16T19:00Z", "19:00"),  # winter time for Ramadan
        ("Africa/Casablanca", "MO", time(19), "2026-02-03T00:00Z", "2026-02-09T18:00Z", "19:00"),
        ("Pacific/Apia", "FR", time(19), "2011-12-25T00:00Z", "2011-12-31T05:00Z", "19:00"),  # that Friday never was: Saturday
        ("Pacific/Apia", "FR", time(19), "2011-12-31T05:00Z", "2012-01-06T05:00Z", "19:00"),
        ("Pacific/Apia", "TH", time(19), "2011-12-25T00:00Z", "2011-12-30T05:00Z", "19:00"),
    ],
)
def test_known_changes_of_clocks(zone, weekday, wall, after, start, shown):
    found = next_start(Schedule(zone, EARLY, wall, f"FREQ=WEEKLY;BYDAY={weekday}"), datetime.fromisoformat(after))
    assert found == datetime.fromisoformat(start)
    assert found.astimezone(ZoneInfo(zone)).strftime("%H:%M") == shown


def test_nothing_starts_before_its_first_day():
    schedule = Schedule("Europe/Berlin", date(2026, 12, 24), time(19), "FREQ=WEEKLY;BYDAY=TH")
    assert next_start(schedule, datetime(2026, 1, 1, tzinfo=UTC)) == datetime(2026, 12, 24, 18, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(NaiveTime):
        next_start(weekly(ZoneInfo("Europe/Berlin"), time(19), 1), datetime(2026, 1, 1))


def test_a_rule_that_has_ended_says_so():
    ended = Schedule("Europe/Berlin", date(2026, 1, 6), time(19), "FREQ=WEEKLY;BYDAY=TU;COUNT=3")
    with pytest.raises(LookupError):
        next_start(ended, datetime(2026, 6, 1, tzinfo=UTC))
