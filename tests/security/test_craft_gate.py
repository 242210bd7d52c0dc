"""SAFETY 2, Must 8. The question of safety at home stands before every family tool, whichever way a person comes; a clear no opens
them for 30 days; of any other answer nothing is kept, and the tools that could bring harm are not there."""

import pytest
from sqlalchemy import select

from bot.core.flow import ASK, STRICT
from bot.core.replies import Press
from content.loader import load_flows
from storage.database import concrete
from storage.privacy import PersonalRows
from storage.tables.passes import passes
from tests.security.inside import YES, buttons_of, text_of

FLOWS = load_flows()
GATED = {name: flow for name, flow in FLOWS.items() if flow.beside.gate and flow.commands}
OPEN_TO_ALL = ("safetyplan", "mycare")
ASKED = "First, your own safety."
UNSAFE = ("Sometimes", "Yes", "Not sure", "Rather not say")


def labels(who) -> list[str]:
    return [button.label for button in buttons_of(who.screen)]


async def relative(inside, platform="telegram"):
    rosa = inside.person("rosa", platform)
    await rosa.command("/family")
    await rosa.tap(YES)
    return rosa


async def rows(inside, who) -> list[object]:
    async def read(unit):
        found = await unit.people.find(who.account)
        assert found is not None
        held = await PersonalRows(concrete(unit)).held(found.id, inside.clock.now())
        return [*await concrete(unit).rows(select(passes)), *(one.kind for one in held if one.kind == "passes")]

    found: list[object] = await inside.house.store.transact(read)
    return found


def test_every_family_tool_has_a_gate_but_the_two_that_are_open_to_all():
    family = {name: flow for name, flow in FLOWS.items() if flow.beside.point == "family" and flow.commands}
    assert {name for name, flow in family.items() if not flow.beside.gate} == set(OPEN_TO_ALL)
    assert {name for name, flow in family.items() if flow.beside.gate == STRICT} == {"reward", "consequences", "invite"}
    assert {flow.beside.gate for flow in FLOWS.values()} == {"", ASK, STRICT}


@pytest.mark.parametrize("name", GATED)
async def test_the_question_comes_first_by_every_name_and_by_button(inside, name):
    rosa = await relative(inside)
    for command in GATED[name].commands:
        assert ASKED in text_of(await rosa.command(f"/{command}"))
    for action in ("start", "family"):
        assert ASKED in text_of(await rosa.press(Press(name, action)))


@pytest.mark.parametrize("answer", UNSAFE)
async def test_anything_but_a_clear_no_keeps_nothing_and_opens_nothing_that_could_harm(inside, answer):
    rosa = await relative(inside)
    await rosa.command("/reward")
    await rosa.tap(answer)
    assert "your safety comes first" in text_of(rosa.screen)
    assert any(label == "Lines, and what to do" for label in labels(rosa))
    await rosa.tap("Next")
    assert "/safetyplan" in text_of(rosa.screen)
    assert await rows(inside, rosa) == []
    await rosa.command("/family")
    assert not {"Noticing what goes well", "Stepping back", "Inviting to get help"} & set(labels(rosa))
    assert {"My safety plan", "My own life"} <= set(labels(rosa))
    assert ASKED in text_of(await rosa.command("/reward"))  # until they answer anew


async def test_a_clear_no_opens_them_for_thirty_days(inside):
    rosa = await relative(inside)
    await rosa.command("/reward")
    await rosa.tap("No")
    assert "small, cheap things" in text_of(rosa.screen)
    assert ASKED not in text_of(await rosa.command("/consequences"))
    await rosa.command("/family")
    assert {"Noticing what goes well", "Stepping back", "Inviting to get help"} <= set(labels(rosa))
    await inside.moments(days=31)
    assert ASKED in text_of(await rosa.command("/consequences"))


async def test_a_later_answer_takes_the_earlier_one_back_also_from_buttons_on_screen_and_from_what_was_begun(inside):
    rosa = await relative(inside)
    await rosa.command("/reward")
    await rosa.tap("No")
    begun = rosa.screen
    await rosa.command("/family")
    await rosa.tap("Something has changed at home")
    assert await rows(inside, rosa) == []
    for button in buttons_of(begun):
        if button.press is not None and button.press.feature == "flow":
            assert "small, cheap things" not in text_of(await rosa.press(button.press))
    await rosa.command("/continue")
    assert "Noticing what goes well" not in "\n".join((text_of(rosa.screen), *labels(rosa)))


@pytest.mark.parametrize("name", ["pius", "pattern"])
async def test_a_tool_that_only_asks_goes_on_after_the_card_and_asks_again_the_next_time(inside, name):
    rosa = await relative(inside)
    await rosa.command(f"/{name}")
    await rosa.tap("Not sure")
    await rosa.tap("Next")
    assert "Discard" in labels(rosa)  # a step of the tool
    assert ASKED not in text_of(rosa.screen)
    await rosa.tap("Discard")
    assert ASKED in text_of(await rosa.command(f"/{name}"))
    assert await rows(inside, rosa) == []


@pytest.mark.parametrize("name", OPEN_TO_ALL)
async def test_ones_own_safety_and_ones_own_life_are_open_at_any_time(inside, name):
    rosa = await relative(inside)
    assert ASKED not in text_of(await rosa.command(f"/{name}"))


async def test_the_answer_itself_is_in_no_row(inside):
    rosa = await relative(inside)
    await rosa.command("/reward")
    await rosa.tap("No")

    kept = await rosa.export()
    assert [set(row) for row in kept["passes"]]
    assert all("home" not in str(row) and "gate" not in str(row) for row in kept["passes"])
    assert all("gate" not in str(row) for row in kept.get("flow_states", []))
