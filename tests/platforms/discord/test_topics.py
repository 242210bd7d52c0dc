"""Topics: threads below a room, posts of a forum, and messages that go into one."""

import pytest

from bot.core.calls import Place, Room
from bot.core.deeds import CloseTopic, OpenTopic
from bot.core.errors import MessageGone, PlatformDown, PlatformRefused, RoomGone
from bot.core.ids import CommunityId, MessageRef, RoomId
from bot.core.platform import Delivery
from bot.core.replies import Button, Press, Reply, To
from bot.core.richtext import Paragraph, Text
from tests.platforms.discord.conftest import Running
from tests.servers.discord import markdown
from tests.servers.discord.world import FORUM, Channel

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


# Into a topic


def into(bot: Running, topic: MessageRef | None, words: str = "Hello.", edit: MessageRef | None = None) -> Delivery:
    place = bot.driver.room
    room = Room(RoomId("r"), CommunityId("c"), "discord", place.chat, place.thread)
    reply = Reply((Paragraph((Text(words),)),), To.ROOM)
    return Delivery(f"into {words}", reply, "en", room=room, edit=edit, within=topic)


async def test_a_message_for_a_topic_goes_into_it_and_is_edited_there(bot: Running):
    topic = await bot.do(TOPIC, bot.driver.room)
    (thread,) = bot.driver.threads()
    ref = await bot.platform.deliver(into(bot, topic))
    assert lines(bot, thread.id) == ["Ten minutes.", "Hello."]
    assert await bot.platform.deliver(into(bot, topic, "Gone.", ref)) == ref
    assert (lines(bot, thread.id), lines(bot, bot.driver.room.chat)) == (["Ten minutes.", "Gone."], ["Group *1*"])


async def test_a_message_for_a_topic_that_is_deleted_or_closed_or_none_finds_its_room_gone(bot: Running):
    topic = await bot.do(TOPIC, bot.driver.room)
    with pytest.raises(RoomGone):
        await bot.platform.deliver(into(bot, MessageRef("1:2")))
    await bot.do(CloseTopic(), bot.driver.room, edit=topic)
    with pytest.raises(RoomGone):
        await bot.platform.deliver(into(bot, topic))
    (thread,) = bot.driver.threads()
    await bot.driver.delete_channel(thread.id)
    with pytest.raises(RoomGone):
        await bot.platform.deliver(into(bot, topic))
    assert lines(bot, bot.driver.room.chat) == ["Group *1*"]


# Forums


@pytest.fixture
def forum(bot: Running) -> Channel:
    return bot.server.world.new_channel(FORUM, "between meetings")


@pytest.fixture
def post(bot: Running, forum: Channel) -> Place:
    """A post of the forum, in which the command was typed."""
    own = bot.server.world.new_channel(11, "the first", forum.id)
    return Place("discord", chat=own.id, space=bot.server.world.server, private=False)


async def test_typed_in_a_forum_post_the_topic_is_a_new_post_of_its_forum_that_begins_with_the_message(
    bot: Running, forum: Channel, post: Place
):
    ref = await bot.do(TOPIC, post)
    _, thread = bot.driver.threads()
    assert (thread.name, thread.parent, ref.rpartition(":")[2]) == ("Group *1*", forum.id, thread.id)
    assert lines(bot, thread.id) == ["Ten minutes."]
    assert [button["label"] for button in bot.server.world.messages[thread.id].buttons] == ["Back"]
    assert (lines(bot, forum.id), lines(bot, post.chat)) == ([], [])


async def test_a_forum_post_without_words_begins_with_its_title(bot: Running, post: Place):
    await bot.do(OpenTopic("Group 1"), post)
    assert lines(bot, bot.driver.threads()[1].id) == ["Group 1"]


async def test_done_again_after_a_crash_there_is_one_forum_post(bot: Running, post: Place):
    bot.server.will_answer("POST", "/threads$", 503, after_effect=True)
    with pytest.raises(PlatformDown):
        await bot.do(TOPIC, post)
    await bot.do(TOPIC, post)
    assert len(bot.driver.threads()) == 2


async def test_a_post_of_another_title_or_one_that_is_closed_is_not_taken_for_it(bot: Running, post: Place):
    first = await bot.do(TOPIC, post)
    await bot.do(OpenTopic("Group 2"), post)
    await bot.do(CloseTopic(), post, edit=first)
    assert await bot.do(TOPIC, post) != first
    assert len(bot.driver.threads()) == 4


async def test_a_forum_that_asks_for_a_tag_gets_one_that_anybody_may_give(bot: Running, forum: Channel, post: Place):
    free, held = bot.server.world.new_id(), bot.server.world.new_id()
    forum.tags = [
        {"id": tag, "name": name, "moderated": moderated, "emoji_id": None, "emoji_name": None}
        for tag, name, moderated in ((held, "official", True), (free, "open", False))
    ]
    forum.needs_tag = True
    await bot.do(TOPIC, post)
    assert bot.driver.threads()[1].name == "Group *1*"


async def test_a_forum_post_is_closed_and_opened_again(bot: Running, post: Place):
    ref = await bot.do(TOPIC, post)
    _, thread = bot.driver.threads()
    await bot.do(CloseTopic(), post, edit=ref)
    assert (thread.archived, thread.locked) == (True, True)
    assert await bot.do(TOPIC, post, edit=ref) == ref
    assert not thread.archived
