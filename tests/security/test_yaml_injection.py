"""SAFETY 5, row 16; Must 23: a hostile configuration, text, flow or outline is refused by file and line, and nothing in it runs."""

import re
from pathlib import Path

import pytest

from bot.config.load import ConfigProblems, load_config
from content.flow_reader import Reader
from content.loader import read_patterns
from content.yaml_file import BadContent, read_yaml
from tests.security.inside import plan, text_of

ROOT = Path(__file__).parents[2]
BOMB = "a: &a [x, x]\n" + "\n".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]" for n in range(20))
HOSTILE = {
    "bomb of aliases": BOMB,
    "one alias": "a: &x 1\nb: *x\n",
    "merge": "a: &x {b: c}\nd:\n  <<: *x\n",
    "python tag": "a: !!python/object/apply:os.system ['touch PWNED']\n",
    "own tag": "a: !env HOME\n",
    "binary": "a: !!binary aGVsbG8=\n",
    "doubled key": "a: b\na: c\n",
    "doubled key in depth": "x:\n  a: b\n  a: c\n",
    "deep flow": "a: " + "[" * 30 + "]" * 30 + "\n",
    "very deep flow": "a: " + "[" * 600 + "]" * 600 + "\n",
    "very deep maps": "a: " + "{a: " * 700 + "x" + "}" * 700 + "\n",
    "deep blocks": "".join(f"{' ' * n}a:\n" for n in range(40)),
    "huge": "a: " + "x" * (1024 * 1024) + "\n",
    "no mapping": "- a\n- b\n",
    "key that is a list": "? [a, b]\n: c\n",
    "control characters": "a: \x00b\n",
    "broken": "a: [b\n",
}


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path / "hostile.yaml"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_configuration_is_refused_by_its_line(file, text):
    file.write_text(text)
    with pytest.raises(ConfigProblems, match=r"hostile\.yaml"):
        load_config(file)
    assert [path.name for path in file.parent.iterdir()] == ["hostile.yaml"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_text_a_flow_and_an_outline_are_refused_by_their_line(file, text):
    file.write_text(text)
    with pytest.raises(BadContent, match=r"hostile\.yaml:\d+: "):
        read_yaml(file)
    with pytest.raises(BadContent, match=r"hostile\.yaml:\d+: "):
        read_patterns(file.parent)
    with pytest.raises(BadContent, match=r"hostile\.yaml:\d+: "):
        Reader(file.parent).read("hostile")
    assert [path.name for path in file.parent.iterdir()] == ["hostile.yaml"]


@pytest.mark.parametrize(
    "text", ["flow: x\nstart: a\nsteps:\n  a: {show: text, end: true, run: surf}\n", "steps: 7\n", "flow: x\nextra: 1\n"]
)
def test_a_flow_that_says_more_than_flows_say_is_refused(file, text):
    file.write_text(text)
    with pytest.raises(BadContent):
        Reader(file.parent).read("hostile")


def found_in(pattern: str, *folders: str) -> list[str]:
    """Return the lines of our own code that have a pattern, as `file:number:line`."""
    return [
        f"{file.relative_to(ROOT)}:{number}:{line}"
        for folder in folders
        for file in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_every_reader_of_yaml_in_the_program_is_one_that_refuses():
    """Nobody reads YAML by the side: each import of a YAML library is known, and none is the unsafe one."""
    found = {
        line.partition(":")[0] for line in found_in(r"^\s*(import|from) (yaml|ruamel)", "bot", "handlers", "content", "storage")
    }
    assert found <= {
        "bot/config/yaml.py",
        "content/yaml_file.py",
        "content/help_lines.py",
        "bot/cli/written.py",
        "content/wording.py",
    }
    for name in found:
        assert not re.search(r"import yaml\b|YAML\(\s*\)|typ=.unsafe", (ROOT / name).read_text("utf-8")), name


def test_no_value_is_put_into_a_text_by_format_and_nothing_is_run_that_was_read():
    """`str.format` on a member's words would let them name attributes; texts are Fluent patterns, and values are nodes."""
    risky = r"\.format\(|\.format_map\(|Template\(|\beval\(|\bexec\(|os\.system|shell=True|pickle|marshal\."
    folders = ("handlers", "storage", "content", "bot/runtime", "bot/core", "bot/platforms")
    known = (
        "bot/platforms/web/door.py:",  # the policy, with a host that has been checked
        "handlers/calendars/guide.py:",  # msgspec's: spaces and line ends for JSON
    )
    assert [line for line in found_in(risky, *folders) if not line.startswith(known)] == []


CODE = ("{0.__class__}", "%(x)s %s", "{ $title }", "${HOME}", "x'; DROP TABLE series; --", "{{7*7}}", "<%= 1 %>")


async def test_a_title_that_is_code_elsewhere_is_a_title_here(inside):
    kim = inside.person("kim", facilitator=True)
    for words in CODE:
        await plan(kim, words)
        assert words in text_of(kim.screen)
    pages = [text_of(await kim.command("/meetings", "room"))]
    while (following := pages_after(kim, pages)) is not None:
        pages.append(text_of(await kim.press(following, "room")))
    assert all(any(words in page for page in pages) for words in CODE)


def pages_after(kim, seen):
    """The button that leads to the list's next page, as long as there is one and it was not gone round already."""
    later = [button.press for row in kim.screen.buttons for button in row if button.label == "Later"]
    return later[0] if later and len(seen) < 2 * len(CODE) else None
