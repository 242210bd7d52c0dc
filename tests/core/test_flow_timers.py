"""Timers in a flow: a ride with its ratings, and a wait."""

from datetime import timedelta

import pytest

from bot.core.flow_state import Choose, Go, Pick, Resume, Skip, Stop, Tick, Typed
from tests.core.somebody import NOW, at_list, on_ride


def test_a_ride_asks_for_each_prompt_and_its_end():
    person = on_ride()
    assert person.last.wake == NOW + timedelta(seconds=45)
    assert person.does(Tick(), after=50).wake == NOW + timedelta(seconds=90)
    assert (person.last.view.elapsed, person.last.view.seconds, person.last.changed) == (50, 180, False)
    assert person.does(Tick(), after=120).wake == NOW + timedelta(seconds=180)
    outcome = person.does(Tick(), after=10)
    assert (outcome.over, outcome.minutes, outcome.late, person.at, outcome.wake) == ("ride/go", 3, False, "ride/after", None)
    assert person.state.answers["ride.ridden"] == 180


def test_ratings_are_kept_with_their_second_and_a_second_tap_replaces_the_first():
    person = on_ride()
    person.does(Choose("ride/go", "8"), after=30)
    person.does(Choose("ride/go", "7"), after=2)
    person.does(Typed("5"), after=60)
    assert person.state.answers["ride.ratings"] == ["32 7", "92 5"]
    assert person.does(Typed("11")).view.problem == "flow.problem_number"


def test_a_ride_that_was_stopped_stands_still_and_goes_on():
    person = on_ride()
    assert person.does(Stop(), after=60).wake is None
    assert person.does(Tick(), after=3600).wake is None
    outcome = person.does(Resume())
    assert (outcome.view.elapsed, outcome.wake) == (60, person.now + timedelta(seconds=30))
    assert person.does(Tick(), after=120).over == "ride/go"


def test_an_early_end_keeps_what_was_ridden():
    person = on_ride()
    person.does(Go("ride/go"), after=70)
    assert (person.at, person.state.answers["ride.ridden"], person.last.over) == ("ride/after", 70, "")


@pytest.mark.parametrize(("seconds", "late"), [(600, False), (660, False), (700, True), (86_400, True)])
def test_a_wait_ends_by_itself_and_says_when_it_is_late(seconds, late):
    person = at_list()
    person.does(Skip("list"), Pick("chips", "b", on=True), Go("chips"))
    assert person.last.wake == NOW + timedelta(minutes=10)
    outcome = person.does(Tick(), after=seconds)
    assert (outcome.over, outcome.minutes, outcome.late, person.at) == ("wait", 10, late, "words")
    assert person.does(Tick()).over == ""


def test_a_button_after_the_end_of_a_timer_shows_what_comes_next():
    person = on_ride()
    assert person.does(Choose("ride/go", "8"), after=200).view.at == "ride/after"
    assert person.state.answers["ride.ratings"] == []


def test_a_tick_that_comes_early_only_asks_again():
    person = on_ride()
    assert person.does(Tick(), after=10).wake == NOW + timedelta(seconds=45)
