"""/log: the newest first, only one's own, a page at a time; with pictures and files that carry no formula."""

import csv
import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.replies import Press, Reply
from bot.core.spreadsheet import FORMULA_STARTS
from storage.logbook import Logbook
from tests.handlers.flows.driving import labels, text_of

HOSTILE = '=HYPERLINK("https://evil.example")'


async def noted(house, who, count, **answers):
    """Keep urges an hour apart, the newest now."""
    now = house.clock.now()
    return [
        await house.kept(
            who, "urgelog", now - timedelta(hours=n), before=8, after=3, triggers=["people"], coping=["surf"], **answers
        )
        for n in range(count)
    ]


async def test_an_empty_log_says_so_and_offers_to_add_one(alice):
    screen = await alice.command("log")
    assert "Nothing is noted yet" in text_of(screen)
    await alice.tap("Add one")
    assert "How strong is it" in text_of(alice.screen)


async def test_a_line_says_when_how_strong_what_set_it_off_and_what_was_done(alice, house):
    await noted(house, alice, 1)
    screen = await alice.command("log")
    assert "8 → 3 · set off by: People · what I did: Rode it out" in text_of(screen)


async def test_every_tool_for_urges_is_in_it_and_no_other(alice, house):
    for tool in ("urge", "urgelog", "urgelater", "surf", "dents", "disarm", "abc"):
        await house.kept(alice, tool, house.clock.now(), before=5)
    first = text_of(await alice.command("log"))
    rest = text_of(await alice.tap("Older"))
    assert first.count("·") >= 5
    assert "6." not in first
    assert rest.count("5") >= 1
    assert not alice.has("Older")


async def test_the_newest_stand_first_a_page_at_a_time(alice, house):
    now = house.clock.now()
    for n in range(12):
        await house.kept(alice, "urge", now - timedelta(days=n), before=10 if n == 0 else 1, after=n % 10)
    assert "1. " in text_of(await alice.command("log"))
    assert "10 → 0" in text_of(alice.screen)
    await alice.tap("Older", "Older")
    assert text_of(alice.screen).count("→") == 2
    assert not alice.has("Older")
    await alice.tap("Newer", "Newer")
    assert "10 → 0" in text_of(alice.screen)
    assert not alice.has("Newer")


async def test_a_page_reads_no_more_than_stands_on_it(alice, house, monkeypatch):
    await noted(house, alice, 30)
    opened = []
    whole = Logbook._opened

    async def counted(self, person, tools, voice, rows):
        opened.append(len(rows))
        return await whole(self, person, tools, voice, rows)

    monkeypatch.setattr(Logbook, "_opened", counted)
    await alice.command("log")
    assert opened == [5]


async def test_one_is_opened_and_deleted_after_asking_once(alice, house):
    await noted(house, alice, 1, note="my own words")
    await alice.command("log")
    await alice.tap("1")
    assert "my own words" in text_of(alice.screen)
    await alice.tap("Delete it")
    assert len(await alice.entries()) == 1
    await alice.tap("No, leave it", "Delete it", "Yes, delete it")
    assert await alice.entries() == []
    await alice.tap("Back")
    assert "Nothing is noted yet" in text_of(alice.screen)


async def test_nobody_sees_or_deletes_what_is_somebody_elses(alice, bob, house):
    entry = (await noted(house, alice, 1, note="for nobody"))[0]
    assert "Nothing is noted yet" in text_of(await bob.command("log"))
    for action in ("entry", "forget", "forgotten", "file", "file_as"):
        screen = await bob.press(Press("flow", action, entry, "txt"))
        assert "for nobody" not in text_of(screen)
        assert screen.file is None
    assert len(await alice.entries()) == 1


async def test_what_a_relative_kept_is_not_in_it(alice, house):
    await house.kept(alice, "urgelog", house.clock.now(), "family", before=9, note="theirs")
    assert "Nothing is noted yet" in text_of(await alice.command("log"))


@pytest.mark.parametrize(
    ("button", "kind", "twin"),
    [
        ("Over time", "trend", "8 → 3"),
        ("By hour", "heat", "(1)"),
        ("What set it off", "counts", "People: 3"),
    ],
)
async def test_pictures_are_a_tap_away_and_said_in_words_too(alice, house, button, kind, twin):
    await noted(house, alice, 3)
    await alice.command("log")
    picture = (await alice.tap(button)).picture
    assert picture is not None
    assert picture.kind == kind
    assert twin in text_of(Reply(picture.twin))
    await alice.tap("Back")
    assert "Urge log" in text_of(alice.screen)


async def test_what_was_prepared_for_later_is_no_urge_in_the_hours(alice, house):
    await house.kept(alice, "dents", house.clock.now(), own={"delay": "later"})
    await alice.command("log")
    assert (await alice.tap("By hour")).picture is None
    assert "too little noted" in text_of(alice.screen)


async def test_the_table_has_every_urge_and_no_formula(alice, house):
    await noted(house, alice, 7, note=HOSTILE, where="＝1", thoughts="+1")
    await alice.command("log")
    file = (await alice.tap("Send me a file", "Table (CSV)")).file
    assert file is not None
    assert file.name == "notes.csv"
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert len(rows) == 8
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS)]
    assert f"'{HOSTILE}" in rows[1]


async def test_the_sheet_of_paper_has_what_was_written_and_its_name_says_nothing(alice, house):
    await noted(house, alice, 2, note="my own words")
    await alice.command("log")
    screen = await alice.tap("Send me a file", "PDF")
    assert screen.paper is not None
    assert screen.paper.name == "notes"
    assert screen.fleeting
    assert sum("my own words" in str(block) for block in screen.paper.blocks) == 2
    assert screen.paper.picture is not None


async def test_labels_and_rows_fit_every_platform(alice, house):
    await noted(house, alice, 8)
    await alice.command("log")
    await alice.tap("Older")
    assert len(alice.screen.buttons) <= 5
    assert all(len(row) <= 5 for row in alice.screen.buttons)
    assert all(len(label) <= 40 for label in labels(alice.screen))


@pytest.mark.parametrize(("page", "shown"), [("2", "6 → 5"), ("20", "6 → 5"), ("9999", "1 → 0")])
async def test_where_a_page_is_empty_by_now_the_one_before_it_is_shown(alice, house, page, shown):
    for n in range(6):
        await house.kept(alice, "urge", house.clock.now() - timedelta(days=n), before=n + 1, after=n)
    screen = await alice.press(Press("log", "show", value=page))
    assert shown in text_of(screen)


async def test_an_urge_of_an_earlier_day_stands_at_its_own_hour_in_the_log_the_pictures_and_the_files(alice, house):
    alice.zone = ZoneInfo("America/New_York")
    now = house.clock.now()
    await house.kept(alice, "urgelog", now - timedelta(days=1), before=2, after=1)
    await house.kept(alice, "urgelog", now, before=9, after=4, when="day", day="2026-11-27", hour="22:00", triggers=["people"])
    assert "Fri, Nov 27, 10:00" in text_of(await alice.command("log"))
    heat = (await alice.tap("By hour")).picture
    assert heat is not None
    assert (22.0, 4.0) in heat.points  # a Friday evening there, though it is Saturday in UTC
    trend = (await alice.tap("Over time")).picture
    assert trend is not None
    assert trend.labels[0] == "Nov 27"
    await alice.tap("Back", "Send me a file", "Table (CSV)")
    assert alice.screen.file is not None
    rows = [row[0] for row in csv.reader(io.StringIO(alice.screen.file.content.decode("utf-8-sig")))]
    assert rows[1] == "2026-11-27 22:00"
