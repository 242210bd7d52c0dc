"""Questions in somebody's own words, as the lines of a fact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.flow_own import HowAsked, Question, as_line, from_line

single = st.text(st.characters(exclude_characters="\n"), max_size=40)


@given(single, st.sampled_from([HowAsked.SCALE, HowAsked.WORDS]))
def test_a_question_is_read_as_it_was_written(words, how):
    assert from_line(as_line(Question(words, how))) == Question(words, how)


@given(single, st.lists(single, min_size=1, max_size=6))
def test_so_are_the_answers_of_a_choice(words, answers):
    question = Question(words, HowAsked.CHOICE, tuple(answers))
    assert from_line(as_line(question)) == question


@pytest.mark.parametrize("line", ["Why?", "Why?\nriddle", "Why?\nchoice", "Why?\nwords\nand more"])
def test_a_line_that_does_not_say_how_it_is_asked_is_asked_in_words(line):
    assert from_line(line) == Question("Why?", HowAsked.WORDS)
