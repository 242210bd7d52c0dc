"""Fixtures of the runtime's tests."""

import pytest

from tests.fakes import HeldClock
from tests.runtime.fakes import SteppedClock
from tests.runtime.house import House
from tests.runtime.memory import MemoryStore
from tests.runtime.moments import Moments
from tests.runtime.sending import Post


@pytest.fixture
def stepped(clock: HeldClock) -> SteppedClock:
    """A clock on which sleeping takes as long as the test says."""
    return SteppedClock(clock.now())


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def house(store: MemoryStore, stepped: SteppedClock) -> House:
    return House(store, stepped)


@pytest.fixture
def moments(store, stepped) -> Moments:
    return Moments(store, stepped)


@pytest.fixture
def post(stepped) -> Post:
    return Post(stepped)
