"""The house on each platform, the house without its wires, and what is logged."""

import io
import logging
from collections.abc import AsyncIterator, Iterator

import pytest
import structlog

from bot.runtime.logs import set_up_logs
from tests.evening.world import PLATFORMS, World, world
from tests.security.inside import Inside, opened


@pytest.fixture(params=PLATFORMS)
async def here(request, tmp_path) -> AsyncIterator[World]:
    async with world(request.param, tmp_path) as made:
        yield made


@pytest.fixture
async def inside(tmp_path, clock) -> AsyncIterator[Inside]:
    async with opened(tmp_path, clock) as made:
        yield made


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged, with every library talking as much as it can; and the logging of before put back after it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    out = io.StringIO()
    set_up_logs("DEBUG", out)
    for name in ("", *logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield out
    logging.captureWarnings(False)
    for name in logging.root.manager.loggerDict:
        logging.getLogger(name).setLevel(logging.NOTSET)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
