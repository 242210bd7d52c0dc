"""/topic: a facilitator looks, and opens."""

import pytest

from bot.core.replies import Press
from bot.core.richtext import words_in
from tests.handlers.screens import labels_of, press_of, text_of
from tests.handlers.topics.acting import WORDS, rules_of, write


async def test_the_prompt_of_the_week_is_looked_at_and_opens_below_the_room(house):
    panel = await house.topic()
    screen = await house.lead(panel, "Look at it")
    assert not house.sent
    opens = await house.lead(screen, "Open it")
    assert text_of(opens).startswith("The topic opens now.")
    await house.work_off()
    (deed,) = house.opened.values()
    assert deed.title in text_of(screen)
    assert [button.label for row in deed.buttons for button in row] == ["Report", "Help now"]


async def test_what_somebody_wrote_comes_into_the_topic(house, topic):
    answer = await write(house, topic)
    assert text_of(answer).startswith("It goes into the topic now")
    assert house.said() == [f"1 Somebody wrote:\n{WORDS}"]
    assert labels_of(house.hanging[next(slot for slot in house.hanging if slot.startswith("topic_post_"))]) == ["Report"]


async def test_a_second_tap_opens_no_second_topic(house):
    screen = await house.lead(await house.topic(), "Look at it")
    await house.lead(screen, "Open it")
    again = await house.lead(screen, "Open it")
    assert text_of(again).startswith("This topic is open here already.")
    assert len(await house.topics()) == 1


async def test_prompts_are_found_by_the_point_that_they_are_about(house):
    points = await house.lead(await house.topic(), "Another prompt")
    prompts = await house.lead(points, "Getting through urges")
    screen = await house.press("fay", prompts.buttons[1][0].press)
    assert prompts.buttons[1][0].label in text_of(screen)


async def test_own_words_are_seen_before_they_open_and_are_cleaned(house):
    room = (await house.topic()).buttons[1][0].press.subject
    words = {"title": "Long\u202e nights\n@everyone", "words": "What helps?\n\n\n\n<b>You</b>"}
    screen = await house.fill("fay", Press("topics", "owned", room), words)
    assert text_of(screen).startswith("Long nights @everyone\nWhat helps?\n\n<b>You</b>")
    await house.lead(screen, "Open it")
    await house.work_off()
    (deed,) = house.opened.values()
    assert deed.title == "Long nights @everyone"
    assert "What helps?\n\n<b>You</b>" in list(words_in(deed.blocks))


async def test_words_that_are_too_long_or_none_open_nothing(house):
    room = (await house.topic()).buttons[1][0].press.subject
    for words in ({"title": "x" * 101, "words": "y"}, {"title": "x", "words": "y" * 1501}, {"title": " ", "words": "y"}, {}):
        await house.fill("fay", Press("topics", "owned", room), words)
    assert text_of(await house.press("fay", Press("topics", "open", room, "own"))).startswith("Your words are no longer there.")


async def test_a_member_can_open_settle_and_close_nothing(house, topic):
    await house.consent("ana")
    for action, subject, value in (
        ("open", topic.room, "01"),
        ("weekly", topic.room, "on"),
        ("closing", topic.room, "7"),
        ("unnamed", topic.room, "off"),
        ("close", topic.id, ""),
        ("topic", topic.id, ""),
        ("preview", topic.room, "01"),
        ("listed", topic.room, ""),
        ("own", topic.room, ""),
    ):
        await house.press("ana", Press("topics", action, subject, value))
        await house.press("ana", Press("topics", action, subject, value), private=False)
        await house.press("eve", Press("topics", action, subject, value), private=False, leads=True, space="elsewhere")
    await house.fill("ana", Press("topics", "owned", topic.room), {"title": "Mine", "words": "Mine"})
    assert await house.topics() == [topic]
    assert (await rules_of(house)).unnamed


async def test_a_role_that_ended_ends_the_panel_in_private_too(house):
    screen = await house.lead(await house.topic(), "Look at it")
    await house.press("fay", press_of(screen, "Open it"), private=False)
    assert "facilitators" in text_of(await house.lead(screen, "Open it"))
    assert await house.topics() == []


@pytest.mark.parametrize("value", ["", "00", "53", "99", "1", "own2", "p9"])
async def test_a_forged_prompt_opens_nothing(house, value):
    room = (await house.topic()).buttons[1][0].press.subject
    for action in ("open", "preview"):
        await house.press("fay", Press("topics", action, room, value))
    for action, subject in (("open", "0" * 32), ("close", "0" * 32), ("away", "0" * 32), ("browse", room), ("closing", room)):
        await house.press("fay", Press("topics", action, subject, "p9"))
    assert await house.topics() == []


@pytest.mark.parametrize("platform", ["web"])
async def test_where_there_are_no_topics_one_card_stands_in_the_room(house, topic):
    (card,) = [slot for slot in house.hanging if slot.startswith("topic_")]
    assert labels_of(house.hanging[card]) == ["Write here without my name", "Report", "Help now"]
    await write(house, topic)
    assert set(house.where.values()) == {""}
    await house.press("fay", Press("topics", "close", topic.id))
    await house.work_off()
    assert text_of(house.hanging[card]).startswith("This topic is closed now")


async def test_ten_topics_are_enough(house):
    room = (await house.topic()).buttons[1][0].press.subject
    for number in range(1, 12):
        await house.press("fay", Press("topics", "open", room, f"{number:02}"))
    assert len(await house.topics()) == 10
