"""Fixtures: a house on a real SQLite file, with receipts."""

import pytest

from tests.handlers.receipts.house import receipts_house


@pytest.fixture
async def house(tmp_path, clock):
    async with receipts_house(tmp_path, clock) as opened:
        yield opened


@pytest.fixture
async def telegram_house(tmp_path, clock):
    async with receipts_house(tmp_path, clock, "telegram", base="") as opened:
        yield opened
