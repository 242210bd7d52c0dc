"""Draws pictures: SVG written here, made PNG by resvg in a process of its own that lives as long as one picture.

resvg (1.4 MB, 50 ms) in place of matplotlib (86 MB): on a small server nothing stays in memory. Its text twin is always sent too.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import structlog

from bot.core.replies import Picture, Reply
from bot.runtime.bars import bars
from bot.runtime.logs import failure
from bot.runtime.table import table
from bot.runtime.wave import wave

log = structlog.get_logger()

LIMIT = 2.0  # seconds, waiting for a seat included
AT_ONCE = 2
LARGEST = 4 * 1024 * 1024  # bytes
WORKER = Path(__file__).with_name("resvg_worker.py")
FONT = Path(__file__).with_name("fonts") / "DejaVuSans.ttf"
DRAWN: Mapping[str, Callable[[Picture], str]] = {"bars": bars, "table": table, "wave": wave}


class Painter:
    """A `bot.core.platform.Painter`."""

    def __init__(self, limit: float = LIMIT) -> None:
        self._limit = limit
        self._seats = asyncio.Semaphore(AT_ONCE)

    async def paint(self, reply: Reply) -> bytes | None:
        """Return the reply's picture as PNG, or None when there is none, its kind is unknown, or drawing takes too long."""
        picture = reply.picture
        draw = DRAWN.get(picture.kind) if picture is not None else None
        if picture is None or draw is None:
            return None
        try:
            async with asyncio.timeout(self._limit), self._seats:
                return await _rendered(draw(picture))
        except TimeoutError:
            log.warning("picture.late", kind=picture.kind)
        except Exception as error:
            failure("picture.failed", error, kind=picture.kind)
        return None


async def _rendered(svg: str) -> bytes | None:
    """Hand an SVG to a worker and return its PNG. However it ends, the worker is gone after it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(WORKER),
        str(FONT),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PATH": os.defpath},  # no token, no key
    )
    try:
        png, _ = await process.communicate(svg.encode())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0 or not png.startswith(b"\x89PNG") or len(png) > LARGEST:
        log.warning("picture.failed", why="worker")
        return None
    return png
