"""Steps about the person's own lines: lists, picks, ranks, one question a line, and what is given anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.flow import line_mark
from bot.core.flow_lines import next_pair, pair_mark, pairs_left, ranked
from bot.core.flow_state import SUMMARY, Back, Choose, Edit, Filled, Go, Pick, Skip, Take, Typed
from bot.core.flow_view import answers_on_way
from tests.core.flows import LINES
from tests.core.somebody import Person

OWN = ("money", "sleep", "children")


def somebody(*lines: str) -> Person:
    person = Person(LINES, {"small.list": ("from before",)})
    person.does(*(Typed(line) for line in lines), Go("list"))
    return person


def about_each(person: Person, *said: str) -> Person:
    for value in said:
        person.does(Choose("each", f"{person.last.view.items.index(person.last.view.item)}_{value}"))
    return person


def at_rank() -> Person:
    person = about_each(somebody(*OWN), "short", "long", "long")
    return_ = person
    return_.does(Choose("best", line_mark("sleep")))
    return_.does(*(Pick("some", line_mark(line), on=True) for line in OWN), Go("some"))
    return return_


def by_taste(person: Person, *best_first: str) -> Person:
    while (pair := person.last.view.pair) is not None:
        side = "a" if best_first.index(pair[0]) < best_first.index(pair[1]) else "b"
        person.does(Choose("rank", f"{pair_mark(pair)}_{side}"))
    return person


def at_the_end() -> Person:
    person = by_taste(at_rank(), "children", "sleep", "money")
    person.does(Choose("rate", "1_7"), Choose("rate", "0_3"))  # the second is of no line that is asked about now
    person.does(Choose("rate", f"{person.last.view.items.index(person.last.view.item)}_3"))
    while person.at == "rate":
        person.does(Typed("4"))
    person.does(Typed("a note"), Filled("who", {"name": "Ann", "how": "by phone"}), Go("who"))
    person.does(Choose("day", "2026-12-05"), Choose("hour", "18:30"), Typed("one idea"), Typed("another"), Go("think"))
    person.does(Typed("first"), Typed("second"))
    return person


def test_each_line_is_asked_about_once_and_in_its_order():
    person = somebody(*OWN)
    assert (person.last.view.item, person.last.view.items) == ("money", OWN)
    about_each(person, "short")
    assert person.last.view.item == "sleep"
    about_each(person, "long", "long")
    assert (person.at, person.state.answers["each"]) == ("best", {"money": "short", "sleep": "long", "children": "long"})


def test_a_double_tap_answers_one_line_only():
    person = somebody(*OWN).does(Choose("each", "0_short"), Choose("each", "0_short"))
    assert (person.view.item, person.state.answers["each"]) == ("sleep", {"money": "short"})


@pytest.mark.parametrize("forged", ["9_short", "x_short", "0", "0_never", "_", "00000000000000000000001_short"])
def test_a_forged_answer_about_a_line_changes_nothing(forged):
    person = somebody(*OWN)
    assert not person.does(Choose("each", forged)).changed


def test_a_line_may_be_passed_over():
    person = somebody(*OWN).does(Skip("each"), Choose("each", "1_long"), Skip("each"))
    assert (person.state.at, person.state.answers["each"]) == ("best", {"sleep": "long"})


def test_back_goes_line_by_line_and_then_to_the_step_before():
    person = about_each(somebody(*OWN), "short", "long")
    assert person.does(Back("each")).view.item == "sleep"
    assert person.last.view.answer == "long"
    assert person.does(Back("each")).view.item == "money"
    assert person.does(Back("each")).view.at == "list"


def test_a_list_that_grew_is_asked_about_its_new_lines_only():
    person = about_each(somebody(*OWN), "short", "long", "long")
    person.does(Back("best"), Back("each"), Back("each"), Back("each"), Typed("health"), Go("list"))
    assert person.last.view.item == "health"
    about_each(person, "short")
    assert person.at == "best"


def test_a_line_that_is_taken_out_takes_what_was_said_about_it_along():
    person = at_the_end()
    person.does(Edit("list"), Pick("list", line_mark("sleep"), on=False), Go("list"))
    assert person.at == "best"  # it was the one that is gone
    assert person.does(Skip("best")).view.at == SUMMARY
    answers = answers_on_way(LINES, person.state)
    assert answers["list"] == ["money", "children"]
    assert answers["each"] == {"money": "short", "children": "long"}
    assert answers["rank"] == ["children", "money"]
    assert "best" not in answers


def test_each_line_stands_once():
    person = Person(LINES).does(Typed("home\nhome"), Typed("home"), Typed("work"))
    assert person.state.answers["list"] == ["home", "work"]


def test_lines_can_be_brought_in_as_far_as_there_is_room():
    person = Person(LINES, {"small.list": ("a", "b")})
    assert person.last.view.offers == ("small.list",)
    assert person.does(Take("list", ("a", "b"))).state.answers["list"] == ["a", "b"]
    assert person.does(Take("list", tuple("cdefgh"))).view.problem == "flow.problem_lines"
    assert Person(LINES).last.view.offers == ()


def test_one_line_is_picked_by_its_mark_and_no_other():
    person = about_each(somebody(*OWN), "short", "long", "long")
    assert not person.does(Choose("best", line_mark("not mine"))).changed
    assert person.does(Choose("best", line_mark("sleep"))).state.answers["best"] == "sleep"


def test_several_are_picked_up_to_the_most():
    person = about_each(somebody("a", "b", "c", "d"), *["long"] * 4)
    person.does(Choose("best", line_mark("a")), Go("some"))
    assert person.last.view.problem == "flow.problem_pick"
    person.does(*(Pick("some", line_mark(line), on=True) for line in "abc"))
    assert person.does(Pick("some", line_mark("d"), on=True)).view.problem == "flow.problem_most"
    assert person.state.answers["some"] == ["a", "b", "c"]


def test_the_order_comes_from_taps_two_at_a_time():
    person = by_taste(at_rank(), "children", "sleep", "money")
    assert person.state.answers["rank"] == ["children", "sleep", "money"]
    assert person.at == "rate"


def test_a_double_tap_of_an_order_counts_once_and_back_takes_the_last_tap_away():
    person = at_rank()
    pair = person.last.view.pair
    assert pair is not None
    tap = Choose("rank", f"{pair_mark(pair)}_a")
    person.does(tap, tap)
    assert person.state.answers["rank_pairs"] == list(pair)
    person.does(Back("rank"))
    assert (person.at, person.last.view.pair) == ("rank", pair)
    assert person.does(Back("rank")).view.at == "some"


@given(st.lists(st.text(min_size=1), unique=True, max_size=12), st.randoms())
def test_ranking_ends_and_is_the_order_in_the_persons_mind(lines, chance):
    mind = list(lines)
    chance.shuffle(mind)
    pairs: list[str] = []
    while (pair := next_pair(lines, pairs)) is not None:
        assert pairs_left(lines, pairs) >= 1
        pairs += sorted(pair, key=mind.index)
    assert ranked(lines, pairs) == mind
    assert len(pairs) // 2 <= max(len(lines) * 4, 1)


def test_a_branch_tests_how_many_lines_there_are():
    assert "note" in at_the_end().state.past
    person = about_each(somebody("a", "b"), "short", "short")
    person.does(Choose("best", line_mark("a")), Pick("some", line_mark("a"), on=True), Go("some"))
    assert person.at == "who"  # one line has no order, nothing is rated, and two lines are not above two


def test_an_earlier_answer_is_quoted():
    person = by_taste(at_rank(), "children", "sleep", "money")
    while person.at == "rate":
        person.does(Typed("4"))
    assert [(name, said) for _, name, said in person.last.view.quoted] == [
        ("best", "sleep"),
        ("each", {"money": "short", "sleep": "long", "children": "long"}),
    ]


def test_fields_are_filled_together_and_one_is_enough():
    person = by_taste(at_rank(), "children", "sleep", "money")
    while person.at == "rate":
        person.does(Typed("4"))
    person.does(Typed("a note"))
    assert person.does(Go("who")).view.problem == "flow.problem_empty"
    assert person.does(Filled("who", {"name": "  ", "how": "", "forged": "x"})).view.problem == "flow.problem_empty"
    assert person.does(Filled("who", {"name": "x" * 21})).view.problem == "flow.problem_long"
    person.does(Filled("who", {"name": "Ann"}), Typed("by phone"))  # typed words fill the next empty one
    assert (person.state.answers["name"], person.state.answers["how"], person.at) == ("Ann", "by phone", "who")
    assert person.does(Go("who")).view.at == "day"


@pytest.mark.parametrize(
    ("said", "problem"), [("soon", "date"), ("2026-11-01", "date_ahead"), ("2300-01-01", "date_ahead"), ("2026-02-30", "date")]
)
def test_a_day_that_cannot_be_is_asked_again(said, problem):
    person = by_taste(at_rank(), "children", "sleep", "money")
    while person.at == "rate":
        person.does(Typed("4"))
    person.does(Typed("a note"), Filled("who", {"name": "Ann"}), Go("who"), Typed(said))
    assert (person.at, person.last.view.problem) == ("day", f"flow.problem_{problem}")
    person.does(Choose("day", "2026-12-05"), Typed("25:00"))
    assert (person.at, person.last.view.problem) == ("hour", "flow.problem_time")


def test_lines_are_written_while_a_timer_runs():
    person = at_the_end()
    assert person.state.answers["ideas"] == ["one idea", "another"]
    assert person.state.answers["last"] == {"one idea": "first", "another": "second"}


def test_an_answer_given_anew_leads_back_to_the_summary_and_loses_nothing():
    person = at_the_end()
    assert person.at == SUMMARY
    before = answers_on_way(LINES, person.state)
    person.does(Edit("best"))
    assert (person.at, person.last.view.answer) == ("best", "sleep")
    person.does(Choose("best", line_mark("money")))
    assert person.at == SUMMARY
    assert answers_on_way(LINES, person.state) == {**before, "best": "money"}
    assert person.state.ahead == ()


def test_a_list_given_anew_asks_what_is_new_about_it_and_nothing_else():
    person = at_the_end()
    person.does(Edit("list"), Typed("health"), Go("list"))
    assert (person.at, person.last.view.item) == ("each", "health")
    person.does(Choose("each", f"{person.last.view.items.index('health')}_long"))
    assert (person.at, person.last.view.item) == ("rate", "health")
    assert person.does(Typed("2")).view.at == SUMMARY


def test_an_each_given_anew_shows_every_line_with_its_answer():
    person = at_the_end()
    person.does(Edit("each"))
    assert (person.last.view.item, person.last.view.answer) == ("money", "short")
    person.does(Choose("each", "0_long"), Skip("each"), Skip("each"))
    assert person.state.answers["each"] == {"money": "long", "sleep": "long", "children": "long"}
    assert (person.at, person.last.view.item) == ("rate", "money")  # it is long now, so it is rated too


def test_an_order_given_anew_begins_from_the_first_pair_and_may_be_left_as_it_is():
    person = at_the_end()
    person.does(Edit("rank"))
    assert person.last.view.pair is not None
    assert person.does(Skip("rank")).view.at == SUMMARY
    assert person.state.answers["rank"] == ["children", "sleep", "money"]
    by_taste(person.does(Edit("rank")) and person, "money", "sleep", "children")
    assert (person.at, person.state.answers["rank"]) == (SUMMARY, ["money", "sleep", "children"])


def test_an_answer_on_another_way_asks_the_questions_of_that_way():
    person = about_each(somebody("a", "b"), "short", "short")
    person.does(Choose("best", line_mark("a")), Pick("some", line_mark("a"), on=True), Go("some"))
    person.does(Filled("who", {"name": "Ann"}), Go("who"), Skip("day"), Skip("hour"), Go("think"))
    assert person.at == SUMMARY
    person.does(Edit("list"), Typed("c"), Go("list"), Choose("each", "2_short"))
    assert person.at == "note"  # three lines are above two
    assert person.does(Typed("noted")).view.at == SUMMARY


def test_an_edit_of_nothing_that_was_asked_changes_nothing():
    person = at_the_end()
    for at in ("-", "", "ride", "nowhere"):
        assert not person.does(Edit(at)).changed
    fresh = Person(LINES)
    assert not fresh.does(Edit("list")).changed
