"""Bars of several parts."""

from bot.core.replies import Picture
from tests.runtime.drawing.frames import said

POINTS = tuple((float(column), float(amount)) for part in ((2, 0), (5, 4), (0, 9), (1, 1)) for column, amount in enumerate(part))
LABELS = ("Oct", "Nov", "0 to 4", "5 to 9", "10 to 19", "20 or more")


def test_each_bar_has_its_sum_and_its_name_and_each_part_its_number():
    shown = said(Picture("bars", "t", POINTS, LABELS))
    assert shown == ["t", "2", "5", "8", "Oct", "4", "9", "14", "Nov", "0 to 4", "5 to 9", "10 to 19", "20 or more"]
