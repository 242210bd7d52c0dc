"""The tables of gentle flags: each language has all, and each of its examples is found as it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.flags import FLAGS, find_flags
from content.flags_reader import FOLDER, examples, found_in, load_flags
from content.loader import load_texts

FILES = sorted(FOLDER.glob("*.yaml"))
EXAMPLES = [(file.stem, *example) for file in FILES for example in examples(file)]


@pytest.mark.parametrize(("language", "table", "sentence", "flags"), EXAMPLES)
def test_an_example_is_found_as_it_says(language, table, sentence, flags):
    assert set(found_in(table, language, sentence)) == set(flags)


def test_every_language_has_every_table_and_examples_of_every_flag_found_and_not_found():
    assert set(load_flags()) == set(load_texts().languages)
    for file in FILES:
        for table, flags in FLAGS.items():
            said = [set(found) for of, _, found in examples(file) if of == table]
            assert set() in said, f"{file.stem}: no example without a flag of {table}"
            assert set(flags) - {"long"} <= set().union(*said), f"{file.stem}: a flag of {table} has no example"


@pytest.mark.parametrize("language", load_flags())
def test_more_than_forty_words_are_long(language):
    assert "long" in found_in("pius", language, "word " * 41)
    assert "long" not in found_in("pius", language, "word " * 40)


def test_typographic_apostrophes_and_capitals_make_no_difference():
    assert found_in("demands", "en", "I CAN’T STAND it") == ("cant_stand",)


@given(st.text())
def test_any_text_is_read(words):
    for language, tables in load_flags().items():
        for table, rules in tables.items():
            assert set(find_flags(table, rules, words)) <= set(FLAGS[table]), language


def test_a_language_without_tables_finds_nothing():
    assert found_in("pius", "xx", "you never listen") == ()
