"""Fixtures: a house on a real SQLite file, and a reader who comes over HTTP."""

import pytest

from tests.handlers.calendars.house import open_house
from tests.pages.browser import browsing


@pytest.fixture
async def house(tmp_path, clock):
    async with open_house(tmp_path, clock) as opened:
        yield opened


@pytest.fixture
async def telegram_house(tmp_path, clock):
    async with open_house(tmp_path, clock, "telegram") as opened:
        yield opened


@pytest.fixture
async def browser(house, clock):
    async with browsing((house.feature,), house.store, clock) as opened:
        house.base[0] = opened.base
        yield opened
