"""A whole calendar as a calendar program gets it, kept as a file to be read by a person. CALENDARS_GOLDEN=write writes it anew."""

import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.core.calendar import Change, Pause
from bot.core.ids import CommunityId, MeetingId, RoomId
from bot.core.meetings import Audience, Options, Series
from bot.core.schedule import Schedule
from content.loader import load_texts
from handlers.calendars.feed import calendar, different_evenings
from handlers.calendars.guide import guide
from handlers.calendars.records import Version
from handlers.calendars.wording import Entry, private_wording, public_wording

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
HERE, ROOM = CommunityId("c" * 32), RoomId("r" * 32)


def one(number: int, title: str, schedule: Schedule, minutes: int = 90, **options) -> Series:
    return Series(MeetingId(f"{number:032x}"), HERE, ROOM, title, schedule, timedelta(minutes=minutes), options=Options(**options))


ROUND = one(1, "Tuesday round", Schedule("Europe/Berlin", date(2026, 12, 1), time(19), "FREQ=WEEKLY;BYDAY=TU"))
NOON = one(
    2,
    "Noon, for beginners",
    Schedule("America/New_York", date(2026, 11, 2), time(12, 15), "FREQ=MONTHLY;BYDAY=1MO;UNTIL=20271231T235959"),
    60,
    beginners=True,
    text_only=True,
    link="https://meet.example/noon",
)
KIN = one(3, "Relatives", Schedule("UTC", date(2026, 12, 3), time(18), "FREQ=WEEKLY;BYDAY=MO,TH"), audience=Audience.FAMILY)
CHANGES = (
    Change(ROUND.id, "2026-12-08T19:00", starts="2026-12-09T20:00", reason="The hall is taken"),
    Change(ROUND.id, "2026-12-15T19:00", cancelled=True, reason="Bo is ill"),
    Change(ROUND.id, "2027-01-12T19:00", minutes=60),
)
PAUSES = (Pause("p", HERE, date(2026, 12, 24), date(2027, 1, 1), "Holidays"),)


def entries(*found: Series) -> list[Entry]:
    return [Entry(it, different_evenings(it, CHANGES, PAUSES, NOW), Version(3, NOW)) for it in found]


def say(language: str = "en"):
    return load_texts().of(language)


FILES = {
    "public.ics": lambda: calendar(entries(ROUND, NOON), public_wording(say()), NOW),
    "private.ics": lambda: calendar(entries(ROUND), private_wording(say("de"), plain=False), NOW),
    "guide.json": lambda: guide([ROUND, NOON, KIN], lambda series: "", NOW),
}


@pytest.mark.parametrize("name", FILES)
def test_it_reads_as_it_was_agreed(name):
    made = FILES[name]().decode().replace("\r\n", "\n")
    if os.environ.get("CALENDARS_GOLDEN") == "write":
        (GOLDEN / name).write_text(made, "utf-8")
    assert made == (GOLDEN / name).read_text("utf-8")


@pytest.mark.parametrize("name", ["public.ics", "private.ics"])
def test_its_lines_end_and_fold_as_the_standard_wants(name):
    body = FILES[name]()
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert body.count(b"\n") == body.count(b"\r\n")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75


def test_the_neutral_calendar_has_no_word_that_tells_what_it_is_about():
    private = FILES["private.ics"]().decode().casefold()
    named = ("tuesday", "round", "treffen", "meeting", "holiday", "hall", "beginner")
    assert not [word for word in named if word in private]
