"""The arrows of the house, and rules that a reader should be able to rely on without looking."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from storage.migrate import config

ROOT = Path(__file__).parents[1]
OURS = ("bot", "handlers", "content", "storage")
LONGEST = 300  # lines
LINTER = Path(sys.executable).with_name("lint-imports")
PURE = ("rules.py", "views.py")
CORE_MAY_WAIT = {"bot/core/clock.py", "bot/core/lanes.py", "bot/core/under_way.py"}
OUTSIDE = {"os", "io", "pathlib", "socket", "subprocess", "random", "secrets", "time", "asyncio", "urllib", "logging"}
NEVER = {
    "pickle": "it runs what it reads",
    "marshal": "it runs what it reads",
    "requests": "it blocks, and talks past the adapters",
    "httpx": "its log lines carry addresses with tokens",
    "yaml": "YAML 1.1 reads NO as false and 016 as 14",
}


def files(*folders: str, end: str = ".py") -> list[Path]:
    found = (path for folder in folders for path in (ROOT / folder).rglob(f"*{end}"))
    return sorted(path for path in found if "versions" not in path.parts and "__pycache__" not in path.parts)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINTER, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def contracts() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def test_imports_point_down_only():
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_arrow_that_is_drawn_is_really_watched(tmp_path):
    """Break each contract once, in a copy, and see that it is missed by none."""
    for path in files(*OURS):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for module, line in {
        "bot/core/ids.py": "import bot.runtime.logs",
        "bot/runtime/metrics.py": "import handlers.tools\nimport aiohttp",
        "bot/platforms/web/limits.py": "import bot.platforms.discord.limits\nimport sqlalchemy",
        "handlers/tools/__init__.py": "import handlers.checkin",
        "storage/addresses.py": "import handlers.meetings.rules",
        "bot/pages/limits.py": "import discord",
    }.items():
        with (tmp_path / module).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    said = lint_imports(tmp_path).stdout
    assert [name for name in contracts() if f"{name} BROKEN" not in said] == [], said


@pytest.mark.parametrize("end", [".py", ".js", ".css"])
def test_a_file_is_short_enough_to_be_read(end):
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files(*OURS, end=end)}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_what_is_pure_touches_nothing_outside():
    """No clock, random source, network, file or environment in the core, in rules and in views: `now` and ids are arguments."""
    pure = [path for path in files("bot/core") if named(path) not in CORE_MAY_WAIT]
    pure += [path for path in files("handlers") if path.name in PURE]
    reaches = {named(path): OUTSIDE.intersection(imports(path)) for path in pure}
    assert {name: found for name, found in reaches.items() if found and (name, found) != ("bot/core/ids.py", {"secrets"})} == {}


def test_no_library_that_would_do_harm_is_imported():
    found = {named(path): bad for path in files(*OURS) if (bad := NEVER.keys() & set(imports(path)))}
    assert found == {}


def test_time_comes_from_the_clock():
    """Only `SystemClock` asks the machine; everything else is told, so that a test can hold time still."""
    asked = []
    for path in files(*OURS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today") and isinstance(node.value, ast.Name):
                asked += [named(path)] if node.value.id in ("datetime", "date") else []
    assert sorted(set(asked)) == ["bot/core/clock.py"]


def test_revisions_are_one_chain():
    script = ScriptDirectory.from_config(config(None))
    revisions = list(script.walk_revisions())
    assert len(script.get_heads()) == len(script.get_bases()) == 1
    assert len(revisions) == len([path for path in Path(script.versions).glob("*.py") if path.name != "__init__.py"])


def test_every_package_of_tests_mirrors_one_of_ours():
    """`tests/handlers/tools` is about `handlers/tools`: whoever looks for a test knows where it is."""
    tests = ROOT / "tests"
    mirrored = [path.relative_to(tests) for folder in OURS for path in (tests / folder).glob("*/")]
    assert [path for path in mirrored if not (ROOT / path).exists() and path.name != "__pycache__"] == []
