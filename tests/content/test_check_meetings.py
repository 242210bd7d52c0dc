"""Outlines are proved whole before they are shipped."""

import shutil

import pytest

from content.check_meetings import outline_problems
from content.loader import HERE, TEXTS

GOOD = """\
outline: "60"
segments:
  - {key: welcome, minutes: 45}
  - {key: closing, minutes: 15, protected: true}
"""


@pytest.fixture
def said(tmp_path):
    def of(text: str, name: str = "outline_60.yaml") -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return "\n".join(f"{file.name}:{line}: {what}" for file, line, what in outline_problems(TEXTS, tmp_path))

    return of


def test_what_is_shipped_is_whole():
    assert list(outline_problems(TEXTS, HERE / "meetings")) == []


def test_a_whole_outline_has_no_problems(said):
    assert said(GOOD) == ""


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("minutes: 45", "minutes: 44"), "its parts take 59 minutes, not 60"),
        (("minutes: 45", "minutes: 46"), "its parts take 61 minutes, not 60"),
        (("minutes: 15", "minutes: 14"), "takes 15 minutes at least"),
        ((", protected: true", ""), "the last part, and no other, is protected"),
        (("minutes: 45", "minutes: 45, protected: true"), "the last part, and no other, is protected"),
        (("minutes: 45", "minutes: 0"), "one minute at least"),
        (("key: welcome", "key: unheard"), "no text segment_unheard in de"),
        (("key: welcome", "key: unheard"), "no text brief_unheard in en"),
        (("minutes: 45", "minutes: 45, script: Hello"), "names and scripts are texts"),
        (("minutes: 45", "minutes: soon"), "minutes"),
        (("segments:", "parts:"), "parts"),
        (('"60"', '"90"'), "belongs in outline_90.yaml"),
    ],
)
def test_each_complaint_names_the_file(said, change, complaint):
    found = said(GOOD.replace(*change))
    assert complaint in found
    assert found.startswith("outline_60.yaml:")


def test_a_script_that_no_language_has_is_named_once_a_language(tmp_path):
    texts = tmp_path / "texts"
    shutil.copytree(TEXTS, texts)
    (texts / "de" / "outlines.yaml").unlink()
    found = [what for _, _, what in outline_problems(texts, HERE / "meetings")]
    assert any("script_welcome in de" in what for what in found)
    assert not any(" in en" in what for what in found)
