"""The flow engine: a pure function from a state and an act to the next state and its screen.

Laws: every state has a screen; an act meant for another screen than the present one changes nothing; an answer is replaced or
discarded only by the person; whatever happens, the way on and the way out are there.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from bot.core.flow import Flow, Timer
from bot.core.flow_acts import act_on
from bot.core.flow_state import (
    NO_FACTS,
    SUMMARY,
    Discard,
    Edit,
    End,
    Facts,
    Input,
    Keep,
    Outcome,
    Resume,
    State,
    Stop,
    Tick,
)
from bot.core.flow_view import view_of
from bot.core.flow_ways import caught_up, edited, enter, fitted, resumed, stopped
from bot.core.flow_words import Problem
from bot.core.ports import Entry

NO_ANSWERS: Mapping[str, Entry] = {}


def begin(
    flow: Flow, now: datetime, facts: Facts = NO_FACTS, answers: Mapping[str, Entry] = NO_ANSWERS, voice: str = ""
) -> Outcome:
    """Return a fresh state at the first step that has something to see. `answers`: handed over, or kept before."""
    state = enter(flow, State(flow.name, flow.version, SUMMARY, answers=dict(answers), voice=voice), flow.start, now, facts)
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
        case Edit(at=at):
            state = edited(flow, state, at) if state.at == SUMMARY and at in state.past else state
        case _:
            try:
                state = act_on(flow, resumed(state, now), act, now, facts)
            except Problem as problem:
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
