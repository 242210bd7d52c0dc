"""Quiet hours on the clocks of any zone, also when those are changed."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given, settings
from hypothesis.strategies import builds, datetimes, just, sampled_from, times

from bot.core.quiet import Quiet, after_quiet, quiet_from, stretch

ZONES = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/", "right/")))
minutes = times().map(lambda at: at.replace(second=0, microsecond=0))
quiets = builds(Quiet, minutes, minutes).filter(lambda quiet: quiet.begins != quiet.ends)
zones = sampled_from(ZONES).map(ZoneInfo)
moments = datetimes(datetime(1975, 1, 1), datetime(2060, 1, 1), timezones=just(UTC))


def shown(at: datetime, zone: ZoneInfo) -> time:
    return at.astimezone(zone).time()


def is_night(at: time, quiet: Quiet) -> bool:
    """What a clock on the wall says of it."""
    if quiet.begins < quiet.ends:
        return quiet.begins <= at < quiet.ends
    return at >= quiet.begins or at < quiet.ends


def has_steady_clocks(at: datetime, zone: ZoneInfo) -> bool:
    offsets = {(at + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in range(-60, 61, 4)}
    return len(offsets) == 1


@settings(deadline=None)
@given(moments, quiets, zones)
def test_it_is_quiet_when_the_clock_on_the_wall_says_so(at, quiet, zone):
    assume(has_steady_clocks(at, zone))
    assert (stretch(at, quiet, zone) is not None) == is_night(shown(at, zone), quiet)


@settings(deadline=None)
@given(moments, quiets, zones)
def test_a_stretch_holds_its_moment_and_its_end_is_no_longer_quiet(at, quiet, zone):
    found = stretch(at, quiet, zone)
    after = after_quiet(at, quiet, zone)
    if found is None:
        assert after == at
        return
    first, last = found
    assert first <= at < last
    assert last - first <= timedelta(hours=49)  # a day that clocks left out is among them
    assert after == last
    assume(has_steady_clocks(at, zone))
    assert stretch(last, quiet, zone) is None
    assert stretch(first - timedelta(minutes=1), quiet, zone) is None


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("22:00-07:00", "22:00-07:00"),
        (" 22 - 7 ", "22:00-07:00"),
        ("22.30–6.15", "22:30-06:15"),
        ("23 bis 8", "23:00-08:00"),
        ("20 to 24", "20:00-00:00"),
    ],
)
def test_hours_as_people_write_them(typed, hours):
    assert str(quiet_from(typed)) == hours


@pytest.mark.parametrize("typed", ["", "22", "22-22", "0-24", "25-7", "22:60-7", "24:01-7", "at night", "-" * 500, "٢٢-٧"])
def test_anything_else_is_none(typed):
    assert quiet_from(typed) is None


def test_no_quiet_hours_are_never_quiet():
    assert stretch(datetime(2026, 1, 1, tzinfo=UTC), None, ZoneInfo("Europe/Berlin")) is None
