"""What comes of topics with time: each week's, closed by the rule, a room that is gone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.happenings import What
from bot.core.ids import RoomId
from bot.core.replies import Press
from handlers.topics.rules import of_the_week
from storage.privacy import prune
from storage.topics import Topics
from tests.handlers.screens import labels_of, text_of
from tests.handlers.topics.acting import write


async def each_week(house, day: str = "Wed"):
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
    assert await house.store.transact(lambda unit: Topics(unit).week(RoomId(room))) is None
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


GONE = "This is no longer shown: the topic is closed."


def order_of(house, *kinds: str) -> list[str]:
    """What left, in its order: the slots' first words, and the deeds' names."""
    left = [type(one.post.deed).__name__ if one.post.deed else text_of(one.post.reply) for one in house.sent]
    return [what for what in left if what in kinds]


@pytest.mark.parametrize("by_hand", [True, False])
async def test_before_a_topic_closes_all_that_is_without_a_name_is_taken_from_sight(house, topic, by_hand):
    await write(house, topic)
    await write(house, topic, who="ben", words="Ben's.")
    if by_hand:
        await house.press("fay", Press("topics", "close", topic.id))
        await house.work_off()
    else:
        await house.pass_time(days=31)
    assert house.said() == [GONE, GONE]
    assert order_of(house, GONE, "CloseTopic") == [GONE, GONE, "CloseTopic"]
    assert all(one.edit is not None for one in house.sent[-3:])
    assert (await house.topics(), await house.posts(topic.id), house.opened) == ([], [], {})


async def test_while_a_topic_closes_its_posts_can_still_be_taken_back_and_it_is_open_for_nothing_else(house, topic):
    await write(house, topic)
    answer = await write(house, topic, who="ben", words="Ben's.")
    await house.press("fay", Press("topics", "close", topic.id))
    assert "closed" in text_of(await house.press("ben", Press("topics", "write", topic.id)))
    assert "What is open" not in labels_of(await house.topic())
    await house.press("fay", Press("topics", "close", topic.id))
    await house.tap("ben", answer, "Take it back")
    await house.work_off()
    assert sorted(house.said()) == ["This is no longer shown: the topic is closed.", "This was taken back by who wrote it."]
    assert order_of(house, "CloseTopic") == ["CloseTopic"]
    assert await house.topics() == []


async def test_what_is_out_of_reach_holds_no_closing_up(house, topic):
    await write(house, topic)
    house.room_is_gone = True
    await write(house, topic, who="ben", words="Never there.")
    await house.press("fay", Press("topics", "close", topic.id))
    await house.pass_time(days=1)
    assert await house.topics() == []


async def test_the_same_prompt_can_open_again_while_the_last_one_is_closing(house, topic):
    await write(house, topic)
    await house.press("fay", Press("topics", "close", topic.id))
    screen = await house.lead(await house.topic(), "Look at it")
    assert "opens now" in text_of(await house.lead(screen, "Open it"))
    await house.work_off()
    (again,) = await house.topics()
    assert (again.number, again.id != topic.id) == (topic.number, True)


@pytest.mark.parametrize("platform", ["web"])
async def test_where_a_card_stands_for_the_topic_its_posts_go_from_sight_too(house, topic):
    await write(house, topic)
    await house.press("fay", Press("topics", "close", topic.id))
    await house.work_off()
    assert house.said() == [GONE]
    assert "closed now" in house.said(f"topic_{topic.id}")[0]
    assert await house.topics() == []
