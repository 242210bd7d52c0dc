"""Fixtures: a meeting's room with check-ins and the agenda, on a real SQLite file."""

import pytest

from handlers import agenda
from storage.agenda import AgendaRows
from storage.meetings import Meetings
from tests.handlers.meetings.house import House, open_house
from tests.handlers.screens import press_of


@pytest.fixture
async def house(tmp_path, clock):
    async with open_house(tmp_path, clock, more=lambda texts: (agenda.feature(texts, AgendaRows, Meetings),)) as opened:
        yield opened


@pytest.fixture
async def running(house: House) -> House:
    """Three people are there, and check-ins are taken."""
    await house.plan()
    await house.pass_time(minutes=5)
    await evening_begins(house)
    return house


async def evening_begins(house: House, *who: str) -> None:
    """A facilitator starts; those who are there say so and have agreed; check-ins are handed out."""
    await house.type("fay", "/meeting start", leads=True)
    await house.work_off()
    for one in who or ("ann", "bob", "cat"):
        await house.consent(one)
        await house.press(one, press_of(house.card, "I am here"))
        house.clock.move(seconds=1)
    await house.type("fay", "/meeting checkin", leads=True)
    await house.work_off()


async def wants(house: House, who: str, topic: str, name: str = "") -> None:
    named = ("With a name", name) if name else ("Without my name",)
    await house.answer_checkin(who, "5", "Skip", "Skip", topic, *named, "Save")
    house.clock.move(seconds=1)
    await house.work_off()
