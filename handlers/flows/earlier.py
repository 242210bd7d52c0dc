"""What was kept before, for a flow that asks for it: lines to bring in, and numbers to compare with."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from bot.core.flow import ADD, REVIEW, Each, Fields, Flow, Order, PickLine, Run, Write
from bot.core.flow_lines import lines_in
from bot.core.flow_view import asked_at, saves
from bot.core.ids import PersonId
from bot.core.ports import Entry, Unit
from bot.core.richtext import Nodes, Words, plain
from bot.core.texts import Say, Texts
from bot.core.whose import zone_of
from handlers.flows.answers import said_of_each
from handlers.flows.gates import Doors
from handlers.flows.lines import line_nodes
from handlers.flows.records import FAMILY, Entries, ToolEntry, UnderWay
from handlers.flows.wave import History

DRAWN_OVER = frozenset({"trend", "radar"})  # kinds of pictures that also show what was kept before
LOOKED_THROUGH = 20  # entries of a tool in which an answer that the newest does not have is looked for


class Earlier:
    def __init__(self, texts: Texts, flows: Mapping[str, Flow], entries: Callable[[Unit], Entries], doors: Doors) -> None:
        self._texts = texts
        self._flows = flows
        self._entries = entries
        self._doors = doors

    async def lines(
        self, names: Iterable[str], person: PersonId, subject: str, voice: str, language: str, now: datetime, unit: Unit
    ) -> dict[str, tuple[str, ...]]:
        """Return the lines of answers by names like `cba.gives`: of the entry that the flow is about (`subject`), if it is one of
        that tool, else of the newest that has this answer.

        Only the newest entry of a tool is opened, and others only where it lacks the answer.
        """
        by_tool: dict[str, list[str]] = {}
        for name in names:
            tool, _, answer = name.partition(".")
            if answer and not await self._doors.is_hidden(tool, person, now, unit):
                by_tool.setdefault(tool, []).append(answer)
        about = await self._entries(unit).get(subject) if by_tool and subject not in ("", FAMILY) else None
        found: dict[str, tuple[str, ...]] = {}
        for tool, answers in by_tool.items():
            if about is not None and (about.tool, about.person) == (tool, person):
                kept: Sequence[ToolEntry] = (about,)
            else:
                kept = await self._newest_with(answers, person, tool, voice, unit)
            for answer in answers:
                value = next((entry.answers[answer] for entry in kept if entry.answers.get(answer)), None)
                if value is not None:
                    say = self._texts.of(language)
                    found[f"{tool}.{answer}"] = worded_lines(say, self._flows[tool], answer, value, family=voice == FAMILY)
        return found

    async def _newest_with(
        self, answers: Sequence[str], person: PersonId, tool: str, voice: str, unit: Unit
    ) -> Sequence[ToolEntry]:
        """Return the newest entry of a tool, and those before it where it lacks one of the answers; the newest first."""
        newest = await self._entries(unit).newest(person, tool, voice)
        if newest is None or all(newest.answers.get(answer) for answer in answers):
            return () if newest is None else (newest,)
        return (await self._entries(unit).all_of(person, tool, voice, LOOKED_THROUGH))[::-1]

    def handed(self, entry: ToolEntry, ours: Flow, theirs: Flow, language: str) -> dict[str, Entry]:
        """Return the answers of a kept one that another tool is given, in the shape in which that asks for them."""
        pairs = next((pairs for other, pairs in ours.beside.then if other == theirs.name), ())
        made: dict[str, Entry] = {}
        for their, our in pairs:
            if answer := entry.answers.get(our):
                lines = worded_lines(self._texts.of(language), ours, our, answer, family=entry.voice == FAMILY)
                made[their] = _fitting(theirs, their, answer, lines)
        return made

    async def history(self, flow: Flow, person: PersonId, voice: str, unit: Unit) -> Sequence[ToolEntry]:
        """Return what was kept of a flow, oldest first, where its picture shows that; else nothing."""
        if flow.picture is None or flow.picture.kind not in DRAWN_OVER:
            return ()
        return await self._entries(unit).all_of(person, flow.name, voice)

    async def beside(self, flow: Flow, under_way: UnderWay, unit: Unit) -> History:
        """Return what a flow's picture shows beside the present one, at the hours of the person's clocks."""
        kept = await self.history(flow, under_way.person, under_way.state.voice, unit)
        shown = [entry for entry in kept if entry.id != under_way.entry or flow.beside.again != ADD]
        zone = await zone_of(await unit.people.get(under_way.person), unit) if shown else UTC
        return [(entry.at.astimezone(zone), entry.answers) for entry in shown]


def again(flow: Flow, entry: ToolEntry) -> dict[str, Entry]:
    """Return the answers with which a kept one is gone on with. What is looked at again is asked anew about each line; it would
    else count as answered, and be compared with itself."""
    anew: tuple[type, ...] = (Each, Order) if flow.beside.again == REVIEW else ()
    left = {name for place, step in flow.places.items() if isinstance(step, anew) for name in saves(flow, place)}
    return {name: answer for name, answer in entry.answers.items() if name not in left}


def worded_lines(say: Say, flow: Flow, name: str, answer: Entry, *, family: bool) -> tuple[str, ...]:
    """Return an answer as lines that can be read: the person's own words, and the texts of what they tapped."""
    *inside, name = name.split(".")
    for step_name in inside:
        step = flow.steps.get(step_name)
        if not isinstance(step, Run):
            return lines_in(answer)
        flow = step.flow
    asked = PickLine(name="", next="", of=(name,))
    return tuple(dict.fromkeys(_as_read(line_nodes(say, flow, asked, line, family=family)) for line in lines_in(answer)))


def lines_to_pin(say: Say, flow: Flow, name: str, answer: Entry) -> tuple[str, ...]:
    """Return an answer as lines that stand alone: what was answered about a line stands behind it."""
    lines = worded_lines(say, flow, name, answer, family=False)
    asked = flow.places.get(asked_at(flow, name))
    if not isinstance(answer, dict) or not isinstance(asked, Each) or asked.ask == "scale" or len(lines) != len(answer):
        return lines
    said = (_as_read(said_of_each(say, flow, asked, one, family=False)) for one in answer.values())
    return tuple(f"{line} → {one}" for line, one in zip(lines, said, strict=True))


def _fitting(flow: Flow, name: str, answer: Entry, lines: tuple[str, ...]) -> Entry:
    """Return an answer as a list where a list is asked for, and as one text where that is."""
    for step in flow.steps.values():
        if isinstance(step, Write) and step.save == name:
            return list(lines[: step.lines]) if step.lines else lines[0]
        if isinstance(step, Fields) and name in dict(step.fields):
            return lines[0]
    return answer


def _as_read(nodes: Nodes) -> str:
    match nodes:
        case (Words(text),):
            return text
    return plain(nodes)
