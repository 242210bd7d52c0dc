"""The flow engine: a pure function from a state and an act to the next state and its screen.

Laws: every state has a screen; an act meant for another screen than the present one changes nothing; an answer is replaced or
discarded only by the person; whatever happens, the way on and the way out are there.
"""

import re
from datetime import datetime

from msgspec.structs import replace

from bot.core.flow import AnyStep, Choice, Flow, Many, Scale, Show, Timer, Write, prefix
from bot.core.flow_state import (
    NO_FACTS,
    SUMMARY,
    Back,
    Choose,
    Discard,
    End,
    Facts,
    Go,
    Input,
    Keep,
    Outcome,
    Pick,
    Resume,
    Skip,
    State,
    Stop,
    Tick,
    Typed,
)
from bot.core.flow_view import view_of, visible
from bot.core.flow_ways import back_from, caught_up, enter, fitted, leave, list_of, resumed, saved, stopped
from bot.core.ports import Entry
from bot.core.richtext import clean

MOST_RATINGS = 60
_NUMBER = re.compile(r"\s*([0-9]{1,2})\s*(?:/\s*10)?\s*[.]?\s*", re.ASCII)


class _Problem(Exception):
    """What was given does not fit the step; it is said on the same screen, without repeating it."""

    def __init__(self, key: str, limit: int = 0) -> None:
        self.key, self.limit = key, limit


def begin(flow: Flow, now: datetime, facts: Facts = NO_FACTS) -> Outcome:
    """Return a fresh state at the first step that has something to see."""
    state = enter(flow, State(flow.name, flow.version, SUMMARY), flow.start, now, facts)
    return _outcome(flow, state, now, facts, changed=True)


def advance(flow: Flow, state: State, act: Input, now: datetime, facts: Facts = NO_FACTS) -> Outcome:
    """Do one act. `flow` is the present version; a state of an older one first moves to its nearest place."""
    before, state = state, fitted(flow, state, now, facts)
    state, over, minutes, late = caught_up(flow, state, now, facts)
    end, key, limit = End.OPEN, "", 0
    match act:
        case Discard():
            end = End.DISCARDED
        case Keep() if state.at == SUMMARY:
            end = End.KEPT
        case Stop():
            state, end = stopped(state, now), End.STOPPED
        case Tick() | Keep():
            pass
        case Resume():
            state = resumed(state, now)
        case _:
            try:
                state = _act(flow, resumed(state, now), act, now, facts)
            except _Problem as problem:
                key, limit = problem.key, problem.limit
    if state != before:
        state = replace(state, turn=before.turn + 1)
    made = _outcome(flow, state, now, facts, changed=state != before, key=key, limit=limit)
    return replace(made, end=end, over=over, minutes=minutes, late=late)


def _outcome(flow: Flow, state: State, now: datetime, facts: Facts, *, changed: bool, key: str = "", limit: int = 0) -> Outcome:
    elapsed = state.timer.elapsed(now) if state.timer is not None else 0
    wake = None
    if state.timer is not None:
        step = flow.places[state.at]
        assert isinstance(step, Timer)
        after = min((elapsed // step.every + 1) * step.every, state.timer.seconds) if step.every else state.timer.seconds
        wake = state.timer.moment(after)
    return Outcome(state, view_of(flow, state, elapsed, facts, key, limit), wake=wake, changed=changed)


# Acts ---------------------------------------------------------------------------------------------------------------


def _act(flow: Flow, state: State, act: Input, now: datetime, facts: Facts) -> State:
    if not isinstance(act, Typed) and getattr(act, "at", state.at) != state.at:
        return state  # a button of another screen
    if isinstance(act, Back):
        return back_from(flow, state)
    if state.at == SUMMARY:
        return state
    step = flow.places[state.at]
    name = prefix(state.at) + step.save
    match step, act:
        case _, Skip() if step.skip and step.next:
            return leave(flow, state, _as_it_was(step, state.answers.get(name)) or step.next, now, facts)
        case Show(), Go():
            return leave(flow, state, step.next, now, facts)
        case Scale(), Choose(value=value) | Typed(words=value):
            number = _number(value, step.low, step.high)
            return leave(flow, saved(state, name, number), step.next, now, facts)
        case Choice(options=options), Choose(value=value):
            for option in options:
                if option.value == value and value in visible(step, facts):
                    return leave(flow, saved(state, name, value), option.next, now, facts)
            return state
        case Many(options=values), Pick(value=value, on=on) if value in values:
            chosen = {*list_of(state, name)} | {value} if on else {*list_of(state, name)} - {value}
            return saved(state, name, [one for one in values if one in chosen])
        case Many(least=least), Go():
            if len(list_of(state, name)) < least:
                raise _Problem("flow.problem_pick", least)
            return leave(flow, saved(state, name, list_of(state, name)), step.next, now, facts)
        case Write(), Typed(words=words):
            return _written(flow, state, step, name, words, now, facts)
        case Write(), Go():
            if name not in state.answers:
                raise _Problem("flow.problem_empty")
            return leave(flow, state, step.next, now, facts)
        case Timer(), Choose(value=value) | Typed(words=value) if step.rate:
            return _rated(state, step, _number(value, step.low, step.high), now)
        case Timer(), Go():
            return leave(flow, state, step.next, now, facts)
        case _, Typed():
            raise _Problem("flow.problem_buttons")
    return state


def _as_it_was(step: AnyStep, answer: Entry | None) -> str:
    """Return where an answer that is left as it is leads: the way of the option that was chosen; "" where there is none."""
    options = step.options if isinstance(step, Choice) else ()
    return next((option.next for option in options if option.value == answer), "")


def _written(flow: Flow, state: State, step: Write, name: str, words: str, now: datetime, facts: Facts) -> State:
    lines = [line.strip() for line in (clean(words).split("\n") if step.lines else [clean(words)]) if line.strip()]
    if not lines:
        raise _Problem("flow.problem_empty")
    if any(len(line) > step.longest for line in lines):
        raise _Problem("flow.problem_long", step.longest)
    if not step.lines:
        return leave(flow, saved(state, name, lines[0]), step.next, now, facts)
    lines = [*list_of(state, name), *lines]
    if len(lines) > step.lines:
        raise _Problem("flow.problem_lines", step.lines)
    return saved(state, name, lines)


def _rated(state: State, step: Timer, number: int, now: datetime) -> State:
    """Keep a number with its second; one given within the same five seconds replaces the one before (a second tap)."""
    assert state.timer is not None
    at, name = state.timer.elapsed(now), prefix(state.at) + step.rate
    before = [rating for rating in list_of(state, name) if int(rating.split(" ")[0]) <= at - 5]
    return saved(state, name, [*before, f"{at} {number}"][-MOST_RATINGS:])


def _number(words: str, low: int, high: int) -> int:
    found = _NUMBER.fullmatch(words[:20]) if len(words) <= 20 else None
    if found is None or not low <= int(found.group(1)) <= high:
        raise _Problem("flow.problem_number", high)
    return int(found.group(1))
