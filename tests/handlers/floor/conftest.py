"""Fixtures: a room on a real SQLite file."""

import pytest

from tests.handlers.floor.house import open_house


@pytest.fixture
async def house(tmp_path, clock):
    async with open_house(tmp_path, clock) as opened:
        yield opened
