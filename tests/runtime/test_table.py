"""The picture of four boxes."""

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from bot.core.replies import Picture, Reply
from bot.runtime.pictures import Painter
from bot.runtime.table import CELL, MOST_ROWS, PADDING, WIDTH, table, wrapped

SVG = "{http://www.w3.org/2000/svg}"
HEADINGS = ("It gives", "It costs", "Change costs", "Change gives")


def picture(*lines: tuple[int, str], title: str = "Board") -> Picture:
    points = tuple((float(box), float(order)) for order, (box, _) in enumerate(lines))
    return Picture("table", title, points, (*HEADINGS, *(words for _, words in lines)))


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text")]


async def test_a_table_is_drawn_as_png():
    png = await Painter(limit=20).paint(Reply(picture=picture((0, "It calms me"), (3, "<b>mornings</b> & more"))))
    assert png is not None
    assert png.startswith(b"\x89PNG")


def test_each_line_stands_in_its_box_below_its_heading():
    assert texts(table(picture((3, "mornings"), (0, "calm"), (3, "money")))) == [
        "Board",
        "It gives",
        "calm",
        "It costs",
        "Change costs",
        "Change gives",
        "mornings",
        "money",
    ]


def test_what_does_not_fit_is_counted():
    shown = texts(table(picture(*((1, f"line {n}") for n in range(MOST_ROWS + 9)))))
    assert shown[-3] == "+10"
    assert "line 0" in shown


def test_a_word_that_is_wider_than_its_box_is_broken():
    assert "".join(wrapped("x" * 120, CELL - 2 * PADDING, 26)) == "x" * 120
    assert len(list(wrapped("x" * 120, CELL - 2 * PADDING, 26))) > 2


@given(
    st.lists(st.tuples(st.integers(-1, 5), st.text(max_size=150)), max_size=60),
    st.text(max_size=80),
)
def test_whatever_the_lines_the_svg_is_whole_and_inside_its_frame(lines, title):
    root = ET.fromstring(table(picture(*lines, title=title)))
    height = float(root.attrib["height"])
    for box in root.iter(f"{SVG}rect"):
        assert float(box.attrib.get("x", 0)) + float(box.attrib["width"]) <= WIDTH
        assert float(box.attrib.get("y", 0)) + float(box.attrib["height"]) <= height
    assert len(list(root.iter(f"{SVG}text"))) <= 1 + 4 * (1 + MOST_ROWS + 1)
    assert height < 2 * (MOST_ROWS + 3) * 36 + 400
