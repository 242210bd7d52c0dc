"""A group's video chat: the card of a meeting that is on says while it is open."""

from datetime import timedelta

from bot.core.happenings import What
from tests.handlers.meetings.house import House
from tests.handlers.meetings.test_lost_room import heard
from tests.handlers.screens import press_of, text_of

OPEN = "The video chat is open."


async def begun(house: House) -> None:
    await house.plan()
    await house.pass_time(minutes=1)
    await house.press("fay", press_of(house.card, "I am here"), leads=True)
    await house.work_off()


async def test_the_card_says_so_while_it_is_open(telegram_house: House):
    await begun(telegram_house)
    assert OPEN not in text_of(telegram_house.card)
    await heard(telegram_house, What.VIDEO_ON)
    await telegram_house.work_off()
    assert OPEN in text_of(telegram_house.card)
    await heard(telegram_house, What.VIDEO_OFF)
    await telegram_house.work_off()
    assert OPEN not in text_of(telegram_house.card)


async def test_it_may_have_begun_before_the_room_opened(telegram_house: House):
    await telegram_house.plan(timedelta(hours=2))
    await heard(telegram_house, What.VIDEO_ON)
    await telegram_house.pass_time(hours=1, minutes=51)
    assert OPEN in text_of(telegram_house.card)


async def test_it_is_the_groups_in_whichever_topic_it_was_said(telegram_house: House):
    await begun(telegram_house)
    await heard(telegram_house, What.VIDEO_ON, thread="7")
    await telegram_house.work_off()
    assert OPEN in text_of(telegram_house.card)


async def test_another_groups_video_chat_is_none_of_it(telegram_house: House):
    await begun(telegram_house)
    telegram_house.space = "elsewhere"
    await heard(telegram_house, What.VIDEO_ON)
    await telegram_house.work_off()
    assert OPEN not in text_of(telegram_house.card)


async def test_one_whose_end_was_never_heard_of_is_not_called_open_for_ever(telegram_house: House):
    await telegram_house.plan(timedelta(hours=30))
    await heard(telegram_house, What.VIDEO_ON)
    await telegram_house.pass_time(hours=29, minutes=51)
    assert OPEN not in text_of(telegram_house.card)


async def test_a_bot_that_was_removed_says_nothing_of_it_when_it_is_back(telegram_house: House):
    await begun(telegram_house)
    for what in (What.VIDEO_ON, What.BOT_OUT, What.BOT_IN):
        await heard(telegram_house, what)
        await telegram_house.work_off()
    assert OPEN not in text_of(telegram_house.card)


async def test_a_meeting_that_is_over_says_no_more_of_it(telegram_house: House):
    await begun(telegram_house)
    await heard(telegram_house, What.VIDEO_ON)
    await telegram_house.pass_time(hours=3)
    assert OPEN not in text_of(telegram_house.card)
