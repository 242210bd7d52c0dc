"""What a step shows above its buttons: what was said before, the question, and what is answered so far."""

import re
from collections.abc import Callable, Sequence

from bot.core.flow import Date, Each, Fields, Flow, Order, PickLine, Time, Timer, Write
from bot.core.flow_state import View
from bot.core.ports import Entry
from bot.core.richtext import Block, Bullets, Emphasis, Meter, Node, Nodes, Paragraph, Quote, Text, Words, plain
from bot.core.screens import cut
from bot.core.texts import Say, say_p
from handlers.flows.answers import NOTHING_SHOWN, label_key, label_nodes, length, listed, said_of_each, shown_answer
from handlers.flows.lines import asked_key, line_nodes, worded

Flags = Callable[[str, str, str], tuple[str, ...]]
"""Return what a table of rules (`content/flags`) finds in words of a language: names, in the order in which they are said."""

ECHOED = 300  # characters of an earlier answer that are quoted
ECHOED_LIST = 500  # of all lines of one
ROOM = 1400  # characters for a list on a step's screen; each line has its share
LEAST_ROOM = 40


def no_flags(_table: str, _language: str, _words: str) -> tuple[str, ...]:
    return ()


def paragraphs(nodes: Nodes) -> tuple[Paragraph, ...]:
    """Return our own text as paragraphs: a line break in it begins the next one."""
    made: list[list[Node]] = [[]]
    for node in nodes:
        if not isinstance(node, Text):
            made[-1].append(node)
            continue
        first, *rest = re.split("\n+", node.text)
        made[-1].append(Text(first))
        made.extend([Text(piece)] for piece in rest)
    return tuple(Paragraph(tuple(inner)) for inner in made if inner)


def question(say: Say, view: View) -> tuple[Paragraph, ...]:
    """Return the step's own words; of a timer that is watched, the present one of its prompts."""
    assert view.step is not None
    if isinstance(view.step, Timer) and view.step.every:
        prompt = view.elapsed // view.step.every % view.step.prompts + 1
        return paragraphs(say(worded(say, f"{view.flow.name}.{view.step.name}_{prompt}", family=view.family)))
    return paragraphs(say(asked_key(say, view.flow, view.step, family=view.family)))


def quoted(say: Say, view: View) -> tuple[Block, ...]:
    """Return the earlier answers that the step echoes, each with its name."""
    blocks: list[Block] = []
    beside = _beside(view)
    for asked, name, answer in view.quoted:
        step = view.flow.steps.get(asked)
        if step is None or (beside is not None and step is beside[0]):
            continue
        shown = shown_answer(say, view.flow, step, name, answer, family=view.family)
        if shown == NOTHING_SHOWN:
            continue
        if key := label_key(say, view.flow, step, name, family=view.family):
            blocks.append(Paragraph((label_nodes(say, key),)))
        if shown.inline:
            blocks.append(Quote(shortened(shown.inline, ECHOED)))
        blocks.extend(listed(fitting(shown.lines, ECHOED_LIST), numbered=shown.numbered))
    return tuple(blocks)


def flagged(say: Say, view: View, answers: dict[str, Entry], flags: Flags, before: str = "") -> tuple[Block, ...]:
    """Return what a table of rules found in an earlier answer, gently; nothing where there is no such answer."""
    if view.step is None or not view.step.flags:
        return ()
    answer = answers.get(before + view.step.flagged)
    words = answer if isinstance(answer, str) else "\n".join(answer) if isinstance(answer, list) else ""
    if not words:
        return ()
    keys = [f"{view.flow.name}.flag_{name}" for name in flags(view.step.flags, say.language, words)]
    found = [key for key in keys if say.has(key)] or [key for key in (f"{view.flow.name}.flag_none",) if say.has(key)]
    return tuple(one for key in found for one in paragraphs(say(worded(say, key, family=view.family))))


def so_far(say: Say, view: View) -> tuple[Block, ...]:
    """Return what the step is about, and what is answered so far."""
    blocks: list[Block] = []
    if view.recalled:
        keys = [worded(say, f"{view.flow.name}.{asked}_{option}_now", family=view.family) for asked, option in view.recalled]
        blocks.append(Bullets(tuple(say(key) for key in keys)))
    if view.lines:
        blocks.append(Bullets(fitting([(Words(line),) for line in view.lines])))
    blocks.extend(_about(say, view))
    if isinstance(view.step, Timer) and (view.step.every or view.elapsed):
        label = say("flow.timer", done=length(view.elapsed), whole=length(view.seconds))
        blocks.append(Meter(label, view.elapsed, view.seconds))
    return tuple(blocks)


def _about(say: Say, view: View) -> tuple[Block, ...]:
    def nodes(line: str) -> Nodes:
        assert view.step is not None
        return line_nodes(say, view.flow, view.step, line, family=view.family)

    match view.step, view.answer:
        case Write(), str(words) if words:
            return (Quote((Words(words),)),)
        case Write(), list(lines):
            return listed(fitting([(Words(line),) for line in lines]), numbered=True)
        case Timer(), _ if view.written:
            return listed(fitting([(Words(line),) for line in view.written]), numbered=True)
        case Fields(fields=fields), dict(filled):
            keys = {name: field_key(say, view.flow, view.step, name, family=view.family) for name, _ in fields if name in filled}
            named: list[Nodes] = [(label_nodes(say, key), Text(" "), Words(filled[name])) for name, key in keys.items()]
            return listed(fitting(named), numbered=False)
        case Date() | Time(), str(answer):
            return (Quote(shown_answer(say, view.flow, view.step, view.step.save, answer, family=view.family).inline),)
        case PickLine(), _:
            return _to_pick(say, view, nodes)
        case Order(), _ if view.pair is not None:
            left = Paragraph((Emphasis(say("flow.order_left", count=view.pairs_left)),))
            return (*listed(fitting([nodes(line) for line in view.pair]), numbered=True), left)
        case Each(), answer if view.item:
            return _each(say, view, nodes(view.item), answer)
    return ()


def _beside(view: View) -> tuple[Each, dict[str, str]] | None:
    """Return the echoed answers about the lines that may be picked: they stand behind these, not in a list of their own."""
    for asked, _, answer in view.quoted:
        step = view.flow.steps.get(asked)
        if isinstance(view.step, PickLine) and isinstance(step, Each) and isinstance(answer, dict):
            return step, answer
    return None


def _to_pick(say: Say, view: View, nodes: Callable[[str], Nodes]) -> tuple[Block, ...]:
    beside = _beside(view)
    if beside is None:
        return listed(fitting([nodes(line) for line in view.items]), numbered=True)
    step, said = beside
    told = {line: said_of_each(say, view.flow, step, answer, family=view.family) for line, answer in said.items()}
    between = Text(f"{say.label('flow.colon')} ")
    lines = [(*nodes(line), between, *told[line]) if line in told else nodes(line) for line in view.items]
    key = label_key(say, view.flow, step, step.save, family=view.family)
    name = (Paragraph((label_nodes(say, key),)),) if key else ()
    return (*name, *listed(fitting(lines), numbered=True))


def _each(say: Say, view: View, line: Nodes, answer: Entry | None) -> tuple[Block, ...]:
    assert isinstance(view.step, Each)
    blocks: list[Block] = [Quote(line)]
    if len(view.items) > 1 and view.item in view.items:
        at = view.items.index(view.item) + 1
        blocks.append(Paragraph((Emphasis(say("flow.each_of", n=at, of=len(view.items))),)))
    if view.step.ask == "words" and isinstance(answer, str) and answer:
        blocks.append(Bullets(((Words(answer),),)))
    return tuple(blocks)


def fitting(lines: Sequence[Nodes], room: int = ROOM) -> tuple[Nodes, ...]:
    """Return lines cut so that all of them fit into one message together."""
    most = max(LEAST_ROOM, room // max(1, len(lines)))
    return tuple(shortened(line, most) for line in lines)


def shortened(line: Nodes, most: int) -> Nodes:
    """Return the line with its member's words cut, where it is longer than `most` characters."""
    over = len(plain(line)) - most
    if over <= 0:
        return line
    return tuple(Words(cut(node.text, max(1, len(node.text) - over))) if isinstance(node, Words) else node for node in line)


def hint(say: Say, view: View, *, modals: bool | None) -> tuple[Block, ...]:
    """Return what may be typed here, where words are typed into the chat."""
    if modals is not False:
        return ()
    match view.step:
        case Write():
            return (say_p(say, "flow.type_more" if view.answer and view.step.lines else "flow.type_here"),)
        case Timer(write=write) if write:
            return (say_p(say, "flow.type_meanwhile"),)
        case Date() | Time():
            return (say_p(say, "flow.type_date" if isinstance(view.step, Date) else "flow.type_time"),)
        case Each(ask="words"):
            return (say_p(say, "flow.type_here"),)
        case Fields(fields=fields):
            filled = view.answer if isinstance(view.answer, dict) else {}
            name = next((name for name, _ in fields if name not in filled), fields[-1][0])
            return (say_p(say, "flow.type_field", field=say.label(field_key(say, view.flow, view.step, name, family=view.family))),)
    return ()


def field_key(say: Say, flow: Flow, step: Fields, name: str, *, family: bool) -> str:
    return worded(say, f"{flow.name}.{step.name}_{name}", family=family)
