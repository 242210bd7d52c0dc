"""Pictures are drawn apart from the bot, and their lack is never an error."""

import struct
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.replies import Picture, Reply
from bot.runtime.pictures import Painter
from bot.runtime.wave import wave

POINTS = ((0.0, 7.0), (0.5, 8.0), (1.0, 6.0), (5.0, 2.0))
SVG = "{http://www.w3.org/2000/svg}"


async def test_a_wave_is_drawn_as_png():
    png = await Painter(limit=20).paint(Reply(picture=Picture("wave", "How strong it was – Stärke <0 & 10>", POINTS)))
    assert png is not None
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (900, 600)


@pytest.mark.parametrize("reply", [Reply(), Reply(picture=Picture("radar", "unknown"))])
async def test_nothing_and_unknown_kinds_are_none(reply):
    assert await Painter().paint(reply) is None


async def test_drawing_that_takes_too_long_is_none_and_leaves_no_worker(capsys):
    assert await Painter(limit=0.001).paint(Reply(picture=Picture("wave", "t", POINTS))) is None
    assert "picture.late" in capsys.readouterr().out


async def test_a_worker_that_fails_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.runtime.pictures.WORKER", tmp_path / "nothing.py")
    assert await Painter(limit=20).paint(Reply(picture=Picture("wave", "t", POINTS))) is None


def test_each_point_has_its_number_in_words_beside_it():
    numbers = [node.text for node in ET.fromstring(wave(Picture("wave", "t", POINTS))).iter(f"{SVG}text")]
    assert numbers == ["t", "0", "5", "10", "0:00", "1:00", "2:00", "3:00", "4:00", "5:00", "7", "8", "6", "2"]


@given(
    st.lists(st.tuples(st.floats(-10, 10_000), st.floats(-100, 100)), max_size=60),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=60),
)
def test_whatever_the_points_the_svg_is_whole_and_inside_its_frame(points, title):
    root = ET.fromstring(wave(Picture("wave", title, tuple(points))))
    for circle in root.iter(f"{SVG}circle"):
        assert 0 <= float(circle.attrib["cx"]) <= 900
        assert 132 <= float(circle.attrib["cy"]) <= 504
    assert len(list(root.iter(f"{SVG}text"))) <= 4 + 8 + 11
