"""A house over an SQLite file, and people in it."""

import pytest

from tests.handlers.flows.driving import House
from tests.handlers.flows.later_house import shelf_texts
from tests.stores import storage_for_tests


@pytest.fixture
async def store(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as opened:
        yield opened


@pytest.fixture
def house(store, clock):
    return House(store, clock)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """The texts of the flows of `shelf`, beside the shipped ones."""
    return shelf_texts(tmp_path_factory.mktemp("shelf"))


@pytest.fixture
async def alice(house):
    return await house.person("alice")


@pytest.fixture
async def bob(house):
    return await house.person("bob")
