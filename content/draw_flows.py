"""A flow as a diagram: in Mermaid, and in plain characters for a terminal."""

from collections.abc import Iterator

from bot.core.flow import END, AnyStep, Branch, Choice, Each, Flow, Follow, Order, PickLine, Run, Timer
from content.flow_answers import targets

FINISH = "finish"  # `end` is a word of Mermaid's own
BEGIN, GATE = "begin", "gate"


def mermaid(flow: Flow) -> str:
    """Return the flow as Mermaid text. What stands beside its steps hangs on dotted lines."""
    lines = ["flowchart TD", *_before(flow), f"  {FINISH}((end))"]
    for name, step in flow.steps.items():
        opened, closed = _BOXES.get(type(step), ("[", "]"))
        lines.append(f'  {_node(name)}{opened}"{name}: {said(step)}"{closed}')
        for why, target in _ways(step):
            lines.append(f"  {_node(name)} -->{f'|{why}|' if why else ''} {FINISH if target == END else _node(target)}")
    for target, why in _afterwards(flow):
        lines.append(f'  {FINISH} -.->|"{why}"| To_{target}(["{target}"])')
    return "\n".join(lines)


def plain(flow: Flow) -> str:
    """Return the flow as an indented list: a step and below it the ways on, each step told once."""
    lines = [f"{flow.name}{_head(flow)}"]
    if flow.beside.gate:
        lines.append(f"  gate ({flow.beside.gate}): could this make things unsafe at home?")
    lines.extend(_told(flow))
    lines.extend(f"  afterwards: {why} -> {target}" for target, why in _afterwards(flow))
    return "\n".join(lines)


def said(step: AnyStep) -> str:
    """Return what kind of step it is, with what it is about."""
    match step:
        case Branch(on=on, test=test):
            return f"{on} {test.replace('_', ' ')}?" if test else f"{on}?"
        case Run(flow=inner):
            return f"run {inner.name}"
        case PickLine(of=of) | Order(of=of):
            return f"{_KINDS[type(step)]} {', '.join(of)}"
        case Each(fact=fact) if fact:
            return f"each of {fact}"
        case Each(of=of, items=items, ask=ask):
            return f"each of {', '.join(of) or f'{len(items)} items'}: {ask}"
        case Timer(minutes=minutes):
            return f"timer, {minutes} min" if isinstance(minutes, int) else f"timer, minutes: {minutes}"
    return _KINDS.get(type(step), type(step).__name__.lower())


_TAKEN = frozenset(
    (FINISH, BEGIN, GATE, "call", "class", "click", "default", "flowchart", "graph", "href", "interpolate", "style", "subgraph")
)
_KINDS: dict[type, str] = {PickLine: "pick", Order: "order"}
_BOXES: dict[type, tuple[str, str]] = {Branch: ("{", "}"), Run: ("[[", "]]"), Timer: ("([", "])")}


def _node(name: str) -> str:
    """Return a step's name as Mermaid's name of a box, which its own words and ours cannot be."""
    return f"{name}_" if name in _TAKEN else name


def _before(flow: Flow) -> Iterator[str]:
    if not flow.beside.gate:
        yield f"  {BEGIN}((begin)) --> {_node(flow.start)}"
        return
    yield f'  {BEGIN}((begin)) --> {GATE}{{"unsafe at home? ({flow.beside.gate})"}}'
    yield f"  {GATE} -->|no| {_node(flow.start)}"
    yield f'  {GATE} -->|yes, unsure| To_safety(["safety plan"])'


def _head(flow: Flow) -> str:
    beside = flow.beside
    words = [
        *(["/" + ", /".join(flow.commands)] if flow.commands else []),
        *([f"point {beside.point}"] if beside.point else []),
        *([] if beside.stores else ["keeps nothing"]),
        *([f"again: {beside.again}"] if beside.again else []),
        *([f"picture: {flow.picture.kind}"] if flow.picture else []),
    ]
    return f"  ({'; '.join(words)})" if words else ""


def _afterwards(flow: Flow) -> Iterator[tuple[str, str]]:
    for name, pairs in flow.beside.then:
        yield name, f"then{' with ' + ', '.join(theirs for theirs, _ in pairs) if pairs else ''}"
    for follow in flow.beside.follow:
        yield follow.begin, f"{_when(follow)}{f', if {follow.when.name} is {follow.when.value}' if follow.when.name else ''}"


def _when(follow: Follow) -> str:
    if follow.minutes:
        return f"after {follow.minutes} minutes"
    if follow.days:
        return f"after {', '.join(map(str, follow.days))} {'day' if follow.days == (1,) else 'days'}"
    return f"on {follow.on} at {follow.at}"


def _told(flow: Flow) -> Iterator[str]:
    told = set[str]()
    waiting = [(flow.start, 1, "")]  # step, depth, why
    while waiting:
        name, depth, why = waiting.pop()
        indent, label = "  " * depth, f"{why} -> " if why else ""
        if name == END:
            yield f"{indent}{label}(end)"
            continue
        if name in told:
            yield f"{indent}{label}{name} (above)"
            continue
        told.add(name)
        step = flow.steps[name]
        yield f"{indent}{label}{name}: {said(step)}"
        ways = _ways(step)
        deeper = depth + 1 if why or len(ways) > 1 else depth
        waiting.extend((target, deeper, label) for label, target in reversed(ways))


def _ways(step: AnyStep) -> list[tuple[str, str]]:
    """Return where a step may lead, each way with what it is called; the only one has no name."""
    ways = targets(step)
    if len(ways) == 1:
        return ways
    return [(why or ("skip" if isinstance(step, Choice) and step.skip else "else"), target) for why, target in ways]
