"""The picture of four boxes."""

from bot.core.replies import Picture
from bot.runtime.drawing.table import MOST_ROWS
from tests.runtime.drawing.frames import said

HEADINGS = ("It gives", "It costs", "Change costs", "Change gives")


def picture(*lines: tuple[int, str], marks: tuple[tuple[str, ...], ...] = ()) -> Picture:
    points = tuple((float(box), float(order)) for order, (box, _) in enumerate(lines))
    rows = (("short", "long"), *marks) if marks else ()
    return Picture("table", "Board", points, (*HEADINGS, *(words for _, words in lines)), rows=rows)


def test_each_line_stands_in_its_box_below_its_heading():
    shown = said(picture((3, "mornings"), (0, "calm"), (3, "money")))
    assert shown == ["Board", "It gives", "calm", "It costs", "Change costs", "Change gives", "mornings", "money"]


def test_what_was_said_of_a_line_stands_behind_it_and_is_counted_below():
    shown = said(picture((0, "calm"), (0, "fun"), (1, "sleep"), marks=(("short", "4/5"), ("short",), ("long",))))
    assert shown[1:6] == ["It gives", "calm", "short · 4/5", "fun", "short"]
    bars = shown[shown.index("Change gives") + 1 :]
    assert bars == ["short", "long", "It gives", "2", "It costs", "1", "Change costs", "Change gives"]


def test_what_does_not_fit_is_counted():
    shown = said(picture(*((1, f"line {n}") for n in range(MOST_ROWS + 9))))
    assert shown[-3] == "+10"
    assert "line 0" in shown
