"""/topic: a facilitator looks, and opens."""

from tests.handlers.screens import labels_of, text_of
from tests.handlers.topics.acting import WORDS, open_weekly, write


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
