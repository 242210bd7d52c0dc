"""Laws of every kind of picture, whatever it is given."""

import struct
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.replies import Picture, Reply
from bot.runtime.drawing import paper
from bot.runtime.drawing.bars import SHADES
from bot.runtime.drawing.glyphs import width
from bot.runtime.drawing.kinds import KINDS, drawn
from bot.runtime.pictures import Painter
from tests.pictures.samples import SAMPLES
from tests.runtime.drawing.frames import HOSTILE, check, labels, points, rows, words


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.kind)
async def test_each_kind_is_drawn_as_png(sample):
    png = await Painter(limit=20).paint(Reply(picture=sample))
    assert png is not None
    wide, high = struct.unpack(">II", png[16:24])
    assert wide == paper.WIDTH
    assert 200 < high < 1300
    check(drawn(sample) or "")


def test_every_kind_has_a_sample():
    assert {sample.kind for sample in SAMPLES} == {*KINDS}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None)
@given(points=points, labels=labels, rows=rows, title=words)
def test_whatever_it_is_given_it_is_whole_and_inside_its_frame(kind, points, labels, rows, title):
    check(KINDS[kind](Picture(kind, title, points, labels, rows=rows)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("word", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_everywhere_stay_text(kind, word):
    sample = next(sample for sample in SAMPLES if sample.kind == kind)
    turned = tuple(tuple(word for _ in row) for row in sample.rows)
    check(KINDS[kind](Picture(kind, word, sample.points, tuple(word for _ in sample.labels), rows=turned)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("word", [HOSTILE[1], HOSTILE[5], HOSTILE[7], HOSTILE[9]])
async def test_hostile_words_are_drawn(kind, word):
    sample = next(sample for sample in SAMPLES if sample.kind == kind)
    svg = KINDS[kind](Picture(kind, word, sample.points, tuple(word for _ in sample.labels), rows=sample.rows))
    assert svg.startswith("<svg")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_drawn_as_nothing(kind):
    check(KINDS[kind](Picture(kind, "")))


def test_words_in_a_script_that_the_font_lacks_are_left_to_the_twin():
    assert drawn(Picture("rows", "My goal", rows=(("Goal", "毎日公園を歩いて帰る"),))) is None
    assert drawn(Picture("rows", "My goal", rows=(("Goal", "Walk home 🍷 (公園)"),))) is not None


def contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_stand_out_from_every_ground_they_are_written_on():
    inks, grounds = (paper.INK, paper.SOFT, paper.ACCENT), (paper.GROUND, paper.BOX)
    assert all(contrast(ink, ground) >= 4.5 for ink in inks for ground in grounds)
    assert contrast(paper.DARK, paper.ACCENT) >= 4.5


def test_shades_differ_by_lightness_and_stand_out_from_the_ground():
    assert all(contrast(one, other) >= 1.3 for one, other in pairwise(SHADES))
    assert all(contrast(shade, paper.GROUND) >= 3 for shade in SHADES)


def test_series_differ_by_dash_and_by_shape_not_by_colour_alone():
    series = [paper.Series(n) for n in range(3)]
    assert len({one.dash for one in series}) == 3
    assert len({one.point(0, 0).split()[0] for one in series}) == 3


@given(st.text(max_size=300), st.integers(40, 800))
def test_wrapping_loses_nothing_and_is_never_too_wide(said, room):
    rows = paper.rows_of(said, room, 30)
    assert "".join("".join(rows).split()) == "".join(paper.tidy(said).split())
    assert all(width(row, 30) <= room or len([*paper._letters(row)]) == 1 for row in rows)


@given(st.lists(words, max_size=12), st.integers(1, 12))
def test_a_list_in_few_rows_says_how_many_lines_are_left_out(lines, most):
    lines = [line for line in lines if paper.tidy(line)]
    rows = paper.listed(lines, 400, 30, most)
    shown = sum(begins for begins, _ in rows)
    left = int(rows[-1][1][1:]) if rows and not rows[-1][0] and rows[-1][1].startswith("+") and shown < len(lines) else 0
    assert shown + left == len(lines)
    assert len(rows) <= max(most, 2)


def test_who_wants_little_gets_it_and_the_others_share():
    assert paper.shares([1, 50, 2, 50], 20) == [1, 8, 2, 8]
    assert paper.shares([3, 4], 20) == [3, 4]
    assert paper.shares([9] * 9, 3) == [2] * 9
