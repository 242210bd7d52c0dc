"""Fixtures: each platform in turn."""

import pytest

from tests.platforms.stage import staged


@pytest.fixture(params=["discord", "telegram", "web"])
async def stage(request):
    async with staged(request.param) as opened:
        yield opened
