"""Five hundred meetings that begin in the same minute, in fifty rooms: each is announced and opens, and people are answered."""

import asyncio
from datetime import time, timedelta

from sqlalchemy import func, select

from bot.core.calls import Place
from bot.core.ids import MeetingId, new_id
from bot.core.meetings import Series, State
from bot.core.ports import Unit
from bot.core.schedule import Schedule
from handlers.series import plan_missing
from storage.database import concrete
from storage.meetings import Meetings
from storage.tables.due import due
from storage.tables.meetings import occurrences
from storage.tables.outbox import outbox
from tests.evening.evening import LOBBY, SEVEN, SOON
from tests.evening.times import StillClock
from tests.evening.world import World, world
from tests.faults.inside import rows

ROOMS, EACH = 50, 10
PATIENCE = 60.0  # seconds; only a failing test takes them
MANY = ROOMS * EACH


async def made(here: World, places: list[Place]) -> None:
    """Put ten meetings into each room, all on Tuesdays at seven, and plan them as an hour's housekeeping does."""

    async def save(unit) -> None:
        for place in places:
            community = await unit.communities.find_or_make(place.platform, place.space)
            room = await unit.rooms.find_or_make(community.id, place)
            for number in range(EACH):
                schedule = Schedule("Europe/Berlin", SEVEN.date(), time(19, 0), "FREQ=WEEKLY;BYDAY=TU")
                series = Series(MeetingId(new_id()), community.id, room.id, f"Meeting {number}", schedule, timedelta(minutes=90))
                await Meetings(concrete(unit)).add_series(series)

    await here.house.store.transact(save)
    after = ""

    async def plan(unit: Unit) -> str:
        return await plan_missing(unit, Meetings(unit), here.clock.now(), after)

    while after := await here.house.store.transact(plan):
        pass


async def sent(here: World, promised: int) -> None:
    """Let time pass until so many messages are sent and none waits; only while nothing moves by itself."""
    last = -1
    async with asyncio.timeout(PATIENCE):
        while True:
            states = dict(await rows(here, select(outbox.c.state, func.count()).group_by(outbox.c.state)))
            done = states.get("sent", 0)
            if done >= promised and set(states) == {"sent"}:
                return
            if done == last:
                here.clock.move(seconds=0.5)
            last = done
            await asyncio.sleep(0.05)


async def nothing_due(here: World) -> None:
    """Wait until what is due by now is done."""
    async with asyncio.timeout(PATIENCE):
        while await rows(here, select(due.c.key).where(due.c.at <= here.clock.now()).limit(1)):  # noqa: ASYNC110 - a row sends no event
            await asyncio.sleep(0.05)


async def in_state(here: World, state: State) -> int:
    [(count,)] = await rows(here, select(func.count()).select_from(occurrences).where(occurrences.c.state == state.value))
    return int(count)


async def test_five_hundred_meetings_of_one_minute_all_open_and_none_is_lost(tmp_path):
    async with world("discord", tmp_path, StillClock(SOON - timedelta(hours=2))) as here:
        places = [here.driver.new_channel(f"room-{number}") for number in range(ROOMS)]
        await here.driver.readd_bot()
        await made(here, places)
        await nothing_due(here)
        await here.pass_time(to=SOON)
        await sent(here, MANY)
        await here.pass_time(to=LOBBY)
        ana = here.person("Ana")
        await here.command(ana, "/now")
        await here.sees(ana, "112")
        await sent(here, 2 * MANY)
        assert await in_state(here, State.LOBBY) == MANY
        for place in places:
            texts = [one.content for one in here.driver.server.world.messages.values() if one.channel == place.chat]
            assert sum("The room is open" in text for text in texts) == EACH
            assert sum("starts soon" in text for text in texts) == EACH
