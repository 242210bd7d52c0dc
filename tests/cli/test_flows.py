"""`openchair flows draw`: diagrams of the conversations, printed or written."""

import pytest

from content.loader import FLOWS
from content.yaml_file import BadContent

NAMES = sorted(file.stem for file in FLOWS.glob("*.yaml"))


def test_a_flow_is_printed_as_mermaid(typed):
    result = typed("flows", "draw", "urge")
    assert (result.exit_code, result.output.startswith("flowchart TD")) == (0, True), result.output
    assert result.output.count("flowchart TD") == 1


def test_several_flows_are_printed_as_plain_text(typed):
    result = typed("flows", "draw", "urge", "surf", "--text")
    assert result.exit_code == 0, result.output
    assert [line for line in result.output.splitlines() if line.startswith(("urge", "surf"))] == [
        next(line for line in result.output.splitlines() if line.startswith(name)) for name in ("urge", "surf")
    ]


@pytest.mark.parametrize(("option", "end"), [((), "mmd"), (("--text",), "txt")])
def test_every_flow_is_written_into_a_folder_that_is_made(typed, folder, option, end):
    result = typed("flows", "draw", "--out", "drawn/here", *option)
    assert result.exit_code == 0, result.output
    assert result.output.strip() == f"drawn/here: {len(NAMES)} written"
    assert sorted(path.name for path in (folder / "drawn" / "here").iterdir()) == [f"{name}.{end}" for name in NAMES]
    assert (folder / "drawn" / "here" / f"surf.{end}").read_text().endswith("\n")


def test_an_unknown_flow_is_answered_with_the_known_ones(typed):
    result = typed("flows", "draw", "urge", "riddle")
    assert result.exit_code == 1
    assert "There is no flow riddle. There are: " in result.output
    assert "surf" in result.output


def test_a_folder_that_cannot_be_written_is_said(typed, folder):
    (folder / "drawn").write_text("a file")
    result = typed("flows", "draw", "urge", "--out", "drawn")
    assert (result.exit_code, result.output.strip()) == (1, "drawn: File exists")


def test_a_flow_that_cannot_be_read_is_named_with_its_line(typed, folder, monkeypatch):
    def refuse(self, name):
        raise BadContent(FLOWS / f"{name}.yaml", 3, "there is no step two")

    monkeypatch.setattr("content.flow_reader.Reader.read", refuse)
    result = typed("flows", "draw", "urge")
    assert result.exit_code == 1
    assert "urge.yaml:3: there is no step two" in result.output
