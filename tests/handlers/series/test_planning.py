"""Holidays, pauses, the end of a rule, new zone data, and options. The clock stands at Tuesday 2026-12-01, 19:00 in Berlin."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot.core.meetings import State, When
from bot.core.ports import Unit
from bot.core.replies import Press, Reply
from handlers.series import plan_missing
from storage.meetings import Meetings
from storage.privacy import prune
from storage.tables.meetings import occurrences
from tests.handlers.screens import labels_of, text_of
from tests.handlers.series.house import House

WEDNESDAYS = "Wednesdays 19:00 Open evening"
CHRISTMAS = {"date": "2026-12-02", "last": "2026-12-09", "pause": "Winter break"}


async def add_days_off(house: House, days: dict[str, str], who: str = "fay") -> Reply:
    screen = await house.type(who, "/meeting holidays")
    return await house.fill(who, await house.push(who, screen, "Add days off"), days)


async def test_a_holiday_calls_off_every_meeting_of_its_days_and_plans_the_ones_behind(house: House):
    one, two = await house.create("fay", WEDNESDAYS), await house.create("fay", "Thursdays 19:00 Other")
    planned = await house.planned(one)
    screen = await add_days_off(house, CHRISTMAS)
    assert "Dec 2, 2026 to Dec 9, 2026: Winter break" in text_of(screen)
    await house.work_off()
    off = await house.occurrence(planned)
    assert (off.state, off.reason) == (State.CANCELLED, "Winter break")
    assert [(await house.planned(each)).original for each in (one, two)] == ["2026-12-16T19:00", "2026-12-10T19:00"]


async def test_a_holiday_that_is_removed_brings_the_evening_back(house: House):
    series = await house.create("fay", WEDNESDAYS)
    planned = await house.planned(series)
    screen = await add_days_off(house, CHRISTMAS)
    await house.work_off()
    removed = await house.push("fay", screen, "Remove Dec 2")
    assert "No days off are noted." in text_of(removed)
    assert "was removed already" in text_of(await house.push("fay", screen, "Remove Dec 2"))
    await house.work_off()
    first = await house.planned(series)
    assert (first.id, first.state) == (planned.id, State.PLANNED)


async def test_the_same_days_twice_are_noted_once(house: House):
    await add_days_off(house, CHRISTMAS)
    screen = await add_days_off(house, CHRISTMAS)
    assert len([label for label in labels_of(screen) if label.startswith("Remove")]) == 1


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"date": "2026-12-24", "last": "2026-12-23"}, "The last day comes on or after the first"),
        ({"date": "2026-11-01", "last": "2026-11-30"}, "is still ahead"),
        ({"date": "2026-12-24", "last": "2028-12-24"}, "at most 400 days later"),
        ({"date": "soon"}, "I did not understand the date."),
        ({"date": "2026-12-24", "last": "never"}, "I did not understand the date."),
    ],
)
async def test_days_that_cannot_be_are_one_sentence(house: House, days, sentence):
    refused = await add_days_off(house, days)
    assert sentence in text_of(refused)
    assert "No days off are noted." in text_of(await house.type("fay", "/meeting holidays"))


async def test_a_pause_is_of_one_series_alone(house: House):
    one = await house.create("fay", WEDNESDAYS)
    other = await house.create("fay", "Wednesdays 20:00 Other", room="other")
    pauses = await house.push("fay", await house.screen("fay"), "Pause")
    await house.fill("fay", await house.push("fay", pauses, "Add a pause"), CHRISTMAS)
    assert (await house.planned(one)).original == "2026-12-16T19:00"
    assert (await house.planned(other)).original == "2026-12-02T20:00"
    assert "It is paused:\n• Dec 2, 2026 to Dec 9, 2026: Winter break" in text_of(await house.screen("fay"))
    assert "No days off are noted." in text_of(await house.type("fay", "/meeting holidays"))


async def test_an_evening_in_a_pause_is_not_taken_back_by_itself_but_may_be_moved(house: House):
    series = await house.create("fay", WEDNESDAYS)
    await add_days_off(house, CHRISTMAS)
    await house.work_off()
    screen = await house.evening("fay")
    assert "Reason: Winter break" in text_of(screen)
    assert "It falls in a pause or holiday." in text_of(await house.push("fay", screen, "It takes place after all"))
    asked = await house.press("fay", Press("series", "move", series.id, "202612021900"))
    await house.fill("fay", asked, {"date": "2026-12-03"})
    assert (await house.planned(series)).starts_at.isoformat() == "2026-12-03T18:00:00+00:00"


async def test_strangers_add_and_remove_no_holidays(house: House):
    series = await house.create("fay", WEDNESDAYS)
    screen = await house.type("fay", "/meeting holidays")
    asked = await house.push("fay", screen, "Add days off")
    for how in ({"leads": False}, {"private": True}, {"space": "other"}):
        reply = await house.fill("eve", asked, CHRISTMAS, **how)
        assert "Winter break" not in text_of(reply)
    added = await house.fill("fay", asked, CHRISTMAS)
    for how in ({"leads": False}, {"private": True}, {"space": "other"}):
        await house.push("eve", added, "Remove Dec 2", **how)
    await house.work_off()
    assert (await house.planned(series)).original == "2026-12-16T19:00"


async def test_when_the_rule_has_ended_the_room_hears_so_once(house: House):
    series = await house.create("fay", "Wednesdays 19:00 Open evening 2 times")
    await house.pass_time(days=8)
    assert house.room == []
    await house.pass_time(hours=4)
    assert house.room == ["Open evening was planned up to here, and has come to its end. /meetings shows what else is coming."]
    assert await house.ahead(series) == []
    await house.store.transact(lambda unit: plan_missing(unit, Meetings(unit), house.clock.now()))
    await house.work_off()
    await house.pass_time(days=4)  # the outbox has forgotten its key
    await prune(house.store, house.clock.now())
    for _ in range(2):  # a start, and days off that a facilitator notes
        await house.store.transact(lambda unit: plan_missing(unit, Meetings(unit), house.clock.now()))
        await house.work_off()
        await house.store.transact(lambda unit: unit.due.add(When.PLAN.due(house.clock.now(), series.id)))
        await house.work_off()
    assert len(house.room) == 1
    await house.pass_time(days=30)
    await house.store.transact(lambda unit: plan_missing(unit, Meetings(unit), house.clock.now()))
    await house.work_off()
    assert len(house.room) == 1


async def test_a_series_that_has_ended_can_be_given_more_days(house: House):
    series = await house.create("fay", "Wednesdays 19:00 Open evening 1 times")
    await house.pass_time(days=3)
    screen = await house.screen("fay")
    assert "No date is ahead." in text_of(screen)
    preview = await house.fill("fay", await house.push("fay", screen, "All evenings"), {"days": "Wednesdays"})
    await house.push("fay", preview, "Save")
    assert (await house.planned(series)).original == "2026-12-09T19:00"


async def test_a_series_that_lost_its_next_evening_gets_one_at_the_next_start(house: House):
    series = await house.create("fay", WEDNESDAYS)
    lost = await house.planned(series)

    async def lose(unit):
        await unit.run(delete(occurrences).where(occurrences.c.id == lost.id))

    await house.store.transact(lose)
    now = house.clock.now()
    last = await house.store.transact(lambda unit: plan_missing(unit, Meetings(unit), now))
    assert last == series.id
    assert await house.store.transact(lambda unit: plan_missing(unit, Meetings(unit), now, last)) == ""
    assert (await house.planned(series)).starts_at == lost.starts_at


async def test_what_new_zone_data_moves_is_seen_a_day_before_and_its_promises_move_too(house: House):
    series = await house.create("fay", "Fridays 19:00 Open evening")
    planned = await house.planned(series)

    async def as_with_older_data(unit: Unit) -> None:
        wrong = planned.starts_at - timedelta(hours=1)
        row = update(occurrences).where(occurrences.c.id == planned.id)
        await unit.run(row.values(starts_at=wrong, ends_at=wrong + series.length))  # type: ignore[attr-defined]  # storage's own

    await house.store.transact(as_with_older_data)
    await house.pass_time(days=2)
    mended = await house.planned(series)
    assert (mended.id, mended.starts_at) == (planned.id, planned.starts_at)
    promises = await house.promises(planned.id)
    assert promises["start"] == "12-04 18:00"


async def test_the_evening_stays_at_seven_across_the_change_of_clocks(house: House):
    house.clock.move(days=115)  # 26 March 2027, before summer time
    series = await house.create("fay", "Saturdays 19:00 Open evening")
    assert f"{(await house.planned(series)).starts_at:%d %H:%M}" == "27 18:00"
    await house.pass_time(days=2)
    assert f"{(await house.planned(series)).starts_at:%d %H:%M}" == "03 17:00"


async def test_options_are_switched_to_what_the_button_names_so_that_twice_is_no_harm(house: House):
    await house.create("fay", WEDNESDAYS)
    panel = await house.push("fay", await house.screen("fay"), "Options")
    for label in ("Turn on: for beginners", "Turn on: text only", "Turn off: self-run", "Turn on: small groups"):
        await house.push("fay", panel, label)
        await house.push("fay", panel, label)
    await house.push("fay", panel, "Come in by button")
    after = await house.push("fay", panel, "Make it for family and friends")
    (series,) = await house.all_series()
    options = series.options
    assert (options.beginners, options.text_only, options.self_run, options.breakouts) == (True, True, False, True)
    assert (options.audience, options.admission) == ("family", "button")
    assert "Without a host it does not take place" in text_of(after)
    assert all(len(label) <= 40 for label in labels_of(after))
    assert len(after.buttons) <= 5


async def test_values_come_by_form(house: House):
    await house.create("fay", WEDNESDAYS)
    panel = await house.push("fay", await house.screen("fay"), "Options")
    asked = await house.push("fay", panel, "Size, link, time each")
    assert asked.form is not None
    assert [choice.label for choice in asked.form.fields[0].choices] == [
        "By length",
        "Meeting of 60 minutes",
        "Meeting of 90 minutes",
        "For newcomers",
        "Evening with a tool",
    ]
    given = {"format": "tool_night", "language": "de", "capacity": "12", "link": "https://meet.example.org/abc", "each": "3"}
    after = await house.fill("fay", asked, given)
    (series,) = await house.all_series()
    options = series.options
    assert (options.format, options.language, options.capacity, options.minutes_each) == ("tool_night", "de", 12, 3)
    assert options.link == "https://meet.example.org/abc"
    assert "Format: Evening with a tool" in text_of(after)
    assert "Places: 12" in text_of(after)


@pytest.mark.parametrize(
    "link",
    [
        "http://meet.example.org",
        "javascript:alert(1)",
        "https://",
        "https://localhost/x",
        "https://user:word@meet.example.org",
        "https://meet.example.org:8443/",
        "https://127.0.0.1/",
        "https://meet.exämple.org/",
        "https://meet.example.org/a b",
        'https://meet.example.org/"><b>',
        "tg://resolve?domain=x",
        "https://[::1]/",
    ],
)
async def test_any_other_link_is_refused(house: House, link):
    await house.create("fay", WEDNESDAYS)
    asked = await house.push("fay", await house.push("fay", await house.screen("fay"), "Options"), "Size, link, time each")
    refused = await house.fill("fay", asked, {"link": link})
    assert "A link begins with https://" in text_of(refused)
    (series,) = await house.all_series()
    assert series.options.link == ""


async def test_where_gambling_is_talked_about_no_link_is_kept(house: House):
    await house.create("fay", "Wednesdays 19:00 Gambling: a way out")
    asked = await house.push("fay", await house.push("fay", await house.screen("fay"), "Options"), "Size, link, time each")
    refused = await house.fill("fay", asked, {"link": "https://meet.example.org/abc"})
    assert "I show no links" in text_of(refused)


async def test_a_new_title_about_gambling_leaves_the_link_out_and_says_so(house: House):
    await house.create("fay", WEDNESDAYS)
    panel = await house.push("fay", await house.screen("fay"), "Options")
    await house.fill("fay", await house.push("fay", panel, "Size, link, time each"), {"link": "https://meet.example.org/abc"})
    asked = await house.push("fay", await house.screen("fay"), "All evenings")
    preview = await house.fill("fay", asked, {"title": "Spielsucht"})
    assert "The link is left out" in text_of(preview)
    await house.push("fay", preview, "Save")
    (series,) = await house.all_series()
    assert series.options.link == ""


@pytest.mark.parametrize("answers", [{"capacity": "-1"}, {"capacity": "1001"}, {"capacity": "many"}, {"each": "31"}])
async def test_any_other_number_is_refused(house: House, answers):
    await house.create("fay", WEDNESDAYS)
    asked = await house.push("fay", await house.push("fay", await house.screen("fay"), "Options"), "Size, link, time each")
    assert "Write a number from 0 to" in text_of(await house.fill("fay", asked, answers))


@pytest.mark.parametrize("value", ["", "x", "text_only_2", "audience_all", "admission_", "capacity_5", "title_x"])
async def test_a_forged_switch_changes_nothing(house: House, value):
    before = await house.create("fay", WEDNESDAYS)
    await house.press("fay", Press("series", "set", before.id, value))
    (after,) = await house.all_series()
    assert after == before
