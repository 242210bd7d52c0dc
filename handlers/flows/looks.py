"""Buttons that only look: another page, the lines to take out, which answer to change. None of them changes an answer."""

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.flow import Timer, Write, prefix
from bot.core.flow_lines import lines_in
from bot.core.flow_state import SUMMARY, Outcome, Resume, View
from bot.core.flow_view import view_of
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import number_in
from handlers.flows import views
from handlers.flows.ending import change
from handlers.flows.records import UnderWay
from handlers.flows.runner import Runner
from handlers.flows.under_way import page_of, place_of, step_of


class Looks:
    def __init__(self, runner: Runner) -> None:
        self._run = runner

    async def more(self, call: Call, unit: Unit, flow: UnderWay) -> Reply:
        """Turn to another page of a step's suggestions."""
        here = call.press.value.partition("_")[0]
        return await self.again(call, unit, flow, await self._resumed(call, flow, unit), page_of(here))

    async def page(self, call: Call, unit: Unit, flow: UnderWay) -> Reply:
        """Turn to another page of the summary."""
        reply = await self._resumed(call, flow, unit)
        number = number_in(call.press.value.partition("_")[2])
        return await self.again(call, unit, flow, reply, number) if flow.state.at == SUMMARY else reply

    async def change(self, call: Call, unit: Unit, flow: UnderWay) -> Reply:
        """List the answers that may be given anew."""
        reply = await self._resumed(call, flow, unit)
        if flow.state.at != SUMMARY:
            return reply
        number = number_in(call.press.value.partition("_")[2])
        return change(self._run.texts.of(call.language), self._run.flows[flow.state.flow], flow.id, flow.state, number)

    async def lines(self, call: Call, unit: Unit, flow: UnderWay) -> Reply:
        """Show the lines with a button each, to take one out."""
        found, step = self._run.flows[flow.state.flow], step_of(self._run.flows, flow)
        here = place_of(found, call.press.value.partition("_")[0])
        reply = await self._resumed(call, flow, unit)
        if here != flow.state.at or not isinstance(step, Write | Timer):
            return reply
        name = step.write if isinstance(step, Timer) else step.save if step.lines else ""
        lines = lines_in(flow.state.answers.get(prefix(here) + name)) if name else ()
        stands = await self._as_it_stands(call, unit, flow) if lines else None
        return reply if stands is None else views.take_out(self._run.texts.of(call.language), stands[1], flow.id, lines)

    async def again(self, call: Call, unit: Unit, flow: UnderWay, reply: Reply, page: int) -> Reply:
        """Return the screen on another page, if the flow still stands where it did; else the reply as it is."""
        found = await self._as_it_stands(call, unit, flow)
        if found is None:
            return reply
        now, view = found
        return await self._run.screen(self._run.flows[now.state.flow], now, Outcome(now.state, view), unit, call.modals, page)

    async def _as_it_stands(self, call: Call, unit: Unit, flow: UnderWay) -> tuple[UnderWay, View] | None:
        now = await self._run.states(unit).get(flow.id)
        if now is None or now.state.at != flow.state.at:
            return None
        found, now = self._run.flows[now.state.flow], replace(now, language=call.language)
        elapsed = now.state.timer.elapsed(call.at) if now.state.timer is not None else 0
        return now, view_of(found, now.state, elapsed, await self._run.facts(now, call.at, unit))

    async def _resumed(self, call: Call, flow: UnderWay, unit: Unit) -> Reply:
        return await self._run.do(replace(flow, language=call.language), Resume(), call.at, unit, call.modals)
