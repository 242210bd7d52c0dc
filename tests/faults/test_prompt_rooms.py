"""The room of a check-in prompt is deleted, over the wire: heard of when it happens, or found out by a send that fails."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.core.ids import new_id
from handlers.roster.records import Member
from storage.database import concrete
from storage.roster import Roster
from storage.tables.prompts import prompts
from tests.evening.evening import cast_of
from tests.evening.times import RunningClock
from tests.evening.world import world
from tests.faults.evenings import known
from tests.faults.inside import all_sent, comes_to, rows

THURSDAY = datetime(2026, 12, 3, 12, tzinfo=UTC)
SUNDAY = datetime(2026, 12, 6, 17, 0, 1, tzinfo=UTC)  # 18:00 in Berlin
CARD, LOST = "A check-in, in private", "send /community prompts in another room"
STATE = select(prompts.c.state)


@asynccontextmanager
async def set_up(name, folder):
    """Kim is on the roster, and has set up a check-in for Sundays."""
    async with world(name, folder, RunningClock(THURSDAY)) as here:
        cast = cast_of(here, "Ana")
        await here.house.store.transact(lambda unit: on_the_roster(unit, here, cast.persons["Kim"]))
        await cast.command("Kim", "/community prompts", "room")
        await cast.tap("Kim", "prompts.make_button", cast.own)
        await cast.tap("Kim", "prompts.run_button", cast.own)
        await comes_to(here, STATE, [("running",)])
        yield cast


async def on_the_roster(unit, here, somebody) -> None:
    person = await known(concrete(unit), here, somebody, here.clock.now())
    assert person.home is not None
    await Roster(unit).put(Member(new_id(), person.home, person.id, "Kim"), here.clock.now())


def told(cast) -> int:
    return sum(LOST in text for text in cast.here.screen(cast.persons["Kim"]))


async def is_lost_once(cast) -> None:
    here = cast.here
    await comes_to(here, STATE, [("lost",)])
    await cast.sees("Kim", LOST)
    for week in (13, 20):
        await cast.pass_time(to=SUNDAY.replace(day=week))
        await all_sent(here)
    assert told(cast) == 1
    assert await rows(here, STATE) == [("lost",)]


async def test_a_prompts_channel_deleted_on_discord_ends_it_and_the_roster_hears_of_it_once(tmp_path):
    async with set_up("discord", tmp_path) as cast:
        await cast.here.driver.delete_channel(cast.here.driver.server.world.room)
        await is_lost_once(cast)


@pytest.mark.parametrize("is_back", [True, False])
async def test_a_prompts_room_that_takes_nothing_on_discord_ends_it_and_the_roster_hears_of_it_once(tmp_path, is_back):
    async with set_up("discord", tmp_path) as cast:
        driver = cast.here.driver
        driver.take_permission(1 << 10, 1 << 11)
        await cast.pass_time(to=SUNDAY)
        await cast.sees("Kim", LOST)
        if is_back:  # it is started by a person, and not by itself
            driver.give_permission(1 << 10, 1 << 11)
        await is_lost_once(cast)
        assert not any(CARD in text for text in cast.here.screen(cast.persons["Ana"], "room"))


async def test_a_prompts_group_that_put_the_bot_out_on_telegram_ends_it_and_the_roster_hears_of_it_once(tmp_path):
    async with set_up("telegram", tmp_path) as cast:
        await cast.here.driver.remove_bot()
        await cast.pass_time(to=SUNDAY)
        await is_lost_once(cast)
