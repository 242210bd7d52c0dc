"""Draws pictures: SVG written here, made PNG by resvg in a process of its own that lives as long as one picture.

resvg (1.4 MB, 50 ms) in place of matplotlib (86 MB): on a small server nothing stays in memory. Its text twin is always sent too.
"""

import asyncio
from pathlib import Path

import structlog

from bot.core.replies import Reply
from bot.runtime.drawing.glyphs import FONT
from bot.runtime.drawing.kinds import drawn
from bot.runtime.logs import failure
from bot.runtime.worker import worked

log = structlog.get_logger()

LIMIT = 2.0  # seconds, waiting for a seat included
AT_ONCE = 2
LARGEST = 4 * 1024 * 1024  # bytes
WORKER = Path(__file__).with_name("resvg_worker.py")


class Painter:
    """A `bot.core.platform.Painter`."""

    def __init__(self, limit: float = LIMIT) -> None:
        self._limit = limit
        self._seats = asyncio.Semaphore(AT_ONCE)

    async def paint(self, reply: Reply) -> bytes | None:
        """Return the reply's picture as PNG, or None when there is none, it cannot be drawn, or drawing takes too long."""
        picture = reply.picture
        if picture is None:
            return None
        try:
            async with asyncio.timeout(self._limit), self._seats:
                svg = drawn(picture)
                return await _rendered(svg) if svg is not None else None
        except TimeoutError:
            log.warning("picture.late", kind=picture.kind)
        except Exception as error:
            failure("picture.failed", error, kind=picture.kind)
        return None


async def _rendered(svg: str) -> bytes | None:
    png = await worked(WORKER, svg.encode(), str(FONT))
    if png is None or not png.startswith(b"\x89PNG") or len(png) > LARGEST:
        log.warning("picture.failed", why="worker")
        return None
    return png


__all__ = ["FONT", "Painter"]
