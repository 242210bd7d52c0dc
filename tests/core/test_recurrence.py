"""Which rules are taken, and their one spelling."""

from datetime import UTC, date, datetime, time
from itertools import islice

import pytest

from bot.core.recurrence import BadRule, tidy
from bot.core.schedule import Schedule, checked, first_wall, next_start, rule_in_utc, starts, walls

FIRST = datetime(2026, 12, 1, 19)  # a Tuesday
THAT_DAY, SEVEN = FIRST.date(), FIRST.time()


def of(rule: str, zone: str = "Europe/Berlin", first: date = THAT_DAY, wall: time = SEVEN) -> Schedule:
    return Schedule(zone, first, wall, rule)


def days(schedule: Schedule, count: int) -> list[str]:
    return [f"{wall:%a %d %b %y}" for wall in islice(walls(schedule, schedule.begin.replace(tzinfo=UTC)), count)]


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("freq=weekly;byday=tu", "FREQ=WEEKLY;BYDAY=TU"),
        ("RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;", "FREQ=WEEKLY;BYDAY=TU"),
        ("BYDAY=TU,TH;FREQ=WEEKLY;WKST=SU;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU"),
        ("FREQ=DAILY;COUNT=10", "FREQ=DAILY;COUNT=10"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20271231", "FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20271231T235959"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
    ],
)
def test_a_rule_has_one_spelling(typed, tidied):
    assert tidy(typed, FIRST) == tidied


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "part"),
        ("every tuesday", "part"),
        ("FREQ=WEEKLY;FREQ=DAILY", "part"),
        ("FREQ=WEEKLY;BYDAY=XX", "part"),
        ("FREQ=WEEKLY;BYHOUR=7", "part"),
        ("FREQ=WEEKLY;INTERVAL=0", "part"),
        ("FREQ=WEEKLY;UNTIL=20261340", "part"),
        ("FREQ=WEEKLY\nEXDATE:20261201T190000", "frequency"),
        ("FREQ=SECONDLY", "frequency"),
        ("FREQ=HOURLY;BYDAY=TU", "frequency"),
        ("FREQ=WEEKLY;INTERVAL=99", "interval"),
        ("FREQ=WEEKLY;BYDAY=2TU", "days"),
        ("FREQ=WEEKLY;BYDAY=TU;BYSETPOS=1", "days"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101T000000", "end"),
        ("FREQ=DAILY;COUNT=9999", "end"),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "never"),
        ("FREQ=DAILY;UNTIL=20200101T000000", "never"),
        ("FREQ=MONTHLY;BYMONTHDAY=" + ",".join("1" * 100), "long"),
    ],
)
def test_what_is_no_rule_for_meetings_is_refused_at_once(typed, why):
    with pytest.raises(BadRule) as refused:
        tidy(typed, FIRST)
    assert refused.value.detail == {"why": why}


def test_an_end_in_utc_becomes_the_time_on_the_wall_and_goes_back():
    schedule = checked(of("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231T225959Z"))
    assert schedule.rule == "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231T235959"
    assert rule_in_utc(schedule) == "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231T225959Z"
    assert rule_in_utc(of("FREQ=WEEKLY;BYDAY=TU")) == "FREQ=WEEKLY;BYDAY=TU"


@pytest.mark.parametrize("until", ["20261399T000000Z", "Z", "soonZ"])
def test_an_end_that_is_no_moment_is_refused(until):
    with pytest.raises(BadRule):
        checked(of(f"FREQ=DAILY;UNTIL={until}"))


def test_seconds_of_a_start_are_left_out():
    assert checked(of("FREQ=DAILY", wall=time(19, 0, 30))).wall == time(19)


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("FREQ=DAILY;INTERVAL=3", ["Tue 01 Dec 26", "Fri 04 Dec 26", "Mon 07 Dec 26"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH", ["Tue 01 Dec 26", "Thu 03 Dec 26", "Tue 08 Dec 26"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", ["Thu 03 Dec 26", "Mon 14 Dec 26", "Thu 17 Dec 26"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU", ["Tue 01 Dec 26", "Sun 13 Dec 26", "Tue 15 Dec 26"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["Thu 31 Dec 26", "Sun 31 Jan 27", "Wed 31 Mar 27"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["Thu 31 Dec 26", "Sun 31 Jan 27", "Sun 28 Feb 27"]),
        ("FREQ=MONTHLY;BYDAY=2TU", ["Tue 08 Dec 26", "Tue 12 Jan 27", "Tue 09 Feb 27"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["Fri 25 Dec 26", "Fri 29 Jan 27", "Fri 26 Feb 27"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", ["Mon 07 Dec 26", "Mon 01 Mar 27", "Mon 07 Jun 27"]),
        ("FREQ=YEARLY", ["Tue 01 Dec 26", "Wed 01 Dec 27", "Fri 01 Dec 28"]),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=2", ["Tue 01 Dec 26", "Tue 08 Dec 26"]),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261208T190000", ["Tue 01 Dec 26", "Tue 08 Dec 26"]),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261208T185959", ["Tue 01 Dec 26"]),
    ],
)
def test_known_rules(rule, found):
    assert days(of(rule), 3) == found


@pytest.mark.parametrize("rule", ["FREQ=MONTHLY", "FREQ=YEARLY", "FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=7"])
def test_what_the_first_day_says_holds_years_later(rule):
    schedule = of(rule, first=date(2000, 2, 29))  # a Tuesday
    start = next_start(schedule, datetime(2028, 2, 28, tzinfo=UTC))
    assert start == datetime(2028, 2, 29, 18, tzinfo=UTC)


def test_a_last_day_counts_where_the_meeting_is():
    """23:30 on New Year's Eve in Honolulu is the next day in UTC."""
    schedule = checked(of("FREQ=DAILY;UNTIL=20261231", "Pacific/Honolulu", wall=time(23, 30)))
    assert list(starts(schedule, datetime(2026, 12, 31, 12, tzinfo=UTC))) == [datetime(2027, 1, 1, 9, 30, tzinfo=UTC)]


def test_a_series_that_ended_has_no_more_starts():
    ended = of("FREQ=WEEKLY;BYDAY=TU;COUNT=3")
    assert list(starts(ended, datetime(2027, 6, 1, tzinfo=UTC))) == []
    assert first_wall(ended) == FIRST


def test_clocks_that_leave_out_a_whole_day_leave_out_one_start():
    daily = of("FREQ=DAILY", "Pacific/Apia", date(2011, 12, 1))
    found = list(islice(starts(daily, datetime(2011, 12, 29, tzinfo=UTC)), 3))
    assert found == [datetime(2011, 12, day, 5, tzinfo=UTC) for day in (29, 30, 31)]
