"""Button data: what we make we read, and nothing else."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BadPress
from bot.core.replies import DATA_BYTES, Press, deep_link, parse_deep_link, parse_press

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,11}", fullmatch=True)
PARTS = st.from_regex(r"[A-Za-z0-9_]{0,16}", fullmatch=True)


@given(NAMES, NAMES, PARTS, PARTS)
def test_data_and_deep_links_come_back_as_they_were(feature, action, subject, value):
    press = Press(feature, action, subject, value)
    assert parse_press(press.data()) == press
    assert parse_deep_link(deep_link(press)) == press
    assert len(press.data().encode()) <= DATA_BYTES


@given(st.text(max_size=200))
def test_any_other_data_is_refused_or_reads_as_itself(data):
    read: Press | None = None
    with contextlib.suppress(BadPress):
        read = parse_press(data)
    assert read is None or read.data() == data.rstrip(":")


@pytest.mark.parametrize("parts", [("x", "y", "a" * 41), ("X", "y"), ("x", "y", "a" * 32, "b" * 30), ("x", "y", "a:b")])
def test_a_press_that_would_not_fit_is_never_made(parts):
    with pytest.raises(ValueError, match="does not fit"):
        Press(*parts)
