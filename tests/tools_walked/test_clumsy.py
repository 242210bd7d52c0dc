"""Every tool, used clumsily: nothing that was answered is lost, nothing of another person is seen."""

import pytest

from tests.evening.world import PLATFORMS
from tests.tools_walked.clumsy import Clumsy
from tests.tools_walked.houses import Houses
from tests.tools_walked.screens import FLOWS, Someone
from tests.tools_walked.test_every_tool import OF_FEATURES, TOOLS, own_words


@pytest.mark.parametrize("tool", TOOLS)
async def test_whoever_is_clumsy_ends_with_what_they_answered(houses: Houses, tool: str):
    number = TOOLS.index(tool)
    shared = await houses.on(PLATFORMS[number % 3])
    person, stranger = await Someone.of(shared), await Someone.of(shared)
    try:
        walk = Clumsy(person, FLOWS[tool], number)
        await walk.begin()
        await walk.to_summary()
        assert len(walk.did) > 1
        if walk.flow.beside.stores:
            shown = await walk.reads_summary()
            assert all(words in shown for words in own_words(walk))
            await walk.keeps()
            if tool in OF_FEATURES:
                held = await person.held()
                assert all(words in held for words in own_words(walk))
            else:
                (entry,) = await person.entries()
                walk.as_told(entry.answers)
        else:
            await walk.tap("common.close")
        assert await person.under_way() == []
        await stranger.sit_down()
        await stranger.types(f"/{(*walk.flow.commands, tool)[0]}")
        assert not any(person.name in text for text in stranger.screen())
    finally:
        await person.leave()
        await stranger.leave()
