"""Fixtures: somebody in a small flow."""

import pytest

from tests.core.somebody import Person


@pytest.fixture
def person() -> Person:
    return Person()
