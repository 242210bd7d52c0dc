"""Between the pure engine and what is kept: load, advance, store, promise the next moment."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.core.calls import Call, Person
from bot.core.features import FlowEnd
from bot.core.flow import ADD, Flow
from bot.core.flow_advance import NO_ANSWERS, advance, begin
from bot.core.flow_state import SUMMARY, End, Facts, Input, Outcome, Resume
from bot.core.flow_view import answers_on_way
from bot.core.ids import FlowId, PersonId
from bot.core.moments import Due
from bot.core.ports import Entry, Pins, Unit
from bot.core.replies import Reply
from bot.core.texts import Texts
from bot.core.whose import zone_of
from handlers.flows import after_views, views
from handlers.flows.asked import Flags, no_flags
from handlers.flows.earlier import Earlier, again
from handlers.flows.gates import Doors
from handlers.flows.keeping import NOTHING_MORE, Keeper
from handlers.flows.records import FAMILY, GATE, Entries, FactProvider, FlowStates, Gates, NoGates, ToolEntry, UnderWay
from handlers.flows.summary import Summary, summary
from handlers.flows.wave import Draws, wave

TIMER = "timer.flow"
Answers = Mapping[str, Entry]


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
        gates: Gates | None = None,
        pins: Pins | None = None,
        draws: Draws = wave,
        flags: Flags = no_flags,
    ) -> None:
        self.texts = texts
        self.flows = flows
        self.states = states
        self.entries = entries
        self.doors = Doors(flows, gates or NoGates())
        self.earlier = Earlier(texts, flows, entries, self.doors)
        self.keeper = Keeper(texts, entries, ends, pins, ids, self.doors)
        self._facts = facts
        self._ids = ids
        self._draws = draws
        self._flags = flags

    # Beginning ------------------------------------------------------------------------------------------------------

    async def begin(self, flow: str, subject: str, person: Person, language: str, at: datetime, unit: Unit) -> Reply:
        """Start the person's flow on a subject, or go on with it if it is under way; return its present screen.

        Of a tool that grows, or is looked at again, they first choose which. Before a family tool comes the gate's question.
        """
        subject = subject or self._own_subject(flow)
        if await self.doors.asks_first(flow, person.id, at, unit):
            return await self._ask_first(flow, "", self._voice(flow, subject), person, language, at, unit)
        return await self._go_on_or_begin(flow, subject, person, language, at, unit)

    async def _go_on_or_begin(self, flow: str, subject: str, person: Person, language: str, at: datetime, unit: Unit) -> Reply:
        found, states = self.flows[flow], self.states(unit)
        under_way = await states.find(person.id, flow, subject)
        if under_way is not None and found.fresh_after and (at - under_way.at).total_seconds() > found.fresh_after * 60:
            await self._set_aside(under_way, unit)
            under_way = None
        if under_way is not None:
            return await self.do(replace(under_way, language=language), Resume(), at, unit)
        voice = self._voice(flow, subject)
        if found.beside.again and subject in ("", FAMILY):
            kept = await self.entries(unit).all_of(person.id, flow, voice, after_views.MOST_KEPT)
            if kept:
                return after_views.again(self.texts.of(language), found, kept, voice, await zone_of(person, unit))
        return await self._start(flow, subject, voice, person, language, at, unit)

    async def anew(self, flow: str, voice: str, person: Person, language: str, at: datetime, unit: Unit) -> Reply:
        """Begin a new one beside those that were kept. Tapped twice, it is one."""
        subject = self._own_subject(flow) or voice
        if await self.doors.asks_first(flow, person.id, at, unit):
            return await self._ask_first(flow, "", voice, person, language, at, unit)
        under_way = await self.states(unit).find(person.id, flow, subject)
        if under_way is not None and not under_way.entry:
            return await self.do(replace(under_way, language=language), Resume(), at, unit)
        if under_way is not None:
            await self._set_aside(under_way, unit)
        return await self._start(flow, subject, self._voice(flow, subject), person, language, at, unit)

    async def reopen(self, entry: ToolEntry, person: Person, language: str, at: datetime, unit: Unit) -> Reply:
        """Go on with a kept one, its answers there. Another that is under way meanwhile waits in /continue."""
        if await self.doors.asks_first(entry.tool, person.id, at, unit):
            return await self._ask_first(entry.tool, entry.id, entry.voice, person, language, at, unit)
        return await self._reopened(entry, person, language, at, unit)

    async def _reopened(self, entry: ToolEntry, person: Person, language: str, at: datetime, unit: Unit) -> Reply:
        flow, subject = entry.tool, self._own_subject(entry.tool) or entry.voice
        under_way = await self.states(unit).find(person.id, flow, subject)
        if under_way is not None and under_way.entry == entry.id:
            return await self.do(replace(under_way, language=language), Resume(), at, unit)
        if under_way is not None:
            await self._set_aside(under_way, unit)
        return await self._start(flow, subject, entry.voice, person, language, at, unit, again(self.flows[flow], entry), entry)

    async def about(
        self, entry: ToolEntry, flow: str, person: Person, language: str, at: datetime, unit: Unit, answers: Answers = NO_ANSWERS
    ) -> Reply:
        """Begin a flow about a kept one, which is its subject; with these answers, else with what is handed over to it, if any."""
        if await self.doors.asks_first(flow, person.id, at, unit):
            return await self._ask_first(flow, entry.id, entry.voice, person, language, at, unit)
        under_way = await self.states(unit).find(person.id, flow, entry.id)
        if under_way is not None and answers.items() <= under_way.state.answers.items():
            return await self.do(replace(under_way, language=language), Resume(), at, unit)
        if under_way is not None:
            await self._set_aside(under_way, unit)
        if not answers:
            answers = self.earlier.handed(entry, self.flows[entry.tool], self.flows[flow], language)
            answers = {**answers, **await self.keeper.looking.done_before(entry, self.flows[flow], unit)}
        return await self._start(flow, entry.id, entry.voice, person, language, at, unit, answers)

    async def _start(
        self,
        flow: str,
        subject: str,
        voice: str,
        person: Person,
        language: str,
        at: datetime,
        unit: Unit,
        answers: Answers = NO_ANSWERS,
        entry: ToolEntry | None = None,
    ) -> Reply:
        found = self.flows[flow]
        outcome = begin(found, at, await self._lines(found, person.id, subject, voice, language, at, unit), answers, voice)
        under_way = UnderWay(FlowId(self._ids()), person.id, subject, language, at, outcome.state)
        if entry is not None:
            under_way = replace(under_way, entry=entry.id, entry_at=entry.at.isoformat())
        await self.states(unit).keep(under_way)
        await self.promise(under_way, outcome, unit, timed=False)
        return await self.screen(found, under_way, outcome, unit)

    async def _ask_first(
        self, wanted: str, entry: str, voice: str, person: Person, language: str, at: datetime, unit: Unit
    ) -> Reply:
        """Ask the gate's question. What it is asked for goes on by itself once the answer allows it."""
        under_way = await self.states(unit).find(person.id, GATE, wanted)
        if under_way is not None:
            await self.states(unit).drop(under_way.id)  # a question is answered anew, not gone on with
        found = self.flows[GATE]
        outcome = begin(found, at, await self._lines(found, person.id, wanted, voice, language, at, unit), voice=voice)
        under_way = UnderWay(FlowId(self._ids()), person.id, wanted, language, at, outcome.state, entry=entry)
        await self.states(unit).keep(under_way)
        return await self.screen(found, under_way, outcome, unit)

    async def _set_aside(self, under_way: UnderWay, unit: Unit) -> None:
        """It stays in /continue, under a subject of its own; one in which nothing was entered yet does not."""
        if under_way.state.answers:
            await self.states(unit).keep(replace(under_way, subject=under_way.id))
        else:
            await self.states(unit).drop(under_way.id)

    def _own_subject(self, flow: str) -> str:
        """A tool that is only for relatives is always a relative's."""
        return FAMILY if self.flows[flow].beside.point == FAMILY and flow != GATE else ""

    def _voice(self, flow: str, subject: str) -> str:
        return FAMILY if FAMILY in (subject, self._own_subject(flow)) else ""

    # Going on -------------------------------------------------------------------------------------------------------

    async def mine(self, call: Call, unit: Unit) -> UnderWay | None:
        """Return the flow that a press names, if it is the presser's; None for a foreign or hidden one as for a missing one."""
        flow = await self.states(unit).get(FlowId(call.press.subject)) if call.press.subject else None
        if flow is None or flow.person != call.who or await self.doors.is_hidden(flow.state.flow, call.who, call.at, unit):
            return None
        return flow

    async def my_entry(self, call: Call, unit: Unit) -> ToolEntry | None:
        """Return the kept one that a press names; None as for `mine`."""
        entry = await self.entries(unit).get(call.press.subject) if call.press.subject else None
        if entry is None or entry.person != call.who or await self.doors.is_hidden(entry.tool, call.who, call.at, unit):
            return None
        return entry

    async def reachable(self, person: PersonId, now: datetime, unit: Unit, since: datetime | None = None) -> Sequence[UnderWay]:
        """Return the person's flows under way that are not hidden, the last touched first."""
        return await self.doors.open_ones(await self.states(unit).of_person(person, since), now, unit)

    async def unfinished(self, person: PersonId, now: datetime, unit: Unit) -> Sequence[UnderWay]:
        """Return those that wait to be gone on with: the gate's question does not, it is asked anew."""
        return [flow for flow in await self.reachable(person, now, unit) if flow.state.flow != GATE]

    async def do(self, under_way: UnderWay, act: Input, at: datetime, unit: Unit, modals: bool | None = None) -> Reply:
        """Do an act of the person, store what came of it, and return the screen."""
        if await self.doors.is_hidden(under_way.state.flow, under_way.person, at, unit):
            return await self._missing(under_way, at, unit)
        flow, before = self.flows[under_way.state.flow], under_way.state
        outcome = advance(flow, before, act, at, await self.facts(under_way, at, unit))
        if before.timer is not None:  # an edit that waits to be sent would come after this screen, and cover it
            await unit.outbox.withdraw(views.slot(under_way.id))
        after = replace(under_way, at=at, state=outcome.state, paused=outcome.end is End.STOPPED)
        await self.promise(after, outcome, unit, timed=before.timer is not None)
        if outcome.end is End.KEPT or (outcome.end is End.OPEN and self._is_over(flow, outcome)):
            return await self._kept(flow, after, at, unit)
        if outcome.end is End.DISCARDED:
            return await self._discarded(flow, after, unit, at_end=before.at == SUMMARY)
        await self.states(unit).keep(after)
        if outcome.end is End.STOPPED:
            return views.stopped(self.texts.of(after.language), after.id, timed=outcome.state.timer is not None)
        return await self.screen(flow, after, outcome, unit, modals)

    async def screen(
        self, flow: Flow, under_way: UnderWay, outcome: Outcome, unit: Unit, modals: bool | None = None, page: int = 0
    ) -> Reply:
        say = self.texts.of(under_way.language)
        if outcome.view.step is not None:
            above = await self.keeper.looking.blocks(flow, under_way, unit) if outcome.view.at == flow.start else ()
            return views.step(say, outcome.view, under_way.id, outcome.state, modals, flags=self._flags, page=page, above=above)
        counts = self.keeper.has_end(flow.name) and under_way.subject not in ("", FAMILY)  # a meeting counts who has checked in
        made = await self.summary(under_way, unit)
        return views.end(say, flow, under_way.id, made, counts=counts, page=page, family=outcome.view.family)

    async def summary(self, under_way: UnderWay, unit: Unit) -> Summary:
        """Return what a flow comes to, beside what was kept of it before where its picture shows that."""
        flow, state = self.flows[under_way.state.flow], under_way.state
        made = summary(
            self.texts.of(under_way.language), flow, state, self._draws, await self.earlier.beside(flow, under_way, unit)
        )
        more = () if made.empty else await self.keeper.looking.blocks(flow, under_way, unit)
        return replace(made, blocks=(*made.blocks, *more))

    async def promise(self, under_way: UnderWay, outcome: Outcome, unit: Unit, *, timed: bool) -> None:
        """Ask for the next moment of the timer, or withdraw the one there was (`timed`): the same key moves the same row."""
        key = f"flow.{under_way.id}"
        if outcome.wake is not None and outcome.end is End.OPEN:
            await unit.due.add(Due(key, TIMER, outcome.wake, under_way.id), under_way.person)
        elif timed:
            await unit.due.drop(key)

    async def facts(self, under_way: UnderWay, at: datetime, unit: Unit) -> Facts:
        flow, state = self.flows[under_way.state.flow], under_way.state
        return await self._lines(flow, under_way.person, under_way.subject, state.voice, under_way.language, at, unit)

    async def _lines(
        self, flow: Flow, person: PersonId, subject: str, voice: str, language: str, at: datetime, unit: Unit
    ) -> Facts:
        asked = [name for name in flow.facts if name in self._facts]
        kept = await self.earlier.lines(flow.facts.difference(asked), person, subject, voice, language, at, unit)
        relative = {FAMILY: (FAMILY,)} if voice == FAMILY and FAMILY in flow.facts else {}
        return {**kept, **relative, **{name: tuple(await self._facts[name](person, subject, unit)) for name in asked}}

    # The end --------------------------------------------------------------------------------------------------------

    def _is_over(self, flow: Flow, outcome: Outcome) -> bool:
        """A question that a feature waits for is over with its last answer: nobody is asked whether to keep it."""
        return outcome.state.at == SUMMARY and not flow.beside.stores and self.keeper.has_end(flow.name)

    async def _kept(self, flow: Flow, under_way: UnderWay, at: datetime, unit: Unit) -> Reply:
        await self.states(unit).drop(under_way.id)
        screen = await self.keeper.keep(flow, under_way, at, unit)
        if flow.name == GATE and under_way.subject in self.flows:
            return await self._through_the_gate(under_way, at, unit) or screen
        return screen

    async def _through_the_gate(self, asked: UnderWay, at: datetime, unit: Unit) -> Reply | None:
        """Go on with what the gate was asked for: with a strict one only after a clear no. None if it does not open."""
        wanted, language, person = asked.subject, asked.language, await unit.people.get(asked.person)
        if person is None or await self.doors.is_hidden(wanted, person.id, at, unit):
            return None
        entry = await self.entries(unit).get(asked.entry) if asked.entry else None
        if entry is None or entry.person != person.id or await self.doors.is_hidden(entry.tool, person.id, at, unit):
            return await self._go_on_or_begin(wanted, asked.state.voice, person, language, at, unit)
        if entry.tool == wanted:
            return await self._reopened(entry, person, language, at, unit)
        return await self.about(entry, wanted, person, language, at, unit)

    async def _discarded(self, flow: Flow, under_way: UnderWay, unit: Unit, *, at_end: bool) -> Reply:
        await self.states(unit).drop(under_way.id)
        say = self.texts.of(under_way.language)
        if at_end and not flow.beside.stores:  # closed, as its last screen asks: its words stay
            return after_views.closed(say, flow, under_way, NOTHING_MORE)
        if under_way.entry and flow.beside.again == ADD:
            return after_views.left_as_it_was(say, under_way.id)
        return views.discarded(say, under_way.id, empty=not answers_on_way(flow, under_way.state))

    async def _missing(self, under_way: UnderWay, at: datetime, unit: Unit) -> Reply:
        person = await unit.people.get(under_way.person)
        others = await self.unfinished(under_way.person, at, unit)
        return views.gone(self.texts.of(under_way.language), others, await zone_of(person, unit))
