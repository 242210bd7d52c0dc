"""Has a reply's paper printed by a process of its own that lives as long as one sheet: nobody else's answer waits for it.

A sheet is mostly waiting for fpdf2 to load (a quarter of a second); a long one takes seconds. Neither belongs in the bot's loop,
and still less in the transaction that decided the answer.
"""

import asyncio
from datetime import datetime
from pathlib import Path

import msgspec
import structlog

from bot.core.platform import Painter
from bot.core.replies import File, Paper, Reply
from bot.core.richtext import plain_block
from bot.runtime.drawing.glyphs import FONT
from bot.runtime.logs import failure
from bot.runtime.worker import worked

log = structlog.get_logger()

LIMIT = 10.0  # seconds, waiting for a seat included
AT_ONCE = 1
LARGEST = 8 * 1024 * 1024  # bytes
WORKER = Path(__file__).with_name("worker.py")


class Job(msgspec.Struct, frozen=True):
    """What the worker is given."""

    paper: Paper
    language: str
    now: datetime
    font: str
    png: bytes | None = None


class Printer:
    """`painter` draws a paper's picture; without one, or when it fails, the sheet has its twin in words."""

    def __init__(self, painter: Painter | None = None, limit: float = LIMIT) -> None:
        self._painter = painter
        self._limit = limit
        self._seats = asyncio.Semaphore(AT_ONCE)

    async def printed(self, reply: Reply, language: str, now: datetime) -> Reply:
        """Return the reply with its paper as a file: a PDF, or the same in plain text."""
        paper = reply.paper
        if paper is None:
            return reply
        content = await self._content(paper, language, now)
        if content is None:
            return msgspec.structs.replace(reply, paper=None, file=as_text(paper), blocks=(*reply.blocks, *paper.instead))
        return msgspec.structs.replace(reply, paper=None, file=File(f"{paper.name}.pdf", content, "application/pdf"))

    async def _content(self, paper: Paper, language: str, now: datetime) -> bytes | None:
        try:
            async with asyncio.timeout(self._limit), self._seats:
                png = await self._painter.paint(Reply(picture=paper.picture)) if self._painter and paper.picture else None
                return await _printed(Job(paper, language, now, str(FONT), png))
        except TimeoutError:
            log.warning("paper.late")
        except Exception as error:
            failure("paper.failed", error)
        return None


def as_text(paper: Paper) -> File:
    """Return the paper as a text file."""
    twin = paper.picture.twin if paper.picture is not None else ()
    text = "\n\n".join((paper.title, *(plain_block(block) for block in (*paper.blocks, *twin)))) + "\n"
    return File(f"{paper.name}.txt", text.encode(), "text/plain; charset=utf-8")


async def _printed(job: Job) -> bytes | None:
    pdf = await worked(WORKER, msgspec.json.encode(job))
    if pdf is None or not pdf.startswith(b"%PDF") or len(pdf) > LARGEST:
        log.warning("paper.failed", why="worker")
        return None
    return pdf
