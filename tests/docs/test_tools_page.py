"""docs/tools.md is made from the tools: nothing on it is out of date, each tool has its picture, each link leads somewhere."""

import re

import pytest
from PIL import Image

from bot.core.flow import Branch
from content.loader import load_flows
from tests import tools_page
from tests.cli.program import ROOT

TOOLS = sorted(name for name, flow in load_flows().items() if flow.commands)
PICTURES = ROOT / "docs" / "pictures" / "tools"
LARGEST = 40 * 1024  # bytes of a picture: the page has one a tool


def test_the_page_is_what_is_made_from_the_tools():
    assert tools_page.PAGE.read_text(encoding="utf-8") == tools_page.page(), "make it anew: python -m tests.tools_page"


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_is_on_the_page_with_every_name_and_every_question(tool):
    flow, page = load_flows()[tool], tools_page.page()
    (section,) = [part for part in re.split(r"(?m)^### ", page) if f"pictures/tools/{tool}.png" in part]
    assert all(f"`/{name}`" in section for name in flow.commands)
    asked = re.findall(r"(?m)^\d+\. .+", section)
    assert len(asked) == sum(not isinstance(step, Branch) for step in flow.steps.values())
    assert ("Only if you say so" in section) == bool(flow.beside.follow or flow.beside.kit or flow.beside.calendar)


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_has_its_picture(tool):
    path = PICTURES / f"{tool}.png"
    assert path.stat().st_size <= LARGEST
    with Image.open(path) as picture:
        picture.verify()
        assert picture.format == "PNG"
        assert 200 <= picture.width <= 390
        assert 150 <= picture.height <= 2400


def test_there_is_no_picture_of_a_tool_that_is_gone():
    assert {path.stem for path in PICTURES.iterdir()} == set(TOOLS)


def test_every_link_leads_to_a_heading_or_a_file():
    page = tools_page.page()
    headings = {tools_page.anchor(heading) for heading in re.findall(r"(?m)^#+ (.+)$", page)}
    for target in re.findall(r"\]\(([^)]+)\)", page):
        if target.startswith("#"):
            assert target[1:] in headings, target
        else:
            assert (ROOT / "docs" / target).is_file(), target
