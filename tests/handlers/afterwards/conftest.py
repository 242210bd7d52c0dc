"""Fixtures: a house on a real SQLite file, with the evening after."""

import pytest

from handlers import afterwards
from storage.afterwards import Afterwards
from storage.meetings import Meetings
from tests.handlers.meetings.house import open_house


@pytest.fixture
async def house(tmp_path, clock):
    async with open_house(tmp_path, clock, more=lambda texts: (afterwards.feature(texts, Meetings, Afterwards),)) as opened:
        yield opened


@pytest.fixture
async def telegram_house(tmp_path, clock):
    async with open_house(
        tmp_path, clock, "telegram", more=lambda texts: (afterwards.feature(texts, Meetings, Afterwards),)
    ) as opened:
        yield opened
