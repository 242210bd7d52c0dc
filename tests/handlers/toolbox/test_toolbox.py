"""/tools: every tool is found by what it is for, in every language, and is one tap away."""

import pytest

from bot.core.replies import Press
from content.loader import load_flows, load_texts
from tests.security.inside import YES, buttons_of, opened, text_of

FLOWS = load_flows()


@pytest.fixture
async def ana(tmp_path, clock):
    async with opened(tmp_path, clock) as inside:
        yield inside.person("ana", "telegram")


def listed(reply) -> set[str]:
    return {b.press.feature for b in buttons_of(reply) if b.press is not None and b.press.action == "start"}


async def test_every_tool_stands_under_a_point_or_among_those_for_relatives(ana):
    found = set[str]()
    for point in "1234":
        found |= listed(await ana.press(Press("toolbox", "point", value=point)))
    family = {name for name, flow in FLOWS.items() if flow.beside.point == "family"}
    with_commands = {name for name, flow in FLOWS.items() if flow.commands}
    assert with_commands - family - found == {"kit"} & with_commands - found
    assert not found & family


async def test_a_point_begins_its_tools_and_the_urge_comes_first(ana):
    await ana.command("/tools")
    await ana.tap("Getting through urges")
    assert "/surf" in text_of(ana.screen)
    assert buttons_of(ana.screen)[0].label == "Urge now"
    await ana.tap("Riding an urge out", YES)
    assert "let the urge be there" in text_of(ana.screen)


@pytest.mark.parametrize("forged", ["9", "", "family"])
async def test_a_forged_point_is_the_list_of_points(ana, forged):
    assert listed(await ana.press(Press("toolbox", "point", value=forged))) == set()
    assert any(button.label == "A life in balance" for button in buttons_of(ana.screen))


async def test_a_screen_has_no_more_than_five_rows_of_five(ana):
    for point in "1234":
        rows = (await ana.press(Press("toolbox", "point", value=point))).buttons
        assert len(rows) <= 5
        assert all(len(row) <= 5 for row in rows)


@pytest.mark.parametrize("language", load_texts().languages)
def test_every_button_has_its_words(language):
    say = load_texts().of(language)
    assert all(say.label(f"toolbox.point_{point}") for point in "1234")
