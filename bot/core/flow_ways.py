"""The ways through a flow: from a place to the next, back, past what nobody is asked, into timers and out of them."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.flow import END, Branch, Choice, Flow, Run, Timer, fact_of, head, holds, prefix, runs
from bot.core.flow_state import NO_FACTS, SUMMARY, Facts, Running, State
from bot.core.flow_view import given, visible
from bot.core.ports import Entry

LATE = timedelta(seconds=90)
MOST_PAST = 80  # places remembered for Back; more than any flow has


def fitted(flow: Flow, state: State, now: datetime, facts: Facts = NO_FACTS) -> State:
    """Return the state in the present version of the flow: where its step is gone, at the nearest earlier one still there."""
    if state.version == flow.version:
        return state
    past = tuple(place for place in state.past if place in flow.places)
    state = replace(state, version=flow.version, past=past)
    if state.at == SUMMARY and past:
        return state
    if state.at in flow.places and not isinstance(flow.places[state.at], Branch | Run):
        timed = isinstance(flow.places[state.at], Timer)
        if timed == (state.timer is not None):
            return state
        return enter(flow, replace(state, timer=None), state.at, now, facts)
    while past:
        place, past = past[-1], past[:-1]
        if not isinstance(flow.places[place], Branch | Run | Timer):
            return replace(state, at=place, past=past, timer=None)
    return enter(flow, replace(state, past=(), timer=None), flow.start, now, facts)


def list_of(state: State, name: str) -> list[str]:
    answer = state.answers.get(name)
    return answer if isinstance(answer, list) else []


def saved(state: State, name: str, answer: Entry) -> State:
    return replace(state, answers={**state.answers, name: answer})


# Ways ---------------------------------------------------------------------------------------------------------------


def leave(flow: Flow, state: State, target: str, now: datetime, facts: Facts) -> State:
    """Go from the present place to a step of the same flow, or out of it."""
    step = flow.places[state.at]
    if isinstance(step, Timer) and state.timer is not None and step.save:
        state = saved(state, prefix(state.at) + step.save, state.timer.elapsed(now))
    past = _shortened((*state.past, state.at))
    return enter(flow, replace(state, past=past, timer=None), _target(state.at, target), now, facts)


def _target(place: str, target: str) -> str:
    """Return the place of a target; "" is out of the flow that the place stands in, which `enter` is told as `head/`."""
    return head(place) + (target if target != END else "")


def enter(flow: Flow, state: State, place: str, now: datetime, facts: Facts) -> State:
    """Go to a place, and on past those where nobody is asked, until one with something to see, or the summary."""
    for _ in range(4 * len(flow.places) + 4):  # the content checks prove that it ends sooner
        if place == SUMMARY:
            return replace(state, at=SUMMARY)
        if place.endswith("/"):  # out of an inner flow
            run_place, run = list(runs(flow, place))[-1]
            inside = place.replace("/", ".")
            for ours, theirs in run.take:
                if inside + theirs in state.answers:
                    state = saved(state, prefix(run_place) + ours, state.answers[inside + theirs])
            place = _target(run_place, run.next)
            continue
        step = flow.places[place]
        match step:
            case Run():
                inside = f"{place}/".replace("/", ".")
                for theirs, ours in step.give:
                    if prefix(place) + ours in state.answers:
                        state = saved(state, inside + theirs, state.answers[prefix(place) + ours])
                place = f"{place}/{step.flow.start}"
            case Branch():
                place = _target(place, _branched(step, state, prefix(place), facts))
            case Choice() if not visible(step, facts) and step.next:
                place = _target(place, step.next)
            case _ if step.save and step.save in given(flow, state, place):
                place = _target(place, step.next)
            case Timer():
                return _started(replace(state, at=place), step, now)
            case _:
                return replace(state, at=place)
    return replace(state, at=SUMMARY)


def _branched(step: Branch, state: State, before: str, facts: Facts) -> str:
    if fact_of(step.on):
        values = ["yes" if holds(step.on, facts) else "no"]
    else:
        answer = state.answers.get(before + step.on, [])
        values = answer if isinstance(answer, list) else [str(answer)]
    return next((option.next for option in step.options if option.value in values), step.next)


def back_from(flow: Flow, state: State) -> State:
    """Return to the place before; past timers, which would start again."""
    past = list(state.past)
    while past:
        place = past.pop()
        if place != state.at and not isinstance(flow.places[place], Timer):
            return replace(state, at=place, past=tuple(past), timer=None)
    return state


def _shortened(past: tuple[str, ...]) -> tuple[str, ...]:
    """Drop the oldest places that come again later, once there are many: the way's answers stay the same."""
    while len(past) > MOST_PAST:
        again = next((n for n, place in enumerate(past) if place in past[n + 1 :]), 0)
        past = past[:again] + past[again + 1 :]
    return past


# Timers -------------------------------------------------------------------------------------------------------------


def _started(state: State, step: Timer, now: datetime) -> State:
    minutes = step.minutes if isinstance(step.minutes, int) else state.answers.get(prefix(state.at) + step.minutes, 5)
    whole = int(minutes) if isinstance(minutes, int) or (isinstance(minutes, str) and minutes.isdecimal()) else 5
    answers = dict(state.answers)
    if step.rate:
        answers[prefix(state.at) + step.rate] = []
    return replace(state, answers=answers, timer=Running(max(1, min(whole, 120)) * 60, 0, now))


def stopped(state: State, now: datetime) -> State:
    if state.timer is None or state.timer.since is None:
        return state
    return replace(state, timer=Running(state.timer.seconds, state.timer.elapsed(now)))


def resumed(state: State, now: datetime) -> State:
    if state.timer is None or state.timer.since is not None:
        return state
    return replace(state, timer=Running(state.timer.seconds, state.timer.ran, now))


def caught_up(flow: Flow, state: State, now: datetime, facts: Facts) -> tuple[State, str, int, bool]:
    """A timer that has run out is left before anything else; return also its place, minutes, and whether this comes late."""
    if state.timer is None or state.timer.elapsed(now) < state.timer.seconds:
        return state, "", 0, False
    ended = state.timer.moment(state.timer.seconds)
    late = ended is not None and now - ended > LATE
    place, minutes = state.at, state.timer.seconds // 60
    return leave(flow, state, flow.places[place].next, now, facts), place, minutes, late
