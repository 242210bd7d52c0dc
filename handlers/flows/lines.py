"""What a line of an answer is called: the person's own words, or the text of a value they tapped. And which voice says it."""

from collections.abc import Sequence

from bot.core.flow import AnyStep, Choice, Each, Flow, Many, Order, PickLine, Run, Write
from bot.core.flow_view import asked_at
from bot.core.richtext import Nodes, Words, one_line, plain
from bot.core.texts import Say

FAMILY = "family"  # the voice of a relative, and the end of a text that is said to one


def worded(say: Say, key: str, *, family: bool) -> str:
    """Return the key of the text in the voice of the person: a relative's own, where there is one."""
    return f"{key}_{FAMILY}" if family and say.has(f"{key}_{FAMILY}") else key


def asked_key(say: Say, flow: Flow, step: AnyStep, *, family: bool) -> str:
    """Return the key of a step's own text. A button named `family` is not the text for relatives."""
    key = f"{flow.name}.{step.name}"
    return key if FAMILY in _values(step) else worded(say, key, family=family)


def _values(step: AnyStep) -> tuple[str, ...]:
    match step:
        case Choice(options=options):
            return tuple(option.value for option in options)
        case Many(options=values) | Write(chips=values):
            return values
        case Each(options=options, items=items):
            return (*options, *items)
    return ()


def names_of(step: AnyStep) -> tuple[str, ...]:
    """Return the names under `save` whose lines a step is about."""
    return step.of if isinstance(step, PickLine | Order | Each) else ()


def line_nodes(say: Say, flow: Flow, step: AnyStep, line: str, *, family: bool) -> Nodes:
    """Return how one of the lines that a step is about reads."""
    if isinstance(step, Each) and line in step.items:
        key = f"{flow.name}.{step.name}_{line}"
    else:
        key = _key(flow, names_of(step), line, frozenset())
    return say(worded(say, key, family=family)) if key and say.has(key) else (Words(line),)


def option_text(say: Say, flow: Flow, step: AnyStep, value: str, *, family: bool) -> str:
    """Return how one of a step's options reads: its text, or the words of whoever made the question."""
    if isinstance(step, Each) and step.said:
        return one_line(step.said[step.options.index(value)])
    return say.label(worded(say, f"{flow.name}.{step.name}_{value}", family=family))


def line_text(say: Say, flow: Flow, step: AnyStep, line: str, *, family: bool) -> str:
    return plain(line_nodes(say, flow, step, line, family=family))


def _key(flow: Flow, names: Sequence[str], line: str, seen: frozenset[str]) -> str:
    """Return the text of a value that was tapped where the lines come from, or "" for the person's own words."""
    for name in names:
        asked = flow.steps.get(asked_at(flow, name)) if name not in seen else None
        found = _taken(flow, name, line) if asked is None else _asked(flow, asked, line, seen | {name})
        if found:
            return found
    return ""


def _asked(flow: Flow, asked: AnyStep, line: str, seen: frozenset[str]) -> str:
    match asked:
        case Many(options=values) if line in values:
            return f"{flow.name}.{asked.name}_{line}"
        case Choice(options=options) if any(option.value == line for option in options):
            return f"{flow.name}.{asked.name}_{line}"
        case Each(items=items) if line in items:
            return f"{flow.name}.{asked.name}_{line}"
        case PickLine(of=names) | Order(of=names) | Each(of=names):
            return _key(flow, names, line, seen)
    return ""


def _taken(flow: Flow, name: str, line: str) -> str:
    """Look where another flow, that was run, asked for it."""
    for step in flow.steps.values():
        if isinstance(step, Run):
            for ours, theirs in step.take:
                if ours == name and (found := _key(step.flow, (theirs,), line, frozenset())):
                    return found
    return ""
