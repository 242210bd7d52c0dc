"""What the documentation says works: every command in it is run, every bot command is in the menu, every example is real."""

import re
import shutil
import sys
from pathlib import Path

import pytest

import content
from bot.compose.features import all_features, help_cards
from bot.config import Config
from bot.core.flow_advance import begin
from bot.core.flow_state import State
from bot.runtime.forms import Forms
from bot.runtime.registry import menu
from content.checks import check_content
from content.loader import load_flows, load_texts
from handlers.people import Gate
from tests.cli.program import ROOT, Program
from tests.fakes import HeldClock

PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md")] + sorted((ROOT / "docs").glob("*.md"))
OPENCHAIR = re.compile(r"(?:\.venv/bin/)?openchair (?P<words>.+)")
RUN_ELSEWHERE = {  # these take long, and are run whole by a test of their own, or are this run itself
    "make demo": "tests/test_demo.py",
    "make test": ".ci/run",
    "make check": "Makefile",  # the first half of `make test`
    "make install": "tests/test_demo.py",  # what `make demo` does first
    "make bench": "tests/bench",
}


def blocks(page: Path, kind: str) -> list[str]:
    return [
        re.sub(r"(?m)^   ", "", block) for block in re.findall(rf"```{kind}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    ]


def commands_of(page: Path) -> list[str]:
    lines = (line.split("#")[0].strip() for block in blocks(page, "sh") for line in block.splitlines())
    return [line for line in lines if line]


SAID = sorted({command for page in PAGES for command in commands_of(page)})


def entries() -> dict[str, str]:
    """The menu's commands with their English descriptions."""
    texts = load_texts()
    features = all_features(texts, help_cards(Config(), texts), Gate(texts), Forms(texts), lambda: ())
    return {entry.name: entry.descriptions["en"] for entry in menu(features, texts)}


@pytest.mark.parametrize("command", SAID)
def test_every_command_of_the_documentation_is_run(command, tmp_path):
    if command in RUN_ELSEWHERE:
        target = command.split()[1]
        assert re.search(rf"(?m)^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"))
        assert (ROOT / RUN_ELSEWHERE[command]).exists()
        return
    found = OPENCHAIR.fullmatch(command)
    assert found is not None, "neither a target of make nor an openchair command"
    words = found["words"].split()
    environment = {"PYTHONPATH": str(ROOT), "OPENCHAIR_DISCORD_TOKEN": "", "OPENCHAIR_TELEGRAM_TOKEN": ""}
    with Program([sys.executable, "-m", "bot", *words], tmp_path, environment) as program:
        program.wait()
        assert "Traceback" not in program.seen
        assert "No such command" not in program.seen
        assert "No such option" not in program.seen


FOR_USE = [page for page in PAGES if page.name != "security.md"]  # which names what is still to come, and has a test of its own


@pytest.mark.parametrize("page", FOR_USE, ids=lambda page: page.name)
def test_every_bot_command_of_a_page_is_in_the_menu(page):
    known = entries()
    firsts = {name.split()[0] for name in known}
    aliases = {name for flow in load_flows().values() for name in flow.commands} | {"pause"}  # and the example of CONTRIBUTING
    for said in re.findall(r"`/([a-z]+(?: [a-z]+)?)[^`]*`", page.read_text(encoding="utf-8")):
        assert said in known or said.split()[0] in firsts | aliases, said


def test_every_command_of_the_menu_is_explained_to_its_readers():
    explained = "".join((ROOT / "docs" / f"{page}.md").read_text() for page in ("participant", "facilitator", "schedules", "tools"))
    assert [name for name in entries() if f"`/{name}`" not in explained and name not in ("start", "help")] == []


def test_the_example_of_a_new_tool_is_whole_and_runs(tmp_path, clock: HeldClock):
    flow, texts = blocks(ROOT / "CONTRIBUTING.md", "yaml")[:2]
    folder = tmp_path / "content"
    shutil.copytree(Path(content.__file__).parent, folder)
    (folder / "flows" / "pause.yaml").write_text(flow, encoding="utf-8")
    for language in (path for path in (folder / "texts").iterdir() if path.is_dir()):
        (language / "pause.yaml").write_text(texts, encoding="utf-8")
    assert check_content(folder / "texts", folder / "flows") == []
    outcome = begin(load_flows(folder / "flows")["pause"], clock.now(), {})
    assert isinstance(outcome.state, State)


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"(?m)^#+ (.+)$", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_of_a_page_is_there(page):
    for target, anchor in re.findall(r"\]\(([^)#]*)(?:#([^)]+))?\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            there = page.parent / target if target else page
            assert there.exists(), target
            assert not anchor or anchor in anchors(there), anchor


@pytest.mark.parametrize("page", FOR_USE, ids=lambda page: page.name)
def test_every_path_that_a_page_names_is_there(page):
    for path in re.findall(
        r"`((?:bot|handlers|content|storage|tests|docs|scripts|bench)/[\w./-]+)`", page.read_text(encoding="utf-8")
    ):
        if "pause" not in path and "outline_quiet" not in path:  # the examples of CONTRIBUTING
            assert (ROOT / path).exists(), path
