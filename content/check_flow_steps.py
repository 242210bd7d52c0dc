"""What can be wrong with one step: its numbers, and the answers that it wants."""

from collections.abc import Iterable, Iterator, Sequence

from bot.core.errors import BadPress
from bot.core.flags import FLAGS
from bot.core.flow import AnyStep, Branch, Choice, Each, Fields, Flow, Many, Order, PickLine, Run, Show, Timer, Write, fact_of
from bot.core.flow_rules import rule_named
from bot.core.replies import Press, parse_press
from content.flow_answers import Answer, Answers, Shape, answers_of

MOST_OPTIONS, MOST_TICKS = 9, 15  # three rows of buttons
MOST_CHIPS = 30  # in pages
MOST_PICKED, MOST_EACH = 30, 60  # lines to pick from (two pages of buttons); lines to be asked about
MOST_LINES, LONGEST = 20, 2000
EACH_OPTION = 11  # characters: the line's number stands before it in a button
YES_NO = frozenset({"yes", "no"})
_LISTS = (Shape.LIST, Shape.MAPPING)
_WORDS = (Shape.TEXT, Shape.LIST, Shape.MAPPING)


def step_problems(flow: Flow, step: AnyStep, before: set[str]) -> Iterator[str]:
    """`before`: the names that may be answered when the step is met."""
    answers = answers_of(flow)
    for name in _wanted(step):
        if name not in answers:
            yield f"nothing is saved as {name}"
        elif name not in before:
            yield f"{name} is asked only afterwards, and no other flow hands it over"
    yield from _form(step)
    yield from _uses(flow, step, answers)
    for value in values_of(step):
        Press("flow", "answer", "0" * 32, f"0000_{value}").data()  # fits, or raises: the reader's bound is wrong


def values_of(step: AnyStep) -> tuple[str, ...]:
    """Return what can be answered by button (numbers and the person's own lines aside)."""
    match step:
        case Choice(options=options):
            return tuple(option.value for option in options)
        case Many(options=values) | Write(chips=values):
            return values
        case Each(options=values):
            return tuple(f"99_{value}" for value in values if len(value) <= EACH_OPTION)  # longer ones are said elsewhere
    return ()


def _wanted(step: AnyStep) -> Iterator[str]:
    yield from step.echo
    if step.flagged:
        yield step.flagged
    match step:
        case Branch(on=on) if not fact_of(on):
            yield on
        case Timer(minutes=str(minutes)):
            yield minutes
        case PickLine(of=of) | Order(of=of):
            yield from of
        case Each(of=of, only=(name, _)):
            yield from (*of, name) if name else of
        case Run(give=give):
            yield from (ours for _, ours in give)


def _form(step: AnyStep) -> Iterator[str]:
    match step:
        case Choice(options=options):
            if len(options) > MOST_OPTIONS:
                yield f"more than {MOST_OPTIONS} options"
            yield from (f"hide: {option.hide} is no rule" for option in options if option.hide and not fact_of(option.hide))
            if all(option.hide for option in options) and not step.next:
                yield "all options can be hidden, and there is no next"
        case Many(options=values, least=least):
            if len(values) > MOST_TICKS or least > len(values):
                yield f"more than {MOST_TICKS} options, or too few for `least`"
        case Timer(every=every, prompts=prompts, rate=rate, write=write):
            if bool(every) != bool(prompts) or (rate and not every) or 0 < every < 15:
                yield "every (15 seconds or more) and prompts go together, and rate needs them"
            if write and not (0 < step.longest <= LONGEST and 0 < step.lines <= MOST_LINES):
                yield f"longest is 1 to {LONGEST}, lines 1 to {MOST_LINES}"
            if not isinstance(step.minutes, str) and not 0 < step.minutes <= 120:
                yield "a timer runs 1 to 120 minutes"
        case Show(press=press) if press:
            try:
                parse_press(press)
            except BadPress:
                yield f"press: {press} is no press"
        case Write(longest=longest, lines=lines, chips=chips):
            if not 0 < longest <= LONGEST or lines > MOST_LINES:
                yield f"longest is 1 to {LONGEST}, lines at most {MOST_LINES}"
            if chips and (not lines or len(chips) > MOST_CHIPS):
                yield f"chips are for lists, and at most {MOST_CHIPS}"
        case Fields(fields=fields):
            if any(not 0 < longest <= LONGEST for _, longest in fields):
                yield f"a field's longest is 1 to {LONGEST}"
        case PickLine(most=most, least=least) if not 0 < most <= MOST_PICKED or least > most:
            yield f"most is 1 to {MOST_PICKED}, and not less than `least`"
        case Each(options=values, items=items, longest=longest):
            if len(values) > MOST_OPTIONS or len(items) > MOST_PICKED:
                yield f"more than {MOST_OPTIONS} options or {MOST_PICKED} items"
            yield from (f"option {value}: at most {EACH_OPTION} characters" for value in values if len(value) > EACH_OPTION)
            if not 0 < longest <= LONGEST:
                yield f"longest is 1 to {LONGEST}"


def _uses(flow: Flow, step: AnyStep, answers: Answers) -> Iterator[str]:
    match step:
        case Branch():
            yield from _branch(step, answers)
        case PickLine(of=of) | Order(of=of):
            yield from _lists(of, answers, MOST_PICKED)
        case Each(of=of, only=only):
            yield from _lists(of, answers, MOST_EACH)
            if only[0]:
                yield from value_problems(answers, *only, shapes=(Shape.MAPPING,))
        case Run(flow=inner, give=give, take=take):
            theirs = answers_of(inner)
            yield from (f"{name} is not asked by {inner.name}" for name, _ in give if name not in theirs)
            yield from (f"{name} is not asked by {inner.name}" for _, name in take if name not in theirs)
            for name, ours in give:
                if said := not_alike(answers.get(ours, ()), theirs.get(name, ())):
                    yield f"give: {ours} is not as {name} of {inner.name}: {said}"
    if step.flags and step.flags not in FLAGS:
        yield f"flags: there is no table {step.flags}"
    if step.flagged and not is_any(answers, step.flagged, _WORDS):
        yield f"flags: {step.flagged} is not in the person's own words"
    recall = step.recall if isinstance(step, Show | Timer) else ""
    if recall and not any(isinstance(other, Choice | Many) and other.save == recall for other in flow.steps.values()):
        yield f"recall: no choice is saved as {recall}"


def _branch(step: Branch, answers: Answers) -> Iterator[str]:
    if step.test and (fact_of(step.on) or rule_named(step.test) is None):
        yield f"test: {step.test} is no test, or there is no answer to be tested"
    if step.test or fact_of(step.on):
        yield from (f"option {option.value}: yes or no" for option in step.options if option.value not in YES_NO)
        return
    for option in step.options:
        yield from value_problems(answers, step.on, option.value)


def _lists(of: Sequence[str], answers: Answers, most: int) -> Iterator[str]:
    """Only over lists; a single text may stand beside others."""
    for name in of:
        found = answers.get(name, ())
        if any(answer.shape not in (*_LISTS, Shape.TEXT) for answer in found):
            yield f"{name} is no list"
        elif len(of) == 1 and any(answer.shape is Shape.TEXT for answer in found):
            yield f"{name} is one text, no list"
    lines = sum(max((max(answer.lines, 1) for answer in answers.get(name, ())), default=0) for name in of)
    if lines > most:
        yield f"up to {lines} lines in {', '.join(of)}; there is room for {most}"


def value_problems(answers: Answers, name: str, value: str, shapes: Sequence[Shape] = ()) -> Iterator[str]:
    """What keeps the answer from ever being (or holding) this value."""
    found = answers.get(name, ())
    if shapes and not is_any(answers, name, shapes):
        yield f"{name} is not {' or '.join(shapes)}"
    elif found and not any(answer.values for answer in found):
        yield f"{name} has no options to be compared with"
    elif found and not any(value in answer.values for answer in found):
        yield f"{name} is never {value}"


def is_any(answers: Answers, name: str, shapes: Iterable[Shape]) -> bool:
    """Is everything that is saved under this name in one of these forms? True where nothing is: that is said elsewhere."""
    return all(answer.shape in shapes for answer in answers.get(name, ()))


def not_alike(ours: Sequence[Answer], theirs: Sequence[Answer]) -> str:
    """Return why an answer cannot be handed over as another, or ""."""
    for our in ours:
        for their in theirs:
            if our.shape is not their.shape or our.inner is not their.inner:
                return f"{our.shape} and {their.shape}"
            if their.values and not our.values <= their.values:
                return f"it has no {', '.join(sorted(our.values - their.values))}"
            if our.values and not their.values and our.shape is not Shape.NUMBER:
                return "what is tapped here has no texts there"
    return ""
