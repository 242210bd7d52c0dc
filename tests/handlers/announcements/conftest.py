"""Fixtures: a house on a real SQLite file."""

import pytest

from bot.core.meetings import Series
from tests.handlers.announcements.house import House, open_house


@pytest.fixture
async def house(tmp_path, clock):
    async with open_house(tmp_path, clock) as opened:
        yield opened


@pytest.fixture
async def telegram_house(tmp_path, clock):
    async with open_house(tmp_path, clock, "telegram") as opened:
        yield opened


@pytest.fixture
async def series(house: House) -> Series:
    made = await house.make(title="Open evening", day="TH")
    await house.work_off()
    return made
