"""What comes of topics with time: each week's, closed by the rule, a room that is gone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.happenings import What
from bot.core.replies import Press
from handlers.topics.rules import of_the_week
from storage.privacy import prune
from storage.topics import Topics
from tests.handlers.screens import text_of
from tests.handlers.topics.acting import write


async def each_week(house, day: str = "Wed") -> str:
    """On Wednesdays at 18:00 in Berlin; it is Tuesday. Return the room."""
    screen = await house.lead(await house.topic(), "Each week by itself")
    screen = await house.lead(await house.lead(screen, "Turn on"), day)
    return screen.buttons[-1][0].press.subject


async def test_the_prompt_of_the_week_opens_by_itself_and_the_last_weeks_closes(house):
    await each_week(house)
    await house.pass_time(days=1)
    (first,) = await house.topics()
    assert first.weekly
    await house.pass_time(days=7)
    (second,) = await house.topics()
    assert second.number == first.number + 1
    assert len(house.opened) == 1


@pytest.mark.parametrize("days", [3, 24])
async def test_after_downtime_there_is_one_and_not_three(house, days):
    await each_week(house)
    await house.sleep_through(days=days)
    assert len(await house.topics()) == 1
    assert len([one for one in house.sent if one.post.deed]) == 1


async def test_so_late_that_the_next_is_nearer_it_waits_for_that(house):
    await each_week(house)
    await house.sleep_through(days=6)
    assert await house.topics() == []
    await house.pass_time(days=2)
    assert len(await house.topics()) == 1


async def test_paused_nothing_opens_and_going_on_it_does(house):
    await each_week(house)
    screen = await house.lead(await house.topic(), "Each week by itself")
    await house.lead(screen, "Pause")
    await house.pass_time(days=15)
    assert await house.topics() == []
    await house.lead(await house.lead(await house.topic(), "Each week by itself"), "Go on")
    await house.pass_time(days=7)
    assert len(await house.topics()) == 1


async def test_turned_off_an_old_button_turns_nothing_on(house):
    room = await each_week(house)
    await house.press("fay", Press("topics", "weekly", room, "off"))
    await house.press("fay", Press("topics", "weekly", room, "d3"))
    await house.pass_time(days=14)
    assert await house.topics() == []


async def test_moved_to_another_day_in_the_same_week_the_prompt_comes_once(house):
    room = await each_week(house)
    await house.pass_time(days=1)
    await house.press("fay", Press("topics", "weekly", room, "d4"))
    await house.pass_time(days=3)
    assert len([one for one in house.sent if one.post.deed]) == 1


async def test_a_topic_closes_after_the_communitys_days_and_a_change_holds_for_open_ones(house, topic):
    await write(house, topic)
    await house.press("fay", Press("topics", "closing", topic.room, "7"))
    await house.pass_time(days=6, hours=23)
    assert len(await house.topics()) == 1
    await house.pass_time(hours=2)
    assert (await house.topics(), house.opened) == ([], {})


async def test_one_that_stays_can_still_be_taken_back_after_months(house, topic):
    answer = await write(house, topic)
    await house.press("fay", Press("topics", "closing", topic.room, "0"))
    for _ in range(10):
        await house.pass_time(days=7)
        await prune(house.store, house.clock.now())
    await house.tap("ana", answer, "Take it back")
    await house.work_off()
    assert house.said() == ["This was taken back by who wrote it."]
    assert house.sent[-1].edit is not None


async def test_a_room_that_is_gone_ends_its_weeks_and_the_roster_hears_of_it_once(house, topic):
    room = await each_week(house)
    for _ in range(2):
        await house.happens(What.ROOM_GONE)
    await house.pass_time(days=8)
    assert await house.topics() == []
    assert await house.store.transact(lambda unit: Topics(unit).week(room)) is None
    assert len(house.letters) == 1
    assert "topic" not in text_of(house.letters[0]).splitlines()[0]  # of what a lock screen shows


async def test_a_room_that_takes_nothing_ends_its_weeks_too(house):
    await each_week(house)
    house.room_is_gone = True
    await house.pass_time(days=1)
    assert await house.topics() == []
    assert len(house.letters) == 1
    await house.pass_time(days=14)
    assert len(house.letters) == 1


@pytest.mark.parametrize(("day", "number"), [("2026-01-01", 1), ("2026-12-27", 52), ("2026-12-31", 1), ("2027-01-04", 1)])
def test_a_53rd_week_has_the_first_prompt(day, number):
    assert of_the_week(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC), ZoneInfo("Europe/Berlin")) == number
