"""Fixtures for everything stored."""

import pytest

from tests.stores import storage_for_tests


@pytest.fixture
async def store(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as opened:
        yield opened
