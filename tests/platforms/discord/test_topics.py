"""Topics: threads below a room."""

import pytest

from bot.core.calls import Place
from bot.core.deeds import CloseTopic, OpenTopic
from bot.core.errors import MessageGone, PlatformDown, PlatformRefused
from bot.core.replies import Button, Press
from bot.core.richtext import Paragraph, Text
from tests.platforms.discord.conftest import Running
from tests.servers.discord import markdown

MANAGE_THREADS, PUBLIC_THREADS = 1 << 34, 1 << 35
TOPIC = OpenTopic("Group *1*", (Paragraph((Text("Ten minutes."),)),), ((Button("Back", Press("floor", "back")),),))


def lines(bot: Running, channel: str) -> list[str]:
    return [markdown.plain(one.content) for one in bot.server.world.messages.values() if one.channel == channel]


async def test_a_topic_is_a_thread_at_a_line_of_the_channel_with_its_first_message_in_it(bot: Running):
    await bot.do(TOPIC, bot.driver.room)
    (thread,) = bot.driver.threads()
    assert (thread.name, thread.parent) == ("Group *1*", bot.driver.room.chat)
    assert (lines(bot, bot.driver.room.chat), lines(bot, thread.id)) == (["Group *1*"], ["Ten minutes."])


@pytest.mark.parametrize("call", ["/threads", "/messages"])
async def test_done_again_after_a_crash_there_is_one_topic(bot: Running, call: str):
    bot.server.will_answer("POST", f"{call}$", 503, after_effect=True)
    with pytest.raises(PlatformDown):
        await bot.do(TOPIC, bot.driver.room)
    await bot.do(TOPIC, bot.driver.room)
    (thread,) = bot.driver.threads()
    assert (lines(bot, bot.driver.room.chat), lines(bot, thread.id)) == (["Group *1*"], ["Ten minutes."])


async def test_a_topic_is_closed_for_good_and_opened_again_when_asked(bot: Running):
    ref = await bot.do(TOPIC, bot.driver.room)
    (thread,) = bot.driver.threads()
    for _ in range(2):
        assert await bot.do(CloseTopic(), bot.driver.room, edit=ref) == ref
        assert (thread.archived, thread.locked) == (True, True)
    assert await bot.do(TOPIC, bot.driver.room, edit=ref) == ref
    assert (thread.archived, thread.locked) == (False, False)


async def test_where_it_may_not_lock_it_archives(bot: Running):
    ref = await bot.do(TOPIC, bot.driver.room)
    bot.driver.take_permission(MANAGE_THREADS)
    await bot.do(CloseTopic(), bot.driver.room, edit=ref)
    (thread,) = bot.driver.threads()
    assert (thread.archived, thread.locked) == (True, False)


async def test_a_topic_that_was_deleted_is_closed_already_and_gone_for_opening(bot: Running):
    ref = await bot.do(TOPIC, bot.driver.room)
    (thread,) = bot.driver.threads()
    await bot.driver.delete_channel(thread.id)
    await bot.do(CloseTopic(), bot.driver.room, edit=ref)
    await bot.do(CloseTopic(), bot.driver.room)
    with pytest.raises(MessageGone):
        await bot.do(TOPIC, bot.driver.room, edit=ref)


async def test_a_topic_of_a_room_that_is_a_thread_opens_beside_it(bot: Running):
    world = bot.server.world
    own = world.new_channel(11, "evening", world.room)
    await bot.do(TOPIC, Place("discord", chat=own.id, space=world.server, private=False))
    assert [thread.parent for thread in bot.driver.threads()] == [world.room] * 2


async def test_voice_rooms_have_no_topics_and_a_missing_permission_is_told(bot: Running):
    with pytest.raises(PlatformRefused) as refused:
        await bot.do(TOPIC, bot.driver.new_channel("voice", "voice"))
    assert refused.value.detail["why"] == "no_topics_here"
    bot.driver.take_permission(PUBLIC_THREADS)
    with pytest.raises(PlatformRefused) as refused:
        await bot.do(TOPIC, bot.driver.room)
    assert refused.value.detail["why"] == "permission"
