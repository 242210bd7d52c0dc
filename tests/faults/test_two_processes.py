"""Two houses on one database server keep one community's evening: a mute and its end, a place on the waiting list, once each."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.core.meetings import Options, State, When
from storage.tables.floor import standings
from storage.tables.reminders import goings
from tests.faults.evenings import Evening, promise
from tests.faults.inside import all_sent, comes_to

OPEN = Evening(starts_in=timedelta(minutes=-10), state=State.OPEN, moments={When.CARD: 0, When.CLOSE: 110 * 60})
OFFER = "A place is free"


async def test_a_power_is_asked_for_once_and_undone_once(street):
    here = street.here
    kim, eve = here.person("Kim", facilitator=True), here.person("Eve")
    evening = await promise(here.house.store, here, replace(OPEN, here=[kim, eve], leading=[kim]), here.clock.now())
    async with street.second():
        await here.offers(kim, "I am here", "room")
        await asyncio.gather(*(here.press(kim, f"floor:mute:{evening.id}:2", "room") for _ in range(2)))
        await comes_to(here, select(standings.c.standing, standings.c.confirmed_at.is_not(None)), [("muted", True)])
        assert not here.driver.may_write(eve)
        await here.sees(eve, "You are muted")  # what is said of it is soon too late to say
        here.clock.move(minutes=111)
        await comes_to(here, select(standings.c.id), [])
        await all_sent(here)
    assert here.driver.may_write(eve)
    assert len(here.driver.api.of("restrictChatMember")) == 2
    assert len([text for text in here.screen(eve) if "You are muted" in text]) == 1
    assert len([text for text in here.screen(eve, "room") if text.startswith("Open evening")]) == 1


async def test_a_free_place_is_offered_to_one(street):
    here = street.here
    people = [here.person(name) for name in ("Ana", "Ben", "Cleo", "Dan")]
    full = Evening(starts_in=timedelta(hours=3), options=Options(capacity=2), going=people[:2], waiting=people[2:])
    evening = await promise(here.house.store, here, full, here.clock.now())
    async with street.second():
        for person in people[:2]:
            await here.command(person, "/language")
        await asyncio.gather(*(here.press(person, f"reminders:set:{evening.id}:no") for person in people[:2]))
        for person in people[2:]:
            await here.sees(person, OFFER)
        await all_sent(here)
    for person in people[2:]:
        assert len([text for text in here.screen(person) if OFFER in text]) == 1
    await comes_to(
        here,
        select(goings.c.standing).order_by(goings.c.standing),
        [("not",), ("not",), ("offered",), ("offered",)],
    )
