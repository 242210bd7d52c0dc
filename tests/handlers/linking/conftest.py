"""Fixtures: the whole house with three platforms, without their wires; and what is logged."""

import pytest

from tests.security.conftest import lines
from tests.security.inside import opened

__all__ = ["lines"]


@pytest.fixture
async def inside(tmp_path, clock):
    async with opened(tmp_path, clock) as made:
        yield made
