"""SAFETY 5, row 16; Must 23: a hostile configuration, text, flow or outline is refused by file and line, and nothing in it runs."""

import re
import subprocess
from pathlib import Path

import pytest

from bot.config.load import ConfigProblems, load_config
from content.flow_reader import Reader
from content.loader import read_patterns
from content.yaml_file import BadContent, read_yaml

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
    "very deep flow": "a: " + "[" * 20_000 + "]" * 20_000 + "\n",
    "very deep maps": "a: " + "{a: " * 5_000 + "x" + "}" * 5_000 + "\n",
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


def test_every_yaml_reader_of_the_program_is_one_of_the_three_that_refuse():
    """Nobody reads YAML by the side: each import of a YAML library is known, and none is the unsafe one."""
    found = subprocess.run(["git", "grep", "-lE", r"^\s*(import|from) (yaml|ruamel)", "--", "bot", "handlers", "content", "storage"],
                           cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()  # fmt: skip
    assert set(found) <= {
        "bot/config/yaml.py",
        "content/yaml_file.py",
        "content/help_lines.py",
        "bot/cli/written.py",
        "content/wording.py",
    }
    for name in found:
        source = (ROOT / name).read_text("utf-8")
        assert not re.search(r"import yaml\b|YAML\(\s*\)|typ=.unsafe|typ=.rt.(?!.*written)", source), name


def test_no_value_is_put_into_a_text_by_format_or_percent():
    """`str.format` on a member's words would let them name attributes; texts are Fluent patterns, and values are nodes."""
    found = subprocess.run(["git", "grep", "-nE", r"\.format\(|\.format_map\(|Template\(|\beval\(|\bexec\(|os\.system|shell=True|pickle|marshal\.",
                            "--", "handlers", "storage", "content", "bot/runtime", "bot/core", "bot/platforms"],
                           cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()  # fmt: skip
    known = ("bot/platforms/web/door.py",)  # the policy, with a host that has been checked
    assert [line for line in found if not line.startswith(known) and ".py:" in line and "set_main_option" not in line] == []


@pytest.mark.parametrize(
    "words", ["{0.__class__}", "%(x)s %s", "{ $title }", "${HOME}", "'; DROP TABLE series; --", "{{7*7}}", "<%= 1 %>"]
)
async def test_a_title_that_is_code_elsewhere_is_a_title_here(inside, words):
    from tests.security.inside import plan, text_of

    kim = inside.person("kim", facilitator=True)
    await plan(kim, words)
    assert words in text_of(kim.screen)
    assert words in text_of(await kim.command("/meetings", "room"))
