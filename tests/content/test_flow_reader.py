"""A flow file is read whole, or refused with the line that is wrong."""

import pytest

from bot.core.flow import END, Choice, Option, Run, Scale, Timer
from content.flow_reader import Reader
from content.yaml_file import BadContent

HEAD = "flow: a\nstart: one\nsteps:\n"


@pytest.fixture
def read(tmp_path):
    def read_text(text: str, **others: str):
        for name, body in {"a": text, **others}.items():
            (tmp_path / f"{name}.yaml").write_text(body, encoding="utf-8")
        return Reader(tmp_path).read("a")

    return read_text


def test_steps_become_records(read):
    flow = read(
        "flow: a\nstart: one\nsteps:\n"
        "  one: {ask: scale, range: [1, 5], save: before, next: two}\n"
        '  two: {ask: choice, options: {"yes": three, "no": end}, hide: {"no": has_no_plan}}\n'
        "  three: {timer: 3, every: 30, prompts: 2, rate: ratings, end: true}\n"
    )
    assert flow.steps["one"] == Scale("one", "two", "before", True, 1, 5)
    assert flow.steps["two"] == Choice("two", "", "two", True, (Option("yes", "three"), Option("no", END, "has_no_plan")))
    assert flow.steps["three"] == Timer("three", END, "three", True, 3, 30, 2, "ratings")
    assert flow.facts == {"plan"}


def test_a_flow_within_a_flow_has_places_of_its_own_and_changes_the_version(read):
    outer = HEAD + "  one: {run: b, give: {x: y}, end: true}\n"
    inner = "flow: b\nstart: x\nsteps: {x: {ask: scale, end: true}}\n"
    flow = read(outer, b=inner)
    assert list(flow.places) == ["one", "one/x"]
    assert isinstance(flow.steps["one"], Run)
    assert flow.version == read(outer, b=inner).version
    assert flow.version != read(outer, b=inner.replace("ask: scale", "ask: words")).version


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("flow: b\nstart: one\nsteps: {one: {show: text, end: true}}\n", 1, "is not a"),
        ("flow: a\nstart: two\nsteps: {one: {show: text, end: true}}\n", 2, "there is no step two"),
        ("flow: a\nstart: one\n", 1, "no steps"),
        ("flow: a\nstart: one\ncolour: red\nsteps: {one: {show: text, end: true}}\n", 3, "colour is not known"),
        (HEAD + "  one: {show: text, next: two}\n", 4, "there is no step two"),
        (HEAD + "  one: {show: text}\n", 4, "either next"),
        (HEAD + "  one: {show: text, next: one, end: true}\n", 4, "either next"),
        (HEAD + "  one: {ask: riddle, end: true}\n", 4, "no such kind"),
        (HEAD + "  one: {ask: scale, options: [a], end: true}\n", 4, "options is not known"),
        (HEAD + "  one: {ask: scale, range: [0, 100], end: true}\n", 4, "range"),
        (HEAD + "  one: {ask: choice, options: [Yes], end: true}\n", 4, "option Yes"),
        (HEAD + "  one: {ask: choice, options: [a_very_long_option], end: true}\n", 4, "at most 14"),
        (HEAD + "  one: {ask: choice, options: {a: two}}\n", 4, "there is no step two"),
        (HEAD + "  one: {ask: choice, options: [a], hide: {b: has_x}, end: true}\n", 4, "hide names"),
        (HEAD + "  one: {ask: many, end: true}\n", 4, "no options"),
        (HEAD + "  one: {ask: words, longest: many, end: true}\n", 4, "a whole number"),
        (HEAD + "  one: {branch: x, options: {a: end}}\n", 4, "else"),
        (HEAD + "  one: {run: a, end: true}\n", 1, "runs itself"),
        (HEAD + "  one: {run: c, end: true}\n", 1, "cannot be read"),
        (HEAD + "  end: {show: text, end: true}\n", 4, "not a name"),
        (HEAD + "  one: {show: pinned, end: true}\n", 4, "text is the only kind"),
        ("flow: a\nstart: one\npicture: {kind: wave}\nsteps: {one: {show: text, end: true}}\n", 3, "picture"),
    ],
)
def test_a_wrong_flow_is_refused_with_its_line(read, text, line, said):
    with pytest.raises(BadContent) as refused:
        read(text)
    assert said in refused.value.said
    assert refused.value.line == line
