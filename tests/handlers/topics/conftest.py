"""Fixtures: a house with topics on a real SQLite file. The clock stands at Tuesday 2026-12-01 18:00 UTC, 19:00 in Berlin."""

import pytest

from tests.handlers.topics.acting import allow_unnamed, open_weekly
from tests.handlers.topics.house import open_house


@pytest.fixture(params=["telegram"])
def platform(request):
    return request.param


@pytest.fixture
async def house(tmp_path, clock, platform):
    async with open_house(tmp_path, clock, platform) as opened:
        yield opened


@pytest.fixture
async def topic(house):
    """The topic of the week, open, in a community that allows writing without a name."""
    await allow_unnamed(house)
    return await open_weekly(house)
