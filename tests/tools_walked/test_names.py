"""A tool answers to each of its names: the present one, the older ones, and those of every language."""

import pytest

from bot.core.flow import Flow
from tests.evening.world import PLATFORMS
from tests.tools_walked.houses import Houses
from tests.tools_walked.screens import FLOWS, LANGUAGES, TEXTS, Someone, bare
from tests.tools_walked.test_every_tool import TOOLS
from tests.tools_walked.walking import Walk


def names_of(flow: Flow) -> list[str]:
    """Return every name under which somebody may call it."""
    key = f"{flow.name}.names"
    spoken = [TEXTS.of(language).label(key) for language in LANGUAGES if TEXTS.of(language).has(key)]
    names = [*flow.commands, *(name.strip() for line in spoken for name in line.split(","))]
    return list(dict.fromkeys(name for name in names if name))


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("platform", ["telegram", "web"])
async def test_a_tool_answers_to_every_name(houses: Houses, platform: str, tool: str):
    person = await Someone.of(await houses.on(platform))
    try:
        walk = Walk(person, FLOWS[tool])
        await walk.begin()
        first = await walk.state()
        for name in names_of(walk.flow):
            await person.types(f"/{name}")
            now = await walk.state()
            assert (now.flow, now.at, now.answers) == (first.flow, first.at, first.answers), name
            walk.stands(now)
        assert len(await person.under_way()) == 1
    finally:
        await person.leave()


@pytest.mark.parametrize("tool", TOOLS)
async def test_discord_lists_a_tool_by_its_names_and_in_the_persons_language(houses: Houses, tool: str):
    person = await Someone.of(await houses.on("discord"))
    listed = {one["name"]: one for one in person.here.driver.server.world.commands}
    walk = Walk(person, FLOWS[tool])
    for name in walk.flow.commands or (tool,):
        assert name in listed, f"/{name} is not listed"
        await walk.begin(name)
        walk.stands(await walk.state())
    for language in LANGUAGES[1:]:
        spoken = TEXTS.of(language)
        if not spoken.has(f"{tool}.names"):
            continue
        name = spoken.label(f"{tool}.names").split(",")[0].strip()
        called = (listed[(*walk.flow.commands, tool)[0]]["name_localizations"] or {}).values()
        assert name in called or name == (*walk.flow.commands, tool)[0]
        await person.types(f"/{name}")
        walk.stands(await walk.state())
    assert len(await person.under_way()) == 1


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_the_tools_are_listed_by_their_points_and_each_begins_with_a_tap(houses: Houses, platform: str):
    person = await Someone.of(await houses.on(platform))
    try:
        await person.types("/tools")
        points = [label for label in person.buttons() if label != person.say.label("common.help_now")]
        begun = set[str]()
        for point in points:
            await person.types("/tools")
            await person.press(point)
            titles = {bare(person.say.label(f"{tool}.title")): tool for tool in TOOLS}
            begun |= {titles[bare(label)] for label in person.buttons() if bare(label) in titles}
        own = {tool for tool in TOOLS if FLOWS[tool].beside.point in ("1", "2", "3", "4")}
        assert begun >= own - {"kit"}, f"/tools does not lead to {sorted(own - begun)}"
    finally:
        await person.leave()
