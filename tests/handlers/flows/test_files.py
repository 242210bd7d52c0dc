"""Files of a tool: the kinds that fit, at its summary and once it is kept; asked once more where a file can harm."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from bot.core.ids import new_id
from bot.core.ports import Entry, Unit
from bot.core.replies import Press
from bot.core.spreadsheet import FORMULA_STARTS
from handlers.flows.records import ToolEntry
from storage.entries import Entries
from tests.handlers.flows.driving import House, Someone, labels, text_of

HOSTILE = "=cmd|'/c calc'!A1"


async def kept(house: House, who: Someone, tool: str, voice: str = "", days_ago: int = 0, **answers: Entry) -> str:
    entry = ToolEntry(new_id(), who.person.id, house.clock.now() - timedelta(days=days_ago), tool, dict(answers), voice)

    async def write(unit: Unit) -> None:
        await Entries(unit).add(entry)

    await house.store.transact(write)
    return entry.id


async def chosen(who: Someone, entry: str, kind: str):
    return await who.press(Press("flow", "file_as", entry, kind))


async def at_summary(alice):
    await alice.command("rulers")
    await alice.says("Coffee")
    await alice.tap("8", "Skip", "4", "Skip")
    return alice.screen


async def test_at_the_summary_the_kinds_that_fit_are_offered(alice):
    summary = await at_summary(alice)
    assert "Keep" in labels(summary)
    await alice.tap("Send me a file")
    assert labels(alice.screen) == ["Plain text", "PDF", "Table (CSV)", "Back", "Help now"]
    assert alice.screen.slot == summary.slot
    assert text_of(await alice.tap("Back")) == text_of(summary)


async def test_text_holds_the_answers_under_a_name_that_says_nothing(alice):
    await at_summary(alice)
    screen = await alice.tap("Send me a file", "Plain text")
    assert screen.file is not None
    assert (screen.file.name, screen.file.media_type) == ("notes.txt", "text/plain; charset=utf-8")
    assert "Coffee" in screen.file.content.decode()
    assert screen.fleeting
    assert not screen.replace


async def test_the_paper_holds_the_day_and_the_answers(alice):
    await at_summary(alice)
    paper = (await alice.tap("Send me a file", "PDF")).paper
    assert paper is not None
    assert paper.name == "notes"
    said = str(paper.blocks)
    assert "Coffee" in said
    assert "Tue, Dec 1" in said


async def test_the_table_has_a_row_for_each_time_and_no_formula(alice, house):
    await kept(house, alice, "rulers", days_ago=2, about=HOSTILE, importance=3, confidence=4)
    entry = await kept(house, alice, "rulers", days_ago=1, about="＝1", importance=5, confidence=6)
    await kept(house, alice, "rulers", about="later", importance=9)
    file = (await chosen(alice, entry, "csv")).file
    assert file is not None
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert len(rows) == 3  # what was kept after it is not in it
    assert [row[2:4] for row in rows[1:]] == [["3", "4"], ["5", "6"]]
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS)]


async def test_each_area_of_a_wheel_is_a_column(alice, house):
    entry = await kept(house, alice, "wheel", areas=["work", "=1+1"], scores={"work": "4", "=1+1": "7"})
    file = (await chosen(alice, entry, "csv")).file
    assert file is not None
    columns, row = csv.reader(io.StringIO(file.content.decode("utf-8-sig")))
    assert [(name.rpartition(": ")[2], number) for name, number in zip(columns, row, strict=True)][-2:] == [
        ("work", "4"),
        ("=1+1", "7"),
    ]


async def test_what_has_no_numbers_has_no_table(alice, house):
    entry = await kept(house, alice, "accept", label="a word")
    await alice.press(Press("flow", "file", entry))
    assert not alice.has("Table (CSV)")
    assert (await chosen(alice, entry, "csv")).file is None


@pytest.mark.parametrize(("kind", "title"), [("ics", "Something planned"), ("ics_own", "swim, =1;x")])
async def test_a_calendars_entry_has_a_neutral_title_unless_the_own_words_are_chosen(alice, house, kind, title):
    entry = await kept(house, alice, "passions", things=["swim", "=1;x"], day="2026-12-05", hour="18:30", loved=["swim", "=1;x"])
    file = (await chosen(alice, entry, kind)).file
    assert file is not None
    assert file.name == "notes.ics"
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert event["SUMMARY"] == title
    assert event.decoded("DTSTART") == datetime(2026, 12, 5, 18, 30)  # on the person's own clocks
    assert event["CLASS"] == "PRIVATE"
    assert (b"swim" in file.content) == (kind == "ics_own")
    assert entry.encode() not in file.content


async def test_a_day_without_an_hour_is_a_whole_day(alice, house):
    entry = await kept(house, alice, "mycare", act="walk", day="2026-12-05")
    file = (await chosen(alice, entry, "ics")).file
    assert file is not None
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert event.decoded("DTSTART") == date(2026, 12, 5)


async def test_without_a_day_there_is_no_calendar_file(alice, house):
    entry = await kept(house, alice, "passions", things=["swim"])
    await alice.press(Press("flow", "file", entry))
    assert not alice.has("Calendar, neutral title")
    assert (await chosen(alice, entry, "ics")).file is None


async def test_a_plan_for_ones_safety_is_asked_about_once_more_and_is_text_only(alice, house):
    entry = await kept(house, alice, "safetyplan", "family", signs=["my own words"])
    await alice.press(Press("flow", "file", entry))
    assert "A file can be seen by others" in text_of(alice.screen)
    assert not alice.has("Plain text")
    await alice.tap("No, leave it here")
    assert alice.screen.file is None
    await alice.press(Press("flow", "file", entry))
    await alice.tap("Yes, make a file")
    assert labels(alice.screen) == ["Plain text", "Back", "Help now"]
    file = (await alice.tap("Plain text")).file
    assert file is not None
    assert "my own words" in file.content.decode()


@pytest.mark.parametrize("kind", ["txt", "pdf", "csv", "ics", "pdf_sure", "", "txt_sur"])
async def test_no_press_makes_a_file_of_it_unasked(alice, house, kind):
    entry = await kept(house, alice, "safetyplan", "family", signs=["my own words"])
    screen = await chosen(alice, entry, kind)
    assert screen.file is None
    assert screen.paper is None


async def test_a_kept_one_is_shown_and_goes_with_its_messages_once_that_was_asked(alice, house):
    await alice.command("wheel")
    entry = await kept(house, alice, "wheel", areas=["work"], scores={"work": "4"})
    await alice.press(Press("flow", "entry", entry))
    assert "work" in text_of(alice.screen)
    assert alice.screen.picture is None or alice.screen.picture.kind == "radar"
    await alice.tap("Keep until I delete it")
    await alice.press(Press("flow", "entry", entry))
    assert alice.has("Delete it after 90 days")
    await alice.tap("Delete it", "Yes, delete it")
    assert await alice.entries() == []
    await alice.press(Press("flow", "entry", entry))
    assert "has ended" in text_of(alice.screen)


async def test_a_long_one_is_turned_in_pages(alice, house):
    entry = await kept(house, alice, "changeplan", change="x", reasons=[f"{n} {'word ' * 40}" for n in range(20)])
    await alice.press(Press("flow", "entry", entry))
    assert "0 word" in text_of(alice.screen)
    await alice.tap("Next page")
    assert "Page 2" in text_of(alice.screen)
    assert "19 word" in text_of(alice.screen) or alice.has("Next page")


@pytest.mark.parametrize("action", ["file", "file_as", "entry", "forget", "forgotten"])
async def test_somebody_elses_is_as_if_it_was_not_there(alice, bob, house, action):
    entry = await kept(house, alice, "rulers", about="for nobody", importance=3)
    told = [await bob.press(Press("flow", action, subject, "txt")) for subject in (entry, new_id())]
    assert text_of(told[0]) == text_of(told[1])
    assert told[0].file is None
    assert len(await alice.entries()) == 1
