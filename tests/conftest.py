"""Fixtures that every test may use."""

from datetime import UTC, datetime

import pytest

from tests.fakes import HeldClock


@pytest.fixture
def clock() -> HeldClock:
    """A clock that stands at Tuesday 2026-12-01 18:00 UTC until a test moves it."""
    return HeldClock(datetime(2026, 12, 1, 18, 0, tzinfo=UTC))
