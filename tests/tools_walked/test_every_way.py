"""Every screen of every tool is met: persons take the ways that nobody took before, until there is none left."""

import pytest

from bot.core.flow import Branch, Choice, Flow, Run, Scale, owner
from bot.core.flow_state import SUMMARY, State
from tests.evening.world import PLATFORMS
from tests.tools_walked import ways
from tests.tools_walked.houses import Houses
from tests.tools_walked.screens import FLOWS, Someone
from tests.tools_walked.test_every_tool import TOOLS
from tests.tools_walked.walking import Walk

MOST_WALKS = 16
FIRST: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {  # what is used before, since the tool shows what was kept of it
    "dents": (("dents", {"way": "ahead"}),),
    "disarm": (("disarm", {"pin": "yes"}),),
    "kit": (("kit", {}),),
    "plan": (("plan", {}),),
    "urge": (("kit", {}), ("disarm", {"pin": "yes"}), ("dents", {"way": "ahead"})),
}
ONLY_FOR: dict[str, frozenset[str]] = {}


class Curious(Walk):
    """Takes what nobody took. `kind`: 1 is sure and says much, 2 says no number and skips what can be skipped."""

    def __init__(self, person: Someone, flow: Flow, taken: set[ways.Taken], kind: int) -> None:
        super().__init__(person, flow)
        self.taken, self.kind = taken, kind
        self.rating, self.lines_said = (9, 7) if kind == 1 else (5, 2)

    def worded(self, number: int) -> str:
        return super().worded(number) if self.kind != 2 else f"{self.person.name} {'a' * number}"

    async def begin(self, command: str = "") -> None:
        await super().begin(command)
        if self.person.has("kit.add_button"):
            await self.tap("kit.add_button")
        if self.person.has("flow.again_new"):
            await self.person.press(self.person.buttons()[0])  # the one that was kept last

    async def answer(self, state: State) -> None:
        step = FLOWS[state.flow].places[state.at]
        if (
            self.kind == 2
            and (state.past or isinstance(step, Scale))
            and not isinstance(step, Choice)
            and self.person.has("common.skip")
        ):
            await self.tap("common.skip")
        else:
            await super().answer(state)

    def chosen(self, flow: Flow, step: Choice, there: dict[str, str], visits: int, wanted: dict[str, str]) -> str:
        if flow.name in ways.SAFE:
            return ways.SAFE[flow.name]
        option = ways.newest(flow, step, there, visits, self.taken)
        self.taken.add((flow.name, step.name, option))
        return option


@pytest.mark.parametrize("tool", TOOLS)
async def test_every_screen_of_a_tool_can_be_met(houses: Houses, tool: str):
    flow, shared = FLOWS[tool], await houses.on(PLATFORMS[TOOLS.index(tool) % 3])
    wanted = {place for place, step in flow.places.items() if not isinstance(step, Branch | Run)} - ONLY_FOR.get(tool, frozenset())
    taken, met = set[ways.Taken](), set[str]()
    for number in range(MOST_WALKS):
        person = await Someone.of(shared)
        try:
            for earlier, said in FIRST.get(tool, ()) if number % 4 else ():
                first = Walk(person, FLOWS[earlier], said)
                await first.begin()
                await first.to_summary()
                await first.keeps()
            walk = Curious(person, flow, taken, number % 3)
            await walk.begin()
            assert (await walk.to_summary()).at == SUMMARY
            met |= walk.visits.keys()
        finally:
            await person.leave()
        if wanted <= met:
            return
    left = sorted(wanted - met)
    raise AssertionError(f"{tool}: nobody came to {[f'{owner(flow, place).name}: {place}' for place in left]}")
