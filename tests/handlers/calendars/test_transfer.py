"""/meeting import and /meeting export, acted out before a real store."""

import msgspec
import pytest

from bot.core.meetings import Audience, Options, When
from bot.core.replies import Press
from storage.tables.due import due
from storage.unit import concrete
from tests.handlers.screens import labels_of, press_of, text_of

TWO = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:a
SUMMARY:Tuesday round
DTSTART;TZID=W. Europe Standard Time:20261208T190000
DTEND;TZID=W. Europe Standard Time:20261208T203000
RRULE:FREQ=WEEKLY
EXDATE;TZID=W. Europe Standard Time:20261222T190000
END:VEVENT
BEGIN:VEVENT
UID:b
SUMMARY:Whole day
DTSTART;VALUE=DATE:20261208
END:VEVENT
BEGIN:VEVENT
UID:c
SUMMARY:Noon
DTSTART:20261209T120000
RRULE:FREQ=MONTHLY;BYDAY=2WE
END:VEVENT
END:VCALENDAR
"""
GUIDE = msgspec.json.encode([{"name": "Monday", "slug": "m", "day": 1, "time": "18:00", "timezone": "UTC"}]).decode()


async def looked(house, text: str, **answers):
    form = await house.type("kim", "/meeting import", leads=True)
    return await house.fill("kim", form, {"file": text, **answers}, leads=True)


async def promised(house):
    from sqlalchemy import select

    async def work(unit):
        rows = await concrete(unit).rows(select(due.c.kind, due.c.subject).order_by(due.c.kind))
        return [(row["kind"], row["subject"]) for row in rows]

    return await house.store.transact(work)


async def test_a_file_is_shown_first_and_made_by_save_alone(house):
    preview = await looked(house, TWO)
    assert text_of(preview).splitlines() == [
        "I would make 2 meetings:",
        "• Tuesday round: from Tue, Dec 8, 7:00 PM (Central European Time), every week, 90 minutes",
        "• Noon: from Wed, Dec 9, 12:00 PM (Central European Time), every month, 60 minutes",
        "• One meeting names no time zone: I read the time in Europe/Berlin.",
        "• One meeting has no end: I take 60 minutes.",
        "• Left out, line 11, Whole day: it has no time of day",
    ]
    assert await house.all_series() == []
    saved = await house.press("kim", press_of(preview, "Make all 2"), leads=True)
    assert text_of(saved) == "2 meetings are made."
    tuesday, noon = await house.all_series()
    assert (tuesday.title, tuesday.options.audience, noon.schedule.rule) == (
        "Tuesday round",
        "participants",
        "FREQ=MONTHLY;BYDAY=2WE",
    )
    assert [change.original for change in await house.changes(tuesday.id)] == ["2026-12-22T19:00"]
    kinds = await promised(house)
    assert (When.PLAN.kind, tuesday.id) in kinds
    assert (When.PLAN.kind, noon.id) in kinds
    assert (When.BOARD.kind, tuesday.community) in kinds


async def test_pressing_save_twice_makes_them_once(house):
    preview = await looked(house, TWO)
    save = press_of(preview, "Make all 2")
    await house.press("kim", save, leads=True)
    again = await house.press("kim", save, leads=True)
    assert "saved already" in text_of(again)
    assert len(await house.all_series()) == 2


async def test_what_is_there_already_is_not_made_again(house):
    await house.press("kim", press_of(await looked(house, TWO), "Make all 2"), leads=True)
    again = await looked(house, TWO + "")
    assert text_of(again).startswith("There is nothing new to make of this file.")
    assert "line 3, Tuesday round: it is there already" in text_of(again)
    twice = await looked(house, GUIDE.replace("]", "," + GUIDE[1:]))
    assert "I would make one meeting:" in text_of(twice)
    assert "entry 2, Monday: it is there already" in text_of(twice)


async def test_a_list_may_be_pasted_and_be_for_families(house):
    form = await house.type("kim", "/meeting import", leads=True)
    preview = await house.fill("kim", form, {"file": "", "text": GUIDE, "audience": "family"}, leads=True)
    await house.press("kim", press_of(preview, "Make it"), leads=True)
    assert [(series.title, series.options.audience) for series in await house.all_series()] == [("Monday", Audience.FAMILY)]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"file": ""}, "I need a file"),
        ({"file": "hello"}, "neither a calendar file"),
        ({"file": "[" * 5000}, "nested deeper"),
        ({"file": "BEGIN:VCALENDAR\nBEGIN:VEVENT"}, "ends in the middle"),
        ({"file": TWO, "zone": "Middle Earth"}, "do not know that time zone"),
    ],
)
async def test_what_cannot_be_read_gets_a_kind_sentence_and_changes_nothing(house, answers, said):
    reply = await looked(house, **{"text": answers["file"], **{k: v for k, v in answers.items() if k != "file"}})
    assert said in text_of(reply)
    assert await house.all_series() == []
    assert await promised(house) == []


async def test_only_a_facilitator_reads_in_and_out(house):
    await house.series("There already")
    for line in ("/meeting import", "/meeting export"):
        assert "facilitators" in text_of(await house.type("ana", line))
    refused = await house.press("ana", Press("calendars", "export", "participants", "ics"))
    assert "facilitators" in text_of(refused)
    preview = await looked(house, TWO)
    save = press_of(preview, "Make all 2")
    assert "saved already" in text_of(await house.press("ana", save))  # as if it were not there
    await house.press("kim", save, leads=True)
    assert len(await house.all_series()) == 3


async def test_a_role_taken_away_before_save_makes_nothing(house):
    preview = await looked(house, TWO)
    refused = await house.press("kim", press_of(preview, "Make all 2"))
    assert "facilitators" in text_of(refused)
    assert await house.all_series() == []


async def test_cancel_forgets_the_file(house):
    preview = await looked(house, TWO)
    assert text_of(await house.press("kim", press_of(preview, "Cancel"), leads=True)) == "Nothing was made."
    assert "saved already" in text_of(await house.press("kim", press_of(preview, "Make all 2"), leads=True))


async def test_where_there_are_no_forms_it_is_asked_one_by_one_and_saved_in_private(telegram_house):
    house = telegram_house
    await house.type("kim", "/meeting import", leads=True)
    asked = await house.write("kim", GUIDE)  # what a sent file says, or pasted text
    assert "Or its text" in text_of(asked)
    asked = await house.press("kim", press_of(asked, "Skip"), private=True)
    preview = await house.press("kim", press_of(asked, "Participants"), private=True)
    assert "I would make one meeting" in text_of(preview)
    saved = await house.press("kim", press_of(preview, "Make it"), private=True)  # the role left a grant for the room
    assert text_of(saved) == "One meeting is made."


async def test_a_large_import_stays_within_a_message(house):
    entries = [{"name": f"Meeting {n} " + "x" * 70, "slug": n, "day": n % 7, "time": f"{n % 24}:00"} for n in range(200)]
    preview = await looked(house, msgspec.json.encode(entries).decode())
    assert len(text_of(preview)) < 2000
    assert "and 190 more" in text_of(preview)
    saved = await house.press("kim", press_of(preview, "Make all 200"), leads=True)
    assert text_of(saved) == "200 meetings are made."
    assert len(await house.all_series()) == 200


async def test_the_export_holds_one_audience_and_no_person(house):
    await house.series("Ours", options=Options(text_only=True, link="https://meet.example/1"))
    await house.series("First Monday", "FREQ=MONTHLY;BYDAY=1MO")
    await house.series("Theirs", options=Options(audience=Audience.FAMILY))
    offered = await house.type("kim", "/meeting export", leads=True)
    assert labels_of(offered)[:4] == ["Calendar file", "Meeting Guide", "Calendar file (family)", "Meeting Guide (family)"]
    file = await house.press("kim", press_of(offered, "Calendar file"), private=True)
    assert file.file is not None
    assert (file.file.name, file.file.media_type) == ("meetings.ics", "text/calendar")
    assert b"URL:https://meet.example/1" in file.file.content
    assert b"Theirs" not in file.file.content
    listed = await house.press("kim", press_of(offered, "Meeting Guide"), private=True)
    assert "One meeting is not weekly" in text_of(listed)
    assert listed.file is not None
    (entry,) = msgspec.json.decode(listed.file.content)
    assert entry.pop("slug").startswith("ours-")
    assert entry == {
        "name": "Ours",
        "day": 2,
        "time": "19:00",
        "end_time": "20:30",
        "timezone": "Europe/Berlin",
        "types": ["ONL", "TEXT"],
        "updated": "2026-12-01 18:00:03",
        "conference_url": "https://meet.example/1",
        "notes": "Text only",
    }
    theirs = await house.press("kim", press_of(offered, "Meeting Guide (family)"), leads=True)
    assert theirs.file is not None
    assert [entry["types"] for entry in msgspec.json.decode(theirs.file.content)] == [["ONL", "FAM"]]


async def test_with_no_meeting_there_is_no_file(house):
    assert "no meeting to put into a file" in text_of(await house.type("kim", "/meeting export", leads=True))


async def test_two_meetings_in_turns_are_two(house):
    weeks = TWO.replace("RRULE:FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;INTERVAL=2")
    await house.press("kim", press_of(await looked(house, weeks), "Make all 2"), leads=True)
    other = weeks.replace("20261208T", "20261215T")
    preview = await looked(house, other)
    assert "Tuesday round: from Tue, Dec 15" in text_of(preview)
