"""Answers as a person reads them: their own words and figures, each with its name, without judgement."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.core.daywords import said_day, said_time
from bot.core.flow import (
    AnyStep,
    Choice,
    Date,
    Each,
    Fields,
    Flow,
    Many,
    Order,
    PickLine,
    Scale,
    Time,
    Timer,
    Write,
    owner,
    prefix,
    runs,
)
from bot.core.flow_lines import lines_in
from bot.core.ports import Entry
from bot.core.richtext import Block, Bullets, Nodes, Paragraph, Strong, Text, Words, one_line, plain
from bot.core.texts import Say
from handlers.flows.bundles import bundled
from handlers.flows.lines import FAMILY, line_nodes, worded

TOGETHER = 900  # characters of numbered lines that stand in one paragraph


class Shown(NamedTuple):
    """An answer in one line, or as lines; `numbered` where their order counts."""

    inline: Nodes = ()
    lines: tuple[Nodes, ...] = ()
    numbered: bool = False


NOTHING_SHOWN = Shown()


def answers_as_blocks(say: Say, flow: Flow, answers: Mapping[str, Entry], voice: str = "") -> tuple[Block, ...]:
    """Return the answers that have a name (the text `<flow>.<step>_label`), in the flow's own order; no line stands there twice
    where once will do (`bundles.py`)."""
    family, found = voice == FAMILY, tuple(named(flow, answers))
    bundle = bundled(flow, answers, found)
    blocks: list[Block] = []
    for place, name in found:
        if (whole := prefix(place) + name) in bundle.left_out:
            continue
        inner, step = owner(flow, place), flow.places[place]
        shown = shown_answer(say, inner, step, name, answers[whole], family=family)
        key = label_key(say, inner, step, name, family=family)
        if not key or shown == NOTHING_SHOWN:
            continue
        label = label_nodes(say, key)
        if shown.inline:
            blocks.append(Paragraph((label, Text(" "), *shown.inline)))
            continue
        beside = [(each, pairs) for each, pairs in bundle.beside.get(whole, ())]
        lines = shown.lines
        if beside:
            own = [line for line in lines_in(answers[whole]) if line]
            lines = tuple(
                (*nodes, *_beside(say, inner, line, beside, family=family)) for nodes, line in zip(lines, own, strict=True)
            )
        blocks.extend((Paragraph((label,)), *listed(lines, numbered=shown.numbered)))
    return tuple(blocks)


def _beside(say: Say, flow: Flow, line: str, beside: Sequence[tuple[Each, Mapping[str, str]]], *, family: bool) -> Nodes:
    """Return what was answered about a line, as it stands behind it in its list."""
    said = [plain(said_of_each(say, flow, step, pairs[line], family=family)) for step, pairs in beside if line in pairs]
    return (Text(f" – {', '.join(said)}"),) if said else ()


def label_nodes(say: Say, key: str) -> Strong:
    """Return an answer's name as it stands before the answer: a colon, unless it is a question."""
    nodes = say(key)
    return Strong((*nodes, Text(colon(say, plain(nodes)))))


def colon(say: Say, name: str) -> str:
    """Return what stands between a name and what it names, before the space: a question has its own sign."""
    return "" if name.rstrip().endswith(("?", "…")) else say.label("flow.colon")


def label_key(say: Say, flow: Flow, step: AnyStep, name: str, *, family: bool) -> str:
    """Return the key of an answer's name, or ""."""
    key = f"{flow.name}.{step.name}"
    wanted = [f"{key}_label"]
    if isinstance(step, Fields):
        wanted = [f"{key}_{name}"]
    elif isinstance(step, Timer) and name == step.write:
        wanted = [f"{key}_{name}", f"{key}_label"]
    return next((worded(say, found, family=family) for found in wanted if say.has(found)), "")


def shown_answer(say: Say, flow: Flow, step: AnyStep, name: str, answer: Entry, *, family: bool) -> Shown:
    key = f"{flow.name}.{step.name}"

    def value(chosen: str) -> str:
        return say.label(worded(say, f"{key}_{chosen}", family=family)) if say.has(f"{key}_{chosen}") else ""

    match step, answer:
        case Fields() | Write(), str(words) if words:
            return Shown((Words(words),))
        case Scale(), int(number):
            return Shown((Text(str(number)),))
        case Timer(save=save), int(seconds) if name == save:
            return Shown((Text(length(seconds)),))
        case Timer(write=write), list(lines) if name == write:
            return Shown(lines=tuple((Words(line),) for line in lines))
        case Write(), list(lines):
            return Shown(lines=tuple((Words(line),) for line in lines))
        case Choice() | Many(), str() | list():
            labels = [value(one) for one in ([answer] if isinstance(answer, str) else answer)]
            known = [label for label in labels if label]
            between = " · " if any(", " in label for label in known) else ", "
            return Shown((Text(between.join(known)),)) if known else NOTHING_SHOWN
        case Date(), str(day):
            return Shown((Text(said_day(day, say.language)),))
        case Time(), str(time):
            return Shown((Text(said_time(time, say.language)),))
        case PickLine(), str(line) if line:
            return Shown(line_nodes(say, flow, step, line, family=family))
        case PickLine() | Order(), list(lines) if name == step.save:
            found = tuple(line_nodes(say, flow, step, line, family=family) for line in lines)
            return Shown(lines=found, numbered=isinstance(step, Order))
        case Each(), dict(pairs):
            return Shown(lines=tuple(_pair(say, flow, step, line, said, family=family) for line, said in pairs.items()))
    return NOTHING_SHOWN


def _pair(say: Say, flow: Flow, step: Each, line: str, said: str, *, family: bool) -> Nodes:
    answer = said_of_each(say, flow, step, said, family=family)
    about = line_nodes(say, flow, step, line, family=family)
    return (*about, Text(f"{colon(say, plain(about))} "), *answer)


def said_of_each(say: Say, flow: Flow, step: Each, said: str, *, family: bool) -> Nodes:
    """Return what was answered about one line of an each."""
    key = f"{flow.name}.{step.name}_{said}"
    if step.ask == "choice" and said in step.options and say.has(key):
        return (Text(say.label(worded(say, key, family=family))),)
    return (Words(said),) if step.ask == "words" or step.fact else (Text(one_line(said, 20)),)


def listed(lines: Sequence[Nodes], *, numbered: bool) -> tuple[Block, ...]:
    """Return lines as bullets, or with their numbers."""
    if not numbered:
        return (Bullets(tuple(lines)),) if lines else ()
    made: list[list[Nodes]] = [[]]
    held = 0
    for number, line in enumerate(lines, 1):
        if held > TOGETHER:
            made.append([])
            held = 0
        made[-1].append((Text(f"{number}. "), *line))
        held += sum(len(node.text) for node in line if isinstance(node, Text | Words))
    return tuple(Paragraph(_under_another(group)) for group in made if group)


def _under_another(lines: Sequence[Nodes]) -> Nodes:
    nodes = list(lines[0])
    for line in lines[1:]:
        nodes.extend((Text("\n"), *line))
    return tuple(nodes)


def named(flow: Flow, answers: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    """Yield place and name of the answers that are shown; what one flow gave another is shown once, where it was given, and what
    two steps save under one name is shown once, as the later one calls it."""
    twice: set[str] = set()
    for place in flow.places:
        for run_place, run in runs(flow, place):
            inside = f"{run_place}/".replace("/", ".")
            twice.update(inside + theirs for theirs, ours in run.give if prefix(run_place) + ours in answers)
            twice.update(inside + theirs for ours, theirs in run.take if prefix(run_place) + ours in answers)
    shown: dict[str, tuple[str, str]] = {}
    for place, step in flow.places.items():
        for name in saved_names(step):
            if (whole := prefix(place) + name) in answers and whole not in twice:
                shown[whole] = (place, name)
    yield from shown.values()


def saved_names(step: AnyStep) -> tuple[str, ...]:
    """Return the names under which a step keeps what a person may read again."""
    match step:
        case Fields(fields=fields):
            return tuple(name for name, _ in fields)
        case Timer(save=save, write=write):
            return tuple(name for name in (save, write) if name)
    return (step.save,) if step.save else ()


def length(seconds: int) -> str:
    """Return seconds as minutes and seconds, like 4:30."""
    return f"{seconds // 60}:{seconds % 60:02}"
