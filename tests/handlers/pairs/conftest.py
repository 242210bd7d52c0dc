"""Fixtures: a house, and people of one community on platforms where words without a name may pass."""

import pytest

from tests.handlers.pairs.house import open_house


@pytest.fixture
async def house(tmp_path, clock):
    async with open_house(tmp_path, clock) as opened:
        yield opened


@pytest.fixture
async def ana(house):
    return await house.meet("ana")


@pytest.fixture
async def ben(house):
    return await house.meet("ben", "web")
