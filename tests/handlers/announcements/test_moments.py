"""When an evening is announced: laws of quiet hours, and of what is late. Pure."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis.strategies import builds, datetimes, integers, just, sampled_from, sets, times

from bot.core.quiet import Quiet, stretch
from handlers.announcements import rules
from handlers.announcements.records import Moment

ZONES = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("posix/", "right/")))
minutes = times().map(lambda at: at.replace(second=0, microsecond=0))
quiets = builds(Quiet, minutes, minutes).filter(lambda quiet: quiet.begins != quiet.ends)
zones = sampled_from(ZONES).map(ZoneInfo)
starts = datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=just(UTC)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = Quiet(time(22), time(8))


@settings(deadline=None)
@given(starts, sets(sampled_from(Moment)), quiets, zones)
def test_nothing_is_announced_in_quiet_hours_or_after_the_start(start, moments, quiet, zone):
    for one in rules.plan(start, moments, quiet, zone):
        assert one.at <= start
        assert stretch(one.at, quiet, zone) is None
        assert one.moment in moments


@settings(deadline=None)
@given(starts, sets(sampled_from(Moment)), quiets, zones)
def test_each_is_of_use_until_the_next_and_each_moment_comes_once(start, moments, quiet, zone):
    planned = rules.plan(start, moments, quiet, zone)
    assert len({one.moment for one in planned}) == len(planned)
    for one, later in pairwise(planned):
        assert one.at < one.until == later.at
    if planned:
        assert start <= planned[-1].until <= start + rules.GRACE


@settings(deadline=None)
@given(starts, sets(sampled_from(Moment)), quiets, zones)
def test_what_is_not_in_quiet_hours_keeps_its_time(start, moments, quiet, zone):
    at = {one.moment: one.at for one in rules.plan(start, moments, quiet, zone)}
    for moment in moments:
        regular = start - moment.lead
        if stretch(regular, quiet, zone) is None and list(at.values()).count(regular) <= 1 and moment in at:
            assert at[moment] == regular


@settings(deadline=None)
@given(starts, sets(sampled_from(Moment)), zones)
def test_without_quiet_hours_all_come_at_their_time(start, moments, zone):
    assert {one.moment: one.at for one in rules.plan(start, moments, None, zone)} == {one: start - one.lead for one in moments}


def test_of_several_that_come_before_the_quiet_hours_the_last_says_it_for_all():
    start = datetime(2026, 12, 3, 6, tzinfo=UTC)  # seven in the morning
    planned = rules.plan(start, {Moment.HOUR, Moment.SOON, Moment.START}, NIGHT, BERLIN)
    assert [(one.moment, one.at) for one in planned] == [(Moment.START, datetime(2026, 12, 2, 20, 59, tzinfo=UTC))]


@settings(deadline=None)
@given(integers(0, 6), minutes, zones, starts)
def test_the_next_digest_is_later_on_its_day_and_within_a_week_and_a_clock_change(weekday, wall, zone, after):
    at = rules.next_digest(weekday, wall, zone, after)
    assert after < at <= after + timedelta(days=8, hours=25)


def test_the_digest_keeps_its_time_on_the_clock_when_clocks_change():
    at = datetime(2026, 3, 20, tzinfo=UTC)
    shown = []
    for _ in range(3):
        at = rules.next_digest(0, time(10), BERLIN, at)
        shown.append(at.astimezone(BERLIN).isoformat())
    assert shown == ["2026-03-23T10:00:00+01:00", "2026-03-30T10:00:00+02:00", "2026-04-06T10:00:00+02:00"]


@pytest.mark.parametrize("typed", ["<@&123456789012345678>", "123456789012345678"])
def test_a_role_as_it_is_picked_or_copied(typed):
    role = rules.role_of(typed, "1", "discord")
    assert rules.unpacked(rules.packed(role)) == role == "123456789012345678"


@pytest.mark.parametrize(
    "typed", ["@everyone", "@here", "everyone", "<@123456789012345678>", "<@&777777>", "", "role", "<@&1" * 99]
)
def test_everyone_at_once_a_person_or_nothing_is_no_role(typed):
    with pytest.raises(rules.NoRole):
        rules.role_of(typed, "777777", "discord")  # everyone's role has the server's own id


def test_only_discord_has_roles():
    with pytest.raises(rules.NoRole):
        rules.role_of("123456789", "1", "telegram")


@pytest.mark.parametrize("value", ["", "-", "A", "z" * 14, "é"])
def test_a_forged_role_is_refused(value):
    with pytest.raises(rules.NoRole):
        rules.unpacked(value)
