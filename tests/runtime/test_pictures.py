"""Pictures are drawn apart from the bot, and their lack is never an error."""

import pytest

from bot.core.replies import Picture, Reply
from bot.runtime.pictures import Painter

POINTS = ((0.0, 7.0), (0.5, 8.0), (1.0, 6.0), (5.0, 2.0))


async def test_a_wave_is_drawn_as_png():
    png = await Painter(limit=20).paint(Reply(picture=Picture("wave", "How strong it was – Stärke <0 & 10>", POINTS)))
    assert png is not None
    assert png.startswith(b"\x89PNG")


@pytest.mark.parametrize("reply", [Reply(), Reply(picture=Picture("horoscope", "unknown"))])
async def test_nothing_and_unknown_kinds_are_none(reply):
    assert await Painter().paint(reply) is None


async def test_drawing_that_takes_too_long_is_none_and_leaves_no_worker(capsys):
    assert await Painter(limit=0.001).paint(Reply(picture=Picture("wave", "t", POINTS))) is None
    assert "picture.late" in capsys.readouterr().out


async def test_a_worker_that_fails_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.runtime.pictures.WORKER", tmp_path / "nothing.py")
    assert await Painter(limit=20).paint(Reply(picture=Picture("wave", "t", POINTS))) is None


async def test_words_in_a_script_that_the_font_lacks_are_none():
    assert await Painter(limit=20).paint(Reply(picture=Picture("rows", "t", rows=(("Goal", "毎日公園を歩いて帰る"),)))) is None
