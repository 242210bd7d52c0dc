"""A table is read back as it was written, and no cell of it begins a formula."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from bot.core.spreadsheet import FORMULA_STARTS, cell, table

words = st.one_of(
    st.text(max_size=20), st.builds(str.__add__, st.sampled_from(FORMULA_STARTS), st.text(max_size=9)), st.just('a "b",\r\nc')
).filter(lambda said: "\0" not in said and "\ud800" not in said)
rows = st.lists(st.lists(words, min_size=2, max_size=2), max_size=4)


@given(rows)
def test_what_is_written_is_read(written):
    read = list(csv.reader(io.StringIO(table(["a", "b"], written).decode("utf-8-sig"), newline="")))
    assert read == [["a", "b"], *([cell(one) for one in row] for row in written)]


@given(rows, words)
def test_no_cell_begins_a_formula(written, column):
    read = csv.reader(io.StringIO(table([column, column], written).decode("utf-8-sig"), newline=""))
    assert not [one for row in read for one in row if one.startswith(FORMULA_STARTS)]
