"""From a line or a form to a preview, and from there to the database, once. It is Tuesday 2026-12-01, 19:00 in Berlin."""

import pytest

from bot.core.ids import RoomId
from bot.core.replies import FieldKind, Press
from tests.handlers.screens import labels_of, press_of, text_of
from tests.handlers.series.house import House, open_house

GOOD = {"title": "Open evening", "days": "Tuesdays", "time": "20:00", "zone": "Europe/Berlin", "length": "90"}


async def test_a_line_becomes_a_preview_of_six_dates_in_two_zones_and_saves_nothing(house: House):
    preview = await house.type("fay", "/meeting create Tuesdays 19:00 Europe/London 90min #room")
    said = text_of(preview)
    assert "Open meeting" in said
    assert "When: every Tuesday, at 7:00 PM (United Kingdom Time), 90 minutes." in said
    assert "The next 6 dates:" in said
    assert "• Tue, Dec 1, 7:00 PM · yours: Tue, Dec 1, 8:00 PM" in said
    assert said.count("• ") == 6
    assert "Nothing is saved yet." in said
    assert labels_of(preview)[:3] == ["Save", "Change", "Discard"]
    assert await house.all_series() == []


async def test_where_the_readers_clocks_are_the_meetings_the_communitys_are_shown(house: House):
    await house.type("fay", "/meeting create Tuesdays 19:00")
    await house.live_in("fay", "America/New_York")
    preview = await house.type("fay", "/meeting create Tuesdays 19:00 New York")
    assert "Tue, Dec 1, 7:00 PM · community time: Wed, Dec 2, 1:00 AM" in text_of(preview)
    assert "yours" not in text_of(preview)
    at_home = await house.type("fay", "/meeting create Tuesdays 20:00 Berlin")
    assert "Tue, Dec 1, 8:00 PM · yours: Tue, Dec 1, 2:00 PM" in text_of(at_home)


async def test_dates_in_a_holiday_are_marked(house: House):
    await house.type("fay", "/meeting create daily 19:00")
    screen = await house.type("fay", "/meeting holidays")
    days = {"date": "2026-12-24", "last": "2026-12-26", "pause": "Winter break"}
    await house.fill("fay", await house.push("fay", screen, "Add days off"), days)
    preview = await house.type("fay", "/meeting create Thursdays 19:00")
    assert "Thu, Dec 24, 7:00 PM · does not take place: Winter break" in text_of(preview)
    assert text_of(preview).count("does not take place") == 1


async def test_save_makes_it_and_a_second_tap_makes_no_second_one(house: House):
    preview = await house.type("fay", "/meeting create Tuesday 20:00 Open evening")
    saved = await house.push("fay", preview, "Save")
    assert "Saved: Open evening" in text_of(saved)
    assert "Next time: Tue, Dec 1, 8:00 PM." in text_of(saved)
    again = await house.push("fay", preview, "Save")
    assert "Saved: Open evening" in text_of(again)
    (series,) = await house.all_series()
    assert (series.title, series.schedule.rule) == ("Open evening", "FREQ=WEEKLY;BYDAY=TU")
    assert (await house.planned(series)).starts_at.isoformat() == "2026-12-01T19:00:00+00:00"


async def test_what_is_planned_is_promised_to_everybody_who_acts_on_it(house: House):
    series = await house.create("fay", "Tuesday 20:00 Open evening")
    planned = await house.planned(series)
    assert (planned.original, planned.room) == ("2026-12-01T20:00", series.room)
    assert await house.promises(planned.id) == {
        "duty": "11-30 19:00",
        "claim": "12-01 18:45",
        "open": "12-01 18:50",
        "start": "12-01 19:00",
        "closing": "12-01 20:15",
        "close": "12-01 21:00",
        "announce_plan": "12-01 18:00",
        "remind_plan": "12-01 18:00",
    }
    assert await house.promises(series.community) == {"board": "12-01 18:00"}


async def test_a_draft_outlives_a_restart(tmp_path, clock):
    async with open_house(tmp_path, clock) as house:
        preview = await house.type("fay", "/meeting create Tuesday 20:00 Open evening")
    async with open_house(tmp_path, clock) as house:
        house.acts = 100
        await house.push("fay", preview, "Save")
        assert [series.title for series in await house.all_series()] == ["Open evening"]


async def test_a_draft_is_its_makers_alone(house: House):
    preview = await house.type("fay", "/meeting create Tuesday 20:00 Open evening")
    refused = await house.push("eve", preview, "Save")
    assert "no longer open" in text_of(refused)
    for label in ("Change", "Discard", "Options"):
        await house.push("eve", preview, label)
    assert await house.all_series() == []
    await house.push("fay", preview, "Save")
    assert len(await house.all_series()) == 1


async def test_who_is_no_facilitator_any_more_cannot_save(house: House):
    preview = await house.type("fay", "/meeting create Tuesday 20:00 Open evening")
    refused = await house.push("fay", preview, "Save", leads=False)
    assert "This is for the facilitators" in text_of(refused)
    refused = await house.push("fay", preview, "Save", private=True)
    assert "This is for the facilitators" in text_of(refused)
    assert await house.all_series() == []


async def test_a_discarded_draft_is_gone(house: House):
    preview = await house.type("fay", "/meeting create Tuesday 20:00 Open evening")
    assert text_of(await house.push("fay", preview, "Discard")) == "Discarded. Nothing was saved."
    assert "no longer open" in text_of(await house.push("fay", preview, "Save"))
    assert await house.all_series() == []


async def test_only_the_newest_preview_can_be_saved(house: House):
    first = await house.type("fay", "/meeting create Tuesday 20:00 First")
    second = await house.type("fay", "/meeting create Tuesday 20:00 Second")
    assert "no longer open" in text_of(await house.push("fay", first, "Save"))
    await house.push("fay", second, "Save")
    assert [series.title for series in await house.all_series()] == ["Second"]


async def test_change_opens_the_form_as_it_stands_and_shows_the_preview_again(house: House):
    preview = await house.type("fay", "/meeting create Tue+Thu 20:00 Open evening 10 times")
    asked = await house.push("fay", preview, "Change")
    assert asked.form is not None
    assert {one.name: one.value for one in asked.form.fields} == {
        "title": "Open evening",
        "days": "every Tuesday and Thursday, 10 times",
        "time": "20:00",
        "zone": "Europe/Berlin",
        "length": "90",
    }
    preview = await house.fill("fay", asked, {"title": "Late evening", "time": "21:30"})
    assert "Late evening" in text_of(preview)
    await house.push("fay", preview, "Save")
    (series,) = await house.all_series()
    assert (series.title, series.schedule.wall.isoformat(), series.schedule.rule) == (
        "Late evening",
        "21:30:00",
        "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=10",
    )


async def test_options_can_be_chosen_before_it_is_saved(house: House):
    preview = await house.type("fay", "/meeting create Tuesday 20:00 Open evening")
    panel = await house.push("fay", await house.push("fay", preview, "Options"), "Make it for family and friends")
    assert "For family and friends" in text_of(panel)
    preview = await house.push("fay", panel, "Back to the preview")
    await house.push("fay", preview, "Save")
    (series,) = await house.all_series()
    assert series.options.audience == "family"


async def test_the_form_has_five_questions_and_the_communitys_zone(house: House):
    reply = await house.type("fay", "/meeting create")
    assert reply.form is not None
    assert [one.name for one in reply.form.fields] == ["title", "days", "time", "zone", "length"]
    assert reply.form.fields[3].value == "Europe/Berlin"
    assert all(len(one.label) <= 45 and len(one.hint) <= 100 for one in reply.form.fields)
    assert all(one.kind is FieldKind.SHORT for one in reply.form.fields)


async def test_a_filled_form_becomes_a_preview_and_then_a_series(house: House):
    preview = await house.fill("fay", await house.type("fay", "/meeting create"), GOOD)
    assert await house.all_series() == []
    await house.push("fay", preview, "Save")
    (series,) = await house.all_series()
    assert (series.title, series.schedule.rule) == ("Open evening", "FREQ=WEEKLY;BYDAY=TU")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": "!!"}, "The title needs letters"),
        ({"days": "Someday"}, "I did not understand the days."),
        ({"days": "every third Monday"}, "That can mean two things."),
        ({"days": "Mondays until 2026-12-02"}, "No evening is ahead with these days."),
        ({"days": "Mondays until christmas"}, "I did not understand the date."),
        ({"time": "late"}, "I did not find the start."),
        ({"zone": "Berlim"}, "Did you mean Europe/Berlin?"),
        ({"zone": "qqqq"}, "Try the largest city near you"),
        ({"zone": "Louisville"}, "That name fits several time zones."),
        ({"length": "14"}, "A meeting takes 15 to 240 minutes."),
        ({"length": "241"}, "A meeting takes 15 to 240 minutes."),
    ],
)
async def test_a_bad_value_is_one_sentence_nothing_is_saved_and_the_form_opens_again_filled(house: House, change, sentence):
    asked = await house.type("fay", "/meeting create")
    given = GOOD | change
    refused = await house.fill("fay", asked, given)
    assert sentence in text_of(refused)
    assert "Nothing was saved." in text_of(refused)
    again = await house.push("fay", refused, "Change")
    assert again.form is not None
    assert {one.name: one.value for one in again.form.fields} == given


async def test_on_telegram_it_is_asked_question_by_question_and_only_a_bad_value_again(telegram_house: House):
    house = telegram_house
    reply = await house.type("fay", "/meeting create")
    for answer in ("Open evening", "Tuesday", "late", "Berlin", "75"):
        reply = await house.write("fay", answer)
    assert "I did not find the start." in text_of(reply)
    assert "3 of 5" in text_of(reply)
    assert "Keep this" not in labels_of(reply)
    reply = await house.write("fay", "20:00")
    assert "Nothing is saved yet." in text_of(reply)
    await house.push("fay", reply, "Save", private=True)
    (series,) = await house.all_series()
    assert (series.schedule.wall.isoformat(), series.length.seconds) == ("20:00:00", 75 * 60)


@pytest.mark.parametrize("line", ["Tuesday", "Tuesday soon Evening", "Tuesday 19:00 Europe/Lodnon Evening", "19:00 Evening"])
async def test_a_bad_line_saves_nothing(house: House, line):
    refused = await house.type("fay", f"/meeting create {line}")
    assert "Nothing was saved." in text_of(refused)
    assert "Save" not in labels_of(refused)


async def test_a_channel_of_the_same_server_is_taken_and_one_of_elsewhere_is_as_if_it_were_not_there(house: House):
    await house.type("fay", "/meeting create", room="12345")
    await house.type("kim", "/meeting create", room="67890", space="other")
    await house.create("fay", "Tuesday 20:00 <#12345> Open evening")
    (series,) = await house.all_series()
    room = await house.store.transact(lambda unit: unit.rooms.get(series.room))
    assert room is not None
    assert room.chat == "12345"
    for foreign in ("67890", "55555"):
        refused = await house.type("fay", f"/meeting create Tuesday 20:00 <#{foreign}>")
        assert "I do not know that room yet." in text_of(refused)
    assert len(await house.all_series()) == 1


async def test_only_facilitators_make_meetings(house: House):
    for line in (
        "/meeting create",
        "/meeting create Tuesday 19:00 Evening",
        "/meeting edit",
        "/meeting holidays",
        "/meeting cancel",
    ):
        refused = await house.type("ann", line, leads=False)
        assert refused.form is None
        assert "facilitators" in text_of(refused)


async def test_a_forged_form_makes_nothing(house: House):
    asked = await house.type("fay", "/meeting create")
    refused = await house.fill("ann", asked, GOOD, leads=False)
    assert "This is for the facilitators" in text_of(refused)
    forged = Press("series", "fill", RoomId("0" * 32))
    await house.press("fay", forged)
    foreign = await house.fill("kim", asked, GOOD, space="other")
    assert "Nothing is saved yet." not in text_of(foreign)
    assert await house.all_series() == []


async def test_a_hostile_title_stays_words(house: House):
    series = await house.create("fay", "Tuesday 20:05 @everyone **x** <b>\u202e")
    assert series.title == "@everyone **x** <b>"
    screen = await house.screen("fay")
    (heading, *_) = screen.blocks
    assert type(heading.inner[0]).__name__ == "Words"  # type: ignore[union-attr]  # a heading of Words


async def test_a_preview_of_yesterday_is_saved_from_its_next_evening_on(house: House):
    preview = await house.type("fay", "/meeting create daily 20:00 Open evening 3 times")
    house.clock.move(days=1, hours=3)
    await house.push("fay", preview, "Save")
    (series,) = await house.all_series()
    assert series.schedule.first.isoformat() == "2026-12-03"


async def test_in_german_everything_is_understood_and_said_in_german(house: House):
    house.language = "de"
    preview = await house.type("fay", "/meeting create jeden zweiten Dienstag um 20 Uhr Berlin 2 Stunden Freie Runde")
    said = text_of(preview)
    assert "alle 2 Wochen am Dienstag" in said
    assert "120 Minuten" in said
    saved = await house.push("fay", preview, "Speichern")
    assert "Gespeichert: Freie Runde" in text_of(saved)


async def test_press_of_the_list_is_open_to_no_stranger(house: House):
    await house.create("fay", "Tuesday 20:00 Open evening")
    listed = await house.press("ann", Press("series", "list"), leads=False)
    assert "Open evening" not in text_of(listed)
    assert press_of(await house.press("fay", Press("series", "list")), "Open evening")
