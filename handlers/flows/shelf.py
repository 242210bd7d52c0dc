"""What may be done with what was kept: look at it, let it go, put it beside earlier ones, take a line of it to another tool."""

from collections.abc import Mapping

from bot.core.calls import Call
from bot.core.features import Handler
from bot.core.flow import Write, line_mark
from bot.core.flow_lines import lines_in
from bot.core.ports import Entry, Unit
from bot.core.replies import Reply
from bot.core.screens import number_in
from handlers.flows import after_views, beside_views, goes
from handlers.flows.keeping import earlier_ones
from handlers.flows.records import FAMILY, ToolEntry
from handlers.flows.runner import Runner
from handlers.flows.under_way import gone


class ShelfCommands:
    def __init__(self, runner: Runner) -> None:
        self._run = runner

    def presses(self) -> Mapping[str, Handler]:
        """Return the handler of every button by its action."""
        return {"shelf": self.shelf, "goes": self.goes, "compare": self.compare, "line": self.line}

    async def shelf(self, call: Call, unit: Unit) -> Reply:
        """List the kept ones of a tool. Subject: the flow, value: the voice."""
        flow = self._run.flows.get(call.press.subject)
        if flow is None or not flow.beside.stores or await self._run.doors.is_hidden(flow.name, call.who, call.at, unit):
            return await gone(self._run, call, unit)
        voice = FAMILY if call.press.value == FAMILY else ""
        kept = await self._run.entries(unit).all_of(call.who, flow.name, voice, after_views.MOST_SHELVED)
        return after_views.shelf(self._run.texts.of(call.language), flow, kept, voice, call.zone)

    async def goes(self, call: Call, unit: Unit) -> Reply:
        """Let a kept one go in 24 hours, or not. Value: "on" or "off"."""
        entry = await self._run.my_entry(call, unit)
        if entry is None or not self._run.flows[entry.tool].beside.passing:
            return await gone(self._run, call, unit)
        act = goes.stay if call.press.value == "off" else goes.promise
        entry = await act(self._run, entry, call.at, unit)
        flow, say = self._run.flows[entry.tool], self._run.texts.of(call.language)
        return await self._run.keeper.last(say, flow, entry, call.at, call.zone, unit)

    async def compare(self, call: Call, unit: Unit) -> Reply:
        """Put a kept one beside an earlier one. Value: how many lie between them, and the page."""
        entry = await self._run.my_entry(call, unit)
        if entry is None or not self._run.flows[entry.tool].beside.compare:
            return await gone(self._run, call, unit)
        earlier = await earlier_ones(self._run.entries(unit), entry)
        flow, say = self._run.flows[entry.tool], self._run.texts.of(call.language)
        if not earlier:  # it was deleted
            return await self._run.keeper.last(say, flow, entry, call.at, call.zone, unit)
        back, _, page = call.press.value.partition("_")
        n = min(number_in(back), len(earlier) - 1)
        more = n + 1 < len(earlier)
        return beside_views.beside(say, flow, entry, earlier[n], call.zone, n=n, page=number_in(page), more=more)

    async def line(self, call: Call, unit: Unit) -> Reply:
        """Begin a tool with a line of a kept one, where that tool would offer to bring it in. Value: the tool, the line's mark."""
        entry = await self._run.my_entry(call, unit)
        tool, _, wanted = call.press.value.rpartition("_")
        answers = self._taken(entry, tool, wanted) if entry is not None else None
        if entry is None or not answers or await self._run.doors.is_hidden(tool, call.who, call.at, unit):
            return await gone(self._run, call, unit)
        assert call.person is not None
        return await self._run.about(entry, tool, call.person, call.language, call.at, unit, answers)

    def _taken(self, entry: ToolEntry, tool: str, wanted: str) -> dict[str, Entry] | None:
        """Return the answer that a line is in a tool; None where it asks for none such. A relative's goes to relatives' tools."""
        flow = self._run.flows.get(tool)
        if flow is None or (entry.voice == FAMILY and not self._run.doors.is_for_relatives(tool)):
            return None
        for step in flow.steps.values():
            for offer in step.offer if isinstance(step, Write) else ():
                name, _, saved = offer.partition(".")
                lines = lines_in(entry.answers.get(saved)) if name == entry.tool else ()
                if line := next((line for line in lines if line_mark(line) == wanted), ""):
                    return {step.save: [line] if isinstance(step, Write) and step.lines else line}
        return None
