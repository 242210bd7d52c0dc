"""Trends, rulers, the wheel, and bars of before and after."""

from bot.core.replies import Picture
from bot.runtime.drawing.heat import SHADES
from bot.runtime.drawing.kinds import KINDS
from tests.runtime.drawing.frames import elements, said

NAMES = ("It matters", "I am sure")


def trend(*lines: tuple[float, ...], note: str = "") -> Picture:
    points = tuple((float(n), value) for line in lines for n, value in enumerate(line))
    days = tuple(f"Nov {n + 1}" for n in range(len(lines[0])))
    return Picture("trend", "t", points, days, rows=(NAMES[: len(lines)], *(((note,),) if note else ())))


def test_a_trend_has_its_days_its_names_and_the_number_of_every_point():
    shown = said(trend((7, 8), (3, 4)))
    assert sorted(shown) == sorted(["t", "0", "5", "10", "Nov 1", "Nov 2", "7", "8", "3", "4", *NAMES])


def test_a_single_line_needs_no_legend():
    assert "It matters" not in said(trend((7, 8)))


def test_a_time_without_a_number_is_passed_over():
    svg = KINDS["trend"](trend((7, -1, 5)))
    assert len(elements(svg, "polyline")[0].attrib["points"].split()) == 2
    assert len(elements(svg, "circle")) == 2


def test_two_lines_at_one_point_say_their_number_once():
    assert said(trend((7, 8), (7, 4))).count("7") == 1


def test_many_times_have_few_numbers_and_as_many_days_as_there_is_room_for():
    shown = said(trend(tuple(float(n % 9) for n in range(30)), note="5 earlier times are not shown"))
    assert next(word for word in shown if word.startswith("Nov")) == "Nov 30"
    assert 4 < len([word for word in shown if word.startswith("Nov")]) < 12
    assert "5 earlier times are not shown" in shown
    assert len([word for word in shown if word.isdigit()]) <= 3 + 4


def test_given_once_it_is_a_ruler_with_a_mark():
    shown = said(trend((7,), (3,)))
    assert shown == ["t", NAMES[0], "0", "5", "10", "7", NAMES[1], "0", "5", "10", "3"]


def wheel(*values: tuple[float, float]) -> Picture:
    return Picture("radar", "t", values, tuple(f"Area {n}" for n in range(len(values))), rows=(("Now", "Nov 1"),))


def test_each_area_has_its_numbers_behind_its_name():
    shown = said(wheel((7, 5), (3, 6), (0, -1)))
    assert shown == ["t", "Area 0", "7", "5", "Area 1", "3", "6", "Area 2", "0", "–", "Now", "Nov 1"]


def test_the_last_shape_is_dashed_and_a_first_wheel_has_only_one():
    dashed = [
        node for node in elements(KINDS["radar"](wheel((7, 5), (3, 6), (1, 1))), "polygon") if "stroke-dasharray" in node.attrib
    ]
    assert len(dashed) == 1
    shown = said(wheel((7, -1), (3, -1), (1, -1)))
    assert shown == ["t", "Area 0", "7", "Area 1", "3", "Area 2", "1"]


def test_two_areas_have_no_shape_and_are_bars():
    assert said(wheel((7, 5), (3, 6))) == ["t", "Nov 1", "Now", "Area 0", "5", "7", "Area 1", "6", "3"]


def test_areas_that_are_too_many_are_counted():
    assert "+3" in said(wheel(*[(5.0, -1.0)] * 15))


def test_before_and_after_have_their_numbers_and_what_is_missing_says_so():
    picture = Picture("compare", "t", ((4, 7), (8, -1)), ("swim", "cook"), rows=(("Expected", "Found"),))
    assert said(picture) == ["t", "Expected", "Found", "swim", "4", "7", "cook", "8", "–"]


def test_hours_are_counted_and_the_more_the_lighter():
    points = (*[(20.0, 4.0)] * 4, (7.0, 0.0))
    picture = Picture("heat", "t", points, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), rows=(tuple(map(str, range(24))),))
    assert [word for word in said(picture)[8:] if word not in map(str, range(0, 24, 3))] == ["1", "4"]
    fills = {node.attrib["fill"] for node in elements(KINDS["heat"](picture), "rect")}
    assert {SHADES[0], SHADES[-1]} <= fills
    assert not {SHADES[1], SHADES[2]} & fills


def test_counts_have_their_number_and_the_rest_is_counted():
    picture = Picture("counts", "t", tuple((float(n), float(20 - n)) for n in range(13)), tuple(f"thing {n}" for n in range(13)))
    shown = said(picture)
    assert shown[1:5] == ["thing 0", "20", "thing 1", "19"]
    assert shown[-1] == "+3"
