"""Another phone, another platform: what a person began waits for them wherever they are they."""

import pytest

from tests.handlers.linking.people import labels, link
from tests.security.inside import YES, opened, text_of


@pytest.fixture
async def inside(tmp_path, clock):
    async with opened(tmp_path, clock) as made:
        yield made


async def test_a_tool_begun_on_discord_goes_on_in_telegram_a_week_later(inside):
    here, there = inside.person("ana", "discord"), inside.person("77", "telegram")
    await link(here, there)
    await here.command("/rulers")
    await here.tap("Skip", "7")
    stood = text_of(here.screen).splitlines()[0]
    await inside.moments(days=7)
    await there.command("/continue")
    assert text_of(there.screen).splitlines()[0] == stood
    await there.tap("Back")
    assert "Leave as it is" in labels(there)  # the seven is there


async def test_two_that_were_begun_apart_both_wait_after_linking(inside):
    here, there = inside.person("ana", "discord"), inside.person("77", "telegram")
    for who, tool in ((here, "/rulers"), (there, "/values")):
        await who.command(tool)
        await who.tap(YES)
    await link(here, there)
    await there.command("/continue")
    found = "\n".join(labels(there))
    assert "Two rulers" in found
    assert "What matters to me" in found
