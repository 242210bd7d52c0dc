"""Fixtures: a house on a real SQLite file. The clock stands at Tuesday 2026-12-01 18:00 UTC, 19:00 in Berlin."""

import pytest

from tests.handlers.directory.house import House, open_house
from tests.handlers.noticeboard.house import BOARD


@pytest.fixture
async def house(tmp_path, clock):
    async with open_house(tmp_path, clock) as opened:
        yield opened


@pytest.fixture
async def telegram_house(tmp_path, clock):
    async with open_house(tmp_path, clock, "telegram") as opened:
        yield opened


@pytest.fixture
async def hanging(house: House) -> House:
    await house.make("Open evening")
    await house.type("fay", BOARD, leads=True)
    await house.work_off()
    return house
