"""Bars: whole, inside their frame, each part with its number, whatever they are given."""

import struct
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.replies import Picture, Reply
from bot.runtime.bars import HEIGHT, SHADES, WIDTH, bars
from bot.runtime.pictures import Painter

SVG = "{http://www.w3.org/2000/svg}"
POINTS = tuple((float(column), float(amount)) for part in ((2, 0), (5, 4), (0, 9), (1, 1)) for column, amount in enumerate(part))
LABELS = ("Oct", "Nov", "0 to 4", "5 to 9", "10 to 19", "20 or more")
text = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=60)


def words(picture: Picture) -> list[str]:
    return [node.text or "" for node in ET.fromstring(bars(picture)).iter(f"{SVG}text")]


async def test_bars_are_drawn_as_png():
    png = await Painter(limit=20).paint(Reply(picture=Picture("bars", "Meetings – Stärke <0 & 10>", POINTS, LABELS)))
    assert png is not None
    assert struct.unpack(">II", png[16:24]) == (900, 600)


def test_each_bar_has_its_sum_and_its_name_and_each_part_its_number():
    said = words(Picture("bars", "t", POINTS, LABELS))
    assert said == ["t", "2", "5", "8", "Oct", "4", "9", "14", "Nov", "0 to 4", "5 to 9", "10 to 19", "20 or more"]


def test_parts_differ_by_lightness_and_stand_out_from_the_ground():
    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one: str, other: str) -> float:
        low, high = sorted((light(one), light(other)))
        return (high + 0.05) / (low + 0.05)

    assert all(contrast(one, other) >= 1.3 for one, other in pairwise(SHADES))
    assert all(contrast(shade, "#1d2730") >= 3 for shade in SHADES)


@pytest.mark.parametrize("points", [(), ((0.0, 0.0),), ((3.0, 1.0),), ((-1.0, 4.0),)])
def test_nothing_is_drawn_as_nothing(points):
    ET.fromstring(bars(Picture("bars", "t", points)))


@given(st.lists(st.tuples(st.floats(-3, 30), st.floats(-10, 1000)), max_size=60), text, st.lists(text, max_size=20))
def test_whatever_the_points_the_svg_is_whole_and_inside_its_frame(points, title, labels):
    root = ET.fromstring(bars(Picture("bars", title, tuple(points), tuple(labels))))
    for box in root.iter(f"{SVG}rect"):
        assert 0 <= float(box.attrib.get("x", 0)) <= WIDTH
        assert -1 <= float(box.attrib.get("y", 0)) <= HEIGHT
        assert float(box.attrib["height"]) >= 0
