"""Laws of an edit: nothing is lost between the two halves of a series, and what did not change stays as it is."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.calendar import Change, digits, original_from, original_of
from bot.core.ids import CommunityId, MeetingId, RoomId
from bot.core.meetings import Series
from bot.core.schedule import Schedule, walls
from handlers.series.repeats import repeat_of
from handlers.series.rules import (
    differences,
    draft_of_all,
    draft_of_later,
    edit_of,
    rescheduled,
)

NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
BEFORE = datetime(2026, 11, 1, tzinfo=UTC)
RULES = (
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3;COUNT=40",
    "FREQ=WEEKLY;BYDAY=TU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=WEEKLY;BYDAY=TU,FR;COUNT=25",
    "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270601T235959",
    "FREQ=MONTHLY;BYDAY=1MO,3MO",
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=20",
)
ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Apia", "UTC")


def series_of(rule: str, zone: str = "Europe/Berlin") -> Series:
    schedule = Schedule(zone, date(2026, 11, 10), time(19), rule)
    return Series(MeetingId("a" * 32), CommunityId("c" * 32), RoomId("d" * 32), "Evening", schedule, timedelta(minutes=90))


def evenings(series: Series, count: int = 30) -> list[str]:
    return [original_of(wall) for wall in islice(walls(series.schedule, BEFORE), count)]


@given(st.sampled_from(RULES), st.sampled_from(ZONES), st.integers(1, 15))
def test_a_series_and_the_one_that_follows_have_together_the_evenings_that_it_had(rule, zone, place):
    base = series_of(rule, zone)
    all_of_it = evenings(base)
    draft = draft_of_later(base, all_of_it[place], MeetingId("b" * 32))
    edit = edit_of(draft, (), (), NOW)
    assert edit.ended is not None
    old, new = evenings(edit.ended, 60), evenings(edit.series, 60)
    assert old == all_of_it[:place]
    assert [*old, *new][: len(all_of_it)] == all_of_it


@given(st.sampled_from(RULES), st.integers(1, 15))
def test_an_ended_series_stays_ended_at_another_time_of_day(rule, place):
    base = series_of(rule)
    original = evenings(base)[place]
    edit = edit_of(draft_of_later(base, original, MeetingId("b" * 32)), (), (), NOW)
    assert edit.ended is not None
    earlier = replace(edit.ended, schedule=replace(edit.ended.schedule, wall=time(6)))
    assert all(day[:10] < original[:10] for day in evenings(earlier, 60))


@given(st.sampled_from(RULES), st.integers(0, 23))
def test_another_time_of_day_leaves_the_days_as_they_are(rule, hour):
    draft = draft_of_all(series_of(rule))
    present = draft.series.schedule
    changed = rescheduled(draft, repeat_of(rule), time(hour), present.zone, None, NOW)
    days = [day[:10] for day in evenings(draft.series)]
    assert [day[:10] for day in evenings(replace(draft.series, schedule=changed))] == days


@given(st.sampled_from(RULES), st.lists(st.integers(0, 20), max_size=5, unique=True))
def test_an_edit_that_changes_no_day_loses_nothing_and_leaves_changes_where_they_are(rule, places):
    base = series_of(rule)
    days = evenings(base)
    changes = [Change(base.id, days[place], cancelled=True) for place in places if place < len(days)]
    draft = draft_of_all(base)
    edit = edit_of(replace(draft, series=replace(draft.series, title="Other")), changes, (), NOW)
    assert (edit.drop, edit.put, edit.lost) == ((), (), ())


def test_what_is_past_stays_as_it_was():
    base = series_of("FREQ=WEEKLY;BYDAY=TU")
    past, ahead = Change(base.id, "2026-11-24T19:00", cancelled=True), Change(base.id, "2026-12-08T19:00", cancelled=True)
    draft = draft_of_all(base)
    other = replace(draft, series=replace(base, schedule=replace(base.schedule, rule="FREQ=WEEKLY;BYDAY=FR")))
    assert edit_of(other, (past, ahead), (), NOW).lost == (ahead,)


def test_changes_of_another_series_are_none_of_its_business():
    base = series_of("FREQ=WEEKLY;BYDAY=TU")
    foreign = Change(MeetingId("f" * 32), "2026-12-08T19:00", cancelled=True)
    draft = draft_of_later(base, "2026-12-08T19:00", MeetingId("b" * 32))
    assert edit_of(draft, (foreign,), (), NOW).drop == ()


@given(st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)))
def test_the_name_of_an_evening_fits_a_button_and_comes_back(wall):
    original = original_of(wall)
    assert original_from(digits(original)) == original


def test_differences_name_what_changed():
    base = series_of("FREQ=WEEKLY;BYDAY=TU")
    assert differences(base, base) == ()
    assert differences(base, replace(base, title="x", length=timedelta(minutes=60), room=RoomId("e" * 32))) == (
        "title",
        "length",
        "room",
    )
