"""What a picture gives away, as laws; and where weeks begin and end."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import combinations_with_replacement
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import CommunityId, new_id
from bot.core.meetings import Audience
from handlers.together import rules
from handlers.together.records import Sum, Week

NUMBERS = st.integers(0, 10)
ANSWERS = st.lists(NUMBERS, min_size=5, max_size=60)
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC", "Asia/Kathmandu"])
SMALL_WEEKS = range(5, 13)  # people; the more there are, the less one of them can be told

# Numbers ----------------------------------------------------------------------------------------------------------------


@given(st.lists(NUMBERS, max_size=4))
def test_below_five_there_is_nothing(numbers):
    assert rules.sum_of(numbers) is None


@given(ANSWERS, st.randoms())
def test_the_order_of_answers_is_not_in_it(numbers, random):
    turned = list(numbers)
    random.shuffle(turned)
    assert rules.sum_of(turned) == rules.sum_of(numbers)


@given(ANSWERS, st.data())
def test_the_two_lowest_and_the_two_highest_may_be_any_as_long_as_they_stay_so(numbers, data):
    rest = sorted(numbers)[2:-2]
    below, above = st.integers(0, rest[0]), st.integers(rest[-1], 10)
    others = [data.draw(below), data.draw(below), *rest, data.draw(above), data.draw(above)]
    assert rules.sum_of(others) == rules.sum_of(numbers)


@given(ANSWERS, st.data())
def test_whatever_somebody_knows_they_learn_no_more_than_a_range(numbers, data):
    """Also who knows all other answers: every number of the last one's range gives the same picture."""
    *others, last = numbers
    low, high = rules.RANGES[rules.range_of(last)]
    assert rules.sum_of([*others, data.draw(st.integers(low, high))]) == rules.sum_of(numbers)
    assert all(high - low >= 2 for low, high in rules.RANGES)


@given(ANSWERS)
def test_it_is_three_ranges_and_a_band_that_agree_with_each_other(numbers):
    made = rules.sum_of(numbers)
    assert made is not None
    assert made.low <= made.middle <= made.high
    low, high = rules.BANDS[made.people]
    assert low <= len(numbers) <= (high or len(numbers))
    met = {rules.range_of(number) for number in sorted(numbers)[2:-2]}
    assert min(met) <= made.low
    assert made.high <= max(met)
    assert made.middle in met


@cache
def possible(people: int, known: tuple[int, ...]) -> frozenset[Sum]:
    """Every picture that can arise when the answers of some are known, each by its range, and those of the others are not."""
    return frozenset(sum_of_ranges((*known, *others)) for others in weeks_of(people - len(known)))


def weeks_of(people: int) -> Iterator[tuple[int, ...]]:
    return combinations_with_replacement(range(len(rules.RANGES)), people)


def sum_of_ranges(ranges: tuple[int, ...]) -> Sum:
    made = rules.sum_of([rules.RANGES[one][0] for one in ranges])
    assert made is not None
    return made


@pytest.mark.parametrize("people", SMALL_WEEKS)
def test_who_gave_one_answer_can_rule_out_no_answer_of_anybody(people):
    """Whatever they gave, and whatever picture they then see: each of the others may have given any number at all."""
    for mine in range(3):
        for seen in possible(people, (mine,)):
            assert all(seen in possible(people, (mine, theirs)) for theirs in range(3)), (mine, seen)


def test_what_it_does_not_withstand_is_known():
    """Two answers in a week of five, or all others': then a range can follow. It stands at the top of the rules."""
    assert sum_of_ranges((2, 2, 2, 0, 0)) not in possible(5, (0, 0, 0))
    learnt = {one for one in range(3) if sum_of_ranges((0, 0, 2, 2, one)) == sum_of_ranges((0, 0, 2, 2, 1))}
    assert learnt == {1}


# Weeks ------------------------------------------------------------------------------------------------------------------

MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


@given(MOMENTS, ZONES)
def test_every_moment_is_in_one_week(at, zone):
    clocks = ZoneInfo(zone)
    monday = rules.monday_of(at, clocks)
    assert monday.weekday() == 0
    assert rules.begins(monday, clocks) <= at < rules.ends(monday, clocks)
    assert rules.ends(monday, clocks) == rules.begins(rules.after(monday), clocks)
    assert rules.closes(monday, clocks) - rules.ends(monday, clocks) == timedelta(days=1)


@given(MOMENTS, ZONES)
def test_a_promise_to_close_names_its_week(at, zone):
    community, clocks = CommunityId(new_id()), ZoneInfo(zone)
    due = rules.closing(community, rules.monday_of(at, clocks), clocks)
    assert rules.week_in(due.subject) == (community, rules.monday_of(at, clocks))
    assert "family" not in f"{due.key} {due.kind} {due.subject}"


MONDAY, SOME = date(2026, 11, 2), Sum(0, 1, 1, 2)


def week(number: int, made: Sum | None) -> Week:
    return Week(CommunityId("c"), Audience.PARTICIPANTS, MONDAY + timedelta(weeks=number), made)


def test_weeks_that_nobody_closed_are_as_those_with_too_few():
    with_rows = rules.shown([week(0, SOME), week(1, None), week(2, None), week(3, SOME)])
    assert with_rows == rules.shown([week(0, SOME), week(3, SOME)])
    assert len(with_rows) == rules.SHOWN
    assert [made for _, made in with_rows] == [None] * 4 + [SOME, None, None, SOME]


def test_nothing_but_too_few_is_as_nothing_at_all():
    assert rules.shown([week(n, None) for n in range(8)]) == rules.shown([]) == []
