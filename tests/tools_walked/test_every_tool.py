"""Every tool, on every platform, over the wire: from its command to Keep, each screen answered with what it shows."""

import pytest

from tests.evening.world import PLATFORMS
from tests.tools_walked.houses import Houses
from tests.tools_walked.screens import FLOWS, Someone
from tests.tools_walked.walking import Walk

TOOLS = sorted(name for name, flow in FLOWS.items() if flow.commands or name == "kit")  # /kit is a feature's
OF_FEATURES = frozenset({"plan", "kit"})  # a feature keeps what they come to, not as an entry


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_tool_is_used_to_its_end_and_kept_as_answered(houses: Houses, platform: str, tool: str):
    person = await Someone.of(await houses.on(platform))
    try:
        walk = Walk(person, FLOWS[tool])
        await walk.begin()
        await walk.to_summary()
        if walk.flow.beside.stores:
            await kept_as_answered(walk)
        else:
            await walk.tap("common.close")
            assert await person.entries() == []
        assert await person.under_way() == []
        await person.types("/continue")
        await person.sees(person.say.label("flow.nothing_waits"))
    finally:
        await person.leave()


async def kept_as_answered(walk: Walk) -> None:
    person = walk.person
    shown = await walk.reads_summary()
    unseen = [words for words in own_words(walk) if words not in shown]
    assert not unseen, f"the summary leaves out {unseen}: {shown}"
    if walk.flow.picture is not None and any(name in walk.told for part in walk.flow.picture.parts.values() for name in part):
        await person.here.until(lambda: person.pictures() > 0, lambda: f"no picture came: {person.screen()}")
    await walk.keeps()
    if walk.flow.name in OF_FEATURES:
        held = await person.held()
        assert all(words in held for words in own_words(walk))
        return
    (entry,) = await person.entries()
    assert entry.tool == walk.flow.name
    walk.as_told(entry.answers)


def own_words(walk: Walk) -> list[str]:
    """Return the person's own words as they were given at last."""
    return [words for name, said in walk.words.items() for words in said if words in str(walk.told[name])]
