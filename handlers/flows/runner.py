"""Between the pure engine and what is kept: load, advance, store, promise the next moment."""

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec.structs import replace

from bot.core.calls import Call, Person
from bot.core.features import FlowEnd
from bot.core.flow import Flow
from bot.core.flow_advance import advance, begin
from bot.core.flow_state import End, Facts, Input, Outcome, Resume
from bot.core.flow_view import answers_on_way
from bot.core.ids import FlowId, PersonId
from bot.core.moments import Due
from bot.core.ports import FlowDone, Unit
from bot.core.replies import Reply
from bot.core.richtext import Block
from bot.core.texts import Texts
from handlers.flows import views
from handlers.flows.records import Entries, FactProvider, FlowStates, ToolEntry, UnderWay
from handlers.flows.summary import summary

TIMER = "timer.flow"


class Runner:
    """A `bot.core.ports.Flows`."""

    def __init__(
        self,
        texts: Texts,
        flows: Mapping[str, Flow],
        states: Callable[[Unit], FlowStates],
        entries: Callable[[Unit], Entries],
        ends: Mapping[str, FlowEnd],
        facts: Mapping[str, FactProvider],
        ids: Callable[[], str],
    ) -> None:
        self.texts = texts
        self.flows = flows
        self.states = states
        self._entries = entries
        self._ends = ends
        self._facts = facts
        self._ids = ids

    async def begin(self, flow: str, subject: str, person: Person, language: str, at: datetime, unit: Unit) -> Reply:
        """Start the person's flow on a subject, or go on with it if it is under way; return its present screen."""
        found, states = self.flows[flow], self.states(unit)
        under_way = await states.find(person.id, flow, subject)
        if under_way is not None and found.fresh_after and (at - under_way.at).total_seconds() > found.fresh_after * 60:
            await states.keep(replace(under_way, subject=under_way.id))  # stays in /continue, under a subject of its own
            under_way = None
        if under_way is not None:
            return await self.do(replace(under_way, language=language), Resume(), at, unit)
        outcome = begin(found, at, await self._lines(found, person.id, subject, unit))
        under_way = UnderWay(FlowId(self._ids()), person.id, subject, language, at, outcome.state)
        await states.keep(under_way)
        await self.promise(under_way, outcome, unit, timed=False)
        return self.screen(found, under_way, outcome)

    async def mine(self, call: Call, unit: Unit) -> UnderWay | None:
        """Return the flow that a press names, if it is the presser's; None for a foreign one as for a missing one."""
        flow = await self.states(unit).get(FlowId(call.press.subject)) if call.press.subject else None
        return flow if flow is not None and flow.person == call.who and flow.state.flow in self.flows else None

    async def do(self, under_way: UnderWay, act: Input, at: datetime, unit: Unit, modals: bool | None = None) -> Reply:
        """Do an act of the person, store what came of it, and return the screen."""
        flow, before = self.flows[under_way.state.flow], under_way.state
        outcome = advance(flow, before, act, at, await self.facts(under_way, unit))
        if before.timer is not None:  # an edit that waits to be sent would come after this screen, and cover it
            await unit.outbox.withdraw(views.slot(under_way.id))
        after = replace(under_way, at=at, state=outcome.state, paused=outcome.end is End.STOPPED)
        await self.promise(after, outcome, unit, timed=before.timer is not None)
        match outcome.end:
            case End.KEPT:
                return await self._kept(flow, after, at, unit)
            case End.DISCARDED:
                await self.states(unit).drop(after.id)
                return views.discarded(self.texts.of(after.language), after.id, empty=not answers_on_way(flow, after.state))
        await self.states(unit).keep(after)
        if outcome.end is End.STOPPED:
            return views.stopped(self.texts.of(after.language), after.id, timed=outcome.state.timer is not None)
        return self.screen(flow, after, outcome, modals)

    def screen(self, flow: Flow, under_way: UnderWay, outcome: Outcome, modals: bool | None = None) -> Reply:
        say = self.texts.of(under_way.language)
        if outcome.view.step is None:
            counts = bool(under_way.subject)  # as for a meeting, which counts who has checked in
            return views.end(say, flow, under_way.id, summary(say, flow, outcome.state), counts=counts)
        return views.step(say, outcome.view, under_way.id, outcome.state, modals)

    async def promise(self, under_way: UnderWay, outcome: Outcome, unit: Unit, *, timed: bool) -> None:
        """Ask for the next moment of the timer, or withdraw the one there was (`timed`): the same key moves the same row."""
        key = f"flow.{under_way.id}"
        if outcome.wake is not None and outcome.end is End.OPEN:
            await unit.due.add(Due(key, TIMER, outcome.wake, under_way.id), under_way.person)
        elif timed:
            await unit.due.drop(key)

    async def facts(self, under_way: UnderWay, unit: Unit) -> Facts:
        return await self._lines(self.flows[under_way.state.flow], under_way.person, under_way.subject, unit)

    async def _lines(self, flow: Flow, person: PersonId, subject: str, unit: Unit) -> Facts:
        asked = [name for name in flow.facts if name in self._facts]
        return {name: tuple(await self._facts[name](person, subject, unit)) for name in asked}

    async def _kept(self, flow: Flow, under_way: UnderWay, at: datetime, unit: Unit) -> Reply:
        answers = answers_on_way(flow, under_way.state)
        await self.states(unit).drop(under_way.id)
        more: tuple[Block, ...] = ()
        if flow.name in self._ends:
            done = FlowDone(flow.name, under_way.subject, under_way.person, under_way.language, at, answers)
            more = await self._ends[flow.name](done, unit)
        elif answers:
            await self._entries(unit).add(ToolEntry(self._ids(), under_way.person, at, flow.name, answers))
        return views.kept(self.texts.of(under_way.language), flow, under_way.id, more)
