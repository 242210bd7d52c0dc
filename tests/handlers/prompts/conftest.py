"""Fixtures: a house on a real SQLite file."""

import pytest

from tests.handlers.prompts.house import open_house


@pytest.fixture
async def house(tmp_path, clock):
    async with open_house(tmp_path, clock) as opened:
        yield opened


@pytest.fixture
async def telegram_house(tmp_path, clock):
    async with open_house(tmp_path, clock, "telegram") as opened:
        yield opened
