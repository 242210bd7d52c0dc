"""What the bot hears without being spoken to."""

import asyncio

from bot.core.calls import Account, Place
from bot.core.happenings import Happening, What
from tests.platforms.discord.conftest import Running, said


def told(bot: Running) -> list[tuple[What, str, str]]:
    """What happened, where and to whom."""
    return [(one.what, one.place.chat, one.account.user if one.account else "") for one in bot.house.happened]


async def test_who_comes_into_voice_moves_and_leaves_is_heard(bot: Running):
    ann, world = bot.driver.person("ann"), bot.server.world
    one, two = (bot.driver.new_channel(name, "voice") for name in ("one", "two"))
    await bot.driver.join_voice(ann, one.chat)
    await bot.driver.join_voice(ann, two.chat)
    await bot.driver.leave_voice(ann)
    assert told(bot) == [
        (What.ARRIVED, one.chat, ann.id),
        (What.LEFT, one.chat, ann.id),
        (What.ARRIVED, two.chat, ann.id),
        (What.LEFT, two.chat, ann.id),
    ]
    arrived = bot.house.happened[0]
    assert (arrived.account, arrived.at) == (Account("discord", ann.id), bot.clock.now())
    assert arrived.place == Place("discord", one.chat, space=world.server, private=False)
    assert len({one.receipt for one in bot.house.happened}) == 4


async def test_a_mute_in_voice_is_no_coming_and_no_going(bot: Running):
    ann, voice = bot.driver.person("ann"), bot.driver.new_channel("voice", "voice")
    await bot.driver.join_voice(ann, voice.chat)
    ann.is_muted = True
    bot.server.rest.rooms.tell_voice(ann)
    await bot.driver.happened()
    assert told(bot) == [(What.ARRIVED, voice.chat, ann.id)]


async def test_what_happened_while_the_line_was_cut_is_heard_once_and_keeps_its_receipt(bot: Running):
    ann, voice = bot.driver.person("ann"), bot.driver.new_channel("voice", "voice")
    gateway = bot.server.gateway
    await gateway.drop()
    await bot.driver.join_voice(ann, voice.chat)
    await bot.driver.connected()
    assert told(bot) == [(What.ARRIVED, voice.chat, ann.id)]
    (session,) = gateway.sessions.values()
    number = next(event["s"] for event in session.events if event["t"] == "VOICE_STATE_UPDATE")
    assert bot.house.happened[0].receipt == f"{session.id}:{number}:arrived:{ann.id}"


async def test_at_the_start_those_who_are_there_muted_have_arrived_since_they_may_be_owed_the_end_of_it(bot: Running):
    ann, ben, voice = bot.driver.person("ann"), bot.driver.person("ben"), bot.driver.new_channel("voice", "voice")
    for person in (ann, ben):
        await bot.driver.join_voice(person, voice.chat)
    await bot.stop()
    bot.house.happened.clear()
    ann.is_muted = True
    await bot.restart()
    assert told(bot) == [(What.ARRIVED, voice.chat, ann.id)]
    await bot.driver.leave_voice(ben)
    assert told(bot)[1:] == [(What.LEFT, voice.chat, ben.id)]


async def test_a_deleted_channel_or_thread_is_a_room_gone(bot: Running):
    world = bot.server.world
    thread = world.new_channel(11, "topic", world.room)
    await bot.driver.delete_channel(thread.id)
    await bot.driver.delete_channel(world.room)
    assert told(bot) == [(What.ROOM_GONE, thread.id, ""), (What.ROOM_GONE, world.room, "")]


async def test_the_bot_removed_and_added_again_is_heard_and_an_outage_is_not(bot: Running):
    server = bot.server.world.server
    await bot.driver.remove_bot()
    await bot.driver.readd_bot()
    bot.server.world.to_tell.append(("GUILD_DELETE", {"id": server, "unavailable": True}, 1))
    await bot.driver.happened()
    await bot.driver.readd_bot()
    assert [(one.what, one.place.space) for one in bot.house.happened] == [(What.BOT_OUT, server), (What.BOT_IN, server)]


async def test_shards_hear_alike(idle_bot: Running):
    await idle_bot.start(sharded=True)
    ann, voice = idle_bot.driver.person("ann"), idle_bot.driver.new_channel("voice", "voice")
    await idle_bot.driver.join_voice(ann, voice.chat)
    assert told(idle_bot) == [(What.ARRIVED, voice.chat, ann.id)]


async def test_a_house_that_is_slow_to_hear_holds_no_act_and_what_is_too_much_is_let_go(bot: Running):
    ann, voice, go_on = bot.driver.person("ann"), bot.driver.new_channel("voice", "voice"), asyncio.Event()
    heard: list[Happening] = []

    async def slowly(happening: Happening) -> None:
        await go_on.wait()
        heard.append(happening)

    bot.house.hears = slowly
    bot.house.decide = lambda act: said("Ready")
    for _ in range(1100):
        bot.server.rest.rooms.enter(ann, voice.chat)
        bot.server.rest.rooms.leave(ann)
    await bot.driver.happened()
    await bot.driver.command(ann, "/urge")
    assert bot.driver.screen(ann) == ["Ready"]
    go_on.set()
    await bot.server.until(lambda: len(heard) == 2001)


async def test_an_event_that_cannot_be_read_ends_nothing(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Ready")
    await bot.server.gateway.tell("VOICE_STATE_UPDATE", {"guild_id": bot.server.world.server})
    await bot.server.gateway.tell("INTERACTION_CREATE", {"id": "1", "member": {"user": {}}})
    await bot.driver.command(ann, "/urge")
    assert bot.driver.screen(ann) == ["Ready"]
    assert bot.server.gateway.identified == 1
