"""Making and cancelling a series, through dispatch and a real file."""

import pytest

from bot.core.ids import RoomId
from bot.core.replies import FieldKind, Press
from tests.handlers.meetings.house import House, labels_of, press_of, text_of

GOOD = {"title": "Open evening", "weekday": "TU", "time": "20:00", "zone": "Europe/Berlin", "length": "90"}


async def test_the_form_has_five_questions_and_the_communitys_zone(house: House):
    reply = await house.type("fay", "/meeting create", leads=True)
    assert reply.form is not None
    assert [field.name for field in reply.form.fields] == ["title", "weekday", "time", "zone", "length"]
    assert reply.form.fields[3].value == "Europe/Berlin"
    assert [len(field.choices) for field in reply.form.fields if field.kind is FieldKind.CHOICE] == [7, 2]
    assert all(len(field.label) <= 45 and len(field.hint) <= 100 for field in reply.form.fields)


async def test_a_filled_form_becomes_a_series_with_its_next_start(house: House):
    asked = await house.type("fay", "/meeting create", leads=True)
    assert asked.form is not None
    saved = await house.send_form("fay", asked.form.press, GOOD)
    assert "Saved: Open evening" in text_of(saved)
    assert "Next time: Tue, Dec 1, 8:00 PM." in text_of(saved)
    assert "In your time" not in text_of(saved)
    (series,) = await house.all_series()
    assert (series.title, series.schedule.rule) == ("Open evening", "FREQ=WEEKLY;BYDAY=TU")
    assert (await house.occurrence()).starts_at.isoformat() == "2026-12-01T19:00:00+00:00"


async def test_a_meeting_of_another_zone_is_shown_in_both(house: House):
    saved = await house.type("fay", "/meeting create Tuesday 19:00 New York 60 Late circle", leads=True)
    assert "Every Tuesday at 7:00 PM (Eastern Time)" in text_of(saved)
    assert "In your time: Wed, Dec 2, 1:00 AM (Central European Time)." in text_of(saved)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": "!!"}, "The title needs letters"),
        ({"weekday": "Someday"}, "I did not understand the day."),
        ({"time": "late"}, "I did not understand the start."),
        ({"zone": "Berlim"}, "Did you mean Europe/Berlin?"),
        ({"zone": "qqqq"}, "Try the largest city near you"),
        ({"zone": "Louisville"}, "That name fits several time zones."),
        ({"length": "75"}, "A meeting here takes 60 or 90 minutes."),
    ],
)
async def test_a_bad_value_is_one_sentence_nothing_is_saved_and_the_form_opens_again_filled(house: House, change, sentence):
    asked = await house.type("fay", "/meeting create", leads=True)
    assert asked.form is not None
    given = GOOD | change
    refused = await house.send_form("fay", asked.form.press, given)
    assert sentence in text_of(refused)
    assert "Nothing was saved." in text_of(refused)
    assert await house.all_series() == []
    again = await house.press("fay", press_of(refused, "Change"), leads=True)
    assert again.form is not None
    assert {field.name: field.value for field in again.form.fields} == given


async def test_on_telegram_only_a_bad_value_is_asked_again_and_the_rest_is_kept(telegram_house: House):
    house = telegram_house
    reply = await house.type("fay", "/meeting create", leads=True)
    for answer in ("Open evening", "Tuesday", "late", "Berlin", "90 minutes"):
        reply = await house.write("fay", answer)
    assert "I did not understand the start." in text_of(reply)
    assert "3 of 5" in text_of(reply)
    assert "Keep this" not in labels_of(reply)
    reply = await house.write("fay", "20:00")
    assert "Saved: Open evening" in text_of(reply)
    (series,) = await house.all_series()
    assert series.schedule.wall.isoformat() == "20:00:00"


@pytest.mark.parametrize("line", ["Tuesday", "Tuesday soon Evening", "Tuesday 19:00 Europe/Lodnon Evening"])
async def test_a_bad_line_saves_nothing(house: House, line):
    refused = await house.type("fay", f"/meeting create {line}", leads=True)
    assert "Nothing was saved." in text_of(refused)
    assert await house.all_series() == []


async def test_only_facilitators_make_meetings(house: House):
    for line in ("/meeting create", "/meeting create Tuesday 19:00 Evening"):
        refused = await house.type("ann", line)
        assert refused.form is None
    await house.type("ann", "/meetings")
    assert await house.all_series() == []


async def test_a_forged_form_makes_nothing(house: House):
    asked = await house.type("fay", "/meeting create", leads=True)
    assert asked.form is not None
    await house.send_form("ann", asked.form.press, GOOD, leads=False)
    await house.send_form("fay", Press("meetings", "save", RoomId("0" * 32)), GOOD)
    assert await house.all_series() == []


async def test_a_hostile_title_stays_words(house: House):
    await house.type("fay", "/meeting create Tuesday 19:05 @everyone **x** <b>\u202e", leads=True)
    await house.pass_time(minutes=1)
    (heading, *_) = house.card.blocks
    assert heading.inner[0].text == "@everyone **x** <b>"  # type: ignore[union-attr]  # a heading of Words
    assert type(heading.inner[0]).__name__ == "Words"  # type: ignore[union-attr]


async def test_a_series_is_cancelled_after_a_yes_and_the_room_is_told(house: House):
    saved = await house.type("fay", "/meeting create Wednesday 19:00 Open evening", leads=True)
    asked = await house.press("fay", press_of(saved, "Cancel"), leads=True)
    assert len(await house.all_series()) == 1
    kept = await house.press("fay", press_of(asked, "No"), leads=True)
    assert text_of(kept) == "Nothing was changed."
    done = await house.press("fay", press_of(asked, "Yes"), leads=True)
    assert "is cancelled" in text_of(done)
    await house.work_off()
    assert house.news == ["Open evening no longer takes place. /meetings shows what else is coming."]
    assert await house.all_series() == []
    await house.pass_time(days=3)
    assert len(house.room) == 1


async def test_others_cannot_cancel_a_series(house: House):
    saved = await house.type("fay", "/meeting create Wednesday 19:00 Open evening", leads=True)
    asked = await house.press("fay", press_of(saved, "Cancel"), leads=True)
    refused = await house.press("ann", press_of(asked, "Yes"))
    assert "This is for the facilitators" in text_of(refused)
    await house.press("ann", press_of(asked, "Yes"), private=True)
    assert len(await house.all_series()) == 1


async def test_cancelling_during_an_evening_lets_it_go_on_to_its_end(house: House):
    await house.type("fay", "/meeting create Tuesday 19:05 Open evening", leads=True)
    await house.pass_time(minutes=5)
    await house.type("fay", "/meeting start", leads=True)
    which = await house.type("fay", "/meeting cancel", leads=True)
    asked = await house.press("fay", press_of(which, "Open evening"), leads=True)
    await house.press("fay", press_of(asked, "Yes"), leads=True)
    await house.deliver()
    assert "Now: Welcome" in text_of(house.card)
    await house.pass_time(hours=3)
    assert "This meeting has ended." in text_of(house.card)
    assert "Next time" not in text_of(house.card)
    await house.pass_time(days=10)
    assert len([reply for reply in house.room if reply.slot.startswith("card_")]) == 1
