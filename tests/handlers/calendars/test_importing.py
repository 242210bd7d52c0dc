"""What is read out of other programs' files: pure."""

from datetime import UTC, datetime, time

import pytest

from bot.core.calendar import Change
from bot.core.schedule import next_start
from handlers.calendars.drafts import NEW
from handlers.calendars.importing import read
from tests.handlers.calendars.foreign import BERLIN, HOME, HOUR, NOW, calendar, event, guide, one, why


@pytest.mark.parametrize(
    ("rule", "ours"),
    [
        ("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=TU"),
        ("FREQ=WEEKLY;BYDAY=TH,TU;WKST=SU", "FREQ=WEEKLY;BYDAY=TU,TH;WKST=SU"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("FREQ=DAILY", "FREQ=DAILY"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("FREQ=DAILY;COUNT=5", "FREQ=DAILY;COUNT=5"),
        ("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=1"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYDAY=1TU", "FREQ=MONTHLY;BYDAY=1TU"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=-1TU"),
        ("FREQ=WEEKLY;UNTIL=20270301T180000Z", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270301T190000"),
        ("FREQ=WEEKLY;UNTIL=20270301", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270301T235959"),
        ("FREQ=WEEKLY;BYHOUR=19;BYMINUTE=0;BYSECOND=0", "FREQ=WEEKLY;BYDAY=TU"),
    ],
)
def test_rules_of_other_programs_become_ours(rule, ours):
    draft = one(BERLIN, HOUR, f"RRULE:{rule}")
    assert (draft.schedule.zone, draft.schedule.wall, draft.schedule.rule) == (HOME, time(19), ours)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=SECONDLY", "often"),
        ("FREQ=MINUTELY;COUNT=2", "often"),
        ("FREQ=DAILY;BYSECOND=" + ",".join(str(n) for n in range(60)), "often"),
        ("FREQ=DAILY;BYMINUTE=0,30", "often"),
        ("FREQ=DAILY;COUNT=999999999", "rule"),
        ("FREQ=DAILY;COUNT=100000", "often"),
        ("FREQ=DAILY;INTERVAL=0", "rule"),
        ("FREQ=DAILY;INTERVAL=5000", "often"),
        ("FREQ=YEARLY", "rule"),
        ("FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2", "rule"),
        ("FREQ=MONTHLY;BYDAY=TU", "rule"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "rule"),
        ("FREQ=WEEKLY;BYDAY=2TU", "rule"),
        ("FREQ=WEEKLY;BYDAY=XX", "rule"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20270101", "rule"),
        ("FREQ=WEEKLY;X-EVIL=1", "rule"),
        ("FREQ=WEEKLY;FREQ=DAILY", "rule"),
        ("FREQ=WEEKLY;UNTIL=99999999T999999Z", "rule"),
        ("FREQ=WEEKLY;UNTIL=20200101", "rule"),
        ("rubbish", "rule"),
        ("FREQ=DAILY;BYDAY=" + ",".join(["MO"] * 5000), "rule"),
        ("FREQ=WEEKLY;INTERVAL=" + "9" * 5000, "rule"),
    ],
)
def test_rules_that_no_meeting_has_are_left_out_with_a_reason(rule, reason):
    assert why(BERLIN, HOUR, f"RRULE:{rule}") == reason


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("America/New_York", "America/New_York"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Pacific Standard Time", "America/Los_Angeles"),
        ('"Eastern Standard Time"', "America/New_York"),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/Vienna", "Europe/Vienna"),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ],
)
def test_zones_are_known_by_every_name_that_programs_give_them(tzid, zone):
    draft = one(f"DTSTART;TZID={tzid}:20261201T190000", HOUR, "RRULE:FREQ=WEEKLY")
    assert (draft.schedule.zone, draft.schedule.wall, draft.notes) == (zone, time(19), ())


def vtimezone(*offsets: str, inner: str = "") -> str:
    parts = [
        f"BEGIN:STANDARD\nDTSTART:19701025T030000\nTZOFFSETTO:{offset}\nRRULE:FREQ=SECONDLY\nEND:STANDARD" for offset in offsets
    ]
    return "\n".join(("BEGIN:VTIMEZONE", "TZID:Ours", *([inner] if inner else []), *parts, "END:VTIMEZONE"))


OWN = "DTSTART;TZID=Ours:20261201T190000"


def test_a_zone_that_only_the_file_knows_is_found_by_its_clocks_or_asked_for():
    draft = one(OWN, HOUR, "RRULE:FREQ=WEEKLY", head=vtimezone("+0100", "+0200"))
    assert (draft.schedule.zone, draft.notes) == (HOME, ("same_clock",))
    draft = one(OWN, HOUR, "RRULE:FREQ=WEEKLY", head=vtimezone("+0900", inner="X-LIC-LOCATION:Asia/Tokyo"))
    assert (draft.schedule.zone, draft.notes) == ("Asia/Tokyo", ())
    assert why(OWN, HOUR, "RRULE:FREQ=WEEKLY", head=vtimezone("+0545")) == "zone"
    assert why(OWN, HOUR, "RRULE:FREQ=WEEKLY") == "zone"
    assert why("DTSTART;TZID=EST:20261201T190000", HOUR) == "zone"  # stays behind when the clocks change


def test_a_zone_of_a_file_is_kept_nowhere():
    """The library would remember it for every later reader of this process."""
    one(OWN, HOUR, "RRULE:FREQ=WEEKLY", head=vtimezone("+0100", "+0200"))
    assert why(OWN, HOUR, "RRULE:FREQ=WEEKLY") == "zone"


def test_times_without_a_zone_are_read_in_the_one_asked_for_and_it_is_said():
    draft = one("DTSTART:20261201T190000", HOUR, "RRULE:FREQ=WEEKLY")
    assert (draft.schedule.zone, draft.schedule.wall, draft.notes) == (HOME, time(19), ("floating",))
    draft = one("DTSTART:20261201T190000", HOUR, "RRULE:FREQ=WEEKLY", head="X-WR-TIMEZONE:Asia/Tokyo")
    assert (draft.schedule.zone, draft.notes) == ("Asia/Tokyo", ())


def test_world_time_becomes_what_clocks_show_unless_its_days_are_others():
    draft = one("DTSTART:20261201T190000Z", HOUR, "RRULE:FREQ=WEEKLY;BYDAY=TU")
    assert (draft.schedule.zone, draft.schedule.wall, draft.notes) == (HOME, time(20), ("utc",))
    assert why("DTSTART:20261201T233000Z", HOUR, "RRULE:FREQ=WEEKLY;BYDAY=TU") == "utc_day"
    draft = one("DTSTART:20261201T233000Z", HOUR, "RRULE:FREQ=WEEKLY")
    assert draft.schedule.rule == "FREQ=WEEKLY;BYDAY=WE"
    assert next_start(draft.schedule, NOW) == datetime(2026, 12, 1, 23, 30, tzinfo=UTC)


def test_single_evenings_that_differ_come_along():
    text = calendar(
        event(
            BERLIN,
            "DTEND;TZID=Europe/Berlin:20261201T203000",
            "RRULE:FREQ=WEEKLY",
            "EXDATE;TZID=Europe/Berlin:20261208T190000,20261222T190000",
        ),
        event("RECURRENCE-ID;TZID=Europe/Berlin:20261215T190000", "DTSTART:20261216T190000Z", "DURATION:PT45M"),
        event("RECURRENCE-ID:20261229T180000Z", "DTSTART;TZID=Europe/Berlin:20261229T190000", "STATUS:CANCELLED"),
        event("RECURRENCE-ID;TZID=Europe/Berlin:20250107T190000", "DTSTART;TZID=Europe/Berlin:20250109T190000"),  # long over
        event("RECURRENCE-ID;VALUE=DATE:20270105", "DTSTART;TZID=Europe/Berlin:20270105T190000"),  # as it is anyway
    )
    draft = read(text, HOME, NOW).drafts[0]
    assert draft.minutes == 90
    assert [change for change in draft.changes if change != Change(NEW, change.original)] == [
        Change(NEW, "2026-12-08T19:00", cancelled=True),
        Change(NEW, "2026-12-15T19:00", starts="2026-12-16T20:00", minutes=45),
        Change(NEW, "2026-12-22T19:00", cancelled=True),
        Change(NEW, "2026-12-29T19:00", cancelled=True),
    ]


def test_what_is_skipped_is_named_by_its_line():
    text = calendar(
        event(BERLIN, HOUR, "RRULE:FREQ=WEEKLY", uid="a", title="Good"),
        event("DTSTART;VALUE=DATE:20261201", uid="b", title="Whole day"),
        event(BERLIN, HOUR, "STATUS:CANCELLED", uid="c", title="Off"),
        event("DTSTART;TZID=Europe/Berlin:20250101T190000", HOUR, uid="d", title="Past"),
        event("RECURRENCE-ID:20261208T180000Z", BERLIN, uid="lost", title="Orphan"),
        event(HOUR, uid="e", title="No start"),
        event("DTSTART;TZID=Europe/Berlin:20269901T190000", HOUR, uid="f", title="No day"),
    )
    found = read(text, HOME, NOW)
    assert [draft.title for draft in found.drafts] == ["Good"]
    lines = text.split("\n")
    assert {skipped.title: skipped.why for skipped in found.skipped} == {
        "Whole day": "all_day",
        "Off": "cancelled",
        "Past": "over",
        "Orphan": "lost",
        "No start": "unreadable",
        "No day": "unreadable",
    }
    assert all(lines[skipped.entry - 1] == "BEGIN:VEVENT" for skipped in found.skipped)


@pytest.mark.parametrize(
    ("length", "outcome"),
    [("DURATION:PT5M", "length"), ("DURATION:P2D", "length"), ("DURATION:rubbish", "unreadable"), ("DURATION:-PT1H", "length")],
)
def test_a_length_that_no_meeting_has_is_left_out(length, outcome):
    assert why(BERLIN, length) == outcome


def test_without_an_end_an_hour_is_taken_and_said():
    draft = one(BERLIN, "RRULE:FREQ=WEEKLY")
    assert (draft.minutes, draft.notes) == (60, ("no_end",))


def test_an_alarm_within_an_event_is_no_part_of_it():
    draft = one(BERLIN, HOUR, "RRULE:FREQ=WEEKLY", "BEGIN:VALARM", "DURATION:PT5M", "RRULE:FREQ=SECONDLY", "END:VALARM")
    assert (draft.minutes, draft.schedule.rule) == (60, "FREQ=WEEKLY;BYDAY=TU")


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "", "   ", "\u202e\u200b", "a < b", "!!!"])
def test_titles_with_markup_or_without_a_word_are_left_out(title):
    assert why(BERLIN, HOUR, title=title) == "title"


def test_control_characters_leave_a_title_and_a_long_one_is_cut():
    assert one(BERLIN, HOUR, title="A\x07\u202eB\\, C\\nD").title == "AB, C D"
    draft = one(BERLIN, HOUR, title="x" * 300)
    assert (len(draft.title), draft.notes[-1]) == (80, "cut")


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "http://meet.example/x",
        "https://user:pass@meet.example/",
        "https://localhost/",
        "data:text/html,x",
        "https://meet.example/" + "x" * 600,
        "https://meet.exämple/",
        "https://meet.example/a b",
        "https://[::1/",
        "file:///etc/passwd",
    ],
)
def test_a_link_that_is_not_safe_to_press_leaves_the_meeting_out(link):
    assert why(BERLIN, HOUR, f"URL:{link}") == "link"
    entry = {"name": "Round", "slug": "r", "day": 2, "time": "19:00", "end_time": "20:00", "conference_url": link}
    assert read(guide(entry), HOME, NOW).skipped[0].why == "link"


def test_a_safe_link_is_taken_and_a_place_is_none():
    assert one(BERLIN, HOUR, "URL:https://meet.example/j/1?pwd=x").link == "https://meet.example/j/1?pwd=x"
    assert one(BERLIN, HOUR, "LOCATION:https://meet.example/j/2").link == "https://meet.example/j/2"
    assert one(BERLIN, HOUR, "LOCATION:12 Main Street").link == ""
