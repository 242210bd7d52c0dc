"""Three days without the bot: what was for those days is not said any more, and everything goes on from now."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.meetings import When
from storage.tables.due import due
from storage.tables.meetings import occurrences
from tests.evening.times import TUESDAY, RunningClock
from tests.evening.world import driver_for, world
from tests.faults.evenings import Evening, agree, promise
from tests.faults.inside import all_sent, comes_to, outcomes, rows

EVENING = Evening(
    starts_in=timedelta(hours=20),
    moments={
        When.ANNOUNCE_DAY: 3600,
        When.ANNOUNCE_SOON: 19.75 * 3600,
        When.REMIND: 19.75 * 3600,
        When.OPEN: 19.8 * 3600,
        When.CLOSING: 21 * 3600,
        When.CLOSE: 22 * 3600,
    },
)


@pytest.fixture(params=["discord", "telegram"])
async def driver(request):
    driver = driver_for(request.param)
    await driver.start()
    yield driver
    await driver.stop()


async def test_nothing_old_is_said_one_evening_is_planned_and_a_timer_says_that_it_is_late(driver, tmp_path):
    async with world(driver.name, tmp_path, driver=driver) as here:
        ana, ben = here.person("Ana"), here.person("Ben")
        planned = await promise(here.house.store, here, replace(EVENING, reminded=[ben]), here.clock.now())
        await here.command(ana, "/dents")
        await agree(here, ana)
        for label in ("For now", "8", "D: delay", "Done", "5 min"):
            await here.offers(ana, label)
            await here.press(ana, label)
        await here.sees(ana, "The timer runs")

    async with world(driver.name, tmp_path, RunningClock(TUESDAY + timedelta(days=3)), driver) as here:
        await here.sees(ana, "Your 5 minutes are over. (delayed)")
        states = select(occurrences.c.state, occurrences.c.starts_at).order_by(occurrences.c.starts_at)
        next_week = planned.starts_at + timedelta(days=7)
        await comes_to(here, states, [("closed", planned.starts_at), ("planned", next_week)])
        await all_sent(here)
        assert here.screen(ben, "room") == []
        assert here.screen(ben) == []
        past = select(due.c.kind).where(due.c.kind.like("room.%"), due.c.at <= here.clock.now())
        await comes_to(here, past, [])
        moments = await rows(here, select(due.c.kind, due.c.at).where(due.c.kind.like("room.%")))
        assert all(at > here.clock.now() for _, at in moments)
        kinds = sorted(kind.removeprefix("room.") for kind, _ in moments)
        assert kinds == ["claim", "close", "closing", "duty", "open", "plan", "remind", "start"]
        assert await outcomes(here) == [("sent", "")]
        assert sum("are over" in text for text in here.screen(ana)) == 1

        here.clock.move(to=next_week - timedelta(days=1))
        await here.sees(ben, "Coming up: Open evening", "room")
