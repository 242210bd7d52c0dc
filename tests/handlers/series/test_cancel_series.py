"""A series is called off for good: after a yes, and never under an evening that has begun."""

from bot.core.meetings import State
from bot.core.replies import Press
from tests.handlers.screens import text_of
from tests.handlers.series.house import WEDNESDAYS, House


async def test_a_series_is_cancelled_after_a_yes_and_the_room_is_told(house: House):
    series = await house.create("fay", WEDNESDAYS)
    planned = await house.planned(series)
    which = await house.type("fay", "/meeting cancel")
    asked = await house.push("fay", which, "Open evening")
    assert len(await house.all_series()) == 1
    assert text_of(await house.push("fay", asked, "No")) == "Nothing was changed."
    done = await house.push("fay", asked, "Yes")
    assert "is cancelled" in text_of(done)
    assert "is cancelled" in text_of(await house.push("fay", asked, "Yes"))
    assert (await house.occurrence(planned)).state is State.CANCELLED
    assert set(await house.promises(planned.id)) == {"announce_plan", "remind_plan", "changed"}
    assert "series_over" in await house.promises(series.id)
    await house.pass_time(days=10)
    assert house.room == ["Open evening no longer takes place. /meetings shows what else is coming."]
    assert await house.all_series() == []


async def test_cancelling_during_an_evening_lets_it_go_on_to_its_end(house: House):
    series = await house.create("fay", WEDNESDAYS)
    planned = await house.planned(series)
    await house.state(planned, State.OPEN)
    await house.press("fay", Press("series", "cancel", series.id, "yes"))
    assert (await house.occurrence(planned)).state is State.OPEN
