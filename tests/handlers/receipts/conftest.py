"""Fixtures: a house on a real SQLite file, with receipts, and what somebody sees who has one."""

import pytest

from tests.handlers.afterwards.evenings import evening
from tests.handlers.receipts.house import confirmed, receipts_house


@pytest.fixture
async def house(tmp_path, clock):
    async with receipts_house(tmp_path, clock) as opened:
        yield opened


@pytest.fixture
async def telegram_house(tmp_path, clock):
    async with receipts_house(tmp_path, clock, "telegram", base="") as opened:
        yield opened


@pytest.fixture
async def screen(house):
    return await confirmed(house, "ana", await evening(house, "ana", "ben"))
