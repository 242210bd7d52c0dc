"""What a button carries, made and read again: a law."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BadPress
from bot.core.ids import new_id
from bot.core.meetings import Audience
from bot.core.replies import Press, parse_press
from bot.core.zones import folded
from handlers.directory.marks import anchor_of, coded, decoded, is_marked, series_mark, words_mark
from handlers.directory.records import DAYS, Filter, Want

filters = st.builds(
    Filter,
    st.sampled_from(Audience),
    st.frozensets(st.sampled_from(Want)),
    st.sampled_from(("", *DAYS)),
    st.one_of(st.just(""), st.text(max_size=90).map(words_mark), st.just("1" * 32).map(series_mark)),
)
anchors = st.one_of(
    st.none(), st.builds(anchor_of, st.datetimes(datetime(2020, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC)), st.text())
)


@given(filters, anchors)
def test_a_list_is_read_from_its_button_as_it_was_written_and_fits_with_a_community(wanted, anchor):
    press = Press("directory", "list", new_id(), coded(wanted, anchor))
    assert decoded(parse_press(press.data()).value) == (wanted, anchor)


@given(st.from_regex(r"[A-Za-z0-9_]{0,40}", fullmatch=True))
def test_anything_else_is_refused_or_means_a_list(value):
    try:
        wanted, anchor = decoded(value)
    except BadPress:
        return
    assert decoded(coded(wanted, anchor)) == (wanted, anchor)


@given(st.text(max_size=60), st.integers(0, 8), st.integers(1, 40))
def test_a_title_is_found_by_the_beginning_of_any_of_its_words(title, word, length):
    words = folded(title).split()
    if not words:
        return
    rest = " ".join(words[word % len(words) :])[:length]
    assert is_marked(title, "", words_mark(rest))


@pytest.mark.parametrize(("title", "words"), [("Open evening", "pen"), ("Open evening", "evening open"), ("", "x"), ("a", "ab")])
def test_a_title_is_not_found_by_other_letters(title, words):
    assert not is_marked(title, "", words_mark(words))


def test_the_words_themselves_are_not_in_the_button():
    assert "gambling" not in coded(Filter(mark=words_mark("gambling")))
