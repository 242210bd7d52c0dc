"""A walk through a tool: from its command, screen by screen, to its summary; and what holds on the way and at the end."""

from collections.abc import Mapping

from bot.core.flow import Flow, Show, Timer
from bot.core.flow_state import SUMMARY, State
from bot.core.ports import Entry
from handlers.flows.records import UnderWay
from tests.tools_walked.answering import Answering
from tests.tools_walked.screens import FLOWS, Someone

AGREE, AGE = "people.gate_yes", 18
ROOM = {"discord": 2000, "telegram": 4096, "web": 4096}  # characters of one message
MOST_SCREENS = 160


class Walk(Answering):
    """A person who uses one tool. `seen`: the texts of all screens that were passed."""

    def __init__(self, person: Someone, flow: Flow, wanted: dict[str, str] | None = None) -> None:
        super().__init__(person, wanted)
        self.flow = flow
        self.seen: list[str] = []

    async def begin(self, command: str = "") -> None:
        """Type the command, and agree where that is asked for."""
        await self.person.types(f"/{command or (*self.flow.commands, self.flow.name)[0]}")
        await self.agree()

    async def agree(self) -> None:
        if self.shows(label := self.person.say.label(AGREE, age=AGE)):
            await self.person.press(label)

    async def state(self) -> State:
        """Return where the person stands; in the question before a family tool, there."""
        found = await self.under_way()
        assert found is not None, f"nothing is under way: {self.person.screen()}"
        return found.state

    async def under_way(self) -> UnderWay | None:
        flows = [one for one in await self.person.under_way() if one.state.flow in (self.flow.name, "gate")]
        return flows[0] if flows else None

    async def to_summary(self) -> State:
        """Answer every screen, until the summary is there."""
        for _ in range(MOST_SCREENS):
            state = await self.state()
            if state.at == SUMMARY and state.flow == self.flow.name:
                return state
            await self.step(state)
        raise AssertionError(f"no end in sight after {MOST_SCREENS} screens, at {state.at}")

    async def step(self, state: State) -> None:
        self.stands(state)
        at = f"{state.flow}:{state.at}"
        try:
            await self.answer(state)
        except AssertionError as error:
            raise AssertionError(f"{self.person.here.name} {at}: {error}") from error
        self.visits[state.at] = self.visits.get(state.at, 0) + 1

    def stands(self, state: State) -> None:
        """Every step has the ways back and out, and help one tap away."""
        step, person = FLOWS[state.flow].places[state.at], self.person
        wanted = ["common.save_stop", "common.discard"]
        if not (isinstance(step, Show) and step.press):
            wanted.append("common.help_now")
        if any(not isinstance(FLOWS[state.flow].places[place], Timer) for place in state.past):
            wanted.append("common.back")
        missing = [key for key in wanted if not person.has(key)]
        assert not missing, f"{person.here.name} {state.flow}:{state.at} lacks {missing}: {person.buttons()}"
        self.seen.append(person.newest())
        assert len(person.newest()) <= ROOM[person.here.name]

    # The end --------------------------------------------------------------------------------------------------------

    async def reads_summary(self) -> str:
        """Return the whole summary, page by page; each fits into one message."""
        pages = [self.person.newest()]
        while self.person.has("flow.following"):
            await self.tap("flow.following")
            await self.person.here.until(lambda: self.person.newest() != pages[-1], lambda: f"no other page: {pages[-1]}")
            pages.append(self.person.newest())
            assert len(pages) < 20
        for page in pages:
            assert len(page) <= ROOM[self.person.here.name]
        return "\n".join(pages)

    async def keeps(self) -> None:
        own = f"{self.flow.name}.keep"
        own = f"{own}_family" if self.family and self.person.say.has(f"{own}_family") else own
        label = self.person.say.label(own if self.person.say.has(own) else "common.keep")
        await self.person.press(label)
        await self.person.here.until(lambda: not self.shows(label), lambda: f"still to be kept: {self.person.newest()}")

    def as_told(self, answers: Mapping[str, Entry]) -> None:
        """What is kept is what was answered: nothing is lost, nothing is changed, and there is nothing else."""
        mine = {name: answer for name, answer in self.told.items() if not name.startswith("home")}
        lost = [f"{name}: said {said!r}, kept {answers.get(name)!r}" for name, said in mine.items() if answers.get(name) != said]
        assert not lost, "; ".join(lost)
        copies = [answer for name, answer in answers.items() if name not in mine and name not in self.loose]
        assert all(copy in mine.values() or copy in ([], "") for copy in copies), f"nobody said {copies}"
