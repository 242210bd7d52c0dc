"""`docs/security.md` names a test for every threat and every Must, and each test that it names is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMED = re.compile(r"`([\w/]+\.py)(?:::(\w+))?`")
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def table(heading: str) -> dict[int, str]:
    """Return what the rows of a section's table say in their last column."""
    section = DOCUMENT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return {int(number): shown for number, _, shown in ROW.findall(section)}


def functions_of(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_threat_and_every_must_has_a_test_or_says_what_is_not_there_yet():
    threats, musts = table("Threats"), table("Musts")
    assert set(threats) == set(range(1, 23))
    assert set(musts) == set(range(1, 31))
    for shown in (*threats.values(), *musts.values()):
        assert NAMED.search(shown) or "not yet: " in shown


def test_every_test_that_is_named_is_there():
    named = NAMED.findall(DOCUMENT)
    assert len(named) > 40
    for name, function in named:
        file = ROOT / "tests" / name
        assert file.is_file(), name
        assert not function or function in functions_of(file), f"{name}::{function}"


def test_every_test_of_this_folder_is_named():
    own = {f"security/{path.name}" for path in Path(__file__).parent.glob("test_*.py")}
    assert own - {"security/test_docs.py"} <= {name for name, _ in NAMED.findall(DOCUMENT)}
