"""What happens to rooms and to those in them while a meeting is under way: deleted, closed to the bot, moved, left muted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec.structs import replace as changed
from sqlalchemy import select

from bot.core.calendar import Change
from bot.core.meetings import State, When
from storage.meetings import Meetings
from storage.tables.announcements import announce_plans
from storage.tables.floor import standings
from storage.tables.meetings import occurrences
from tests.evening.world import driver_for, world
from tests.faults.evenings import Evening, promise
from tests.faults.inside import all_sent, comes_to, rows

UNDER_WAY = Evening(starts_in=timedelta(minutes=-10), state=State.OPEN, moments={When.CARD: 0, When.CLOSE: 110 * 60})
LOST = "I cannot write in the room"
VIEW, SEND = 1 << 10, 1 << 11
NOW = "Now: Welcome"


@pytest.fixture(params=["discord", "telegram"])
async def here(request, tmp_path):
    async with world(request.param, tmp_path) as here:
        yield here


async def led(here, **more):
    """Kim leads and is there, Ana has the second seat. Returns both, and the evening."""
    kim, ana = here.person("Kim", facilitator=True), here.person("Ana")
    evening = replace(UNDER_WAY, here=[kim, ana], leading=[kim], **more)
    return kim, ana, (await promise(here.house.store, here, evening, here.clock.now())).id


async def closed(here, evening: str) -> None:
    """Let the time come at which nobody closed it."""
    here.clock.move(minutes=111)
    await comes_to(here, select(occurrences.c.state).where(occurrences.c.id == evening), [("closed",)])


def sends(here) -> list[object]:
    """The announcements that were handed to the platform."""
    if here.name == "telegram":
        return [call for call in here.driver.api.of("sendMessage") if "starts soon" in call["text"]]
    calls = here.driver.server.calls("POST", f"/channels/{here.driver.server.world.room}/messages")
    return [call for call in calls if "starts soon" in str(call)]


def told(here, person, words: str) -> int:
    return sum(words in text for text in here.screen(person))


async def test_a_channel_deleted_in_mid_meeting_is_told_to_its_host_once_and_the_evening_ends(tmp_path):
    async with world("discord", tmp_path) as here:
        kim, ana, evening = await led(here)
        await here.sees(ana, NOW, "room")
        room = here.driver.server.world.room
        await here.driver.delete_channel(room)
        await here.sees(kim, LOST)
        await here.house.store.transact(lambda unit: unit.due.add(When.CARD.due(here.clock.now(), evening)))
        await all_sent(here)
        await closed(here, evening)
        await all_sent(here)
        assert told(here, kim, LOST) == 1
        assert told(here, ana, LOST) == 0


async def test_a_permission_taken_away_in_mid_meeting_is_told_to_the_host_once_and_doctor_names_it(tmp_path):
    async with world("discord", tmp_path) as here:
        kim, ana, evening = await led(here)
        await here.sees(ana, NOW, "room")
        await all_sent(here)
        here.driver.take_permission(VIEW, SEND)
        for _ in range(2):
            await here.house.store.transact(lambda unit: unit.due.add(When.CARD.due(here.clock.now(), evening)))
            await here.sees(kim, LOST)
            await all_sent(here)
        assert told(here, kim, LOST) == 1
        assert told(here, ana, LOST) == 0
        (named,) = [found for found in await here.house.platforms[0].check() if not found.ok]
        assert named.topic == "permissions"
        assert named.mend

        here.driver.give_permission(VIEW, SEND)
        await here.house.store.transact(lambda unit: unit.due.add(When.CARD.due(here.clock.now(), evening)))
        await closed(here, evening)
        await here.sees(ana, "This meeting has ended", "room")


async def test_a_bot_that_was_put_out_and_let_in_again_goes_on_with_one_card(here):
    _, ana, evening = await led(here)
    await here.sees(ana, NOW, "room")
    await all_sent(here)
    await here.driver.remove_bot()
    await here.driver.readd_bot()
    await here.press(ana, "I am here", "room")
    await here.sees(ana, "2 people are here", "room")
    await closed(here, evening)
    await all_sent(here)
    assert len([text for text in here.screen(ana, "room") if text.startswith("Open evening")]) == 1
    await here.sees(ana, "This meeting has ended", "room")


async def test_who_left_muted_and_returns_after_the_meeting_is_unmuted_then(tmp_path):
    driver = driver_for("discord")
    await driver.start()
    voice = driver.new_channel("voice", "voice")
    async with world("discord", tmp_path, driver=driver) as here:
        kim, ana, evening = await led(here, room=voice)
        await here.driver.join_voice(ana, voice.chat)
        await here.command(kim, "/language")
        await here.press(kim, f"floor:mute:{evening}:2")
        await here.until(lambda: ana.is_muted)
        await all_sent(here)
        await here.driver.leave_voice(ana)
        await closed(here, evening)
        await comes_to(here, select(standings.c.standing, standings.c.owed), [("free", True)])
        assert ana.is_muted  # Discord mutes and frees only those who are there
        await here.driver.join_voice(ana, voice.chat)
        await here.until(lambda: not ana.is_muted)
        await comes_to(here, select(standings.c.id), [])
        assert here.driver.overwrites(voice.chat) == {}
    await driver.stop()


async def test_a_mute_outlives_the_move_of_its_group_and_ends_in_the_new_one(tmp_path):
    async with world("telegram", tmp_path) as here:
        kim, ana, evening = await led(here)
        await here.sees(ana, NOW, "room")
        await here.press(kim, f"floor:mute:{evening}:2", "room")
        await comes_to(here, select(standings.c.confirmed_at.is_not(None)), [(True,)])
        assert not here.driver.may_write(ana)
        api, old = here.driver.api, here.driver.group
        here.driver.group = api.migrate(old)
        here.driver.group.restricted = dict(old.restricted)  # Telegram takes them along
        await api.until(lambda: not api.world.waiting)
        await closed(here, evening)
        await comes_to(here, select(standings.c.id), [])
        assert here.driver.may_write(ana)


async def test_a_schedule_edited_while_its_announcement_is_being_sent_is_announced_as_it_is_then(here):
    """The old words were on their way; what follows them has the new time, and nothing is said twice."""
    ana = here.person("Ana")
    soon = Evening(starts_in=timedelta(minutes=20), moments={When.ANNOUNCE_PLAN: 0})
    evening = await promise(here.house.store, here, soon, here.clock.now())
    await comes_to(here, select(announce_plans.c.occurrence), [(evening.id,)])
    here.clock.move(minutes=5, seconds=2)
    await here.until(lambda: bool(sends(here)))
    later = evening.starts_at.replace(second=0) + timedelta(hours=2)

    async def moves(unit):
        before = await Meetings(unit).occurrence(evening.id)
        assert before is not None
        wall = later.replace(tzinfo=None).isoformat(timespec="minutes")
        await Meetings(unit).put_change(Change(before.series, before.original, starts=wall))
        await Meetings(unit).move(before, changed(before, starts_at=later, ends_at=later + timedelta(minutes=90)))
        for moment in (When.ANNOUNCE_PLAN, When.REMIND_PLAN, When.CHANGED):
            await unit.due.add(moment.due(here.clock.now(), evening.id))

    await here.house.store.transact(moves)
    await all_sent(here)
    here.clock.move(to=later - timedelta(minutes=15))
    await all_sent(here)
    news = [text for text in here.screen(ana, "room") if "starts soon" in text]
    assert len(news) == len(set(news)) <= 2
    await here.sees(ana, "starts soon", "room")
    assert await rows(here, select(occurrences.c.starts_at)) == [(later,)]
