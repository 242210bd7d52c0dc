"""What screens share: labels that fit, rows, pages; and which numbers of people may be told."""

import pytest

from bot.core import few
from bot.core.replies import Button
from bot.core.richtext import one_line
from bot.core.screens import cut, in_rows, number_in, page


@pytest.mark.parametrize(("words", "label"), [("short", "short"), ("x" * 40, "x" * 40), ("x" * 41, "x" * 39 + "…")])
def test_a_label_that_is_too_long_is_seen_to_be_cut(words, label):
    assert cut(words) == label


@pytest.mark.parametrize(
    ("number", "some", "shown", "more"), [(0, [1, 2], 0, True), (2, [5], 2, False), (9, [5], 2, False), (1, [3, 4], 1, True)]
)
def test_a_page_beyond_the_end_is_the_last(number, some, shown, more):
    assert page([1, 2, 3, 4, 5], number, 2) == (some, shown, more)


def test_a_list_without_anything_has_one_page():
    assert page([], 3, 2) == ([], 0, False)


@pytest.mark.parametrize(
    ("value", "number"), [("", 0), ("3", 3), ("-1", 0), ("three", 0), ("\u0663", 0), ("99999", 0), ("9" * 40, 0)]
)
def test_only_a_small_number_is_a_page(value, number):
    assert number_in(value) == number


def test_buttons_stand_in_rows_of_so_many():
    buttons = [Button(str(n)) for n in range(5)]
    assert [len(row) for row in in_rows(buttons, 2)] == [2, 2, 1]


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, 0), (4, 0), (5, 5), (12, 12)])
def test_fewer_than_five_people_are_not_told(count, told):
    assert few.told(count) == told


@pytest.mark.parametrize(("words", "line"), [(" a\n b\t\u202ec ", "a b c"), ("abcdef", "abcd"), ("abc d", "abc")])
def test_words_become_one_line(words, line):
    assert one_line(words, 4 if len(words) < 8 else 20) == line
