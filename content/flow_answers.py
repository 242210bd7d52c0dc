"""What a flow's steps save: under which name, in which form, and where on the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from bot.core.flow import (
    END,
    AnyStep,
    Branch,
    Choice,
    Date,
    Each,
    Fields,
    Flow,
    Many,
    Order,
    PickLine,
    Run,
    Scale,
    Show,
    Time,
    Timer,
    Write,
)


class Shape(StrEnum):
    """The forms of an answer; the words are those of complaints."""

    TEXT = "a text"
    NUMBER = "a number"
    CHOICE = "a choice"
    LIST = "a list"
    MAPPING = "a mapping"
    DATE = "a date"
    TIME = "a time"
    RATINGS = "a timer's ratings"


@dataclass(frozen=True, slots=True)
class Answer:
    """`values`: all that it can be (or hold), where that is known, as for a choice. `lines`: how many, at most.

    `inner`: of a mapping, the form of what each line is answered with.
    """

    by: str  # the step
    shape: Shape
    values: frozenset[str] = frozenset()
    lines: int = 0
    inner: Shape | None = None


KNOWN_LINES = 15  # what a fact provider returns: at most so many are asked about
MOST_OWN = 5  # own questions of one set
_EACH = {"choice": Shape.CHOICE, "scale": Shape.NUMBER, "words": Shape.TEXT}
Answers = Mapping[str, tuple[Answer, ...]]


def targets(step: AnyStep) -> list[tuple[str, str]]:
    """Return where a step may lead, as (why, step)."""
    found = [(option.value, option.next) for option in step.options] if isinstance(step, Choice | Branch) else []
    if step.next and (step.next not in {target for _, target in found} or isinstance(step, Branch)):
        found.append(("", step.next))
    return found


@lru_cache(maxsize=256)
def answers_of(flow: Flow) -> Answers:
    """Return what is saved, by its name; of a flow within, `<step>.<name>`."""
    found: dict[str, tuple[Answer, ...]] = {}
    for name, answer in (pair for step in flow.steps.values() for pair in _saved(step)):
        found[name] = (*found.get(name, ()), answer)
    for step in flow.steps.values():
        if isinstance(step, PickLine | Order | Each):
            among = [found.get(name, ()) for name in step.of]
            found[step.save] = tuple(_of_lines(answer, among) if answer.by == step.name else answer for answer in found[step.save])
    return found


def _saved(step: AnyStep) -> Iterator[tuple[str, Answer]]:
    by = step.name
    match step:
        case Show(save=save) if save:
            yield save, Answer(by, Shape.LIST, lines=KNOWN_LINES)
        case Show() | Branch():
            return
        case Scale(low=low, high=high):
            yield step.save, Answer(by, Shape.NUMBER, _numbers(low, high))
        case Choice(options=options):
            yield step.save, Answer(by, Shape.CHOICE, frozenset(option.value for option in options))
        case Many(options=values):
            yield step.save, Answer(by, Shape.LIST, frozenset(values), len(values))
        case Write(lines=lines):
            yield step.save, Answer(by, Shape.LIST if lines else Shape.TEXT, lines=lines)
        case Fields(fields=fields):
            yield from ((name, Answer(by, Shape.TEXT)) for name, _ in fields)
        case Date():
            yield step.save, Answer(by, Shape.DATE)
        case Time():
            yield step.save, Answer(by, Shape.TIME)
        case PickLine(most=most):
            yield step.save, Answer(by, Shape.LIST if most > 1 else Shape.TEXT, lines=most if most > 1 else 0)
        case Order():
            yield step.save, Answer(by, Shape.LIST)
        case Each(fact=fact) if fact:
            yield step.save, Answer(by, Shape.MAPPING, lines=MOST_OWN, inner=Shape.TEXT)
        case Each(ask=ask, options=each_options, low=low, high=high, items=items):
            inner = _EACH[ask]
            known = _numbers(low, high) if inner is Shape.NUMBER else frozenset(each_options)
            yield step.save, Answer(by, Shape.MAPPING, known, len(items), inner)
        case Timer(rate=rate, write=write, lines=lines):
            yield step.save, Answer(by, Shape.NUMBER)
            yield from ((name, Answer(by, Shape.RATINGS)) for name in (rate,) if name)
            yield from ((name, Answer(by, Shape.LIST, lines=lines)) for name in (write,) if name)
        case Run(flow=inner_flow, take=take):
            theirs = answers_of(inner_flow)
            for name, answers in theirs.items():
                yield from ((f"{by}.{name}", replace(answer, by=by)) for answer in answers)
            for ours, name in take:
                yield from ((ours, replace(answer, by=by)) for answer in theirs.get(name, ()))


def _numbers(low: int, high: int) -> frozenset[str]:
    return frozenset(str(number) for number in range(low, high + 1))


def _of_lines(answer: Answer, among: Sequence[Sequence[Answer]]) -> Answer:
    """Return an answer about lines of others, with how many they can be and, where it is some of them, which values they have."""
    lines = sum(max((max(other.lines, 1) for other in others), default=0) for others in among)
    if answer.shape is Shape.MAPPING:
        return replace(answer, lines=answer.lines or lines)
    all_others = [other for others in among for other in others]
    known = all(other.values and other.shape is not Shape.MAPPING for other in all_others)
    values = frozenset(value for other in all_others for value in other.values) if known else frozenset[str]()
    return replace(answer, values=values, lines=min(answer.lines or lines, lines) if answer.shape is Shape.LIST else 0)


def leads(flow: Flow) -> dict[str, set[str]]:
    return {name: {target for _, target in targets(step)} for name, step in flow.steps.items()}


def after(ways: Mapping[str, set[str]], begin: Iterable[str]) -> set[str]:
    """Return the steps that a way leads to from these, themselves among them; END is none."""
    reached, waiting = set[str](), list(begin)
    while waiting:
        name = waiting.pop()
        if name != END and name not in reached:
            reached.add(name)
            waiting.extend(ways[name])
    return reached
