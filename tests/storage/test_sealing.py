"""Sealed values, without a database."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as some

from storage.sealing import STEP, Unopenable, generation_of, mark, place, seal, unseal

KEY = AESGCM(bytes(range(32)))
HERE = place("checkins", "body", "row1", "person1")


@given(some.recursive(some.none() | some.booleans() | some.integers(-(2**53), 2**53) | some.text(), some.lists, max_leaves=8))
def test_what_is_sealed_opens_where_it_was_sealed(value):
    assert unseal(KEY, HERE, seal(KEY, 1, HERE, value), object) == value


@pytest.mark.parametrize(
    "elsewhere",
    [
        place("entries", "body", "row1", "person1"),
        place("checkins", "agenda", "row1", "person1"),
        place("checkins", "body", "row2", "person1"),
        place("checkins", "body", "row1", "person2"),
        place("checkins", "body", "row1person1", ""),
        place("checkinsb", "ody", "row1", "person1"),
    ],
)
def test_a_value_moved_to_another_table_column_row_or_person_does_not_open(elsewhere):
    with pytest.raises(Unopenable):
        unseal(KEY, elsewhere, seal(KEY, 1, HERE, "words"), str)


@given(some.lists(some.text(), min_size=4, max_size=4), some.lists(some.text(), min_size=4, max_size=4))
def test_no_two_places_read_alike(one, other):
    assert (place(*one) == place(*other)) == (one == other)


def test_a_changed_bit_anywhere_does_not_open():
    sealed = seal(KEY, 1, HERE, "words")
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(Unopenable):
            unseal(KEY, HERE, bytes(changed), str)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" * 30])
def test_what_is_no_sealed_value_does_not_open(sealed):
    with pytest.raises(Unopenable):
        unseal(KEY, HERE, sealed, str)


def test_another_key_does_not_open():
    with pytest.raises(Unopenable):
        unseal(AESGCM(bytes(32)), HERE, seal(KEY, 1, HERE, "words"), str)


def test_lengths_tell_steps_only():
    assert len({len(seal(KEY, 1, HERE, rating)) for rating in range(11)}) == 1
    lengths = {len(seal(KEY, 1, HERE, "x" * n)) for n in range(4 * STEP)}
    assert len(lengths) == 5
    assert all((length - (1 + 2 + 12 + 16)) % STEP == 0 for length in lengths)


def test_the_same_value_never_looks_the_same():
    assert seal(KEY, 1, HERE, 7) != seal(KEY, 1, HERE, 7)


def test_a_value_names_its_keys_generation():
    assert generation_of(seal(KEY, 515, HERE, 7)) == 515


def test_marks_tell_their_parts_apart():
    assert mark(b"k" * 32, "telegram", "12") == mark(b"k" * 32, "telegram", "12")
    assert len({mark(b"k" * 32, "a", "bc"), mark(b"k" * 32, "ab", "c"), mark(b"l" * 32, "a", "bc")}) == 3
