"""Fixtures: the desk, and a browser at it."""

import pytest

from tests.pages.browser import browsing
from tests.pages.desk import Desk, NoStore


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def browser(desk, clock):
    async with browsing((desk.feature,), NoStore(), clock) as opened:
        yield opened
