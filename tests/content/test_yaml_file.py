"""Content files say what they mean, or are refused with their file and line."""

import pytest

from content.yaml_file import LARGEST, BadContent, read_yaml


@pytest.fixture
def read(tmp_path):
    def read_text(text: str):
        file = tmp_path / "a.yaml"
        file.write_text(text, encoding="utf-8")
        return read_yaml(file)

    return read_text


def test_texts_that_look_like_something_else_stay_texts(read):
    assert read('a: "016"\nb: NO\nc: "yes"\nd: on\n').values == {"a": "016", "b": "NO", "c": "yes", "d": "on"}


def test_numbers_truths_lists_and_mappings_are_read_with_their_lines(read):
    found = read("a: 3\nb: true\nc: [x, 1]\nd:\n  e: {f: g}\n")
    assert found.values == {"a": 3, "b": True, "c": ["x", 1], "d": {"e": {"f": "g"}}}
    assert (found.line("d", "e", "f"), found.line("d", "nothing"), found.line("nothing")) == (5, 4, 1)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: x\nb: y\na: z\n", 3, "stands twice"),
        ("a: x\nb: {c: 1, c: 2}\n", 2, "stands twice"),
        ("a: &x y\nb: *x\n", 2, "aliases"),
        ("a: 016\n", 1, "quote 016"),
        ("a: 1.5\n", 1, "quote 1.5"),
        ("yes: a\ntrue: b\n", 2, "not a text"),
        ("? [a]\n: b\n", 1, "not a text"),
        ("a: !!python/object:os.system x\n", 1, "quote"),
        ("- a\n", 1, "not a list of keys"),
        ("a: [\n", 2, "not YAML"),
        ("a: " + "[" * 30 + "]" * 30, 1, "too deep"),
        ("a: " + "x" * LARGEST, 1, "larger"),
    ],
)
def test_what_could_be_misread_is_refused_with_its_line(read, text, line, said):
    with pytest.raises(BadContent) as refused:
        read(text)
    assert refused.value.line == line
    assert said in refused.value.said
    assert f"a.yaml:{line}:" in str(refused.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadContent, match=r"none\.yaml:1: cannot be read"):
        read_yaml(tmp_path / "none.yaml")
