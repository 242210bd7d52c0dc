"""Buttons, forms and typed words of flows. A press names the screen it stands on; the engine ignores one of another screen."""

from collections.abc import Awaitable, Callable

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.flow import AnyStep, Choice, Scale, Timer, Write, owner
from bot.core.flow_state import SUMMARY, Back, Choose, Discard, Go, Input, Keep, Pick, Resume, Skip, Stop, Typed
from bot.core.ports import Unit
from bot.core.replies import NOTHING, Reply
from bot.core.texts import Say
from handlers.flows import views
from handlers.flows.records import TALKING_FOR, WORDS_FOR, UnderWay
from handlers.flows.runner import Runner
from handlers.flows.summary import summary

Make = Callable[[str, str], Input]
Handler = Callable[[Call, Unit], Awaitable[Reply]]

ACTS: dict[str, Make] = {
    "answer": Choose,
    "pick": lambda at, value: Pick(at, value, on=True),
    "drop": lambda at, value: Pick(at, value, on=False),
    "go": lambda at, _: Go(at),
    "back": lambda at, _: Back(at),
    "skip": lambda at, _: Skip(at),
    "stop": lambda _, __: Stop(),
    "resume": lambda _, __: Resume(),
    "erase": lambda _, __: Discard(),
    "keep": lambda at, _: Keep() if at == SUMMARY else Resume(),
}
NO_PLACE = "-"  # a mark that is no place's


class FlowCommands:
    def __init__(self, runner: Runner) -> None:
        self._run = runner

    def act(self, make: Make) -> Handler:
        """Return the handler of one kind of button."""

        async def handle(call: Call, unit: Unit) -> Reply:
            flow = await self._run.mine(call, unit)
            if flow is None:
                return await self._missing(call, unit)
            mark, _, value = call.press.value.partition("_")
            return await self._do(call, flow, make(self._place(flow, mark), value), unit)

        return handle

    async def write(self, call: Call, unit: Unit) -> Reply:
        """Open the form of a step that asks for words."""
        flow = await self._run.mine(call, unit)
        if flow is None:
            return await self._missing(call, unit)
        if self._place(flow, call.press.value) == flow.state.at and isinstance(step := self._step(flow), Write):
            found = self._run.flows[flow.state.flow]
            return views.write_form(self._say(call), found, flow.id, flow.state, step)
        return await self._do(call, flow, Resume(), unit)

    async def written(self, call: Call, unit: Unit) -> Reply:
        """Take what was written in the form."""
        flow = await self._run.mine(call, unit)
        if flow is None:
            return await self._missing(call, unit)
        present = self._place(flow, call.press.value) == flow.state.at
        return await self._do(call, flow, Typed(call.arguments.get(views.FIELD, "")) if present else Resume(), unit)

    async def words(self, call: Call, unit: Unit) -> Reply:
        """Typed words go to the person's flow that was touched last and waits for words or a number.

        Else to the one on the screen, if it was touched just now: as the button that says the same, or to be told of the buttons.
        """
        if call.person is None:
            return NOTHING
        open_ = [
            flow
            for flow in await self._run.states(unit).of_person(call.who)
            if not flow.paused and call.at - flow.at <= WORDS_FOR and flow.state.flow in self._run.flows
        ]
        for flow in open_:
            if self._takes_words(flow):
                return await self._do(call, flow, Typed(call.incoming.words), unit)
        if open_ and call.at - open_[0].at <= TALKING_FOR and open_[0].state.at != SUMMARY:
            return await self._do(call, open_[0], self._as_button(call, open_[0]), unit)
        return NOTHING

    def _as_button(self, call: Call, flow: UnderWay) -> Input:
        """Return the choice whose label was typed, or the words as they are."""
        step, place = self._step(flow), flow.state.at
        if isinstance(step, Choice):
            key = f"{owner(self._run.flows[flow.state.flow], place).name}.{step.name}"
            typed = call.incoming.words.strip().casefold()
            for option in step.options:
                if self._say(call).label(f"{key}_{option.value}").casefold() == typed:
                    return Choose(place, option.value)
        return Typed(call.incoming.words)

    async def discard(self, call: Call, unit: Unit) -> Reply:
        """Ask once more before what was entered is deleted; with nothing entered, delete."""
        flow = await self._run.mine(call, unit)
        if flow is None:
            return await self._missing(call, unit)
        if not flow.state.answers:
            return await self._do(call, flow, Discard(), unit)
        return views.ask_discard(self._say(call), flow.id)

    async def file(self, call: Call, unit: Unit) -> Reply:
        """Send what was entered as a text file; the summary stays."""
        flow = await self._run.mine(call, unit)
        if flow is None:
            return await self._missing(call, unit)
        say, found = self._say(call), self._run.flows[flow.state.flow]
        return views.as_file(say, summary(say, found, flow.state))

    async def list_unfinished(self, call: Call, unit: Unit) -> Reply:
        """Show what waits to be gone on with; a single one at once."""
        flows = [flow for flow in await self._run.states(unit).of_person(call.who) if flow.state.flow in self._run.flows]
        if len(flows) == 1:
            return await self._do(call, flows[0], Resume(), unit)
        return views.unfinished(self._say(call), flows, call.zone)

    async def _missing(self, call: Call, unit: Unit) -> Reply:
        flows = [flow for flow in await self._run.states(unit).of_person(call.who) if flow.state.flow in self._run.flows]
        return views.gone(self._say(call), flows, call.zone)

    async def _do(self, call: Call, flow: UnderWay, act: Input, unit: Unit) -> Reply:
        return await self._run.do(replace(flow, language=call.language), act, call.at, unit, call.modals)

    def _takes_words(self, flow: UnderWay) -> bool:
        step = self._step(flow)
        return isinstance(step, Write | Scale) or (isinstance(step, Timer) and bool(step.rate))

    def _step(self, flow: UnderWay) -> AnyStep | None:
        return self._run.flows[flow.state.flow].places.get(flow.state.at)

    def _place(self, flow: UnderWay, mark: str) -> str:
        """Return the place that a mark stands for; none that exists when it stands for nothing."""
        return self._run.flows[flow.state.flow].marks.get(mark, NO_PLACE) if mark != views.END_MARK else SUMMARY

    def _say(self, call: Call) -> Say:
        return self._run.texts.of(call.language)
