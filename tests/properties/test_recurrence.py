"""Laws of rules: every shape, every zone, against days counted by hand."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis.strategies import integers, text

from bot.core.recurrence import BadRule, tidy
from bot.core.schedule import (
    LONGEST_CLOCK_CHANGE,
    Schedule,
    checked,
    clocked,
    first_wall,
    gives,
    next_start,
    on_the_clock,
    rule_in_utc,
    starts,
)
from tests.properties.rules import Repeating, repeating

DAY = timedelta(days=1)
ago = integers(-400, 12_000)  # days from the first day to now


def now_of(one: Repeating, days: int) -> datetime:
    return one.schedule.begin.replace(tzinfo=UTC) + timedelta(days=days, hours=7)


@given(repeating(ends=False), ago)
def test_the_next_start_is_later_and_as_soon_as_the_rule_lets_it(one, days):
    now = now_of(one, days)
    wait = timedelta(days=one.shape.longest + max(0, -days)) + 2 * LONGEST_CLOCK_CHANGE
    assert now < next_start(one.schedule, now) <= now + wait


@given(repeating(), ago)
def test_starts_are_those_that_a_hand_counts_on_a_calendar(one, days):
    """However long ago the series began: in step with its first day, and not beyond its end."""
    now = now_of(one, days)
    zone, to = ZoneInfo(one.schedule.zone), (now + 100 * DAY).date()
    counted = {on_the_clock(wall, zone) for wall in one.by_hand((now - 3 * DAY).date(), to)}
    found = []
    for start in starts(one.schedule, now):
        if start > now + 95 * DAY:
            break
        found.append(start)
    assert found == sorted(start for start in counted if now < start <= now + 95 * DAY)


@given(repeating(), ago)
def test_starts_come_one_after_the_other(one, days):
    found = list(islice(starts(one.schedule, now_of(one, days)), 30))
    assert all(earlier < later for earlier, later in pairwise(found))


@given(repeating(), ago)
def test_clocks_show_the_same_time_at_each_start_unless_it_was_skipped(one, days):
    zone = ZoneInfo(one.schedule.zone)
    for wall, start in islice(clocked(one.schedule, now_of(one, days)), 30):
        assert wall.time() == one.schedule.wall
        local = start.astimezone(zone)
        if local.replace(tzinfo=None) != wall:
            later, before = local.utcoffset(), (local - timedelta(hours=25)).utcoffset()
            assert later is not None
            assert before is not None
            gap = later - before
            assert local.replace(tzinfo=None) - wall in (gap, LONGEST_CLOCK_CHANGE), (wall, local)


@given(repeating(), ago)
def test_a_start_is_found_again_by_what_clocks_show_and_none_beside_it(one, days):
    for wall, _ in islice(clocked(one.schedule, now_of(one, days)), 5):
        assert gives(one.schedule, wall)
        assert not gives(one.schedule, wall + timedelta(minutes=1))


@given(repeating())
def test_a_rule_in_one_spelling_gives_the_same_and_stays_so(one):
    if first_wall(one.schedule) is None:
        with pytest.raises(BadRule):  # it ends before its first start
            checked(one.schedule)
        return
    once = checked(one.schedule)
    assert checked(once) == once
    now = now_of(one, -2)
    assert list(islice(starts(once, now), 10)) == list(islice(starts(one.schedule, now), 10))


@given(repeating())
def test_an_end_survives_the_way_into_a_calendar_file_and_back(one):
    if one.until is None or first_wall(one.schedule) is None:
        return
    zone, plain = ZoneInfo(one.schedule.zone), checked(one.schedule)
    back = checked(Schedule(plain.zone, plain.first, plain.wall, f"RRULE:{rule_in_utc(plain)}"))
    end = datetime.combine(one.until, time(23, 59, 59))
    if on_the_clock(end, zone).astimezone(zone).replace(tzinfo=None) == end:  # the last second of that day was not skipped
        assert back == plain


@given(text(alphabet="FREQDAILYWKMONTHBU=;,-+0123456789TZ ", max_size=80))
def test_whatever_is_typed_as_a_rule_is_taken_or_refused(typed):
    try:
        tidied = tidy(typed, datetime(2026, 12, 1, 19))
    except BadRule:
        return
    assert tidy(tidied, datetime(2026, 12, 1, 19)) == tidied


@pytest.mark.parametrize("rule", ["FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=TU", "FREQ=MONTHLY;BYDAY=-1FR"])
def test_a_rule_of_centuries_ago_is_in_step(rule):
    old = Schedule("Europe/Berlin", date(1700, 1, 1), time(19), rule)
    start = next_start(old, datetime(2026, 11, 24, tzinfo=UTC))
    assert gives(old, start.astimezone(ZoneInfo("Europe/Berlin")).replace(tzinfo=None))
