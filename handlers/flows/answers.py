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
from bot.core.ports import Entry
from bot.core.richtext import Block, Bullets, Nodes, Paragraph, Strong, Text, Words, one_line
from bot.core.texts import Say
from handlers.flows.lines import FAMILY, line_nodes, worded

TOGETHER = 900  # characters of numbered lines that stand in one paragraph


class Shown(NamedTuple):
    """An answer in one line, or as lines; `numbered` where their order counts."""

    inline: Nodes = ()
    lines: tuple[Nodes, ...] = ()
    numbered: bool = False


NOTHING_SHOWN = Shown()


def answers_as_blocks(say: Say, flow: Flow, answers: Mapping[str, Entry], voice: str = "") -> tuple[Block, ...]:
    """Return the answers that have a name (the text `<flow>.<step>_label`), in the flow's own order."""
    blocks: list[Block] = []
    for place, name in named(flow, answers):
        blocks.extend(answer_as_blocks(say, owner(flow, place), flow.places[place], name, answers[prefix(place) + name], voice))
    return tuple(blocks)


def answer_as_blocks(say: Say, flow: Flow, step: AnyStep, name: str, answer: Entry, voice: str = "") -> tuple[Block, ...]:
    """Return one answer with its name; nothing for one that has none, or of which there is nothing to show.

    `flow` is the one that the step stands in, `name` the answer's own, without what stands before it.
    """
    family = voice == FAMILY
    key, shown = label_key(say, flow, step, name, family=family), shown_answer(say, flow, step, name, answer, family=family)
    if not key or shown == NOTHING_SHOWN:
        return ()
    label = Strong((*say(key), Text(":")))
    if shown.inline:
        return (Paragraph((label, Text(" "), *shown.inline)),)
    return (Paragraph((label,)), *listed(shown.lines, numbered=shown.numbered))


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
            return Shown((Text(", ".join(known)),)) if known else NOTHING_SHOWN
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
    return (*line_nodes(say, flow, step, line, family=family), Text(": "), *answer)


def said_of_each(say: Say, flow: Flow, step: Each, said: str, *, family: bool) -> Nodes:
    """Return what was answered about one line of an each."""
    key = f"{flow.name}.{step.name}_{said}"
    if step.ask == "choice" and said in step.options and say.has(key):
        return (Text(say.label(worded(say, key, family=family))),)
    return (Words(said),) if step.ask == "words" else (Text(one_line(said, 20)),)


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
