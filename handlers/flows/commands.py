"""Buttons, forms and typed words of flows. A press names the screen it stands on; the engine ignores one of another screen."""

from collections.abc import Awaitable, Callable, Mapping

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.flow import Write, owner
from bot.core.flow_state import (
    SUMMARY,
    Back,
    Discard,
    Edit,
    Go,
    Input,
    Keep,
    Pick,
    Resume,
    Skip,
    Stop,
    Typed,
    View,
)
from bot.core.flow_view import view_of
from bot.core.ports import Unit
from bot.core.replies import NOTHING, Reply
from bot.core.texts import Say
from handlers.flows import views, writing
from handlers.flows.lines import worded
from handlers.flows.looks import Looks
from handlers.flows.reading import pressed, takes_words, typed
from handlers.flows.records import TALKING_FOR, WORDS_FOR, UnderWay
from handlers.flows.runner import Runner
from handlers.flows.under_way import gone, page_of, place_of, step_of, today

Make = Callable[[str, str], Input]
Handler = Callable[[Call, Unit], Awaitable[Reply]]

ACTS: dict[str, Make] = {
    "pick": lambda at, value: Pick(at, value, on=True),
    "drop": lambda at, value: Pick(at, value, on=False),
    "out": lambda at, value: Pick(at, value, on=False),
    "edit": lambda at, _: Edit(at),
    "go": lambda at, _: Go(at),
    "back": lambda at, _: Back(at),
    "skip": lambda at, _: Skip(at),
    "stop": lambda _, __: Stop(),
    "resume": lambda _, __: Resume(),
    "erase": lambda _, __: Discard(),
    "keep": lambda at, _: Keep() if at == SUMMARY else Resume(),
}


class FlowCommands:
    def __init__(self, runner: Runner) -> None:
        self._run = runner
        self._looks = Looks(runner)

    def presses(self) -> Mapping[str, Handler]:
        """Return the handler of every button by its action."""
        looks = self._looks
        own = {
            "answer": self.answer,
            "chip": self.chip,
            "write": self.write,
            "discard": self.discard,
            "more": looks.more,
            "lines": looks.lines,
            "page": looks.page,
            "change": looks.change,
        }
        acts = {name: self.act(make) for name, make in ACTS.items()}
        return {**acts, **{name: self.mine(handle) for name, handle in own.items()}}

    def act(self, make: Make) -> Handler:
        """Return the handler of one kind of button."""

        async def handle(call: Call, unit: Unit, flow: UnderWay) -> Reply:
            here, _, value = call.press.value.partition("_")
            return await self._do(call, flow, make(place_of(self._run.flows[flow.state.flow], here), value), unit)

        return self.mine(handle)

    def mine(self, handle: Callable[[Call, Unit, UnderWay], Awaitable[Reply]]) -> Handler:
        """Return a handler that is given the flow of the press, if it is the presser's own; else it is as if it was not there."""

        async def found(call: Call, unit: Unit) -> Reply:
            flow = await self._run.mine(call, unit)
            return await gone(self._run, call, unit) if flow is None else await handle(call, unit, flow)

        return found

    async def answer(self, call: Call, unit: Unit, flow: UnderWay) -> Reply:
        """Take the value of a button; a relative day is counted from today."""
        here, _, value = call.press.value.partition("_")
        found = self._run.flows[flow.state.flow]
        place = place_of(found, here)
        return await self._do(call, flow, pressed(found.places.get(place), place, value, today(call)), unit)

    async def chip(self, call: Call, unit: Unit, flow: UnderWay) -> Reply:
        """Write a suggestion as a line, in the person's language; the suggestions stay where they were turned to."""
        here, _, chip = call.press.value.partition("_")
        found, step = self._run.flows[flow.state.flow], step_of(self._run.flows, flow)
        place = place_of(found, here)
        if place != flow.state.at or not isinstance(step, Write) or chip not in step.chips:
            return await self._do(call, flow, Resume(), unit)
        key = f"{owner(found, place).name}.{step.name}_{chip}"
        words = self._say(call).label(worded(self._say(call), key, family=flow.state.voice == "family"))
        reply = await self._do(call, flow, Typed(words), unit)
        return await self._looks.again(call, unit, flow, reply, page_of(here)) if page_of(here) else reply

    async def write(self, call: Call, unit: Unit, flow: UnderWay) -> Reply:
        """Open the form of a step that asks for words."""
        here = call.press.value.partition("_")[0]
        view = self._view(flow)
        if view is not None and place_of(self._run.flows[flow.state.flow], here) == flow.state.at:
            form = writing.form(self._say(call), view, flow.id)
            if form is not None:
                return form
        return await self._do(call, flow, Resume(), unit)

    async def written(self, call: Call, unit: Unit, flow: UnderWay) -> Reply:
        """Take what was written in the form."""
        here, _, more = call.press.value.partition("_")
        view = self._view(flow)
        act: Input = Resume()
        if view is not None and place_of(self._run.flows[flow.state.flow], here) == flow.state.at:
            act = writing.sent(view, more, call.arguments)
            if isinstance(act, Typed):
                act = typed(self._say(call), view, act.words, today(call)) if takes_words(view.step) else Resume()
        return await self._do(call, flow, act, unit)

    async def words(self, call: Call, unit: Unit) -> Reply:
        """Typed words go to the person's flow that was touched last and waits for words or a number.

        Else to the one on the screen, if it was touched just now: as the button that says the same, or to be told of the buttons.
        """
        if call.person is None:
            return NOTHING
        open_ = [flow for flow in await self._run.reachable(call.who, call.at, unit, since=call.at - WORDS_FOR) if not flow.paused]
        for flow in open_:
            if takes_words(step_of(self._run.flows, flow)):
                return await self._hear(call, flow, unit)
        if open_ and call.at - open_[0].at <= TALKING_FOR and open_[0].state.at != SUMMARY:
            return await self._hear(call, open_[0], unit)
        return NOTHING

    async def _hear(self, call: Call, flow: UnderWay, unit: Unit) -> Reply:
        view = self._view(flow)
        words = call.incoming.words
        act = typed(self._say(call), view, words, today(call)) if view is not None else Typed(words)
        return await self._do(call, flow, act, unit)

    async def discard(self, call: Call, unit: Unit, flow: UnderWay) -> Reply:
        """Ask once more before what was entered is deleted; with nothing entered, delete."""
        if not flow.state.answers:
            return await self._do(call, flow, Discard(), unit)
        return views.ask_discard(self._say(call), flow.id)

    async def list_unfinished(self, call: Call, unit: Unit) -> Reply:
        """Show what waits to be gone on with; a single one at once."""
        flows = await self._run.unfinished(call.who, call.at, unit)
        if len(flows) == 1:
            return await self._do(call, flows[0], Resume(), unit)
        return views.unfinished(self._say(call), flows, call.zone)

    async def _do(self, call: Call, flow: UnderWay, act: Input, unit: Unit) -> Reply:
        return await self._run.do(replace(flow, language=call.language), act, call.at, unit, call.modals)

    def _view(self, flow: UnderWay) -> View | None:
        """Return the present step as far as words and forms are read by it: without what facts add to the screen. None where it was
        made by an earlier version of the flow, or is the summary."""
        found = self._run.flows[flow.state.flow]
        if flow.state.version != found.version or flow.state.at not in found.places:
            return None
        return view_of(found, flow.state)

    def _say(self, call: Call) -> Say:
        return self._run.texts.of(call.language)
