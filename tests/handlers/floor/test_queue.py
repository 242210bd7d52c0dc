"""The queue of hands: new voices first, nobody starves, the order is stable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.ids import OccurrenceId, PersonId
from handlers.floor import queue
from handlers.floor.records import Hand, Seat

PEOPLE = "abcdef"


def seat(name, number=0, **more):
    from datetime import UTC, datetime

    at = datetime(2026, 12, 1, 18, tzinfo=UTC)
    return Seat(OccurrenceId("o"), PersonId(name), number or ord(name) - 96, at, **more)


class Line:
    """A queue that is acted on by name."""

    def __init__(self, people=PEOPLE):
        self.seats = [seat(name) for name in people]
        self.tickets = 0
        self.spoke: list[str] = []

    def of(self, name):
        return next(one for one in self.seats if one.person == name)

    def keep(self, changed):
        self.seats = queue.merged(self.seats, changed)

    def up(self, *names):
        for name in names:
            if queue.may_raise(self.seats, self.of(name)):
                self.tickets += 1
                self.keep(queue.raised(self.seats, self.of(name), self.tickets))
        return self

    def down(self, name):
        self.keep(queue.lowered(self.seats, self.of(name)))
        return self

    def not_now(self, name):
        self.keep(queue.stepped_back(self.seats, self.of(name)))
        return self

    def skip(self, name):
        self.keep(queue.skipped(self.seats, self.of(name), self.tickets))
        return self

    def next(self, times=1):
        for _ in range(times):
            changed, first = queue.called(self.seats)
            self.keep(changed)
            if first:
                self.spoke.append(first.person)
        return self

    @property
    def order(self):
        return "".join(one.person for one in queue.waiting(self.seats))


def test_who_raises_first_speaks_first():
    assert Line().up("b", "a", "c").next(3).spoke == ["b", "a", "c"]


def test_new_voices_go_before_those_who_have_spoken():
    line = Line().up("a").next().next()  # a has spoken
    assert line.up("a", "b", "c").order == "bca"


def test_raising_a_hand_twice_changes_nothing():
    assert Line().up("a", "b", "a").order == "ab"


def test_not_now_keeps_the_place_behind_the_next_one():
    assert Line().up("a", "b", "c").not_now("a").order == "bac"
    assert Line().up("a", "b").not_now("b").order == "ab"


def test_a_lowered_hand_loses_its_place_and_the_rest_move_up():
    line = Line().up("a", "b", "c").down("a")
    assert line.order == "bc"
    assert [one.place for one in queue.waiting(line.seats)] == [1, 2]
    assert line.up("a").order == "bca"


def test_a_skipped_person_may_raise_again_when_that_round_is_over():
    line = Line().up("a", "b", "c").skip("a")
    assert line.up("a").order == "bc"
    line.up("d").next(2)  # b has spoken, c speaks: both were up at the skip
    assert line.up("a").order == "d"
    assert line.next().up("a").order == "a"


def test_a_skipped_person_with_nobody_else_waiting_may_raise_at_once():
    assert Line().up("a").skip("a").up("a").order == "a"


def test_the_next_ends_the_turn_before():
    line = Line().up("a", "b").next(2)
    assert (line.of("a").hand, line.of("a").turns) == (Hand.DOWN, 1)
    assert line.of("b").hand is Hand.SPEAKING


def test_with_nobody_waiting_the_next_only_ends_the_turn():
    line = Line().up("a").next(3)
    assert line.spoke == ["a"]
    assert queue.speaker(line.seats) is None


def test_listening_takes_the_hand_down():
    line = Line().up("a", "b")
    line.keep(queue.lowered(line.seats, line.of("a"), Hand.LISTENING))
    assert (line.order, line.of("a").hand) == ("b", Hand.LISTENING)
    assert line.up("a").order == "ba"


@pytest.mark.parametrize("name", "abc")
def test_how_many_are_before(name):
    line = Line().up("a", "b", "c")
    assert queue.before(line.seats, line.of(name)) == "abc".index(name)


acts = st.lists(st.tuples(st.sampled_from(["up", "down", "not_now", "skip", "next"]), st.sampled_from(PEOPLE)), max_size=60)


def played(line, steps, watch=None):
    for step, name in steps:
        line.next() if step == "next" else getattr(line, step)(name)
        if watch:
            watch(step, name)
    return line


@given(acts)
def test_places_are_always_one_to_n_and_one_at_most_speaks(steps):
    line = Line()

    def whole(step, name):
        assert [one.place for one in queue.waiting(line.seats)] == list(range(1, len(line.order) + 1))
        assert sum(one.hand is Hand.SPEAKING for one in line.seats) <= 1
        assert all(one.place == 0 for one in line.seats if one.hand is not Hand.UP)
        assert len(line.seats) == len(PEOPLE)

    played(line, steps, whole)


@given(acts)
def test_a_waiting_hand_is_overtaken_by_each_person_at_most_once(steps):
    """So nobody starves: with n people a hand that stays up is called after at most n turns of those who came later."""
    line = Line().up("a")
    came_later: list[str] = []
    for step, name in steps:
        if step != "next" and name == "a":
            continue  # a does nothing but wait
        ticket, spoke = line.of("a").ticket, len(line.spoke)
        if line.of("a").hand is not Hand.UP:
            break
        played(line, [(step, name)])
        new = line.spoke[spoke:]
        if new and new[0] != "a" and line.of(new[0]).ticket > ticket:
            assert line.of(new[0]).turns == 0
            came_later += new
    assert len(came_later) == len(set(came_later))


@given(acts)
def test_without_a_not_now_equals_stay_in_the_order_of_their_raising(steps):
    line = played(Line(), [(step, name) for step, name in steps if step != "not_now"])
    for fresh in (True, False):
        tickets = [one.ticket for one in queue.waiting(line.seats) if one.is_new_voice is fresh]
        assert tickets == sorted(tickets)


@given(acts)
def test_without_a_not_now_new_voices_are_all_before_the_others(steps):
    line = played(Line(), [(step, name) for step, name in steps if step != "not_now"])
    fresh = [one.is_new_voice for one in queue.waiting(line.seats)]
    assert fresh == sorted(fresh, reverse=True)


@given(acts, st.integers(0, 5))
def test_everyone_who_waits_is_called_in_the_end(steps, extra):
    line = played(Line(), steps)
    waiting = set(line.order)
    line.next(len(waiting) + extra)
    assert waiting <= set(line.spoke)
    assert line.order == ""


@given(acts)
def test_what_is_returned_is_only_what_changed(steps):
    line = Line()
    for step, name in steps:
        before = {one.person: one for one in line.seats}
        if step == "up":
            changed = queue.raised(line.seats, line.of(name), line.tickets + 1)
            last = {one.person: one for one in changed}
            assert all(before[person] != after for person, after in last.items())
        played(line, [(step, name)])


def test_values_are_never_changed_in_place():
    first = seat("a")
    queue.raised([first], first, 1)
    assert first == replace(first, hand=Hand.DOWN)
