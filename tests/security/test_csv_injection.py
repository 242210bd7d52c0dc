"""SAFETY 5, row 15; Must 23: what a person wrote is no formula in a spreadsheet and no markup in the page to read."""

import csv
import html.parser
import io
import json
import re
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from handlers.people.archive import archive, cell, page, table

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HOSTILE = [f"{start}cmd|'/c calc'!A1" for start in STARTS] + [
    '=HYPERLINK("https://evil.example")',
    '"; =1+1',
    "a\n=1+1",
    "<script>alert(1)</script>",
]
words = st.one_of(
    st.text(max_size=40), st.sampled_from(HOSTILE), st.builds(str.__add__, st.sampled_from(STARTS), st.text(max_size=9))
)
values = st.recursive(
    st.one_of(words, st.integers(), st.none(), st.booleans()), lambda inner: st.lists(inner, max_size=2), max_leaves=4
)


class Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag, attributes):
        self.seen.add(tag)
        self.attributes += attributes


@given(st.lists(st.dictionaries(st.sampled_from(["body", "at", "words"]), values, min_size=1), min_size=1, max_size=3))
def test_no_cell_of_any_table_begins_as_a_formula(rows):
    read = list(csv.reader(io.StringIO(table(rows))))
    assert len(read) == 1 + len(rows)
    assert not [one for row in read[1:] for one in row if one.startswith(STARTS)]


@given(words)
def test_a_cell_keeps_the_words(said):
    assert cell(said).removeprefix("'") == said or cell(said) == said


@given(words)
def test_the_page_to_read_has_our_tags_only(said):
    tags = Tags()
    tags.feed(page({"checkins": [{"words": said, said or "x": 1}]}))
    assert tags.seen <= {"meta", "title", "h1", "dl", "dt", "dd"}
    assert tags.attributes == [("charset", "utf-8")]


async def test_the_urge_log_as_a_table_over_the_whole_house(inside):
    ana = inside.person("ana")
    await ana.agree("/urgelog")
    await ana.tap("7", "Done", "Done", "Add more", "Now", "Skip", "Skip", "Skip", "Skip", "3")
    await ana.write(HOSTILE[0])
    await ana.tap("No, thank you", "Keep")
    await ana.command("/log")
    await ana.tap("Send me a file")
    given_out = await ana.tap("Table (CSV)")
    assert given_out.file is not None
    rows = list(csv.reader(io.StringIO(given_out.file.content.decode("utf-8-sig"))))
    assert f"'{HOSTILE[0]}" in rows[1]
    assert not [one for row in rows for one in row if one.startswith(STARTS)]


async def test_an_export_of_hostile_words_over_the_whole_house(inside):
    ana = inside.person("ana")
    await ana.agree("/checkin")
    await ana.tap("7")
    await ana.write(HOSTILE[0])
    await ana.write(HOSTILE[-1])
    await ana.tap("Save")
    await ana.command("/export")
    given_out = await ana.tap("Send the file")
    assert given_out.file is not None
    with zipfile.ZipFile(io.BytesIO(given_out.file.content)) as bundle:
        assert all(re.fullmatch(r"[a-z_-]+\.(csv|json|html)", name) for name in bundle.namelist())
        for name in bundle.namelist():
            if name.endswith(".csv"):
                rows = csv.reader(io.StringIO(bundle.read(name).decode()))
                assert not [one for row in rows for one in row if one.startswith(STARTS)]
        kept = json.loads(bundle.read("my-data.json"))
        assert "<script" not in bundle.read("my-data.html").decode()
    assert kept["checkins"][0]["body"]["success"] == HOSTILE[0]
    assert archive({}) != b""
