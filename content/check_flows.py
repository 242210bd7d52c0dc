"""What can be wrong with a flow that can be read at all."""

from collections.abc import Iterator

from bot.core.errors import BadPress
from bot.core.flow import END, AnyStep, Branch, Choice, Flow, Many, Run, Scale, Show, Timer, Write, fact_of
from bot.core.replies import Press, parse_press

LABEL, FIELD = 40, 45  # characters of a button, of a form's field
DESCRIPTION = 100  # of a command in a menu
CHIP = 20  # several chips stand in a row
MOST_OPTIONS, MOST_CHIPS = 9, 15  # three rows of buttons
Found = Iterator[tuple[tuple[str, ...], str]]


def targets(step: AnyStep) -> list[tuple[str, str]]:
    """Return where a step may lead, as (why, step)."""
    found = [(option.value, option.next) for option in step.options] if isinstance(step, Choice | Branch) else []
    if step.next and (step.next not in {target for _, target in found} or isinstance(step, Branch)):
        found.append(("", step.next))
    return found


def flow_problems(flow: Flow) -> Found:
    yield from _ways(flow)
    saved = {step.save for step in flow.steps.values() if step.save} | {
        step.rate for step in flow.steps.values() if isinstance(step, Timer) and step.rate
    }
    if len(flow.marks) != len(flow.places):
        yield ("steps",), "two places have the same mark; rename a step"
    for name, step in flow.steps.items():
        for said in _step(flow, step, saved):
            yield ("steps", name), f"step {name}: {said}"
    if flow.picture is not None:
        for wanted in (flow.picture.before, flow.picture.ratings, flow.picture.after):
            if wanted not in saved:
                yield ("picture",), f"picture: nothing is saved as {wanted}"


def _ways(flow: Flow) -> Found:
    leads = {name: {target for _, target in targets(step)} for name, step in flow.steps.items()}
    reached, waiting = set[str](), [flow.start]
    while waiting:
        name = waiting.pop()
        if name != END and name not in reached:
            reached.add(name)
            waiting.extend(leads[name])
    for name in flow.steps.keys() - reached:
        yield ("steps", name), f"step {name}: no way leads here"
    ends = {END}
    while more := {name for name, ways in leads.items() if name not in ends and ways & ends}:
        ends |= more
    for name in reached - ends:
        yield ("steps", name), f"step {name}: no way leads from here to the end"
    unseen = {name for name, step in flow.steps.items() if isinstance(step, Branch)}
    for name in unseen:
        seen, waiting = set[str](), list(leads[name])
        while waiting:
            target = waiting.pop()
            if target in unseen and target not in seen:
                seen.add(target)
                waiting.extend(leads[target])
        if name in seen:
            yield ("steps", name), f"step {name}: branches go round in a ring"


def _step(flow: Flow, step: AnyStep, saved: set[str]) -> Iterator[str]:
    match step:
        case Branch(on=on) if not fact_of(on) and on not in saved:
            yield f"nothing is saved as {on}"
        case Timer(minutes=str(minutes)) if minutes not in saved:
            yield f"nothing is saved as {minutes}"
        case Run(flow=inner, give=give, take=take):
            theirs = {other.save for other in inner.steps.values()}
            yield from (f"{name} is not asked by {inner.name}" for name, _ in give if name not in theirs)
            yield from (f"{name} is not asked by {inner.name}" for _, name in take if name not in theirs)
            yield from (f"nothing is saved as {name}" for _, name in give if name not in saved)
    match step:
        case Choice(options=options):
            if len(options) > MOST_OPTIONS:
                yield f"more than {MOST_OPTIONS} options"
            yield from (f"hide: {option.hide} is no rule" for option in options if option.hide and not fact_of(option.hide))
            if all(option.hide for option in options) and not step.next:
                yield "all options can be hidden, and there is no next"
        case Many(options=values, least=least):
            if len(values) > MOST_CHIPS or least > len(values):
                yield f"more than {MOST_CHIPS} options, or too few for `least`"
        case Timer(every=every, prompts=prompts, rate=rate):
            if bool(every) != bool(prompts) or (rate and not every) or 0 < every < 15:
                yield "every (15 seconds or more) and prompts go together, and rate needs them"
        case Show(press=press) if press:
            try:
                parse_press(press)
            except BadPress:
                yield f"press: {press} is no press"
        case Write(longest=longest, lines=lines) if not 0 < longest <= 2000 or lines > 20:
            yield "longest is 1 to 2000, lines at most 20"
    recall = step.recall if isinstance(step, Show | Timer) else ""
    if recall and not any(isinstance(other, Choice | Many) and other.save == recall for other in flow.steps.values()):
        yield f"recall: no choice is saved as {recall}"
    for value in values_of(step):
        Press("flow", "answer", "0" * 32, f"0000_{value}").data()  # fits, or raises: the reader's bound is wrong


def values_of(step: AnyStep) -> tuple[str, ...]:
    """Return what can be answered by button (a scale's numbers aside)."""
    match step:
        case Choice(options=options):
            return tuple(option.value for option in options)
        case Many(options=values):
            return values
    return ()


def wanted_texts(flow: Flow) -> Iterator[tuple[str, str, int]]:
    """Yield what the flow says, as (step, key, longest; 0: any length)."""
    yield "", "title", LABEL
    if flow.commands:
        yield "", f"command_{flow.commands[0]}", DESCRIPTION
    if flow.picture is not None:
        yield from (("", key, 0) for key in ("picture_title", "picture_twin", "picture_point"))
    for name, step in flow.steps.items():
        match step:
            case Branch() | Run():
                continue
            case Timer(every=every, prompts=prompts) if every:
                yield from ((name, f"{name}_{n}", 0) for n in range(1, prompts + 1))
            case _:
                yield name, name, 0
        match step:
            case Choice(options=options):
                yield from ((name, f"{name}_{option.value}", LABEL if len(options) <= 3 else CHIP) for option in options)
            case Many(options=values):
                yield name, f"{name}_label", FIELD
                yield from ((name, f"{name}_{value}", CHIP) for value in values)
            case Scale() | Write():
                yield name, f"{name}_label", FIELD
            case Show(press=press) if press:
                yield name, f"{name}_press", LABEL
            case Timer():
                yield from ((name, f"{name}_{ending}", 0) for ending in ("over", "over_late"))
        if isinstance(step, Show | Timer) and step.recall:
            for asked in flow.steps.values():
                if isinstance(asked, Choice | Many) and asked.save == step.recall:
                    yield from ((name, f"{asked.name}_{value}_now", 0) for value in values_of(asked))
