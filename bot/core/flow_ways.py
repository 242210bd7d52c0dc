"""The ways through a flow: from a place to the next, back, past what nobody is asked, into timers and out of them."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.flow import END, AnyStep, Branch, Choice, Each, Flow, Order, PickLine, Run, Timer, fact_of, head, holds, prefix, runs
from bot.core.flow_lines import ASKED, PAIRS, item_after, item_before, items_of, next_pair, ranked
from bot.core.flow_rules import rule_named
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
        step = flow.places[state.at]
        timed = isinstance(step, Timer)
        if timed == (state.timer is not None) and not isinstance(step, Each | Order | PickLine):
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
    return enter(flow, replace(state, past=past, timer=None, item=""), _target(state.at, target), now, facts)


def _target(place: str, target: str) -> str:
    """Return the place of a target; "" is out of the flow that the place stands in, which `enter` is told as `head/`."""
    return head(place) + (target if target != END else "")


def enter(flow: Flow, state: State, place: str, now: datetime, facts: Facts) -> State:
    """Go to a place, and on past those where nobody is asked, until one with something to see, or the summary."""
    for _ in range(4 * len(flow.places) + 4 + len(state.ahead)):  # the content checks prove that it ends sooner
        if place == SUMMARY:
            break
        if place.endswith("/"):  # out of an inner flow
            run_place, run = list(runs(flow, place))[-1]
            inside = place.replace("/", ".")
            for ours, theirs in run.take:
                if inside + theirs in state.answers:
                    state = saved(state, prefix(run_place) + ours, state.answers[inside + theirs])
            place = _target(run_place, run.next)
            continue
        step = flow.places[place]
        if isinstance(step, Run):
            inside = f"{place}/".replace("/", ".")
            for theirs, ours in step.give:
                if prefix(place) + ours in state.answers:
                    state = saved(state, inside + theirs, state.answers[prefix(place) + ours])
            place = f"{place}/{step.flow.start}"
        elif isinstance(step, Each) and step.fact and (name := f"{prefix(place)}{step.save}{ASKED}") not in state.answers:
            state = saved(state, name, list(facts.get(step.fact, ())))  # held: a change meanwhile changes nothing here
        elif isinstance(step, Branch):
            place = _target(place, _branched(step, state, prefix(place), facts))
        elif _nobody_asked(flow, step, state, place, facts):
            state = _answered_already(step, state, place)
            place = _target(place, step.next)
        elif place in state.ahead and (onward := as_it_was(step, state, place, facts)):
            ahead = list(state.ahead)
            ahead.remove(place)
            state = replace(state, ahead=tuple(ahead), past=_shortened((*state.past, place)))
            place = _target(place, onward)
        else:
            return _arrived(replace(state, at=place), step, now)
    return replace(state, at=SUMMARY, ahead=(), item="")


def _nobody_asked(flow: Flow, step: AnyStep, state: State, place: str, facts: Facts) -> bool:
    """A step that has nothing to ask: no option is left, it was given its answer, its lines are none or all done."""
    match step:
        case Choice() if not visible(step, facts) and step.next:
            return True
        case PickLine():
            return not items_of(step, state.answers, prefix(place))
        case Order():
            return _pair(step, state, place) is None
        case Each() if not item_after(step, state, place, "", answered_too=False):
            return place not in state.ahead or not items_of(step, state.answers, prefix(place))
    return bool(step.save) and step.save in given(flow, state, place)


def _answered_already(step: AnyStep, state: State, place: str) -> State:
    """What was asked about lines before stays on the way; an order that the taps tell whole is kept."""
    if not isinstance(step, Each | Order) or not (lines := items_of(step, state.answers, prefix(place))):
        return state
    if isinstance(step, Order):
        name = prefix(place) + step.save
        state = saved(state, name, ranked(lines, list_of(state, name + PAIRS)))
    ahead = list(state.ahead)
    if place in ahead:
        ahead.remove(place)
    return replace(state, ahead=tuple(ahead), past=_shortened((*state.past, place)))


def _pair(step: Order, state: State, place: str) -> tuple[str, str] | None:
    name = prefix(place) + step.save
    return next_pair(items_of(step, state.answers, prefix(place)), list_of(state, name + PAIRS))


def as_it_was(step: AnyStep, state: State, place: str, facts: Facts) -> str:
    """Return where an answer that is left as it is leads: the way of the option that was chosen; "" where it must be asked."""
    match step:
        case Choice(options=options):
            answer = state.answers.get(prefix(place) + step.save)
            chosen = [option.next for option in options if option.value == answer and option.value in visible(step, facts)]
            return chosen[0] if chosen else step.next
        case Each() if item_after(step, state, place, "", answered_too=False):
            return ""
        case Order() if _pair(step, state, place) is not None:
            return ""
        case PickLine(most=1):
            picked = state.answers.get(prefix(place) + step.save)
            return step.next if picked is None or picked in items_of(step, state.answers, prefix(place)) else ""
    return step.next


def _arrived(state: State, step: AnyStep, now: datetime) -> State:
    if isinstance(step, Timer):
        return _started(state, step, now)
    if isinstance(step, Each):
        return replace(state, item=item_after(step, state, state.at, "", answered_too=False))
    return state


def edited(flow: Flow, state: State, place: str) -> State:
    """Return to an answered place from the summary; what follows is passed over again once it is answered anew. Not to a timer."""
    if not _can_be_seen_again(flow, state, place):
        return state
    first = state.past.index(place)
    state = replace(state, at=place, past=state.past[:first], ahead=state.past[first:], timer=None, item="")
    step = flow.places[place]
    if isinstance(step, Each):
        state = replace(state, item=item_after(step, state, place, "", answered_too=True))
    if isinstance(step, Order):
        state = saved(state, prefix(place) + step.save + PAIRS, [])
    return state


def _branched(step: Branch, state: State, before: str, facts: Facts) -> str:
    answer = state.answers.get(before + step.on)
    rule = rule_named(step.test) if step.test else None
    if fact_of(step.on):
        values = ["yes" if holds(step.on, facts) else "no"]
    elif rule is not None:
        values = ["yes" if rule(answer) else "no"]
    elif isinstance(answer, dict):
        values = list(answer.values())
    else:
        values = answer if isinstance(answer, list) else [str(answer)]
    return next((option.next for option in step.options if option.value in values), step.next)


def back_from(flow: Flow, state: State) -> State:
    """Return to the line before, or to the place before; past timers, which would start again."""
    step = flow.places.get(state.at)
    if isinstance(step, Each) and (before := item_before(step, state, state.at)):
        return replace(state, item=before)
    if isinstance(step, Order) and (taps := list_of(state, prefix(state.at) + step.save + PAIRS)):
        return saved(state, prefix(state.at) + step.save + PAIRS, taps[:-2])
    past = list(state.past)
    while past:
        place = past.pop()
        if place != state.at and _can_be_seen_again(flow, state, place):
            return _returned(flow, replace(state, at=place, past=tuple(past), timer=None, item=""))
    return state


def _can_be_seen_again(flow: Flow, state: State, place: str) -> bool:
    """Not a timer, which would start again; not an order of one line, nor another step whose lines are gone."""
    step = flow.places.get(place)
    if isinstance(step, PickLine | Each | Order):
        return len(items_of(step, state.answers, prefix(place))) >= (2 if isinstance(step, Order) else 1)
    return step is not None and not isinstance(step, Timer)


def _returned(flow: Flow, state: State) -> State:
    """Show the last line of an each, and ask the last comparison of an order again."""
    step = flow.places[state.at]
    if isinstance(step, Each):
        items = items_of(step, state.answers, prefix(state.at))
        return replace(state, item=items[-1] if items else "")
    if isinstance(step, Order) and (taps := list_of(state, prefix(state.at) + step.save + PAIRS)):
        return saved(state, prefix(state.at) + step.save + PAIRS, taps[:-2])
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
