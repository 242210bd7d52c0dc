"""A house over an SQLite file, and people in it."""

import pytest

from tests.handlers.flows.driving import House
from tests.stores import storage_for_tests


@pytest.fixture
async def store(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as opened:
        yield opened


@pytest.fixture
def house(store, clock):
    return House(store, clock)


@pytest.fixture
async def alice(house):
    return await house.person("alice")


@pytest.fixture
async def bob(house):
    return await house.person("bob")
