"""The flow engine: what each act does to each kind of step, and what it leaves alone."""

from datetime import timedelta

import pytest

from bot.core.flow import END, Choice, Flow, Run, Scale, Show, Timer, mark
from bot.core.flow_state import SUMMARY, Back, Choose, Discard, End, Go, Keep, Pick, Resume, Skip, Stop, Tick, Typed
from bot.core.flow_view import answers_on_way
from tests.core.flows import RIDE, SMALL
from tests.core.somebody import LINES, NOW, Person, at_list, on_ride

# Steps


@pytest.mark.parametrize("typed", ["7", " 7 ", "7.", "7/10", "7 / 10"])
def test_a_number_may_be_typed(person, typed):
    assert person.does(Typed(typed)).state.answers == {"rate": 7}
    assert person.at == "kind"


@pytest.mark.parametrize("typed", ["", "11", "-1", "7.5", "seven", "٧", "7/5", "0x1", "7" * 10_000, "7\n8", "null", "{}"])
def test_anything_but_0_to_10_changes_nothing_and_is_not_repeated(person, typed):
    outcome = person.does(Typed(typed))
    assert (outcome.view.problem, outcome.view.limit, person.at, outcome.changed) == ("flow.problem_number", 10, "rate", False)
    assert outcome.state.answers == {}


def test_a_choice_goes_where_it_says(person):
    person.does(Choose("rate", "4"))
    assert person.last.view.options == ("ride", "list")
    assert person.does(Choose("kind", "list")).state.at == "list"


@pytest.mark.parametrize("value", ["mine", "nothing", "", "list_", "words"])
def test_an_option_that_is_hidden_or_was_never_there_changes_nothing(person, value):
    person.does(Choose("rate", "4"))
    assert not person.does(Choose("kind", value)).changed
    assert person.at == "kind"


def test_a_hidden_option_shows_when_its_fact_does():
    person = Person(facts=LINES)
    person.does(Choose("rate", "4"))
    assert "mine" in person.last.view.options
    assert person.does(Choose("kind", "mine")).view.lines == LINES["lines"]
    assert person.does(Go("mine")).state.at == "words"


def test_lines_gather_until_done():
    person = at_list()
    person.does(Typed("one"), Typed(" two \n\n three "))
    assert person.state.answers["list"] == ["one", "two", "three"]
    assert person.does(Typed("four")).view.problem == "flow.problem_lines"
    assert person.does(Go("list")).state.at == "chips"


def test_done_with_no_line_asks_for_one_or_skip():
    assert at_list().does(Go("list")).view.problem == "flow.problem_empty"
    assert at_list().does(Skip("list")).state.at == "chips"


@pytest.mark.parametrize(
    ("typed", "problem"), [("x" * 21, "flow.problem_long"), (" \n ", "flow.problem_empty"), ("\u202e", "flow.problem_empty")]
)
def test_words_that_do_not_fit_change_nothing(typed, problem):
    person = at_list()
    outcome = person.does(Skip("list"), Pick("chips", "a", on=True), Go("chips"), Typed(typed))
    assert (outcome.view.problem, person.at, outcome.changed) == (problem, "words", False)


def test_words_are_kept_as_they_are_but_for_controls():
    person = at_list()
    person.does(Skip("list"), Pick("chips", "a", on=True), Go("chips"), Typed(" @everyone\u202e <b>**x** "))
    assert person.state.answers["words"] == "@everyone <b>**x**"
    assert person.at == SUMMARY


def test_a_chip_tapped_twice_stays_on(person):
    person = at_list()
    person.does(Skip("list"), Pick("chips", "b", on=True), Pick("chips", "a", on=True))
    assert not person.does(Pick("chips", "b", on=True)).changed
    assert person.state.answers["chips"] == ["a", "b"]
    assert person.does(Pick("chips", "b", on=False)).state.answers["chips"] == ["a"]
    assert not person.does(Pick("chips", "z", on=True)).changed


def test_at_least_one_chip_is_asked_for():
    person = at_list()
    person.does(Skip("list"))
    assert person.does(Go("chips")).view.problem == "flow.problem_pick"


@pytest.mark.parametrize(("chips", "place"), [(["a"], "words"), (["a", "b"], "wait")])
def test_a_branch_goes_on_by_what_was_answered(chips, place):
    person = at_list()
    person.does(Skip("list"), *(Pick("chips", chip, on=True) for chip in chips), Go("chips"))
    assert person.at == place


def test_words_where_none_are_wanted_ask_for_a_button():
    person = Person()
    person.does(Choose("rate", "4"))
    assert person.does(Typed("ride")).view.problem == "flow.problem_buttons"


# Back, skip, stop, stale buttons


@pytest.mark.parametrize(
    "act",
    [Choose("rate", "9"), Skip("rate"), Back("rate"), Go("rate"), Pick("rate", "a", on=True), Choose("", "9"), Choose("-", "9"),
     Choose("words", "x"), Keep(), Tick(), Resume()],
)  # fmt: skip
def test_a_button_of_another_screen_changes_nothing_and_shows_the_present_one(person, act):
    person.does(Choose("rate", "4"))
    before = person.state
    outcome = person.does(act)
    assert (outcome.state, outcome.changed, outcome.end, outcome.view.at) == (before, False, End.OPEN, "kind")


def test_back_shows_what_was_answered_and_keeps_what_came_later(person):
    person.does(Choose("rate", "4"), Choose("kind", "list"), Typed("one"), Back("list"), Back("kind"))
    assert (person.at, person.last.view.answer, person.last.view.back) == ("rate", 4, False)
    person.does(Choose("rate", "5"), Skip("kind"))
    assert person.state.answers == {"rate": 5, "kind": "list", "list": ["one"]}


def test_an_answer_of_a_way_that_was_left_is_kept_but_not_handed_on(person):
    person.does(Choose("rate", "4"), Choose("kind", "list"), Typed("one"), Go("list"), Back("chips"), Back("list"))
    person.does(Choose("kind", "ride"), Choose("ride/long", "3"), Go("ride/go"), Choose("ride/after", "1"), Typed("end"))
    assert person.at == SUMMARY
    assert person.state.answers["list"] == ["one"]
    assert "list" not in answers_on_way(SMALL, person.state)


def test_a_choice_left_as_it_is_leads_where_it_led_before(person):
    person.does(Choose("rate", "4"), Choose("kind", "list"), Typed("one"), Back("list"), Skip("kind"))
    assert (person.at, person.last.view.answer) == ("list", ["one"])


def test_a_choice_skipped_without_an_answer_goes_the_ordinary_way(person):
    person.does(Choose("rate", "4"), Skip("kind"))
    assert person.at == "words"


def test_back_at_the_first_screen_changes_nothing(person):
    assert not person.does(Back("rate")).changed


def test_skip_is_not_there_where_the_step_needs_an_answer():
    person = Person(RIDE)
    assert not person.last.view.skip
    assert not person.does(Skip("long")).changed


def test_save_and_stop_keeps_the_place(person):
    person.does(Choose("rate", "4"))
    assert person.does(Stop()).end is End.STOPPED
    assert person.does(Resume(), after=86_400 * 13).view.at == "kind"


def test_discard_ends_from_any_screen(person):
    assert person.does(Discard()).end is End.DISCARDED


def test_keep_is_only_at_the_summary(person):
    assert person.does(Keep()).end is End.OPEN
    person.does(Skip("rate"), Skip("kind"), Skip("words"))
    assert person.at == SUMMARY
    assert person.last.view.step is None
    assert person.does(Keep()).end is End.KEPT


def test_the_summary_goes_back_to_the_last_step(person):
    person.does(Skip("rate"), Skip("kind"), Typed("x"), Back(SUMMARY))
    assert (person.at, person.last.view.answer) == ("words", "x")


def test_steps_are_counted_in_their_own_flow(person):
    counts = [(person.last.view.n, person.last.view.of)]
    for act in (Choose("rate", "4"), Choose("kind", "ride"), Choose("ride/long", "3"), Go("ride/go"), Choose("ride/after", "1")):
        view = person.does(act).view
        counts.append((view.n, view.of))
    assert counts == [(1, 3), (2, 3), (1, 3), (2, 3), (3, 3), (3, 3)]


# A flow in a flow


def test_what_was_answered_outside_is_not_asked_inside_and_comes_back(person):
    person.does(Choose("rate", "7"), Choose("kind", "ride"), Choose("ride/long", "5"))
    assert person.at == "ride/go"
    person.does(Go("ride/go"), Choose("ride/after", "2"))
    assert person.at == "words"
    assert answers_on_way(SMALL, person.state) == {
        "rate": 7, "kind": "ride", "ride.long": "5", "ride.before": 7, "ride.ridden": 0, "ride.ratings": [], "ride.after": 2,
        "rate_now": 2,
    }  # fmt: skip


def test_what_was_not_answered_outside_is_asked_inside(person):
    person.does(Skip("rate"), Choose("kind", "ride"), Choose("ride/long", "5"))
    assert person.at == "ride/before"


def test_back_leads_out_of_the_inner_flow_and_never_into_a_timer(person):
    person.does(Choose("rate", "7"), Choose("kind", "ride"), Choose("ride/long", "3"), Go("ride/go"), Back("ride/after"))
    assert (person.at, person.state.timer) == ("ride/long", None)
    assert person.does(Back("ride/long")).state.at == "kind"


# A changed flow


def test_a_step_that_is_gone_leads_to_the_nearest_earlier_one(person):
    person.does(Choose("rate", "4"), Choose("kind", "list"), Typed("one"))
    steps = {name: step for name, step in SMALL.steps.items() if name != "list"}
    person.flow = Flow("small", "rate", {**steps, "kind": Choice(name="kind", next="words")}, "s2")
    outcome = person.does(Resume())
    assert (outcome.view.at, person.state.version) == ("kind", "s2")
    assert person.state.answers["list"] == ["one"]


def test_a_flow_of_which_nothing_is_left_begins_anew_and_keeps_its_answers(person):
    person.does(Choose("rate", "4"))
    person.flow = Flow("small", "new", {"new": Scale(name="new", next=END, save="new")}, "s3")
    assert person.does(Resume()).view.at == "new"
    assert person.state.answers == {"rate": 4}


def test_a_timer_that_became_something_else_and_the_reverse():
    person = on_ride()
    inner = Flow("ride", "long", {**RIDE.steps, "go": Show(name="go", next="after")}, "r2")
    person.flow = Flow("small", "rate", {**SMALL.steps, "ride": Run(name="ride", next="words", flow=inner)}, "s4")
    assert (person.does(Resume()).view.at, person.state.timer) == ("ride/go", None)
    person.flow = SMALL
    assert person.does(Resume()).wake == NOW + timedelta(seconds=45)


def test_a_stopped_state_at_the_summary_survives_a_change(person):
    person.does(Skip("rate"), Skip("kind"), Skip("words"))
    person.flow = Flow("small", "rate", SMALL.steps, "s5")
    assert person.does(Resume()).view.step is None


def test_marks_name_places_and_are_unique():
    assert SMALL.marks[mark("ride/go")] == "ride/go"
    assert len(SMALL.marks) == len(SMALL.places)
    assert isinstance(SMALL.places["ride/go"], Timer)
