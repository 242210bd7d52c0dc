"""Very many people, or two at once: what is counted is right, what is pressed twice happens once, nobody is punished for coming."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from tests.evening.evening import LOBBY, Evening, cast_of
from tests.evening.world import PLATFORMS, world

CROWD = 300
RAID = 50


@asynccontextmanager
async def led_by_two(name, tmp_path):
    """The lobby is open; Kim hosts, Sam is here as well, and Ana came."""
    async with world(name, tmp_path) as here:
        cast = cast_of(here, "Ana", facilitators=("Kim", "Sam"))
        evening = Evening(cast)
        await evening.plan()
        await cast.sees("Kim", "Saved", cast.own)
        await cast.pass_time(to=LOBBY)
        await evening.come("Ana")
        await evening.lead()
        await cast.sees("Kim", "You host this meeting", cast.own)
        yield evening


async def test_three_hundred_people_come_within_ten_seconds_on_discord(tmp_path):
    async with world("discord", tmp_path) as here:
        cast = cast_of(here, *(f"Person {number}" for number in range(CROWD)))
        await Evening(cast).plan()
        await cast.sees("Kim", "Saved", "room")
        await cast.pass_time(to=LOBBY)
        crowd = [person for name, person in cast.persons.items() if name != "Kim"]
        await cast.sees("Kim", "The room is open", "room")
        await asyncio.gather(*(here.press(person, "I am here", "room") for person in crowd))
        for _ in range(3):
            await cast.pass_time(seconds=10)
        await cast.sees("Kim", f"{CROWD} people are here", "room")
        for person in crowd:
            assert any("You are in." in text for text in here.screen(person, "room"))
        cards = [text for text in here.screen(cast.persons["Kim"], "room") if "people are here" in text]
        assert len(cards) == 1


@pytest.mark.parametrize("name", PLATFORMS)
async def test_two_facilitators_press_next_at_once_and_the_meeting_goes_on_by_one(name, tmp_path):
    async with led_by_two(name, tmp_path) as evening:
        cast = evening.cast
        await evening.at(0)
        await evening.start()
        await cast.sees("Ana", "Now: Welcome", "room")
        await cast.tap("Sam", "meetings.panel_button", "room")
        await cast.sees("Sam", "Someone else hosts this meeting", cast.own)
        await asyncio.gather(evening.next("checkin", "Kim"), evening.next("checkin", "Sam"))
        for who in ("Kim", "Sam"):
            await cast.here.until(lambda who=who: "Next: Agenda" in cast.here.labels(cast.persons[who], cast.own))
        await cast.sees("Ana", "Now: Check-in", "room")
        await cast.sees("Ana", "Check-in, until about", "room")
        lines = [text for text in cast.here.screen(cast.persons["Ana"], "room") if text.startswith("Check-in, until")]
        assert len(lines) == 1


@pytest.mark.parametrize("name", PLATFORMS)
async def test_another_facilitator_takes_over_from_one_whose_connection_is_lost(name, tmp_path):
    async with led_by_two(name, tmp_path) as evening:
        cast = evening.cast
        await evening.at(0)
        await evening.start()
        await evening.lead("Sam")
        await cast.sees("Sam", "You host this meeting", cast.own)
        await evening.next("checkin", "Sam")
        await cast.sees("Ana", "Now: Check-in", "room")
        await cast.tap("Kim", "meetings.refresh_button", cast.own)
        await cast.sees("Kim", "Someone else hosts this meeting", cast.own)


async def test_a_raid_is_offered_to_the_hosts_and_nothing_happens_to_anybody(tmp_path):
    async with led_by_two("telegram", tmp_path) as evening:
        cast, driver = evening.cast, evening.cast.here.driver
        await evening.at(0)
        await evening.start()
        strangers = [driver.api.world.add_user(f"New {number}") for number in range(RAID)]
        for stranger in strangers:
            assert await driver.join_group(stranger)
        await cast.sees("Kim", "Many new accounts came within a minute. Nothing has been done.")
        await cast.tap("Kim", "floor.raid_fine_button")
        await cast.sees("Kim", "Fine. Nothing was changed")
        assert sum("Many new accounts" in text for text in cast.here.screen(cast.persons["Kim"])) <= 1
        assert all(driver.restricted(one) is None and driver.banned(one) is None for one in strangers)
        assert all(not driver.messages(one) for one in strangers)
