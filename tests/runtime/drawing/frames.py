"""What is true of every drawing, and words that try to break it."""

import re
import xml.etree.ElementTree as ET

from hypothesis import strategies as st

from bot.core.replies import Picture
from bot.runtime.drawing.glyphs import width
from bot.runtime.drawing.kinds import KINDS
from bot.runtime.drawing.paper import SMALL, WIDTH

SVG = "{http://www.w3.org/2000/svg}"
TALLEST = 2400
SLACK = 6  # half of a line's thickness, and what rounding does

HOSTILE = (
    "",
    "<b>&amp;]]><!--",
    "\u202eevil\u2066",
    "x" * 10_000,
    "a " * 5_000,
    "עברית שלום",
    "مرحبا بالعالم",
    "🍷🏳️‍🌈👩‍👩‍👧‍👦",
    "中文字",
    "e" + "\u0301" * 40,
    "\ufffe\uffff\x00\ud800\x1b",
    "\u2069\u2069\u2068",
    "Verantwortungsbewusstseinsübungen größer",
    "coração, niño, leçon, ça va",
    "a\nb\tc\r\nd",
)
words = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=120))
points = st.lists(st.tuples(st.floats(-3, 40), st.floats(-10, 1000)), max_size=60).map(tuple)
rows = st.lists(st.lists(words, max_size=8).map(tuple), max_size=20).map(tuple)
labels = st.lists(words, max_size=20).map(tuple)


def elements(svg: str, name: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(f"{SVG}{name}"))


def said(picture: Picture) -> list[str]:
    """Return every row of text in the picture, in the order it is drawn."""
    return [node.text or "" for node in elements(KINDS[picture.kind](picture), "text")]


def check(svg: str) -> None:
    """Everything is inside the frame, and no text is too small to read on a phone."""
    root = ET.fromstring(svg)
    high = float(root.attrib["height"])
    assert float(root.attrib["width"]) == WIDTH
    assert high <= TALLEST
    for node in root.iter():
        for x, y in _corners(node):
            assert -SLACK <= x <= WIDTH + SLACK, ET.tostring(node)
            assert -SLACK <= y <= high + SLACK, ET.tostring(node)
    for node in root.iter(f"{SVG}text"):
        assert float(node.attrib["font-size"]) >= SMALL


def _corners(node: ET.Element) -> list[tuple[float, float]]:
    at = {name: float(node.attrib[name]) for name in ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r") if name in node.attrib}
    match node.tag.removeprefix(SVG):
        case "rect":
            x, y = at.get("x", 0), at.get("y", 0)
            assert float(node.attrib["width"]) >= 0
            return [(x, y), (x + float(node.attrib["width"]), y + float(node.attrib["height"]))]
        case "line":
            return [(at["x1"], at["y1"]), (at["x2"], at["y2"])]
        case "circle":
            return [(at["cx"] - at["r"], at["cy"] - at["r"]), (at["cx"] + at["r"], at["cy"] + at["r"])]
        case "polygon" | "polyline":
            found = re.findall(r"([-\d.]+),([-\d.]+)", node.attrib["points"])
            return [(float(x), float(y)) for x, y in found]
        case "text":
            wide = width(node.text or "", float(node.attrib["font-size"]))
            left = at["x"] - {"start": 0.0, "middle": 0.5, "end": 1.0}[node.attrib["text-anchor"]] * wide
            return [(left, at["y"]), (left + wide, at["y"])]
    return []
