"""Laws of every shipped flow: whoever walks it at random, with restarts between, never stands still and never loses an answer."""

from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.flow import (
    Choice,
    Date,
    Each,
    Fields,
    Flow,
    Many,
    Order,
    PickLine,
    Scale,
    Show,
    Time,
    Timer,
    Write,
    line_mark,
    owner,
    prefix,
)
from bot.core.flow_advance import advance, begin
from bot.core.flow_lines import pair_mark
from bot.core.flow_state import (
    SUMMARY,
    Back,
    Choose,
    Discard,
    Edit,
    End,
    Facts,
    Filled,
    Go,
    Input,
    Keep,
    Outcome,
    Pick,
    Resume,
    Skip,
    State,
    Stop,
    Take,
    Tick,
    Typed,
    View,
)
from bot.core.flow_view import answers_on_way, saves
from content.flow_answers import after, leads
from content.loader import load_flows
from tests.core.flows import LINES, SMALL

FLOWS = {**load_flows(), "lines": LINES, "small": SMALL}
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
        case Write(lines=lines) | Timer(write=str("ideas"), lines=lines) if lines and choose.draw(st.booleans()):
            return Typed(choose.draw(st.sampled_from(["mine", "yours", "@everyone", "\u05d0\u05d1", "🙂"])))
        case Write():
            return Typed("mine") if choose.draw(st.booleans()) else Skip(at)
        case Show() | Timer():
            return Go(at)
        case None:
            return Keep()
    return about_lines(outcome.view, choose)


def about_lines(view: View, choose: st.DataObject) -> Input:
    """Return a way on from a screen about the person's own lines, about days, or with several texts."""
    step, at = view.step, view.at
    match step:
        case PickLine(most=1):
            return Choose(at, line_mark(choose.draw(st.sampled_from(view.items))))
        case PickLine(least=least):
            if isinstance(view.answer, list) and len(view.answer) >= least and choose.draw(st.booleans()):
                return Go(at)
            return Pick(at, line_mark(choose.draw(st.sampled_from(view.items))), on=choose.draw(st.integers(0, 3)) > 0)
        case Order():
            assert view.pair is not None
            return Choose(at, f"{pair_mark(view.pair)}_{choose.draw(st.sampled_from('ab'))}")
        case Each(ask="words"):
            return Typed("what I think of it")
        case Each(ask="scale", low=low, high=high):
            return Choose(at, f"{view.items.index(view.item)}_{choose.draw(st.integers(low, high))}")
        case Each(options=options):
            return Choose(at, f"{view.items.index(view.item)}_{choose.draw(st.sampled_from(options))}")
        case Date(past=past):
            return Choose(at, "2026-11-30" if past else "2027-12-01")
        case Time():
            return Choose(at, "18:30")
        case Fields(fields=fields):
            return Filled(at, {fields[0][0]: "some words"}) if view.answer is None else Go(at)
    raise AssertionError(f"no way on from {at}")


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
            return Typed("mine") if not outcome.view.answer else Go(at)
        case Fields(fields=fields):
            return Filled(at, {fields[0][0]: "some words"}) if outcome.view.answer is None else Go(at)
        case PickLine(most=1):
            return Choose(at, line_mark(outcome.view.items[0]))
        case PickLine():
            return Pick(at, line_mark(outcome.view.items[0]), on=True) if not outcome.view.answer else Go(at)
        case Order():
            assert outcome.view.pair is not None
            return Choose(at, f"{pair_mark(outcome.view.pair)}_a")
        case Each(ask="words"):
            return Typed("so")
        case Each(ask=ask, options=options, high=high):
            return Choose(
                at, f"{outcome.view.items.index(outcome.view.item)}_{high if ask == 'scale' else options[visits % len(options)]}"
            )
        case Date(past=past):
            return Choose(at, "2026-11-30" if past else "2027-12-01")
        case Time():
            return Choose(at, "18:30")
    return Go(at)


def any_act(outcome: Outcome, choose: st.DataObject, flow: Flow) -> Input:
    """Return a way on, a way back, a break, a button of another screen, or words of any kind."""
    at = outcome.view.at
    elsewhere = choose.draw(st.sampled_from([*flow.places, SUMMARY, "-"]))
    kinds = ["on", "on", "on", "on", "back", "skip", "stop", "resume", "tick", "stale", "words", "rate", "out", "take", "edit"]
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
        case "out":
            return Pick(at, choose.draw(st.sampled_from([line_mark("mine"), line_mark("yours"), "zzzzzz"])), on=False)
        case "take":
            return Take(at, ("brought in", "and this"))
        case "edit":
            return Edit(choose.draw(st.sampled_from(outcome.state.past or (at,))))
    if at != SUMMARY:
        return ways_on(outcome, choose)
    return Edit(choose.draw(st.sampled_from(outcome.state.past))) if outcome.state.past else Back(SUMMARY)


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
        assert visits[at] <= 120, f"the plainest way goes round in a ring at {at}"
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
    for _ in range(8 * len(outcome.state.past) + 40):
        outcome = advance(flow, outcome.state, Back(outcome.state.at), START)
    assert (outcome.state.past, outcome.view.back) == ((), False)
    assert outcome.state.answers.keys() >= answers.keys()


@pytest.mark.parametrize("name", FLOWS)
def test_no_two_places_of_one_way_save_under_the_same_name_by_accident(name):
    """Two steps that nobody is asked both of may: they ask for the same, each where it fits."""
    flow, by_name = FLOWS[name], dict[str, list[str]]()
    meanwhile = {prefix(place) + step.write for place, step in flow.places.items() if isinstance(step, Timer)}
    for place in flow.places:
        for saved in set(saves(flow, place)) - meanwhile:
            by_name.setdefault(saved, []).append(place)
    for one, other in (pair for places in by_name.values() for pair in combinations(places, 2)):
        assert type(flow.places[one]) is type(flow.places[other])
        inner = owner(flow, one)
        assert owner(flow, other) is inner
        ways = leads(inner)
        for this, that in permutations((flow.places[one].name, flow.places[other].name)):
            assert that not in after(ways, ways[this])


@pytest.mark.parametrize("name", FLOWS)
@settings(max_examples=30, deadline=None)
@given(choose=st.data())
def test_an_answer_given_anew_keeps_all_the_others(name, choose):
    """From the summary, an earlier answer that is looked at and left as it is changes nothing of what is kept."""
    flow, now = FLOWS[name], START
    outcome, visits = begin(flow, now), dict.fromkeys(flow.places, 0)
    while outcome.state.at != SUMMARY:
        visits[outcome.state.at] += 1
        outcome = advance(flow, outcome.state, finishing(outcome, visits[outcome.state.at]), now)
    if not outcome.state.past:
        return
    before, at = answers_on_way(flow, outcome.state), choose.draw(st.sampled_from(outcome.state.past))
    outcome = advance(flow, outcome.state, Edit(at), now)
    assert outcome.state.at in (at, SUMMARY)
    for _ in range(200):
        if outcome.state.at == SUMMARY:
            break
        here = outcome.state.at
        outcome = advance(flow, outcome.state, Skip(here), now)
        if outcome.state.at == here and not outcome.changed:
            visits[here] += 1
            outcome = advance(flow, outcome.state, finishing(outcome, visits[here]), now)
    assert before.keys() <= answers_on_way(flow, outcome.state).keys() | before.keys()
    assert outcome.state.at == SUMMARY


@given(st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.lists(st.text()))), st.text(), st.lists(st.text()))
def test_a_state_of_any_making_finds_a_screen(answers, at, past):
    """A state is sealed, so nobody can forge one; but one of an old version may hold anything."""
    flow = FLOWS["urge"]
    state = State("urge", "old", at, tuple(past), answers)
    assert advance(flow, state, Resume(), START).view.at in (*flow.places, SUMMARY)
