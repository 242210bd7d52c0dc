"""Draws a picture of each kind, as people get them, for the documentation."""

import asyncio
from io import BytesIO
from pathlib import Path

from PIL import Image

from bot.core.replies import Reply
from bot.runtime.pictures import Painter
from tests.pictures.samples import SAMPLES

COLOURS = 48
OF_THE_DEMO = frozenset({"wave"})  # whose picture shows the chat around it


async def drawings(folder: Path) -> None:
    painter = Painter(limit=20)
    for sample in SAMPLES:
        if sample.kind in OF_THE_DEMO:
            continue
        png = await painter.paint(Reply(picture=sample))
        assert png is not None, sample.kind
        await asyncio.to_thread(_save, png, folder / f"{sample.kind}.png")


def _save(png: bytes, to: Path) -> None:
    """Few colours are enough for a page, at a third of the size."""
    Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS).save(to, optimize=True)
