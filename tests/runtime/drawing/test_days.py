"""Numbers by the days on which they were given."""

from bot.core.replies import Picture
from bot.runtime.drawing.kinds import KINDS
from tests.runtime.drawing.frames import elements, said


def days(*points: tuple[float, float]) -> Picture:
    return Picture("days", "t", points, ("Nov 3", "Nov 10", "Nov 17", "Nov 24"))


def test_every_rating_is_a_point_and_all_points_look_the_same():
    circles = elements(KINDS["days"](days((0.5, 0), (10.5, 10), (27.9, 5))), "circle")
    assert len(circles) == 3
    assert len({(circle.attrib["fill"], circle.attrib["r"]) for circle in circles}) == 1


def test_each_has_its_number_and_each_week_its_last_day():
    shown = said(days((0.5, 1), (10.5, 9), (27.9, 4)))
    assert sorted(shown) == sorted(["t", "0", "5", "10", "Nov 3", "Nov 10", "Nov 17", "Nov 24", "1", "9", "4"])


def test_the_days_are_apart_as_they_are_in_the_calendar():
    across = [float(circle.attrib["cx"]) for circle in elements(KINDS["days"](days((0, 5), (7, 5), (21, 5))), "circle")]
    assert round((across[2] - across[1]) / (across[1] - across[0]), 2) == 2


def test_numbers_that_stand_close_are_not_written_over_each_other():
    assert said(days((5.1, 3), (5.2, 3), (5.3, 3))).count("3") == 1


def test_what_is_outside_the_four_weeks_or_the_numbers_is_left_out():
    assert len(elements(KINDS["days"](days((-1, 5), (28, 5), (3, 11), (3, -1), (3, 5))), "circle")) == 1
