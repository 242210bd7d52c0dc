"""A Telegram group becomes a supergroup in mid-evening, which gives it a new id."""

import pytest
from sqlalchemy import func, select

from bot.core.meetings import When
from storage.tables.communities import communities
from tests.evening.world import driver_for, world
from tests.faults.evenings import Evening, promise
from tests.faults.inside import all_sent, outcomes, rows


@pytest.fixture
async def here(tmp_path):
    """An evening in a small group, whose room is open."""
    driver = driver_for("telegram")
    driver.group = driver.api.world.add_group("Tuesday group", kind="group")
    await driver.start()
    async with world("telegram", tmp_path, driver=driver) as here:
        ana = here.person("Ana")
        here.person("Kim", facilitator=True)
        evening = Evening(moments={When.OPEN: 0, When.REMIND: 60}, reminded=[ana])
        await promise(here.house.store, here, evening, here.clock.now())
        await promise(here.house.store, here, Evening("Other", moments={When.ANNOUNCE_SOON: 30}), here.clock.now())
        await here.offers(ana, "I am here", "room")
        await all_sent(here)
        yield here
    await driver.stop()


@pytest.mark.parametrize("is_told", [True, False])
async def test_the_card_the_community_and_the_reminders_go_on_in_the_new_chat(here, is_told):
    """Also when the bot was not told, and learns it from a refusal."""
    api, old = here.driver.api, here.driver.group
    ana, kim = here.person("Ana"), here.person("Kim")
    if is_told:
        here.driver.group = api.migrate(old)
        await api.until(lambda: not api.world.waiting)
    else:
        here.driver.group = new = api.world.add_group(old.title)
        new.members, old.moved_to = old.members, new.id
    here.clock.move(seconds=30)
    await here.sees(ana, "Other starts soon", "room")

    await here.command(kim, "/meeting start", "room")
    await here.sees(ana, "Now: Welcome", "room")
    await here.press(ana, "I am here", "room")
    await here.sees(ana, "One person is here", "room")
    here.clock.move(seconds=60)
    await here.sees(ana, "Your reminder")
    await all_sent(here)
    assert len([text for text in here.screen(ana, "room") if text.startswith("Open evening")]) == 1
    assert await rows(here, select(func.count()).select_from(communities)) == [(1,)]
    assert {why for _, why in await outcomes(here)} <= {"", "replaced"}
