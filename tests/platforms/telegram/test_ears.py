"""What happens without anybody speaking to the bot."""

import pytest

from bot.core.calls import Account, Place
from bot.core.happenings import What
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram.decode import NAME
from tests.platforms.telegram.desk import Desk
from tests.servers.telegram.driver import TelegramDriver, settled

pytestmark = pytest.mark.usefixtures("platform")


def heard(desk: Desk) -> list[What]:
    return [one.what for one in desk.happened]


@pytest.fixture
async def listening(driver: TelegramDriver, platform: TelegramPlatform) -> None:
    await driver.connected()


async def test_who_comes_and_goes_is_heard_with_who_and_where(driver: TelegramDriver, desk: Desk, listening: None):
    ana, chat = driver.person("Ana"), str(driver.group.id)
    await driver.leave_group(ana)
    await driver.join_group(ana)
    await desk.until(lambda: len(desk.happened) == 4)
    assert set(heard(desk)) == {What.ARRIVED, What.LEFT}
    for one in desk.happened:
        assert one.account == Account(NAME, str(ana.id))
        assert one.place == Place(NAME, chat, space=chat, private=False)


async def test_told_twice_it_has_one_receipt(driver: TelegramDriver, desk: Desk, listening: None):
    await driver.join_group(driver.api.world.add_user("Ana"))
    await desk.until(lambda: len(desk.happened) == 2)
    assert len({one.receipt for one in desk.happened}) == 1


async def test_a_plain_member_of_a_bot_hears_by_the_groups_lines(driver: TelegramDriver, desk: Desk, listening: None):
    driver.take_right()
    await driver.join_group(driver.api.world.add_user("Ana"))
    await desk.until(lambda: heard(desk) == [What.ARRIVED])


async def test_somebody_held_who_leaves_has_left(driver: TelegramDriver, desk: Desk, listening: None):
    eve = driver.person("Eve")
    driver.restrict_by_hand(eve, "can_send_messages")
    await driver.leave_group(eve)
    await desk.until(lambda: set(heard(desk)) == {What.LEFT} and len(desk.happened) == 2)


async def test_the_bot_is_removed_and_added_again(driver: TelegramDriver, desk: Desk, listening: None):
    driver.person("Kim", facilitator=True)
    await driver.remove_bot()
    await driver.readd_bot()
    await desk.until(lambda: heard(desk) == [What.BOT_OUT, What.BOT_IN])
    assert {one.account for one in desk.happened} == {None}


async def test_a_bot_that_is_made_administrator_was_there_before(driver: TelegramDriver, desk: Desk, listening: None):
    driver.person("Kim", facilitator=True)
    driver.take_right()
    await driver.remove_bot()
    await driver.readd_bot()
    old = driver.member(driver.api.world.me["id"])
    driver.give_right()
    driver.changed("my_chat_member", driver.api.world.me["id"], old, 1)
    await desk.until(lambda: len(desk.happened) >= 2)
    await settled(driver.api, 0.05)
    assert heard(desk) == [What.BOT_OUT, What.BOT_IN]


async def test_a_video_chat_begins_and_ends_in_its_topic(driver: TelegramDriver, desk: Desk, listening: None):
    kim = driver.person("Kim", facilitator=True)
    driver.group.forum = True
    topic = driver.new_topic("Tuesday")
    await driver.start_video(kim)
    await driver.end_video(kim, thread=topic)
    await desk.until(lambda: heard(desk) == [What.VIDEO_ON, What.VIDEO_OFF])
    assert [one.place.thread for one in desk.happened] == ["", str(topic)]


async def test_bots_are_nobody(driver: TelegramDriver, desk: Desk, listening: None):
    ana = driver.person("Ana")
    bot = {"id": 99, "is_bot": True, "first_name": "Other bot"}
    driver.line({"new_chat_members": [bot]}, ana, 1)
    await driver.start_video(ana)
    await desk.until(lambda: heard(desk) == [What.VIDEO_ON])


async def test_who_blocks_the_bot_in_private_is_no_happening(driver: TelegramDriver, desk: Desk, listening: None):
    ana = driver.person("Ana")
    me = driver.api.world.bot_json()
    chat = driver.api.world.chats[ana.id].as_json(driver.api.world.users)
    told = {"chat": chat, "from": driver.api.world.user_json(ana.id), "date": 1}
    states = {
        "old_chat_member": {"status": "member", "user": me},
        "new_chat_member": {"status": "kicked", "user": me, "until_date": 0},
    }
    driver.api.push("my_chat_member", told | states)
    await driver.start_video(ana)
    await desk.until(lambda: heard(desk) == [What.VIDEO_ON])


async def test_it_is_heard_before_telegram_is_told_that_it_was_taken(driver: TelegramDriver, desk: Desk, listening: None):
    desk.listens.clear()
    await driver.start_video(driver.person("Kim"))
    polls = driver.api.polled
    await settled(driver.api, 0.05)
    assert (len(driver.api.world.waiting), driver.api.polled) == (1, polls)
    desk.listens.set()
    await driver.api.until(lambda: not driver.api.world.waiting)
    assert heard(desk) == [What.VIDEO_ON]


async def test_who_no_longer_leads_is_no_facilitator_from_that_moment(driver: TelegramDriver, desk: Desk, listening: None):
    kim = driver.person("Kim", facilitator=True)
    await driver.command(kim, "/urge", "room")
    old = driver.member(kim.id)
    driver.group.members[kim.id] = "member"
    driver.changed("chat_member", kim.id, old, 1)
    await driver.command(kim, "/urge", "room")
    assert [bool(act.roles) for act in desk.taken] == [True, False]
