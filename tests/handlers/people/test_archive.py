"""An export is whole, and nothing in it runs."""

import csv
import io
import json
import zipfile

import pytest

from handlers.people.archive import Rows, archive, cell, page

ROWS: Rows = {
    "checkins": [
        {"at": "2026-12-01", "rating": 7, "success": '=HYPERLINK("http://evil")'},
        {"at": "2026-12-08", "note": "<b>hi</b>"},
    ]
}


def test_the_archive_holds_json_a_page_and_a_table_a_kind():
    with zipfile.ZipFile(io.BytesIO(archive(ROWS))) as bundle:
        assert sorted(bundle.namelist()) == ["checkins.csv", "my-data.html", "my-data.json"]
        assert json.loads(bundle.read("my-data.json")) == ROWS
        read = list(csv.reader(io.StringIO(bundle.read("checkins.csv").decode())))
    assert read[0] == ["at", "rating", "success", "note"]
    assert len(read) == 3


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_cell_never_starts_a_formula(start):
    assert cell(f"{start}1+1") == f"'{start}1+1"


def test_words_never_become_markup():
    assert "<b>" not in page(ROWS)
