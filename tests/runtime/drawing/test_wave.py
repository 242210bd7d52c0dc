"""The picture of an urge over minutes."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.replies import Picture
from bot.runtime.drawing.wave import HIGH, wave
from tests.runtime.drawing.frames import elements, said

POINTS = ((0.0, 7.0), (0.5, 8.0), (1.0, 6.0), (5.0, 2.0))


def test_each_point_has_its_number_in_words_beside_it():
    shown = said(Picture("wave", "t", POINTS))
    assert shown == ["t", "0", "5", "10", "0:00", "1:00", "2:00", "3:00", "4:00", "5:00", "7", "8", "6", "2"]


@given(st.lists(st.tuples(st.floats(-10, 10_000), st.floats(-100, 100)), max_size=60))
def test_strengths_outside_0_to_10_are_held_at_the_edge(points):
    svg = wave(Picture("wave", "t", tuple(points)))
    levels = sorted(float(node.attrib["y1"]) for node in elements(svg, "line"))
    heights = [float(node.attrib["cy"]) for node in elements(svg, "circle")]
    assert levels[-1] - levels[0] == HIGH
    assert all(levels[0] - 0.1 <= y <= levels[-1] + 0.1 for y in heights)
    assert len(elements(svg, "text")) <= 4 + 8 + 11
