"""Laws of every shipped flow: whoever walks it at random, with restarts between, never stands still and never loses an answer."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.flow import Choice, Flow, Many, Scale, Show, Timer, Write, prefix
from bot.core.flow_advance import advance, begin
from bot.core.flow_state import (
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
from bot.core.flow_view import saves
from content.loader import load_flows

FLOWS = load_flows()
START = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
HOSTILE = ["@everyone", "**x** _y_", "\u202eevil", "", "7", "11", "-1", "x" * 10_000, "{ $n }", "a\nb", "0", "<b>", "🙂", "\x00"]


def ways_on(outcome: Outcome, choose: st.DataObject) -> Input:
    """Return an act with which the screen itself offers to go on."""
    step, at = outcome.view.step, outcome.view.at
    match step:
        case Scale(low=low, high=high):
            return Choose(at, str(choose.draw(st.integers(low, high))))
        case Choice():
            return Choose(at, choose.draw(st.sampled_from(outcome.view.options)))
        case Many(options=options, least=least):
            on = outcome.view.answer
            if isinstance(on, list) and len(on) >= least and choose.draw(st.booleans()):
                return Go(at)
            return Pick(at, choose.draw(st.sampled_from(options)), on=True)
        case Write():
            return Typed("mine") if choose.draw(st.booleans()) else Skip(at)
        case Show() | Timer():
            return Go(at)
    return Keep()


def finishing(outcome: Outcome, visits: int) -> Input:
    """Return the plainest act that the screen offers: whoever does nothing else comes to the end."""
    step, at = outcome.view.step, outcome.view.at
    match step:
        case Scale(high=high):
            return Choose(at, str(high))
        case Choice():
            return Choose(at, outcome.view.options[visits % len(outcome.view.options)])
        case Many(options=options, least=least) if least and not outcome.view.answer:
            return Pick(at, options[0], on=True)
        case Write():
            return Typed("mine") if not outcome.view.answer else Skip(at)
    return Go(at)


def any_act(outcome: Outcome, choose: st.DataObject, flow: Flow) -> Input:
    """Return a way on, a way back, a break, a button of another screen, or words of any kind."""
    at = outcome.view.at
    elsewhere = choose.draw(st.sampled_from([*flow.places, SUMMARY, "-"]))
    kinds = ["on", "on", "on", "back", "skip", "stop", "resume", "tick", "stale", "words", "rate"]
    match choose.draw(st.sampled_from(kinds)):
        case "back":
            return Back(at)
        case "skip":
            return Skip(at)
        case "stop":
            return Stop()
        case "resume":
            return Resume()
        case "tick":
            return Tick()
        case "stale":
            stale: list[Input] = [Choose(elsewhere, "3"), Go(elsewhere), Back(elsewhere), Pick(elsewhere, "x", on=True)]
            return choose.draw(st.sampled_from(stale))
        case "words":
            return Typed(choose.draw(st.sampled_from(HOSTILE)))
        case "rate":
            return Choose(at, "5")
    return ways_on(outcome, choose) if at != SUMMARY else Back(SUMMARY)


def restarted(outcome: Outcome) -> State:
    return msgspec.json.decode(msgspec.json.encode(outcome.state), type=State)


def lasting(flow: Flow, state: State) -> dict[str, object]:
    """The answers, without the ratings of a timer (which begins anew each time)."""
    fleeting = {prefix(place) + step.rate for place, step in flow.places.items() if isinstance(step, Timer) and step.rate}
    return {name: answer for name, answer in state.answers.items() if name not in fleeting}


@pytest.mark.parametrize("name", FLOWS)
@settings(max_examples=60, deadline=None)
@given(choose=st.data())
def test_a_walk_always_comes_to_an_end_and_keeps_every_answer(name, choose):
    flow, now = FLOWS[name], START
    facts: Facts = {fact: ("a line",) for fact in flow.facts if choose.draw(st.booleans())}
    outcome = begin(flow, now, facts)
    for _ in range(choose.draw(st.integers(0, 30))):
        now += timedelta(seconds=choose.draw(st.sampled_from([0, 1, 30, 200, 90_000])))
        before, act = outcome.state, any_act(outcome, choose, flow)
        outcome = advance(flow, restarted(outcome), act, now, facts)
        assert outcome.end in (End.OPEN, End.STOPPED)
        assert lasting(flow, before).keys() <= outcome.state.answers.keys()
        assert (outcome.state != before) == outcome.changed
        assert outcome.view.at == outcome.state.at
        if outcome.view.step is not None:
            assert 1 <= outcome.view.n <= outcome.view.of
        if outcome.wake is not None:
            assert now < outcome.wake <= now + timedelta(minutes=15)
    visits = dict.fromkeys(flow.places, 0)
    while outcome.state.at != SUMMARY:
        at = outcome.state.at
        outcome = advance(flow, restarted(outcome), finishing(outcome, visits[at]), now, facts)
        visits[at] += 1
        assert visits[at] <= 8, "the plainest way goes round in a ring"
    assert advance(flow, restarted(outcome), Keep(), now, facts).end is End.KEPT


@pytest.mark.parametrize("name", FLOWS)
@settings(max_examples=30, deadline=None)
@given(choose=st.data())
def test_back_from_every_screen_leads_to_the_first_and_discard_is_always_there(name, choose):
    flow = FLOWS[name]
    outcome = begin(flow, START)
    for _ in range(choose.draw(st.integers(0, 25))):
        outcome = advance(flow, outcome.state, any_act(outcome, choose, flow), START)
    assert advance(flow, outcome.state, Discard(), START).end is End.DISCARDED
    answers = outcome.state.answers
    for _ in range(len(outcome.state.past) + 1):
        outcome = advance(flow, outcome.state, Back(outcome.state.at), START)
    assert (outcome.state.past, outcome.view.back) == ((), False)
    assert outcome.state.answers.keys() >= answers.keys()


@pytest.mark.parametrize("name", FLOWS)
def test_no_two_places_save_under_the_same_name_by_accident(name):
    flow = FLOWS[name]
    names = [saved for place in flow.places for saved in saves(flow, place)]
    assert sorted(names) == sorted(set(names))


@given(st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.lists(st.text()))), st.text(), st.lists(st.text()))
def test_a_state_of_any_making_finds_a_screen(answers, at, past):
    """A state is sealed, so nobody can forge one; but one of an old version may hold anything."""
    flow = FLOWS["urge"]
    state = State("urge", "old", at, tuple(past), answers)
    assert advance(flow, state, Resume(), START).view.at in (*flow.places, SUMMARY)
