"""Names are drawn as they are written: Arabic letters joined, other scripts only where the font has every sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.scripts import drawable, joined

EVERYTHING = range(0x110000)


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("محمد", "\ufee3\ufea4\ufee4\ufeaa"),
        ("علي", "\ufecb\ufee0\ufef2"),
        ("دار", "\ufea9\ufe8d\ufead"),
        ("سلام", "\ufeb3\ufefc\ufee1"),  # lam and alef are one sign
        ("لا", "\ufefb"),
        ("پری", "\ufb58\ufeae\ufbfc"),  # Persian letters
        ("Ana Groß", "Ana Groß"),
        ("מרים", "מרים"),
    ],
)
def test_letters_take_the_form_their_neighbours_give_them(written, drawn):
    assert joined(written) == drawn


@pytest.mark.parametrize("name", ["हिन्दी", "ไทย", "မြန်မာ", "a\u200db", "a\u2028b"])
def test_what_needs_a_shaping_engine_is_left_to_a_pen(name):
    assert drawable(name, EVERYTHING) == ""


def test_a_sign_that_the_font_lacks_is_left_to_a_pen():
    assert drawable("Ana", [ord(letter) for letter in "An"]) == ""
    assert drawable("Ana", [ord(letter) for letter in "Ana"]) == "Ana"


@given(st.text(max_size=80))
def test_whatever_is_typed_is_drawn_or_not_and_never_fails(name):
    assert drawable(name, EVERYTHING) in ("", joined(name))
