"""Everything shipped is whole; and each kind of gap is found."""

import pytest

from content.checks import check_content
from content.wording import load_wording

FLOW = "flow: a\nstart: one\nsteps:\n"
ONE = FLOW + "  one: {ask: scale, end: true}\n"
GOOD = 'title: "A"\none: "How?"\none_label: "How"\n'


def test_everything_shipped_is_whole():
    assert [str(problem) for problem in check_content()] == []


@pytest.fixture
def said(tmp_path):
    def check(en: str = GOOD, de: str | None = None, flow: str = ONE) -> str:
        for name, body in {"texts/en": en, "texts/de": en if de is None else de, "flows": flow}.items():
            (tmp_path / name).mkdir(parents=True, exist_ok=True)
            (tmp_path / name / "a.yaml").write_text(body, encoding="utf-8")
        return "\n".join(str(problem) for problem in check_content(tmp_path / "texts", tmp_path / "flows"))

    return check


def test_a_whole_flow_has_nothing_to_say_of(said):
    assert said() == ""


@pytest.mark.parametrize(
    ("en", "de", "found"),
    [
        (GOOD, 'title: "A"\none: "Wie?"\n', "de/a.yaml:1: one_label is missing"),
        (GOOD, GOOD + 'two: "x"\n', "de/a.yaml:4: two is not in English"),
        (GOOD + 'n: "{ $n } x"\n', GOOD + 'n: "x"\n', "de/a.yaml:4: n: values differ from English: n"),
        (GOOD + 'n: "{ $n"\n', None, "en/a.yaml:4: a.n: a brace is not closed"),
        (GOOD + 'n: "{ other }"\n', None, "n: texts do not refer to other texts (other)"),
        (GOOD + 'n: "**x"\n', None, "n: a ** is not closed"),
        (GOOD + "n: 3\n", None, "n: a text is wanted"),
        (GOOD + 'n: "Done!"\n', None, "n: no exclamation marks"),
        (GOOD + 'n: "You **relapsed** again."\n', None, "en/a.yaml:4: n: not “relaps”, but: lapse"),
        (GOOD + f'command_x: "{"x" * 101}"\n', None, "command_x is longer than 100"),
        (GOOD.replace('"How"', f'"{"x" * 46}"'), None, "one_label is longer than 45"),
        (GOOD + "a: b\na: c\n", None, "key a stands twice"),
        ('one: "How?"\none_label: "How"\n', None, "no text a.title in en"),
    ],
)
def test_a_text_that_is_not_right_is_named_with_its_line(said, en, de, found):
    assert found in said(en, de)


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ("  one: {show: text, end: true}\n  two: {show: text, end: true}\n", "a.yaml:5: step two: no way leads here"),
        ("  one: {show: text, next: two}\n  two: {show: text, next: one}\n", "step one: no way leads from here to the end"),
        ("  one: {branch: x, options: {a: end}, else: one}\n", "step one: branches go round in a ring"),
        ("  one: {branch: x, options: {a: end}, else: end}\n", "nothing is saved as x"),
        ("  one: {timer: x, end: true}\n", "nothing is saved as x"),
        ("  one: {timer: 3, every: 30, end: true}\n", "prompts go together"),
        ("  one: {show: text, recall: x, end: true}\n", "recall: no choice is saved as x"),
        ("  one: {show: text, press: 'Bad press', end: true}\n", "is no press"),
        ("  one: {ask: choice, options: [a], hide: {a: never}, end: true}\n", "never is no rule"),
        ("  one: {ask: choice, options: {a: end}, hide: {a: has_x}}\n", "all options can be hidden"),
        ("  one: {ask: many, options: [a], least: 2, end: true}\n", "too few for `least`"),
        ("  one: {ask: words, longest: 5000, end: true}\n", "longest is 1 to 2000"),
    ],
)
def test_a_flow_that_is_not_whole_is_named_with_its_line(said, steps, found):
    assert found in said(flow=FLOW + steps)


def test_a_flow_that_cannot_be_read_is_named(said):
    assert "flows/a.yaml:4: step one: either next" in said(flow=FLOW + "  one: {show: text}\n")


def test_every_language_has_its_own_tables_of_flags(said, tmp_path):
    (tmp_path / "flags").mkdir()
    (tmp_path / "flags" / "en.yaml").write_text("pius: {found: {long: [x]}}\n", encoding="utf-8")
    found = said()
    assert "flags/de.yaml:1: this file is missing in de" in found
    assert "flags/en.yaml:1: pius: its flags are" in found


@pytest.mark.parametrize(
    ("language", "text", "unwanted"),
    [
        ("en", "an Addict", True), ("en", "an addictive behaviour", False), ("en", "cleaning", False), ("en", "get CLEAN", True),
        ("en", "rock  bottom", True), ("en", "advice", False), ("de", "ein süchtiges Verhalten", False), ("de", "Süchtige", True),
        ("de", "unabhängige Menschen", False), ("de", "Abhängige", True), ("de", "du musst nicht", False), ("de", "Du musst", True),
    ],
)  # fmt: skip
def test_words_are_found_by_their_stem_and_exceptions_stand(language, text, unwanted):
    assert any(word.is_in(text) for word in load_wording()[language]) is unwanted
