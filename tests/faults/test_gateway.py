"""Discord's connection is lost during an evening."""

import asyncio

import pytest

from bot.core.meetings import When
from tests.evening.world import world
from tests.faults.evenings import Evening, promise


@pytest.fixture
async def here(tmp_path):
    """An evening whose room is open."""
    async with world("discord", tmp_path) as here:
        await promise(here.house.store, here, Evening(moments={When.OPEN: 0}), here.clock.now())
        await here.offers(here.person("Ana"), "I am here", "room")
        yield here


async def test_a_press_while_nobody_was_connected_counts_once_the_session_is_resumed(here):
    gateway = here.driver.server.gateway
    people = [here.person(name) for name in ("Ana", "Ben", "Cleo")]
    await gateway.drop()
    await asyncio.gather(*(here.press(person, "I am here", "room") for person in people), return_exceptions=True)
    await here.sees(here.person("Dan"), "3 people are here", "room")
    assert (gateway.identified, gateway.resumed) == (1, 1)


async def test_messages_are_sent_while_the_connection_is_lost(here):
    gateway = here.driver.server.gateway
    gateway.sessions.clear()
    await gateway.drop()
    await promise(here.house.store, here, Evening("Other", moments={When.ANNOUNCE_SOON: 0}), here.clock.now())
    await here.sees(here.person("Ana"), "Other starts soon", "room")
    assert not gateway.ready.is_set()


async def test_after_an_ended_session_the_evening_goes_on_in_a_new_one(here):
    gateway = here.driver.server.gateway
    await here.press(here.person("Ana"), "I am here", "room")
    await gateway.invalidate()
    while not gateway.ready.is_set():
        here.clock.move(seconds=1)  # Discord wants a pause before the next
        await asyncio.sleep(0.02)
    await here.press(here.person("Ben"), "I am here", "room")
    await here.sees(here.person("Dan"), "2 people are here", "room")
    assert gateway.identified == 2
