"""The room's door: locked, calm, and as it was."""

import pytest

from bot.core.calls import Place
from bot.core.deeds import Door
from bot.core.errors import PlatformDown, PlatformRefused
from tests.platforms.discord.conftest import Running, said
from tests.platforms.discord.test_deliveries import to_room
from tests.platforms.discord.test_standing import CONNECT, MOVE, ROLES, SEND, SPEAK, VIEW, by_hand

LOCKED, CALM, BOTH, OPEN = Door(locked=True), Door(calm=True), Door(locked=True, calm=True), Door()
INVITE = 1 << 0


@pytest.fixture
def voice(bot: Running) -> Place:
    return bot.driver.new_channel("voice", "voice")


@pytest.mark.parametrize("kind", ["text", "voice", "stage"])
@pytest.mark.parametrize("door", [LOCKED, CALM, BOTH])
async def test_whatever_stood_there_before_stands_there_after(bot: Running, kind, door):
    world, place = bot.server.world, bot.driver.new_channel("room", kind)
    regulars = world.new_id()
    by_hand(bot, place, world.server, 0, VIEW, kind=0)  # a private room: everyone is kept out, one role is let in
    by_hand(bot, place, regulars, VIEW | CONNECT | SEND | SPEAK, 0, kind=0)
    by_hand(bot, place, world.application, VIEW, 0)
    by_hand(bot, place, bot.driver.person("ann").id, SEND, 0)
    before = bot.driver.overwrites(place.chat)
    ref = await bot.do(door, place)
    assert bot.driver.overwrites(place.chat) != before
    again = await bot.do(door, place, edit=ref)
    await bot.do(OPEN, place, edit=again)
    assert bot.driver.overwrites(place.chat) == before


async def test_in_a_calm_room_only_facilitators_write_and_so_does_the_bot(bot: Running):
    room = bot.driver.room
    ann, fay = bot.driver.person("ann"), bot.driver.person("fay")
    fay.roles = [bot.server.world.facilitators]
    ref = await bot.do(CALM, room)
    assert (bot.driver.may(ann, room.chat, SEND), bot.driver.may(fay, room.chat, SEND)) == (False, True)
    await bot.platform.deliver(to_room(bot, said("A quiet word")))
    await bot.do(OPEN, room, edit=ref)
    assert bot.driver.may(ann, room.chat, SEND)


async def test_a_calm_voice_room_is_calm_for_those_who_are_in_it_already(bot: Running, voice):
    ann, fay = bot.driver.person("ann"), bot.driver.person("fay")
    fay.roles = [bot.server.world.facilitators]
    for person in (ann, fay):
        await bot.driver.join_voice(person, voice.chat)
    ref = await bot.do(CALM, voice)
    assert (bot.driver.muted(ann), bot.driver.muted(fay)) == (True, False)
    await bot.do(OPEN, voice, edit=ref)
    assert not bot.driver.muted(ann)


async def test_in_a_locked_voice_room_who_is_there_stays_and_nobody_else_comes_but_facilitators(bot: Running, voice):
    ann, ben, fay = (bot.driver.person(name) for name in ("ann", "ben", "fay"))
    fay.roles = [bot.server.world.facilitators]
    await bot.driver.join_voice(ann, voice.chat)
    ref = await bot.do(LOCKED, voice)
    assert ann.voice == voice.chat
    assert not bot.driver.muted(ann)
    assert not await bot.driver.join_voice(ben, voice.chat)
    assert await bot.driver.join_voice(fay, voice.chat)
    await bot.do(OPEN, voice, edit=ref)
    assert await bot.driver.join_voice(ben, voice.chat)


async def test_a_role_that_is_let_in_by_name_is_locked_out_as_well(bot: Running, voice):
    world, ben = bot.server.world, bot.driver.person("ben")
    ben.roles = [world.new_id()]
    by_hand(bot, voice, ben.roles[0], CONNECT | VIEW, 0, kind=0)
    await bot.do(LOCKED, voice)
    assert bot.driver.may(ben, voice.chat, VIEW)
    assert not await bot.driver.join_voice(ben, voice.chat)


async def test_one_door_after_another_and_the_end_is_the_beginning(bot: Running, voice):
    ref = None
    for door in (LOCKED, BOTH, CALM, LOCKED, OPEN, CALM, OPEN):
        ref = await bot.do(door, voice, edit=ref)
    assert bot.driver.overwrites(voice.chat) == {}


@pytest.mark.parametrize("calls", range(4))
async def test_cut_off_by_a_crash_at_any_call_the_repetition_can_still_be_undone(bot: Running, voice, calls):
    ann = bot.driver.person("ann")
    regulars = bot.server.world.new_id()
    by_hand(bot, voice, regulars, VIEW | CONNECT, 0, kind=0)
    bot.server.will_answer("PUT", "/permissions/", 503, after_effect=True, pass_first=calls)
    with pytest.raises(PlatformDown):
        await bot.do(BOTH, voice)
    ref = await bot.do(BOTH, voice)
    assert not await bot.driver.join_voice(ann, voice.chat)
    await bot.do(OPEN, voice, edit=ref)
    assert await bot.driver.join_voice(ann, voice.chat)
    assert not bot.driver.muted(ann)
    assert bot.driver.overwrites(voice.chat)[regulars][0] & (VIEW | CONNECT) == VIEW | CONNECT


async def test_a_locked_text_room_invites_nobody_and_goes_on(bot: Running):
    ann, room = bot.driver.person("ann"), bot.driver.room
    await bot.do(LOCKED, room)
    assert (bot.driver.may(ann, room.chat, INVITE), bot.driver.may(ann, room.chat, SEND)) == (False, True)


@pytest.mark.parametrize("kind", [11, 12])
async def test_a_thread_is_calmed_by_its_own_lock_and_its_channel_stays_as_it_is(bot: Running, kind):
    world = bot.server.world
    thread = world.new_channel(kind, "topic", world.room)
    place = Place("discord", chat=thread.id, space=world.server, private=False)
    ref = await bot.do(BOTH, place)
    assert (thread.locked, thread.invitable) == (True, kind == 11)  # a public one has nobody to invite
    await bot.do(OPEN, place, edit=ref)
    assert (thread.locked, thread.invitable, world.channels[world.room].overwrites) == (False, True, {})


async def test_without_the_permission_it_is_refused(bot: Running, voice):
    bot.driver.take_permission(ROLES)
    with pytest.raises(PlatformRefused) as refused:
        await bot.do(LOCKED, voice)
    assert refused.value.detail["why"] == "permission"
    assert bot.driver.overwrites(voice.chat) == {}


async def test_where_nobody_may_be_moved_the_room_is_calm_for_those_who_come(bot: Running, voice):
    ann, ben = bot.driver.person("ann"), bot.driver.person("ben")
    await bot.driver.join_voice(ann, voice.chat)
    bot.driver.take_permission(MOVE)
    await bot.do(CALM, voice)
    await bot.driver.join_voice(ben, voice.chat)
    assert (bot.driver.muted(ann), bot.driver.muted(ben)) == (False, True)
