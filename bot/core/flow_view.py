"""State -> View: what is seen, and how far it is."""

from functools import lru_cache

from bot.core.flow import (
    END,
    AnyStep,
    Branch,
    Choice,
    Each,
    Fields,
    Flow,
    Many,
    Order,
    PickLine,
    Show,
    Timer,
    Write,
    fact_of,
    head,
    holds,
    owner,
    prefix,
    runs,
)
from bot.core.flow_lines import ASKED, PAIRS, as_asked, items_of, lines_in, lines_of, mapping_of, next_pair, pairs_left
from bot.core.flow_state import NO_FACTS, SUMMARY, Facts, State, View
from bot.core.ports import Entry


def view_of(flow: Flow, state: State, elapsed: int = 0, facts: Facts = NO_FACTS, problem: str = "", limit: int = 0) -> View:
    """Return the screen of a state that stands at a place with something to see."""
    family = state.voice == "family"
    if state.at == SUMMARY:
        return View(flow, SUMMARY, back=bool(state.past), family=family)
    inner, before = owner(flow, state.at), prefix(state.at)
    step = as_asked(flow.places[state.at], state.answers, before, state.item)
    n = len({place for place in state.past if head(place) == head(state.at)} - {state.at}) + 1
    items = items_of(step, state.answers, before) if isinstance(step, PickLine | Each | Order) else ()
    taps = lines_in(state.answers.get(before + step.save + PAIRS)) if isinstance(step, Order) else ()
    return View(
        flow=inner,
        at=state.at,
        step=step,
        options=visible(step, facts),
        answer=_answer(step, state, before),
        lines=facts.get(step.lines, ()) if isinstance(step, Show) else (),
        recalled=_recalled(inner, step, state),
        problem=problem,
        limit=limit,
        n=n,
        of=n - 1 + _left(inner, step.name, given(flow, state, state.at), _certain(inner, facts)),
        back=bool(state.past) or (isinstance(step, Each) and state.item in items[1:]) or bool(taps),
        skip=step.skip and bool(step.next) and not isinstance(step, Show | Many | Timer) and not _has_done(step),
        elapsed=elapsed,
        seconds=state.timer.seconds if state.timer is not None else 0,
        items=items,
        item=state.item,
        pair=next_pair(items, taps) if isinstance(step, Order) else None,
        pairs_left=pairs_left(items, taps) if isinstance(step, Order) else 0,
        quoted=_quoted(inner, step, state, before),
        offers=tuple(offer for offer in step.offer if facts.get(offer)) if isinstance(step, Write) else (),
        written=lines_of((step.write,), state.answers, before) if isinstance(step, Timer) and step.write else (),
        family=family,
    )


def _has_done(step: AnyStep) -> bool:
    """A pick of several goes on with Done, as a `many` does."""
    return isinstance(step, PickLine) and step.most > 1


def _answer(step: AnyStep, state: State, before: str) -> Entry | None:
    """Return what was answered here before: for an each, about the present line; for fields, what is filled in."""
    match step:
        case Each(said=said, options=options):
            told = mapping_of(state.answers, before + step.save).get(state.item)
            return options[said.index(told)] if told in said else told
        case Fields(fields=fields):
            filled = {name: str(state.answers[before + name]) for name, _ in fields if before + name in state.answers}
            return filled or None
        case PickLine(most=most) if most > 1:
            chosen = lines_in(state.answers.get(before + step.save))
            return [line for line in items_of(step, state.answers, before) if line in chosen]
    return state.answers.get(before + step.save) if step.save else None


def asked_at(inner: Flow, name: str) -> str:
    """Return the name of the step that gives an answer, or ""."""
    for step in inner.steps.values():
        if name in _names(step) and not isinstance(step, Branch):
            return step.name
    return ""


def _quoted(inner: Flow, step: AnyStep, state: State, before: str) -> tuple[tuple[str, str, Entry], ...]:
    found = ((asked_at(inner, name), name, state.answers.get(before + name)) for name in step.echo)
    return tuple((asked, name, answer) for asked, name, answer in found if answer not in (None, "", [], {}))


def visible(step: AnyStep, facts: Facts) -> tuple[str, ...]:
    """Return the options of a step that no rule hides."""
    match step:
        case Choice(options=options):
            return tuple(option.value for option in options if not (option.hide and holds(option.hide, facts)))
        case Many(options=values):
            return values
    return ()


def _recalled(inner: Flow, step: AnyStep, state: State) -> tuple[tuple[str, str], ...]:
    if not isinstance(step, Show | Timer) or not step.recall:
        return ()
    asked = next((other for other in inner.steps.values() if other.save == step.recall and isinstance(other, Choice | Many)), None)
    answer = state.answers.get(prefix(state.at) + step.recall)
    if asked is None or answer is None:
        return ()
    chosen = [answer] if isinstance(answer, str | int) else answer
    return tuple((asked.name, value) for value in visible(asked, NO_FACTS) if value in chosen)


def saves(flow: Flow, place: str) -> tuple[str, ...]:
    """Return the names of the answers that a place gives, as they stand in `State.answers`."""
    return tuple(prefix(place) + name for name in _names(flow.places[place]))


def _names(step: AnyStep) -> tuple[str, ...]:
    names = [step.save] if step.save else []
    match step:
        case Timer(rate=rate, write=write):
            names.extend(name for name in (rate, write) if name)
        case Fields(fields=fields):
            names.extend(name for name, _ in fields)
        case Order():
            names.append(step.save + PAIRS)
        case Each(fact=fact) if fact:
            names.append(step.save + ASKED)
    return tuple(names)


def answers_on_way(flow: Flow, state: State) -> dict[str, Entry]:
    """Return the answers of the way that was gone, in its order; what a flow was given or gave back counts with it."""
    names: dict[str, None] = {}
    for place in state.past:
        if place not in flow.places:
            continue
        for run_place, run in runs(flow, place):
            inside = f"{run_place}/".replace("/", ".")
            names.update(dict.fromkeys(inside + theirs for theirs, _ in run.give))
            names.update(dict.fromkeys(prefix(run_place) + ours for ours, _ in run.take))
        names.update(dict.fromkeys(saves(flow, place)))
    found = {name: state.answers[name] for name in names if name in state.answers}
    for place in state.past:
        if place in flow.places:
            _prune(flow.places[place], found, prefix(place))
    return found


def _prune(step: AnyStep, answers: dict[str, Entry], before: str) -> None:
    """Leave out what was said about lines that were taken out later."""
    if not isinstance(step, Each | PickLine | Order) or before + step.save not in answers:
        return
    there, answer = items_of(step, answers, before), answers[before + step.save]
    if isinstance(answer, dict):
        answers[before + step.save] = {line: said for line, said in answer.items() if line in there}
    elif isinstance(answer, list):
        answers[before + step.save] = [line for line in answer if line in there]
    elif answer not in there:
        del answers[before + step.save]


def given(flow: Flow, state: State, place: str) -> frozenset[str]:
    """Return the names under `save` that the flow of this place was given by the one that runs it."""
    around = list(runs(flow, place))
    if not around:
        return frozenset()
    run_place, run = around[-1]
    return frozenset(theirs for theirs, ours in run.give if prefix(run_place) + ours in state.answers)


def _certain(flow: Flow, facts: Facts) -> frozenset[tuple[str, str]]:
    """Return the branches that hang on a fact alone, each with the way it takes."""
    certain = set()
    for step in flow.steps.values():
        if isinstance(step, Branch) and fact_of(step.on):
            value = "yes" if holds(step.on, facts) else "no"
            certain.add((step.name, next((option.next for option in step.options if option.value == value), step.next)))
    return frozenset(certain)


@lru_cache(maxsize=4096)
def _left(
    flow: Flow,
    name: str,
    passed_over: frozenset[str],
    certain: frozenset[tuple[str, str]],
    seen: frozenset[str] = frozenset(),
) -> int:
    """Return how many screens the ordinary way has from a step to the end of its own flow: `next` where it is said, else the
    longest; another flow that is run on the way counts as one, a loop is gone once."""
    if name == END or name in seen:
        return 0
    step, seen = flow.steps[name], seen | {name}
    targets = {option.next for option in step.options} if isinstance(step, Choice | Branch) else set()
    ways = targets | {step.next} if isinstance(step, Branch) or not step.next else {step.next}
    ways = {way for branch, way in certain if branch == name} or ways
    own = 0 if isinstance(step, Branch) or (step.save and step.save in passed_over) else 1
    return own + max((_left(flow, way, passed_over, certain, seen) for way in ways if way), default=0)
