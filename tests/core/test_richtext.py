"""A person's words are cleaned once, and stay words."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.core.richtext import POP_ISOLATE, Meter, Strong, Text, Words, bar, clean, isolated, plain, plain_block

HOSTILE = st.text(alphabet=st.characters(codec="utf-8"), max_size=200)


@given(HOSTILE)
def test_no_control_or_direction_mark_is_left(words):
    cleaned = clean(words)
    assert not any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in cleaned)
    assert not set(cleaned) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@given(HOSTILE)
def test_cleaning_twice_changes_nothing_more(words):
    assert clean(clean(words)) == clean(words)


def test_right_to_left_words_cannot_reorder_ours():
    assert isolated("שלום 123").endswith(POP_ISOLATE)
    assert isolated("hello") == "hello"
    assert isolated("\u202eevil") == "evil"


def test_zalgo_keeps_three_marks_a_letter():
    assert len(clean("e" + "\u0316" * 40)) == 4


def test_a_tree_reads_as_plain_text():
    assert plain((Strong((Text("Hi "),)), Words("Ana"))) == "Hi Ana"
    assert plain_block(Meter((Text("6 of 10"),), 6, 10)) == "6 of 10 ▰▰▰▰▰▰▱▱▱▱"


def test_a_bar_holds_at_its_edges():
    assert bar(-3, 10) == "▱" * 10
    assert bar(30, 10) == "▰" * 10
    assert bar(1, 0) == "▱" * 10
