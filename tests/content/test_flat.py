"""Flat files are read by a pattern of our own, which gives what YAML gives or leaves the file to it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.flat import read_flat
from content.loader import TEXTS
from content.yaml_file import BadContent, Read, _read, read_text

FILES = sorted(TEXTS.glob("*/*.yaml"))
FILE = Path("any.yaml")
LINES = [
    'a: "x"', 'b_2: "y" ', "# said", "", "  ", 'a: "twice"', "c: plain", 'd: "e\\n\\"f\\" \\\\ g"', 'h: "\\u00e9"',
    'i: "not closed', '"',
    'true: "x"', 'null: "x"', 'no: "x"', 'k: "#"  # why', 'l: "{ $n }"', "- m", 'n: "\u2028"', 'o: "\u00e9\U0001f600"', ' p: "x"',
    'i: "two lines  ', '  "', '  the end" ', "  # no comment in a text", " amid\\n", ' \\"amid\\" ', 'end"', "  amid\\",
    "---", 'q: ""', 'r: "\t"', "s: 's'", "%t", 'u: "\x85"', "v: [1]", 'w: "x" y', "\ufeff", 'x:  "z"', 'y: "\\/"', 'z:"a"',
]  # fmt: skip


def by_yaml(text: str) -> Read | None:
    try:
        return _read(text, FILE)
    except BadContent:
        return None


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_shipped_texts_are_read_alike(file):
    text = file.read_text(encoding="utf-8")
    assert read_text(text, FILE) == _read(text, FILE)


def test_most_shipped_texts_are_flat():
    flat = [file for file in FILES if read_flat(file.read_text(encoding="utf-8")) is not None]
    assert len(flat) > 0.8 * len(FILES)


@given(
    st.lists(st.sampled_from(LINES), max_size=6).map("\n".join)
    | st.lists(st.text(max_size=8).map('a: "{}"'.format), max_size=1).map("".join)
)
def test_what_is_read_flat_is_what_yaml_reads(text):
    flat = read_flat(text)
    if flat is not None:
        assert by_yaml(text) == Read(FILE, dict(flat[0]), flat[1])
