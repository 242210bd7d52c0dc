"""Evenings of one series, told one by one. The laws for all of them are in tests/properties."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest

from bot.core.calendar import Change, Pause, evening_at, evenings, next_evening
from bot.core.ids import CommunityId, MeetingId, PersonId, RoomId
from bot.core.meetings import Series
from bot.core.schedule import Schedule

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HERE, TUESDAYS = CommunityId("c"), MeetingId("s")
WEEKLY = Schedule("Europe/Berlin", date(2026, 12, 1), time(19), "FREQ=WEEKLY;BYDAY=TU")
HOLIDAYS = Pause("p", HERE, date(2026, 12, 22), date(2027, 1, 1), "Holidays")


def series(schedule: Schedule = WEEKLY) -> Series:
    return Series(TUESDAYS, HERE, RoomId("usual"), "Tuesday evening", schedule, timedelta(minutes=90))


def change(day: str, **different) -> Change:
    return Change(TUESDAYS, f"2026-12-{day}T19:00", **different)


def first(count: int, changes=(), pauses=()):
    return list(islice(evenings(series(), changes, pauses, NOW), count))


def days(found) -> list[str]:
    return [f"{evening.starts_at:%d %H:%M}" for evening in found]


def test_an_evening_moved_beyond_the_next_comes_behind_it():
    moved = first(4, [change("01", starts="2026-12-10T20:30", reason="A concert next door")])
    assert days(moved) == ["08 18:00", "10 19:30", "15 18:00", "22 18:00"]
    assert (moved[1].original, moved[1].moved, moved[1].why) == ("2026-12-01T19:00", True, "A concert next door")


def test_an_evening_moved_to_before_now_is_over():
    assert days(first(2, [change("01", starts="2026-11-23T19:00")])) == ["08 18:00", "15 18:00"]


def test_an_evening_moved_onto_another_leaves_both():
    both = first(3, [change("01", starts="2026-12-08T19:00")])
    assert [evening.original[8:10] for evening in both] == ["01", "08", "15"]
    assert days(both) == ["08 18:00", "08 18:00", "15 18:00"]


def test_a_cancelled_evening_stays_listed_and_the_next_is_the_one_that_takes_place():
    changes = [change("01", cancelled=True, reason="Ice on the roads")]
    assert [(evening.cancelled, evening.why) for evening in first(2, changes)] == [(True, "Ice on the roads"), (False, "")]
    found = next_evening(series(), changes, (), NOW)
    assert found is not None
    assert days([found]) == ["08 18:00"]


def test_a_change_leaves_the_rest_of_its_evening_as_the_series_has_it():
    (found,) = first(1, [change("01", minutes=60, host=PersonId("kim"))])
    assert found.ends_at - found.starts_at == timedelta(hours=1)
    assert (found.room, found.host, found.moved) == ("usual", "kim", False)


def test_evenings_of_a_pause_are_cancelled_with_its_title_first_and_last_day_included():
    found = first(6, pauses=[HOLIDAYS, Pause("q", HERE, date(2027, 1, 5), date(2027, 1, 5), "Epiphany", TUESDAYS)])
    assert [(evening.starts_at.day, evening.cancelled, evening.why) for evening in found] == [
        (1, False, ""),
        (8, False, ""),
        (15, False, ""),
        (22, True, "Holidays"),
        (29, True, "Holidays"),
        (5, True, "Epiphany"),
    ]


def test_a_pause_counts_days_where_the_meeting_is():
    """19:00 in Auckland on the 22nd is still the 22nd there, and the 22nd at 06:00 in UTC; 08:00 is the 21st in UTC."""
    early = series(Schedule("Pacific/Auckland", date(2026, 12, 1), time(8), "FREQ=WEEKLY;BYDAY=TU"))
    found = list(islice(evenings(early, (), [HOLIDAYS], datetime(2026, 12, 15, tzinfo=UTC)), 2))
    assert [(f"{evening.starts_at:%d}", evening.cancelled) for evening in found] == [("21", True), ("28", True)]


def test_an_evening_moved_by_hand_takes_place_in_a_pause_too():
    found = first(5, [change("22", starts="2026-12-23T18:00")], [HOLIDAYS])
    assert [(evening.starts_at.day, evening.cancelled) for evening in found[3:]] == [(23, False), (29, True)]


def test_a_reason_of_its_own_is_told_instead_of_the_pause():
    assert first(4, [change("22", cancelled=True, reason="Nobody can come")], [HOLIDAYS])[3].why == "Nobody can come"


def test_a_series_that_ended_has_no_next_evening():
    ended = series(Schedule("Europe/Berlin", date(2026, 12, 1), time(19), "FREQ=WEEKLY;BYDAY=TU;COUNT=2"))
    assert len(list(evenings(ended, (), (), NOW))) == 2
    assert next_evening(ended, (), (), datetime(2026, 12, 9, tzinfo=UTC)) is None


def test_a_last_evening_that_was_moved_is_the_next_though_the_rule_has_ended():
    ended = series(Schedule("Europe/Berlin", date(2026, 12, 1), time(19), "FREQ=WEEKLY;BYDAY=TU;COUNT=2"))
    found = next_evening(ended, [change("08", starts="2026-12-11T19:00")], (), datetime(2026, 12, 9, tzinfo=UTC))
    assert found is not None
    assert days([found]) == ["11 18:00"]


def test_a_pause_without_end_is_looked_into_only_so_far():
    for_ever = Pause("p", HERE, date(2026, 1, 1), date(9999, 1, 1))
    assert next_evening(series(), (), [for_ever], NOW) is None


@pytest.mark.parametrize("original", ["", "2026-12-02T19:00", "2026-12-01T19:01", "2026-11-24T19:00", "2026-12-01T19:00Z", "soon"])
def test_there_is_no_evening_that_the_rule_does_not_give(original):
    astray = [Change(TUESDAYS, original, starts="2026-12-10T19:00")]
    assert evening_at(series(), astray, (), original) is None
    assert days(first(3, astray)) == ["01 18:00", "08 18:00", "15 18:00"]
