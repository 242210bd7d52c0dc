"""Muted, waiting, put out, and free again: in text, in voice, on a stage, in a thread."""

import pytest

from bot.core.calls import Place
from bot.core.deeds import Stand, Standing
from bot.core.errors import PersonAway, PlatformBusy, PlatformRefused, RoomGone
from bot.core.ids import MessageRef
from tests.platforms.discord.conftest import Running
from tests.servers.discord.world import Person

REACT, VIEW, SEND, CONNECT, SPEAK = 1 << 6, 1 << 10, 1 << 11, 1 << 20, 1 << 21
MUTE, MOVE, ROLES, SEND_IN_THREADS = 1 << 22, 1 << 24, 1 << 28, 1 << 38
FREE, MUTED, WAITING, OUT = Stand(Standing.FREE), Stand(Standing.MUTED), Stand(Standing.WAITING), Stand(Standing.OUT)


@pytest.fixture
def ann(bot: Running) -> Person:
    return bot.driver.person("ann")


@pytest.fixture
def voice(bot: Running) -> Place:
    return bot.driver.new_channel("voice", "voice")


def by_hand(bot: Running, place: Place, who: str, allow: int, deny: int, kind: int = 1) -> None:
    bot.server.world.channels[place.chat].overwrites[who] = (kind, allow, deny)


@pytest.mark.parametrize("before", [None, (SEND, 0), (0, REACT), (REACT, VIEW)])
@pytest.mark.parametrize("held", [MUTED, WAITING, OUT])
async def test_in_a_text_room_a_person_is_kept_from_writing_and_then_stands_exactly_as_before(bot: Running, ann, held, before):
    room = bot.driver.room
    if before:
        by_hand(bot, room, ann.id, *before)
    ref = await bot.do(held, room, ann)
    assert not bot.driver.may(ann, room.chat, SEND)
    assert not bot.driver.may(ann, room.chat, REACT)
    assert bot.driver.may(ann, room.chat, VIEW) is (held is not OUT and before != (REACT, VIEW))
    await bot.do(FREE, room, ann, ref)
    assert bot.driver.overwrites(room.chat) == ({ann.id: before} if before else {})


@pytest.mark.parametrize("held", [MUTED, WAITING, OUT])
async def test_done_again_after_a_crash_it_still_knows_what_was_before(bot: Running, ann, held):
    """The first was done and never noted: its own overwrite is not taken for the one before."""
    by_hand(bot, bot.driver.room, ann.id, 0, 1 << 14)
    await bot.do(held, bot.driver.room, ann)
    ref = await bot.do(held, bot.driver.room, ann)
    await bot.do(FREE, bot.driver.room, ann, ref)
    assert bot.driver.overwrites(bot.driver.room.chat) == {ann.id: (0, 1 << 14)}


async def test_freed_without_a_note_it_is_known_by_its_mark(bot: Running, ann, voice):
    await bot.driver.join_voice(ann, voice.chat)
    await bot.do(MUTED, voice, ann)
    await bot.do(FREE, voice, ann)
    assert bot.driver.overwrites(voice.chat) == {}
    assert not bot.driver.muted(ann)


async def test_who_was_never_held_is_free_without_a_change(bot: Running, ann):
    by_hand(bot, bot.driver.room, ann.id, 0, SEND)  # a moderator's, for good
    ref = await bot.do(FREE, bot.driver.room, ann)
    await bot.do(FREE, bot.driver.room, ann, ref)
    assert bot.driver.overwrites(bot.driver.room.chat) == {ann.id: (0, SEND)}


async def test_what_a_moderator_changed_meanwhile_stays_theirs(bot: Running, ann):
    ref = await bot.do(MUTED, bot.driver.room, ann)
    by_hand(bot, bot.driver.room, ann.id, 0, VIEW)
    await bot.do(FREE, bot.driver.room, ann, ref)
    assert bot.driver.overwrites(bot.driver.room.chat) == {ann.id: (0, VIEW)}


async def test_one_standing_follows_another_and_the_end_is_the_beginning(bot: Running, ann, voice):
    await bot.driver.join_voice(ann, voice.chat)
    by_hand(bot, voice, ann.id, SEND, 0)
    ref: MessageRef | None = None
    for held in (WAITING, MUTED, MUTED, WAITING, FREE, MUTED, FREE):
        ref = await bot.do(held, voice, ann, ref)
        assert bot.driver.muted(ann) is (held is not FREE)
    assert bot.driver.overwrites(voice.chat) == {ann.id: (SEND, 0)}


async def test_in_voice_a_mute_is_a_server_mute_and_the_chat_beside_is_silent_too(bot: Running, ann, voice):
    await bot.driver.join_voice(ann, voice.chat)
    ref = await bot.do(MUTED, voice, ann)
    assert ann.is_muted
    assert not bot.driver.may(ann, voice.chat, SEND)
    await bot.do(FREE, voice, ann, ref)
    assert (ann.is_muted, bot.driver.overwrites(voice.chat)) == (False, {})


async def test_a_mute_for_somebody_who_is_not_there_changes_nothing(bot: Running, ann, voice):
    with pytest.raises(PersonAway):
        await bot.do(MUTED, voice, ann)
    elsewhere = bot.driver.new_channel("elsewhere", "voice")
    await bot.driver.join_voice(ann, elsewhere.chat)
    with pytest.raises(PersonAway):
        await bot.do(MUTED, voice, ann)
    assert (bot.driver.overwrites(voice.chat), ann.is_muted) == ({}, False)


async def test_somebody_who_leaves_in_between_is_left_as_they_were(bot: Running, ann, voice):
    await bot.driver.join_voice(ann, voice.chat)
    bot.server.will_answer("PATCH", "/members/", 400, {"code": 40032, "message": "Target user is not connected to voice."})
    with pytest.raises(PersonAway):
        await bot.do(MUTED, voice, ann)
    assert bot.driver.overwrites(voice.chat) == {}


async def test_who_left_muted_is_owed_the_end_of_it_and_gets_it_when_they_return(bot: Running, ann, voice):
    await bot.driver.join_voice(ann, voice.chat)
    ref = await bot.do(MUTED, voice, ann)
    await bot.driver.leave_voice(ann)
    for _ in range(2):
        with pytest.raises(PersonAway):
            await bot.do(FREE, voice, ann, ref)
    assert bot.driver.overwrites(voice.chat) == {}
    elsewhere = bot.driver.new_channel("elsewhere", "voice")
    await bot.driver.join_voice(ann, elsewhere.chat)
    assert ann.is_muted
    await bot.do(FREE, voice, ann, ref)
    assert not ann.is_muted


async def test_a_mute_that_a_moderator_set_before_outlasts_ours(bot: Running, ann, voice):
    await bot.driver.join_voice(ann, voice.chat)
    ann.is_muted = True
    ref = await bot.do(MUTED, voice, ann)
    await bot.do(FREE, voice, ann, ref)
    assert ann.is_muted


async def test_who_waits_may_come_in_and_listen_and_speaks_once_let_in_without_coming_again(bot: Running, ann, voice):
    ref = await bot.do(WAITING, voice, ann)
    assert await bot.driver.join_voice(ann, voice.chat)
    assert (ann.is_suppressed, ann.is_muted) == (True, False)
    await bot.do(FREE, voice, ann, ref)
    assert not bot.driver.muted(ann)


async def test_who_is_put_out_of_voice_cannot_return_before_they_are_free_and_takes_no_mute_along(bot: Running, ann, voice):
    await bot.driver.join_voice(ann, voice.chat)
    ref = await bot.do(MUTED, voice, ann)
    ref = await bot.do(OUT, voice, ann, ref)
    assert (ann.voice, ann.is_muted) == ("", False)
    assert not await bot.driver.join_voice(ann, voice.chat)
    await bot.do(FREE, voice, ann, ref)
    assert await bot.driver.join_voice(ann, voice.chat)
    assert not bot.driver.muted(ann)


async def test_on_a_stage_a_speaker_is_suppressed_and_let_speak_again_but_a_listener_is_not(bot: Running, ann):
    stage = bot.driver.new_channel("stage", "stage")
    await bot.driver.join_voice(ann, stage.chat)
    for speaks in (False, True):
        ann.is_suppressed = not speaks
        ref = await bot.do(MUTED, stage, ann)
        assert ann.is_suppressed
        await bot.do(FREE, stage, ann, ref)
        assert ann.is_suppressed is not speaks
    assert bot.driver.overwrites(stage.chat) == {}


async def test_in_a_thread_a_person_is_kept_from_threads_alone(bot: Running, ann):
    world = bot.server.world
    thread = world.new_channel(11, "topic", world.room)
    place = Place("discord", chat=thread.id, space=world.server, private=False)
    ref = await bot.do(OUT, place, ann)
    assert not bot.driver.may(ann, world.room, SEND_IN_THREADS)
    assert bot.driver.may(ann, world.room, SEND | VIEW)
    await bot.do(FREE, place, ann, ref)
    assert bot.driver.overwrites(world.room) == {}


async def test_an_evening_that_moved_to_another_room_leaves_nothing_in_the_first(bot: Running, ann):
    other = bot.driver.new_channel("other")
    ref = await bot.do(WAITING, bot.driver.room, ann)
    ref = await bot.do(WAITING, other, ann, ref)
    assert bot.driver.overwrites(bot.driver.room.chat) == {}
    await bot.do(FREE, other, ann, ref)
    assert bot.driver.overwrites(other.chat) == {}


@pytest.mark.parametrize("missing", [ROLES, MUTE])
async def test_without_the_permission_it_is_refused_and_nothing_is_left_half_done(bot: Running, ann, voice, missing):
    await bot.driver.join_voice(ann, voice.chat)
    bot.driver.take_permission(missing)
    with pytest.raises(PlatformRefused) as refused:
        await bot.do(MUTED, voice, ann)
    assert refused.value.detail == {"why": "permission", "code": 50013}
    assert (bot.driver.overwrites(voice.chat), ann.is_muted) == ({}, False)


async def test_a_room_that_was_deleted_is_gone_and_a_person_who_left_the_server_is_away(bot: Running, ann, voice):
    await bot.driver.join_voice(ann, voice.chat)
    ref = await bot.do(MUTED, voice, ann)
    ann.is_gone = True
    with pytest.raises(PersonAway):
        await bot.do(FREE, voice, ann, ref)
    await bot.driver.delete_channel(voice.chat)
    with pytest.raises(RoomGone):
        await bot.do(FREE, voice, ann, ref)


async def test_a_long_wait_is_the_couriers_and_the_deed_goes_on_where_it_stood(bot: Running, ann, voice):
    await bot.driver.join_voice(ann, voice.chat)
    busy = {"message": "slow down", "retry_after": 120.0, "global": False}
    bot.server.will_answer("PATCH", "/members/", 429, busy)
    with pytest.raises(PlatformBusy):
        await bot.do(MUTED, voice, ann)
    ref = await bot.do(MUTED, voice, ann)
    assert ann.is_muted
    await bot.do(FREE, voice, ann, ref)
    assert (ann.is_muted, bot.driver.overwrites(voice.chat)) == (False, {})
