"""Changing a series: all of it, or from one evening on. The clock stands at Tuesday 2026-12-01, 19:00 in Berlin."""

import pytest

from bot.core.meetings import Series
from bot.core.replies import Press, Reply
from tests.handlers.screens import labels_of, press_of, text_of
from tests.handlers.series.house import WEDNESDAYS, House


def stored(series: Series) -> tuple[str, str, str, int]:
    return series.title, series.schedule.rule, f"{series.schedule.wall:%H:%M}", series.length.seconds // 60


async def changed(house: House, who: str, scope: str, answers: dict[str, str], label: str = "") -> Reply:
    """Change the room's only series in one go; return the preview."""
    asked = await house.push(who, await house.screen(who), scope)
    if label:
        asked = await house.push(who, asked, label)
    return await house.fill(who, asked, answers)


async def test_the_screen_of_a_series_says_when_and_what_can_be_done(house: House):
    await house.create("fay", WEDNESDAYS)
    screen = await house.screen("fay")
    assert "When: every Wednesday, at 7:00 PM (Central European Time), 90 minutes." in text_of(screen)
    assert "The next 3 dates:" in text_of(screen)
    assert labels_of(screen)[:5] == ["One evening", "From one evening on", "All evenings", "Options", "Pause"]


async def test_all_evenings_change_from_now_on_and_the_planned_one_moves_with_its_row(house: House):
    before = await house.create("fay", WEDNESDAYS)
    planned = await house.planned(before)
    await house.work_off()
    preview = await changed(house, "fay", "All evenings", {"time": "20:30", "title": "Late evening"})
    assert "Wed, Dec 2, 8:30 PM" in text_of(preview)
    await house.push("fay", preview, "Save")
    (after,) = await house.all_series()
    assert (after.id, stored(after)) == (before.id, ("Late evening", "FREQ=WEEKLY;BYDAY=WE", "20:30", 90))
    moved = await house.planned(after)
    assert (moved.id, moved.original, moved.starts_at.isoformat()) == (planned.id, "2026-12-02T20:30", "2026-12-02T19:30:00+00:00")
    promises = await house.promises(moved.id)
    assert (promises["open"], promises["start"], promises["changed"]) == ("12-02 19:20", "12-02 19:30", "12-01 18:00")


async def test_another_day_takes_the_planned_evening_along(house: House):
    before = await house.create("fay", WEDNESDAYS)
    planned = await house.planned(before)
    preview = await changed(house, "fay", "All evenings", {"days": "Thursdays"})
    await house.push("fay", preview, "Save")
    moved = await house.planned(before)
    assert (moved.id, moved.original) == (planned.id, "2026-12-03T19:00")
    assert len(await house.ahead(before)) == 1


async def test_another_zone_keeps_the_wall_time_and_moves_the_moment(house: House):
    before = await house.create("fay", WEDNESDAYS)
    preview = await changed(house, "fay", "All evenings", {"zone": "London"})
    await house.push("fay", preview, "Save")
    assert (await house.planned(before)).starts_at.isoformat() == "2026-12-02T19:00:00+00:00"


async def test_a_title_alone_is_no_news_to_those_who_come(house: House):
    before = await house.create("fay", WEDNESDAYS)
    planned = await house.planned(before)
    await house.work_off()
    preview = await changed(house, "fay", "All evenings", {"title": "Other words"})
    await house.push("fay", preview, "Save")
    promises = await house.promises(planned.id)
    assert "changed" not in promises
    assert promises["announce_plan"] == "12-01 18:00"


async def test_this_and_later_ends_the_old_series_and_begins_a_new_one(house: House):
    before = await house.create("fay", WEDNESDAYS)
    planned = await house.planned(before)
    preview = await changed(house, "fay", "From one evening on", {"time": "20:00", "title": "Later"}, "Wed, Dec 16")
    said = text_of(preview)
    assert "From the evening of 2026-12-16 on." in said
    assert "Wed, Dec 9" not in said
    await house.push("fay", preview, "Save")
    old, new = await house.old_and_new()
    assert (old.id, stored(old)) == (before.id, ("Open evening", "FREQ=WEEKLY;BYDAY=WE;UNTIL=20261215T235959", "19:00", 90))
    assert (new.follows, stored(new)) == (before.id, ("Later", "FREQ=WEEKLY;BYDAY=WE", "20:00", 90))
    assert [(one.id, one.original) for one in await house.ahead(old)] == [(planned.id, "2026-12-02T19:00")]
    assert [one.original for one in await house.ahead(new)] == ["2026-12-16T20:00"]


async def test_the_planned_evening_goes_over_to_the_series_that_follows_with_its_row(house: House):
    before = await house.create("fay", "Wednesdays 19:00 Open evening from 2026-11-01")
    await house.pass_time(days=2)
    planned = await house.planned(before)
    assert planned.original == "2026-12-09T19:00"
    preview = await changed(house, "fay", "From one evening on", {"time": "20:00"}, "Wed, Dec 9")
    await house.push("fay", preview, "Save")
    old, new = await house.old_and_new()
    assert await house.ahead(old) == []
    moved = await house.planned(new)
    assert (moved.id, moved.original) == (planned.id, "2026-12-09T20:00")
    assert "changed" in await house.promises(moved.id)
    await house.work_off()
    assert house.room == []  # the old series has not ended: another goes on from it
    listed = await house.screen("fay")
    assert "at 8:00 PM" in text_of(listed)  # the old one is offered no more


async def test_from_the_very_first_evening_on_is_all_of_it(house: House):
    before = await house.create("fay", WEDNESDAYS)
    preview = await changed(house, "fay", "From one evening on", {"time": "20:00"}, "Wed, Dec 2")
    await house.push("fay", preview, "Save")
    (after,) = await house.all_series()
    assert (after.id, after.follows) == (before.id, None)


async def test_a_number_of_times_is_shared_between_the_two(house: House):
    await house.create("fay", "Wednesdays 19:00 Open evening 5 times")
    preview = await changed(house, "fay", "From one evening on", {"time": "20:00"}, "Wed, Dec 16")
    await house.push("fay", preview, "Save")
    old, new = await house.old_and_new()
    assert "COUNT" not in old.schedule.rule
    assert new.schedule.rule == "FREQ=WEEKLY;BYDAY=WE;COUNT=3"


async def test_every_two_weeks_stays_in_step_when_only_the_time_changes(house: House):
    await house.create("fay", "every 2 weeks on Wednesday 19:00")
    await house.pass_time(days=9)
    preview = await changed(house, "fay", "All evenings", {"time": "20:00"})
    assert "• Wed, Dec 16, 8:00 PM\n• Wed, Dec 30, 8:00 PM" in text_of(preview)


async def test_what_is_different_about_an_evening_goes_along_to_its_new_time(house: House):
    series = await house.create("fay", WEDNESDAYS)
    await house.fill("fay", await house.push("fay", await house.evening("fay", 1), "Cancel it"), {"reason": "Party"})
    preview = await changed(house, "fay", "All evenings", {"time": "20:00"})
    assert "Wed, Dec 9, 8:00 PM · does not take place: Party" in text_of(preview)
    assert "no longer fits" not in text_of(preview)
    await house.push("fay", preview, "Save")
    assert [(one.original, one.cancelled) for one in await house.changes(series)] == [("2026-12-09T20:00", True)]


async def test_what_no_longer_fits_is_listed_and_dropped_only_then(house: House):
    series = await house.create("fay", WEDNESDAYS)
    await house.fill("fay", await house.push("fay", await house.evening("fay", 1), "Cancel it"), {"reason": "Party"})
    preview = await changed(house, "fay", "All evenings", {"days": "Fridays"})
    said = text_of(preview)
    assert "What is different about one evening no longer fits. If you save, this is dropped:" in said
    assert "2026-12-09, cancelled: Party" in said
    assert len(await house.changes(series)) == 1
    await house.push("fay", preview, "Save")
    assert await house.changes(series) == []


async def test_what_came_to_be_lost_after_the_preview_is_told_before_it_is_dropped(house: House):
    series = await house.create("fay", WEDNESDAYS)
    preview = await changed(house, "fay", "All evenings", {"days": "Fridays"})
    await house.fill("kim", await house.push("kim", await house.evening("kim", 1), "Cancel it"))
    again = await house.push("fay", preview, "Save")
    assert "Meanwhile something else was changed." in text_of(again)
    assert len(await house.changes(series)) == 1
    await house.push("fay", again, "Save")
    assert await house.changes(series) == []


async def test_a_single_evening_from_then_on_goes_along_to_the_series_that_follows(house: House):
    await house.create("fay", WEDNESDAYS)
    for number in (1, 3):
        await house.fill("fay", await house.push("fay", await house.evening("fay", number), "Length"), {"length": "45"})
    preview = await changed(house, "fay", "From one evening on", {"time": "20:00"}, "Wed, Dec 16")
    await house.push("fay", preview, "Save")
    old, new = await house.old_and_new()
    assert [one.original for one in await house.changes(old)] == ["2026-12-09T19:00"]
    assert [one.original for one in await house.changes(new)] == ["2026-12-23T20:00"]


async def test_the_second_of_two_editors_is_told_what_the_first_changed(house: House):
    series = await house.create("fay", WEDNESDAYS)
    first = await house.push("fay", await house.screen("fay"), "All evenings")
    second = await house.push("kim", await house.screen("kim"), "All evenings")
    kims = await house.fill("kim", second, {"length": "60"})
    await house.push("fay", await house.fill("fay", first, {"title": "Fay's", "time": "18:00"}), "Save")
    told = await house.push("kim", kims, "Save")
    said = text_of(told)
    assert "Somebody else changed this meeting while you were at it. Nothing of yours was saved." in said
    assert "Title: Fay's" in said
    assert "Start: 18:00" in said
    assert "Length" not in said
    (after,) = await house.all_series()
    assert stored(after) == ("Fay's", "FREQ=WEEKLY;BYDAY=WE", "18:00", 90)
    assert "Fay's" in text_of(await house.press("kim", press_of(told, "Back to the meeting")))
    assert series.id == after.id


async def test_the_second_is_told_when_their_form_comes_too(house: House):
    await house.create("fay", WEDNESDAYS)
    late = await house.push("kim", await house.screen("kim"), "All evenings")
    preview = await changed(house, "fay", "All evenings", {"title": "Fay's"})
    await house.push("fay", preview, "Save")
    assert "Title: Fay's" in text_of(await house.fill("kim", late, {"title": "Kim's"}))


async def test_an_edit_of_a_series_that_was_cancelled_meanwhile_saves_nothing(house: House):
    series = await house.create("fay", WEDNESDAYS)
    preview = await changed(house, "kim", "All evenings", {"title": "Kim's"})
    await house.press("fay", Press("series", "cancel", series.id, "yes"))
    assert "It was cancelled." in text_of(await house.push("kim", preview, "Save"))


async def test_on_telegram_an_edit_keeps_what_is_not_changed(telegram_house: House):
    house = telegram_house
    await house.create("fay", WEDNESDAYS, private=False)
    screen = await house.screen("fay")
    reply = await house.push("fay", screen, "All evenings", private=True)
    for answer in ("", "", "20:00", "", ""):
        reply = await (house.write("fay", answer) if answer else house.push("fay", reply, "Keep this", private=True))
    await house.push("fay", reply, "Save", private=True)
    (after,) = await house.all_series()
    assert stored(after) == ("Open evening", "FREQ=WEEKLY;BYDAY=WE", "20:00", 90)


@pytest.mark.parametrize(
    "action", ["show", "dates", "later", "all", "options", "set", "values", "pauses", "pause", "cancel", "hold"]
)
async def test_nobody_else_can_touch_a_series(house: House, action):
    series = await house.create("fay", WEDNESDAYS)
    press = Press("series", action, series.id, "yes" if action == "cancel" else "text_only_1")
    for how in ({"leads": False}, {"private": True}, {"space": "other"}, {"space": "other", "private": True}):
        reply = await house.press("eve", press, **how)
        assert reply.form is None
        assert "Open evening" not in text_of(reply)
    (after,) = await house.all_series()
    assert after == series


@pytest.mark.parametrize("value", ["", "x", "202612091900", "209912091900", "999999999999", "202602301900"])
async def test_a_forged_evening_is_not_there(house: House, value):
    series = await house.create("fay", "Thursdays 19:00")
    reply = await house.press("fay", Press("series", "from", series.id, value))
    assert "That evening is no longer there." in text_of(reply)


async def test_a_hundred_series_are_listed_a_few_at_a_time(house: House):
    for number in range(14):
        await house.create("fay", f'Wednesdays 19:00 "Evening {number}"')
        house.clock.move(minutes=1)
    first = await house.screen("fay")
    assert len([label for label in labels_of(first) if label.startswith("Evening")]) == 6
    assert all(len(row) <= 5 for row in first.buttons)
    assert len(first.buttons) <= 5
    last = await house.push("fay", await house.push("fay", first, "More"), "More")
    assert [label for label in labels_of(last) if label.startswith("Evening")] == ["Evening 12", "Evening 13"]
    assert "Evening 6" in labels_of(await house.push("fay", last, "Back"))


async def test_on_telegram_a_list_works_in_private_after_an_act_in_the_room(telegram_house: House):
    house = telegram_house
    for number in range(8):
        await house.create("fay", f'Wednesdays 19:00 "Evening {number}"', private=False)
        house.clock.move(minutes=1)
    first = await house.screen("fay")
    page = await house.push("fay", first, "More", private=True)
    assert "Evening 7" in text_of(await house.push("fay", page, "Evening 7", private=True))


async def test_a_series_can_be_held_in_another_room(house: House):
    series = await house.create("fay", WEDNESDAYS)
    listed = await house.type("fay", "/meeting edit", room="other")
    assert "No meeting takes place in this room." in text_of(listed)
    screen = await house.push("fay", await house.push("fay", listed, "All rooms", room="other"), "Open evening", room="other")
    done = await house.push("fay", screen, "Hold it in this room", room="other")
    assert "It now takes place in the room where you sent /meeting edit." in text_of(done)
    (after,) = await house.all_series()
    assert after.room != series.room
    assert (await house.planned(after)).room == after.room
    assert "changed" in await house.promises((await house.planned(after)).id)
