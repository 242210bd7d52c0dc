"""One evening is changed, and no other. The clock stands at Tuesday 2026-12-01, 19:00 in Berlin; the first evening is tomorrow."""

import pytest

from bot.core.meetings import State, When
from bot.core.replies import Press
from tests.handlers.screens import labels_of, press_of, text_of
from tests.handlers.series.house import House

WEDNESDAYS = "Wednesdays 19:00 Open evening"


async def dates(house: House, who: str = "fay") -> list[str]:
    """The next six evenings, as they are listed."""
    listed = await house.push(who, await house.screen(who), "One evening")
    return [line[2:] for line in text_of(listed).splitlines() if line.startswith("• ")]


async def test_a_cancelled_evening_stays_in_the_list_and_the_next_is_planned(house: House):
    series = await house.create("fay", WEDNESDAYS)
    planned = await house.planned(series)
    asked = await house.push("fay", await house.evening("fay"), "Cancel it")
    assert asked.form is not None
    assert [(one.name, one.required) for one in asked.form.fields] == [("reason", False)]
    done = await house.fill("fay", asked, {"reason": "Fay is  ill\n\u202e"})
    assert "Cancelled. Everyone who counted on it is told." in text_of(done)
    assert "Reason: Fay is ill" in text_of(done)
    off = await house.occurrence(planned)
    assert (off.state, off.reason) == (State.CANCELLED, "Fay is ill")
    assert set(await house.promises(off.id)) == {"announce_plan", "remind_plan", "changed"}
    following = await house.planned(series)
    assert following.original == "2026-12-09T19:00"
    assert "open" in await house.promises(following.id)
    assert (await dates(house))[:2] == ["Wed, Dec 2, 7:00 PM · does not take place: Fay is ill", "Wed, Dec 9, 7:00 PM"]


async def test_a_cancellation_is_taken_back_while_it_is_ahead(house: House):
    series = await house.create("fay", WEDNESDAYS)
    planned = await house.planned(series)
    off = await house.fill("fay", await house.push("fay", await house.evening("fay"), "Cancel it"), {"reason": "Ill"})
    back = await house.push("fay", off, "It takes place after all")
    assert "It takes place again." in text_of(back)
    assert "Ill" not in text_of(back)
    again = await house.push("fay", off, "It takes place after all")
    assert "It takes place." in text_of(again)
    first = await house.planned(series)
    assert (first.id, first.state, first.reason) == (planned.id, State.PLANNED, "")
    assert {"open", "start", "close", "changed"} <= set(await house.promises(first.id))
    assert await house.changes(series) == []


async def test_a_cancelled_evening_that_has_gone_by_stays_so(house: House):
    await house.create("fay", WEDNESDAYS)
    off = await house.fill("fay", await house.push("fay", await house.evening("fay"), "Cancel it"))
    house.clock.move(days=2)
    assert "This evening has gone by." in text_of(await house.push("fay", off, "It takes place after all"))


async def test_moving_one_evening_changes_no_other(house: House):
    series = await house.create("fay", WEDNESDAYS)
    planned = await house.planned(series)
    before = await dates(house)
    asked = await house.push("fay", await house.evening("fay"), "Move")
    assert asked.form is not None
    assert [one.value for one in asked.form.fields] == ["2026-12-02", "19:00", ""]
    done = await house.fill("fay", asked, {"date": "2026-12-03", "time": "8:30 pm", "reason": "Room is painted"})
    assert "Moved. No other evening changes." in text_of(done)
    assert "Thu, Dec 3, 8:30 PM (Central European Time), 90 minutes." in text_of(done)
    moved = await house.planned(series)
    assert (moved.id, moved.original, moved.starts_at.isoformat()) == (planned.id, "2026-12-02T19:00", "2026-12-03T19:30:00+00:00")
    promises = await house.promises(moved.id)
    assert (promises["open"], promises["close"]) == ("12-03 19:20", "12-03 21:30")
    assert "changed" in promises
    assert await dates(house) == ["Thu, Dec 3, 8:30 PM · moved: Room is painted", *before[1:]]


async def test_an_evening_moved_behind_the_next_one_lets_that_be_planned_as_well(house: House):
    series = await house.create("fay", WEDNESDAYS)
    await house.fill("fay", await house.push("fay", await house.evening("fay"), "Move"), {"date": "2026-12-10"})
    assert [one.original for one in await house.ahead(series)] == ["2026-12-09T19:00", "2026-12-02T19:00"]
    await house.pass_time(days=10)
    assert [one.original for one in await house.ahead(series)] == ["2026-12-16T19:00"]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"date": "2026-11-30"}, "An evening can move to a time that is still ahead"),
        ({"date": "2026-12-01", "time": "18:00"}, "An evening can move to a time that is still ahead"),
        ({"date": "2027-02-01"}, "less than 60 days from its own day"),
        ({"date": "soon"}, "I did not understand the date."),
        ({"time": "late"}, "I did not find the start."),
    ],
)
async def test_a_move_that_cannot_be_is_one_sentence_and_nothing_changes(house: House, answers, sentence):
    series = await house.create("fay", WEDNESDAYS)
    refused = await house.fill("fay", await house.push("fay", await house.evening("fay"), "Move"), answers)
    assert sentence in text_of(refused)
    assert await house.changes(series) == []


async def test_on_telegram_a_bad_day_is_asked_again(telegram_house: House):
    house = telegram_house
    series = await house.create("fay", WEDNESDAYS, private=False)
    reply = await house.push("fay", await house.evening("fay"), "Move", private=True)
    reply = await house.write("fay", "soon")
    for label in ("Keep this", "Skip"):
        reply = await house.push("fay", reply, label, private=True)
    assert "I did not understand the date." in text_of(reply)
    reply = await house.write("fay", "2026-12-03")
    for label in ("Keep this", "Skip"):
        if label in labels_of(reply):
            reply = await house.push("fay", reply, label, private=True)
    assert [one.starts for one in await house.changes(series)] == ["2026-12-03T19:00"]


async def test_one_evening_may_be_longer_and_be_as_usual_again(house: House):
    series = await house.create("fay", WEDNESDAYS)
    done = await house.fill("fay", await house.push("fay", await house.evening("fay"), "Length"), {"length": "2h"})
    assert (await house.planned(series)).ends_at.isoformat() == "2026-12-02T20:00:00+00:00"
    assert "changed" not in await house.promises((await house.planned(series)).id)
    await house.push("fay", done, "As usual again")
    assert (await house.planned(series)).ends_at.isoformat() == "2026-12-02T19:30:00+00:00"
    assert await house.changes(series) == []


async def test_one_evening_may_be_in_another_room(house: House):
    series = await house.create("fay", WEDNESDAYS)
    listed = await house.type("fay", "/meeting edit", room="other")
    screen = await house.push("fay", await house.push("fay", listed, "All rooms", room="other"), "Open evening", room="other")
    evening = await house.push("fay", await house.push("fay", screen, "One evening", room="other"), "Wed, Dec 2", room="other")
    await house.push("fay", evening, "Hold it in this room", room="other")
    planned = await house.planned(series)
    assert planned.room != series.room
    assert "changed" in await house.promises(planned.id)


async def test_somebody_takes_an_evening_and_hosts_it_when_it_is_planned(house: House):
    from storage.meetings import Meetings

    series = await house.create("fay", WEDNESDAYS)
    first = await house.push("kim", await house.evening("kim"), "I take it")
    assert "You host it." in text_of(first)
    await house.push("kim", await house.evening("kim", 1), "I take it")
    kim = await house.person("kim")
    planned = await house.planned(series)
    assert await house.store.transact(lambda unit: Meetings(unit).host(planned.id)) == kim
    await house.pass_time(days=2)
    following = await house.planned(series)
    assert following.original == "2026-12-09T19:00"
    assert await house.store.transact(lambda unit: Meetings(unit).host(following.id)) == kim


async def test_who_asks_for_a_substitute_hosts_no_longer_and_the_next_takes_it_in_the_room(house: House):
    from storage.meetings import Meetings

    series = await house.create("fay", WEDNESDAYS)
    taken = await house.push("fay", await house.evening("fay"), "I take it")
    await house.push("fay", taken, "Ask for a substitute")
    planned = await house.planned(series)
    assert await house.store.transact(lambda unit: Meetings(unit).host(planned.id)) is None
    await house.deliver()
    assert house.room == ["A facilitator is looked for: Open evening, Wed, Dec 2, 7:00 PM (Central European Time)."]
    take = Press("series", "take", series.id, "202612021900")
    refused = await house.press("ann", take, leads=False)
    assert "This is for the facilitators" in text_of(refused)
    await house.press("kim", take)
    assert await house.store.transact(lambda unit: Meetings(unit).host(planned.id)) == await house.person("kim")


async def test_a_substitute_is_looked_for_once_a_day_and_again_when_somebody_gives_it_back(house: House):
    series = await house.create("fay", WEDNESDAYS)
    for _ in range(2):
        await house.push("fay", await house.evening("fay"), "Ask for a substitute")
    await house.deliver()
    assert len(house.room) == 1
    await house.press("kim", Press("series", "take", series.id, "202612021900"))
    await house.push("kim", await house.evening("kim"), "Ask for a substitute")
    await house.deliver()
    assert len(house.room) == 2


async def test_the_second_of_two_who_change_an_evening_is_told_how_it_stands(house: House):
    series = await house.create("fay", WEDNESDAYS)
    fays = await house.push("fay", await house.evening("fay"), "Move")
    kims = await house.push("kim", await house.evening("kim"), "Move")
    await house.fill("fay", fays, {"time": "20:00"})
    told = await house.fill("kim", kims, {"time": "21:00"})
    assert "Somebody else changed this evening meanwhile. Nothing of yours was saved." in text_of(told)
    assert "8:00 PM" in text_of(told)
    assert [one.starts for one in await house.changes(series)] == ["2026-12-02T20:00"]


async def test_an_evening_under_way_is_left_alone_and_one_whose_room_has_just_opened_can_be_cancelled(house: House):
    series = await house.create("fay", WEDNESDAYS)
    planned = await house.planned(series)
    screen = await house.evening("fay")
    await house.state(planned, State.OPEN)
    assert "This evening is under way." in text_of(await house.push("fay", screen, "Cancel it"))
    await house.state(planned, State.LOBBY)
    await house.fill("fay", await house.push("fay", screen, "Cancel it"))
    assert (await house.occurrence(planned)).state is State.CANCELLED
    assert "card" in await house.promises(planned.id)


async def test_the_screen_of_an_evening_opens_from_its_occurrence(house: House):
    series = await house.create("fay", WEDNESDAYS)
    planned = await house.planned(series)
    screen = await house.press("fay", Press("series", "evening", planned.id))
    assert "Wed, Dec 2, 7:00 PM (Central European Time), 90 minutes." in text_of(screen)
    assert press_of(screen, "Move").value == "202612021900"


async def test_a_right_on_the_evening_is_enough_in_private(telegram_house: House):
    house = telegram_house
    from storage.meetings import Meetings

    series = await house.create("fay", WEDNESDAYS, private=False)
    planned = await house.planned(series)
    await house.type("kim", "/meeting create", leads=True)
    kim = await house.person("kim")
    await house.store.transact(lambda unit: Meetings(unit).grant(planned.id, kim, planned.ends_at))
    screen = await house.press("kim", Press("series", "evening", planned.id), private=True)
    assert "Move" in labels_of(screen)


@pytest.mark.parametrize("action", ["evening", "off", "on", "move", "long", "here", "take", "ask", "plain"])
async def test_nobody_else_can_touch_an_evening(house: House, action):
    series = await house.create("fay", WEDNESDAYS)
    for subject, value in ((series.id, "202612021900"), ((await house.planned(series)).id, "")):
        for how in ({"leads": False}, {"private": True}, {"space": "other"}):
            reply = await house.press("eve", Press("series", action, subject, value), **how)
            assert reply.form is None
            assert "Open evening" not in text_of(reply)
    assert await house.changes(series) == []
    await house.deliver()
    assert house.room == []


@pytest.mark.parametrize("value", ["202612031900", "000000000000", "209912031900", "x", "20261202190"])
async def test_an_evening_that_the_rule_does_not_give_is_not_there(house: House, value):
    series = await house.create("fay", WEDNESDAYS)
    for action in ("off", "move", "take"):
        reply = await house.press("fay", Press("series", action, series.id, value))
        assert "That evening is no longer there." in text_of(reply)


async def test_after_an_evening_the_next_one_is_planned_and_a_look_is_promised_a_day_before(house: House):
    series = await house.create("fay", WEDNESDAYS)
    await house.pass_time(days=1, hours=3)
    following = await house.planned(series)
    assert following.original == "2026-12-09T19:00"
    assert await house.promises(series.id) == {When.PLAN.value: "12-08 16:00"}
