"""Plain language: what a person reads in a tool is read with ease at twelve, in every language; the rest nearly so."""

import re
from pathlib import Path

import pytest

from content.loader import TEXTS, load_flows, load_texts
from content.yaml_file import read_yaml
from tests.content.reading import ease, syllables

OF_TOOLS = {"en": 70, "de": 66, "es": 70, "fr": 70, "pt": 70}
OF_ALL = {"en": 60, "de": 55, "es": 65, "fr": 65, "pt": 58}  # hosts and facilitators read of calendars, permissions and rights
SENTENCE = 40  # characters; what is shorter is a label
_MARKS = re.compile(r"[*_]|\{[^}]*\}")


def sentences(file: Path) -> list[str]:
    values = read_yaml(file).values
    return [
        _MARKS.sub(" ", text)
        for key, text in values.items()
        if isinstance(text, str) and len(text) >= SENTENCE and "->" not in text and not key.startswith(("command_", "option_"))
    ]


@pytest.mark.parametrize("language", load_texts().languages)
def test_every_tool_is_read_with_ease(language):
    files = [file for name in load_flows() if (file := TEXTS / language / f"{name}.yaml").exists()]
    hard = {file.stem: round(found) for file in files if (found := ease(sentences(file), language)) < OF_TOOLS[language]}
    assert hard == {}


@pytest.mark.parametrize("language", load_texts().languages)
def test_everything_else_is_read_without_effort(language):
    files = sorted((TEXTS / language).glob("*.yaml"))
    hard = {file.stem: round(found) for file in files if (found := ease(sentences(file), language)) < OF_ALL[language]}
    assert hard == {}


def test_a_hard_text_is_found_hard_and_an_easy_one_easy():
    hard = "Notwithstanding considerable organisational heterogeneity, facilitators' interventions necessitate contextualisation."
    assert ease([hard], "en") < 0
    assert ease(["The cat sat on the mat. It was warm."], "en") > 100
    hard = "Die Inanspruchnahme niedrigschwelliger Unterstützungsangebote setzt Veränderungsbereitschaft voraus."
    assert ease([hard], "de") < 20


@pytest.mark.parametrize(
    ("language", "word", "count"),
    [
        ("en", "breathing", 2),
        ("en", "time", 1),
        ("de", "Langeweile", 4),
        ("es", "impulso", 3),
        ("fr", "respire", 2),
        ("pt", "vontade", 3),
    ],
)
def test_syllables_are_about_right(language, word, count):
    assert abs(syllables(word, language) - count) <= 1
