"""How a code reads, and how often somebody may miss."""

from datetime import timedelta

import pytest

from bot.core.codes import grouped, read_code
from bot.core.misses import MINUTE, MOST, Misses

CODE = "0123456789ABCDEFGHJKMNPQRSTV"


def test_a_code_is_shown_in_groups_of_four():
    assert grouped(CODE) == "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV"


@pytest.mark.parametrize("typed", [grouped(CODE), grouped(CODE).lower().replace("-", " "), "O123-4567-89ab-cdef-ghjk-mnpq-rstv"])
def test_it_is_read_in_any_case_and_grouping_and_with_letters_that_look_like_digits(typed):
    assert read_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", CODE[:-1], f"{CODE}0", "U" * 28, "é" * 28, "x" * 10_000])
def test_what_can_be_no_code_is_none(typed):
    assert read_code(typed) == ""


def test_so_many_misses_a_minute_hold_somebody_up_and_nobody_else(clock):
    misses, began = Misses(), clock.now()
    for n in range(MOST):
        assert not misses.too_many("mallory", began + timedelta(seconds=n))
        misses.add("mallory", began + timedelta(seconds=n))
    assert misses.too_many("mallory", began + MINUTE - timedelta(seconds=1))
    assert not misses.too_many("mallory", began + MINUTE)
    assert not misses.too_many("ana", began)


def test_the_oldest_caller_is_forgotten_first(clock):
    misses = Misses(most=1, remembered=2)
    for who in ("one", "two", "three"):
        misses.add(who, clock.now())
    assert [misses.too_many(who, clock.now()) for who in ("one", "two", "three")] == [False, True, True]
