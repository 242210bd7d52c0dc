"""Whole files: a hostile one, a broken one, a Meeting Guide list, our own."""

from datetime import date, time, timedelta

import msgspec
import pytest

from bot.core.calendar import Change
from bot.core.schedule import Schedule, next_start
from handlers.calendars.drafts import NEW
from handlers.calendars.importing import read
from handlers.calendars.limits import NotACalendar, TooDeep, TooLarge, TooManyMeetings, Unfinished
from tests.handlers.calendars.foreign import BERLIN, HOME, HOUR, NOW, calendar, event, guide, one, why

GOOD = event(BERLIN, HOUR, "RRULE:FREQ=WEEKLY")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", NotACalendar),
        ("hello", NotACalendar),
        ("PK\x03\x04" + "x" * 100, NotACalendar),
        ("<html><body>BEGIN:VCALENDAR</body></html>", NotACalendar),
        (calendar(), NotACalendar),
        ("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 10_000, TooDeep),
        ("BEGIN:VCALENDAR\n" + GOOD, Unfinished),
        (calendar(GOOD).replace("END:VEVENT", "END:VTODO"), Unfinished),
        (calendar(*(event(BERLIN, HOUR, uid=str(n)) for n in range(201))), TooManyMeetings),
        (calendar(*(event("RECURRENCE-ID:20261208T180000Z", BERLIN) for _ in range(2001))), TooManyMeetings),
        (calendar(GOOD) + "\n" * 60_000, TooLarge),
        ("BEGIN:VCALENDAR\nX:" + "x" * (1024 * 1024), TooLarge),
        ("[" * 100_000, TooDeep),
        ('{"a":' * 50 + "1" + "}" * 50, TooDeep),
        ("[]", NotACalendar),
        ("[1, 2, 3]", NotACalendar),
        ('{"name": "x"}', NotACalendar),
        ('[{"name": "x"', Unfinished),
        ("[" + ",".join(['{"name":"x"}'] * 201) + "]", TooManyMeetings),
    ],
)
def test_a_file_that_is_hostile_broken_or_something_else_gets_one_sentence(text, error):
    with pytest.raises(error) as refused:
        read(text, HOME, NOW)
    assert refused.value.text_key.startswith("calendars.")


def test_broken_lines_that_do_not_matter_are_passed_over():
    noise = "DESCRIPTION;;;=broken\nATTENDEE:\x00\nX-\u00ff:1\nATTACH;ENCODING=BASE64:" + "A" * 10_000
    assert one(BERLIN, HOUR, noise).title == "Round"
    assert why('DTSTART;TZID="Europe/Berlin:20261201T190000', HOUR) == "unreadable"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_and_folding_is_read(ending):
    text = calendar(event(BERLIN, HOUR, "RRULE:FREQ=WEE\n KLY;BYDAY=\n\tTU", title="Long ti\n tle")).replace("\n", ending)
    draft = read("\ufeff" + text, HOME, NOW).drafts[0]
    assert (draft.title, draft.schedule.rule) == ("Long title", "FREQ=WEEKLY;BYDAY=TU")


def test_a_meeting_guide_list_is_read():
    found = read(
        guide(
            {
                "name": "Sunday",
                "slug": "s",
                "day": 0,
                "time": "18:00",
                "end_time": "19:30",
                "timezone": "America/New_York",
                "types": ["BE", "X"],
            },
            {
                "name": "Two days",
                "slug": 7,
                "day": [1, "4"],
                "time": "9:05",
                "types": ["TEXT"],
                "conference_url": "https://meet.example/1",
            },
            {"name": "Late", "slug": "l", "day": 2, "time": "23:30", "end_time": "00:30"},
        ),
        HOME,
        NOW,
    )
    sunday, two, late = found.drafts
    assert sunday.schedule == Schedule("America/New_York", date(2026, 12, 6), time(18), "FREQ=WEEKLY;BYDAY=SU")
    assert (sunday.minutes, sunday.beginners, sunday.notes) == (90, True, ())
    assert (two.schedule.rule, two.schedule.zone, two.text_only) == ("FREQ=WEEKLY;BYDAY=MO,TH", HOME, True)
    assert two.notes == ("floating", "no_end")
    assert late.minutes == 60


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("x", "unreadable"),
        ({"name": 7}, "unreadable"),
        ({"name": "R", "day": 7, "time": "19:00"}, "unreadable"),
        ({"name": "R", "day": True, "time": "19:00"}, "unreadable"),
        ({"name": "R", "day": [{}], "time": "19:00"}, "unreadable"),
        ({"name": "R", "day": 2, "time": "25:00"}, "unreadable"),
        ({"name": "R", "day": 2}, "no_time"),
        ({"name": "R", "time": "19:00"}, "no_time"),
        ({"name": "R", "day": 2, "time": "19:00", "end_time": "19:05"}, "length"),
        ({"name": "R", "day": 2, "time": "19:00", "timezone": "Middle/Earth"}, "zone"),
        ({"name": "R", "day": 2, "time": "19:00", "types": ["TC"]}, "closed"),
        ({"name": "<b>R</b>", "day": 2, "time": "19:00"}, "title"),
    ],
)
def test_entries_that_are_no_weekly_meeting_are_left_out_by_number(entry, reason):
    good = {"name": "Good", "slug": "g", "day": 2, "time": "19:00"}
    found = read(guide(good, entry), HOME, NOW)
    assert [(skipped.entry, skipped.why) for skipped in found.skipped] == [(2, reason)]


def test_our_own_file_is_read_back_whole():
    from handlers.calendars.feed import calendar as written
    from handlers.calendars.wording import exported_wording
    from tests.handlers.calendars.test_golden import CHANGES, NOON, ROUND, entries, say

    found = read(written(entries(ROUND, NOON), exported_wording(say()), NOW).decode(), HOME, NOW)
    assert not found.skipped
    tuesday, noon = found.drafts
    assert (tuesday.schedule, tuesday.minutes, tuesday.notes) == (ROUND.schedule, 90, ())
    wanted = {change.original: msgspec.structs.replace(change, series=NEW, reason="") for change in CHANGES}
    wanted["2026-12-29T19:00"] = Change(NEW, "2026-12-29T19:00", cancelled=True)  # the pause
    assert {change.original: change for change in tuesday.changes} == wanted
    assert (noon.schedule.rule, noon.link, noon.beginners, noon.text_only) == (
        NOON.schedule.rule,
        "https://meet.example/noon",
        True,
        True,
    )
    assert timedelta(minutes=noon.minutes) == NOON.length


def test_a_meeting_that_has_gone_on_for_years_begins_with_its_next_evening():
    start = "DTSTART;TZID=Europe/Berlin:19100104T190000"  # a Tuesday
    draft = one(start, HOUR, "RRULE:FREQ=WEEKLY;INTERVAL=2")
    assert draft.schedule.first in (date(2026, 12, 1), date(2026, 12, 8))
    old = Schedule(HOME, date(1910, 1, 4), time(19), draft.schedule.rule)
    assert next_start(draft.schedule, NOW) == next_start(old, NOW)
    assert one(start.replace("1910", "2026"), HOUR, "RRULE:FREQ=WEEKLY;COUNT=60").schedule.first == date(2026, 1, 4)


def test_a_file_with_more_single_changes_than_can_be_written_keeps_the_rest():
    days = ",".join(f"{NOW + timedelta(days=n):%Y%m%d}T190000" for n in range(1, 181))
    text = calendar(*(event(BERLIN, HOUR, "RRULE:FREQ=DAILY", f"EXDATE;TZID=Europe/Berlin:{days}", uid=str(n)) for n in range(4)))
    found = read(text, HOME, NOW)
    assert (len(found.drafts), [skipped.why for skipped in found.skipped]) == (2, ["changes", "changes"])
