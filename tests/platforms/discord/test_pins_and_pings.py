"""Messages that are kept pinned, and a role that is told."""

import pytest

from bot.core.replies import Reply
from tests.platforms.discord.conftest import Running, said
from tests.platforms.discord.test_deliveries import to_ann, to_room

PIN = 1 << 51


async def test_a_message_is_pinned_once_and_discords_line_about_it_goes(bot: Running):
    ann, room = bot.driver.person("ann"), bot.driver.room.chat
    ref = await bot.platform.deliver(to_room(bot, said("This week", pin=True)))
    await bot.platform.deliver(to_room(bot, said("This week", pin=True)))
    await bot.platform.deliver(to_room(bot, said("Next week", pin=True), "b", edit=ref))
    assert (bot.driver.pinned(room), bot.driver.screen(ann, "room")) == (["Next week"], ["Next week"])
    assert len(bot.server.calls("PUT", ref.split(":")[1])) == 1


async def test_what_somebody_unpinned_is_pinned_again_with_the_next_edit(bot: Running):
    ref = await bot.platform.deliver(to_room(bot, said("This week", pin=True)))
    bot.server.world.messages[ref.split(":")[1]].is_pinned = False
    await bot.platform.deliver(to_room(bot, said("Next week", pin=True), "b", edit=ref))
    assert bot.driver.pinned(bot.driver.room.chat) == ["Next week"]


async def test_where_it_may_not_pin_the_message_is_there_all_the_same(bot: Running):
    bot.driver.take_permission(PIN)
    await bot.platform.deliver(to_room(bot, said("This week", pin=True)))
    assert bot.driver.pinned(bot.driver.room.chat) == []
    assert bot.driver.screen(bot.driver.person("ann"), "room") == ["This week"]


def pinged(bot: Running) -> list[tuple[str, list[str]]]:
    return [(message.content, message.pinged) for message in bot.server.world.messages.values()]


async def test_a_role_is_mentioned_above_a_rooms_message_and_hears_it(bot: Running):
    role = bot.server.world.facilitators
    await bot.platform.deliver(to_room(bot, said("At seven", ping=role)))
    assert pinged(bot) == [(f"<@&{role}>\nAt seven", [role])]


async def test_of_a_long_message_the_first_part_mentions_it_and_all_fit(bot: Running):
    role = bot.server.world.facilitators
    await bot.platform.deliver(to_room(bot, said("word " * 799, ping=role)))
    assert [(content.startswith("<@&"), roles) for content, roles in pinged(bot)] == [(True, [role]), (False, []), (False, [])]


@pytest.mark.parametrize("ping", ["everyone", "@here", "1> @everyone <@&1", "²", "the server"])
async def test_everybody_is_never_called(bot: Running, ping: str):
    role = bot.server.world.server if ping == "the server" else ping
    await bot.platform.deliver(to_room(bot, said("At seven", ping=role)))
    assert pinged(bot) == [("At seven", [])]


async def test_a_private_message_and_an_answer_mention_nobody(bot: Running):
    ann, role = bot.driver.person("ann"), bot.server.world.facilitators
    reply: Reply = said("At seven", ping=role)
    await bot.platform.deliver(to_ann(bot, reply))
    bot.house.decide = lambda act: reply
    await bot.driver.command(ann, "/urge", "room")
    assert pinged(bot) == [("At seven", []), ("At seven", [])]
