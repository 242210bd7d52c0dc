"""Rooms of several kinds: in writing on a slow telephone, for family, a forum's topic, a voice channel; and one that runs over."""

from contextlib import asynccontextmanager

import pytest

from tests.evening.evening import LINES, LOBBY, Evening, cast_of
from tests.evening.world import PLATFORMS, world
from tests.servers.discord.driver import DiscordDriver
from tests.servers.telegram.driver import TelegramDriver


@asynccontextmanager
async def opened(name, tmp_path, *names, driver=None, **how):
    async with world(name, tmp_path, driver=driver, **how) as here:
        cast = cast_of(here, *names)
        evening = Evening(cast)
        await evening.plan()
        await cast.sees("Kim", "Saved", cast.own)
        yield evening


async def test_a_meeting_in_writing_waits_for_nobodys_slow_telephone(tmp_path):
    async with opened("telegram", tmp_path, "Ana", "Ben") as evening:
        cast = evening.cast
        await cast.tap("Kim", "series.turn_on", what=cast.label("series.option_text_only"))
        await cast.sees("Kim", "Text only")
        await cast.pass_time(to=LOBBY)
        await cast.sees("Ana", "We write here, one after another", "room")
        await evening.come("Ana", "Ben")
        await evening.lead()
        await evening.at(0)
        await evening.start()
        gate = cast.here.driver.api.hold("sendMessage", cast.persons["Ana"].id)
        await evening.open_checkin()
        await evening.check_in("Ben", "6", "planning")
        await cast.sees("Kim", "Check-ins: 1 of 3", "room")
        gate.open()
        await evening.check_in("Ana", "5", "urge")
        await cast.sees("Kim", "Check-ins: 2 of 3", "room")
        assert sum("Your check-in is open" in text for text in cast.here.screen(cast.persons["Ana"])) <= 1


@pytest.mark.parametrize("name", PLATFORMS)
async def test_a_meeting_for_family_is_in_no_list_for_participants(name, tmp_path):
    async with world(name, tmp_path) as here:
        cast = cast_of(here, "Ana")
        evening = Evening(cast)
        await evening.plan("Close ones")
        await cast.tap("Kim", "series.to_family", cast.own)
        await cast.sees("Kim", "For family and friends", cast.own)
        await evening.plan("Open evening")
        await cast.sees("Kim", "Saved: Open evening", cast.own)
        await cast.command("Ana", "/meetings", "room")
        listed = await cast.sees("Ana", "Open evening", cast.own)
        assert "Close ones" not in listed
        await cast.tap("Ana", "directory.see_family", cast.own)
        family = await cast.sees("Ana", "Close ones", cast.own)
        assert "Open evening" not in family


async def test_a_forum_topic_is_a_room_of_its_own(tmp_path):
    async with TelegramDriver(forum=True) as driver, world("telegram", tmp_path, driver=driver) as here:
        cast = cast_of(here, "Ana")
        topic = driver.new_topic("Tuesdays")
        driver.type(cast.persons["Kim"], f"/meeting create {LINES['en'].format('Open evening')}", "room", thread=topic)
        await cast.tap("Kim", "series.save_button")
        await cast.sees("Kim", "Saved")
        await cast.pass_time(to=LOBBY)
        await cast.sees("Ana", "The room is open", "room")
        await Evening(cast).come("Ana")
        await cast.sees("Ana", "One person is here", "room")
        assert {message.thread for message in driver.messages(cast.persons["Ana"], "room")} == {topic}


async def test_who_is_muted_in_voice_is_heard_again_when_the_meeting_ends(tmp_path):
    async with DiscordDriver() as driver:
        voice = driver.new_channel("Evening", "voice").chat
        driver.server.world.room = voice
        async with opened("discord", tmp_path, "Ana", "Ben", driver=driver) as evening:
            cast = evening.cast
            ana, ben = cast.persons["Ana"], cast.persons["Ben"]
            await cast.pass_time(to=LOBBY)
            await evening.come("Ana", "Ben")
            await evening.lead()
            for person in (ana, ben):
                assert await driver.join_voice(person, voice)
            await evening.at(0)
            await evening.start()
            await evening.raise_hand("Ana", "Ana", first=True)
            await evening.raise_hand("Ben", "Ben", first=True)
            for name in ("Ana", "Ben"):
                await cast.tap("Kim", "meetings.panel_button", "room")
                await cast.tap("Kim", "meetings.order_button", "room")
                await cast.tap("Kim", "floor.people_button", "room")
                await cast.press("Kim", name, "room")
                await cast.tap("Kim", "floor.mute_button", "room")
            await cast.here.until(lambda: driver.muted(ana) and driver.muted(ben))
            await driver.leave_voice(ben)
            await cast.tap("Kim", "meetings.panel_button", "room")
            await evening.end()
            await cast.here.until(lambda: not driver.muted(ana))
            await driver.join_voice(ben, voice)
            await cast.here.until(lambda: not driver.muted(ben))


async def test_a_room_that_runs_over_keeps_its_check_out_and_closes_by_itself(tmp_path):
    async with opened("discord", tmp_path, "Ana") as evening:
        cast = evening.cast
        await cast.pass_time(to=LOBBY)
        await evening.come("Ana")
        await evening.lead()
        await evening.at(0)
        await evening.start()
        await evening.at(75.1)
        await cast.sees("Ana", "This time is kept for everyone's way out", "room")
        await evening.at(91)
        await cast.tap("Kim", "meetings.refresh_button", "room")
        await cast.tap("Kim", "meetings.stay_button", "room")
        await evening.at(106)
        await cast.tap("Kim", "meetings.refresh_button", "room")
        await cast.sees("Kim", "16 minutes past its end", "room")
        await evening.at(134)
        assert not any("has ended" in text for text in cast.here.screen(cast.persons["Ana"], "room"))
        await evening.at(135.1)
        await cast.sees("Ana", "This meeting has ended", "room")
