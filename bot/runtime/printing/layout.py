"""A paper as a PDF: rich text on A4 pages, in the shipped font. Rows are measured and wrapped here, so that each can be put in the
order in which its script is read."""

import io
import struct
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.printing import INK, SOFT, in_order, sheet, spaced
from bot.core.replies import Paper
from bot.core.richtext import Block, Bullets, Heading, Meter, Nodes, Paragraph, Quote, Strong, bar, plain
from bot.core.scripts import joined
from bot.runtime.drawing.glyphs import GAP, width, with_gaps

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN, TOP, BOTTOM = 22.0, 20.0, 277.0  # millimetres
ROOM = 210.0 - 2 * MARGIN
POINT = 25.4 / 72  # millimetres
TITLE, HEADING, BODY, SMALL = 18.0, 13.0, 10.5, 9.0  # points
LEADING = 1.4
INDENT = 5.0
HIGHEST = 130.0  # of a picture


def laid_out(paper: Paper, language: str, now: datetime, font: Path, png: bytes | None = None) -> bytes:
    """Return the PDF. `png`: the paper's picture; without it, its twin is printed below the rest."""
    pdf = sheet(str(font), language, paper.name, now, margin=MARGIN, top=TOP)
    pdf.c_margin = 0
    made = _Pages(pdf)
    made.write(paper.title, TITLE)
    made.space(2)
    picture = paper.picture
    for block in paper.blocks:
        made.block(block)
    if png is not None:
        made.picture(png)
    elif picture is not None:
        for block in picture.twin:
            made.block(block)
    if made.has_gaps and paper.gaps:
        made.space(3)
        made.write(paper.gaps, SMALL, soft=True)
    made.number()
    return bytes(pdf.output())


class _Pages:
    def __init__(self, pdf: "FPDF") -> None:
        self._pdf = pdf
        self.has_gaps = False

    def block(self, block: Block) -> None:
        match block:
            case Heading(inner):
                self.space(3)
                self._keep_together(HEADING, 3)
                self.write(plain(inner), HEADING)
                self.space(1)
            case Paragraph(inner) if _is_label(inner):
                self.space(1.5)
                self._keep_together(BODY, 2)
                self.write(plain(inner), SMALL, soft=True)
            case Paragraph(inner):
                self.write(plain(inner), BODY)
                self.space(1.5)
            case Quote(inner):
                self.write(plain(inner), BODY, indent=INDENT)
                self.space(1.5)
            case Bullets(items):
                for item in items:
                    self.write(plain(item), BODY, bullet="•", indent=INDENT)
                self.space(1.5)
            case Meter(label, done, whole):
                self.write(f"{plain(label)} {bar(done, whole)}", BODY)

    def write(self, words: str, size: float, *, soft: bool = False, indent: float = 0.0, bullet: str = "") -> None:
        """Write words below the last ones, on as many pages as they need."""
        pdf, high = self._pdf, size * POINT * LEADING
        pdf.set_font(size=size)
        pdf.set_text_color(SOFT if soft else INK)
        for line in spaced(words).expandtabs(4).split("\n"):
            leftwards = _is_leftwards(line)
            for row in wrapped(line, ROOM - indent, size * POINT):
                if pdf.get_y() + high > BOTTOM:
                    pdf.add_page()
                self._row(row, high, leftwards, indent, bullet)
                bullet = ""

    def _row(self, row: str, high: float, leftwards: bool, indent: float, bullet: str) -> None:
        pdf, shown = self._pdf, as_drawn(row, leftwards=leftwards)
        self.has_gaps = self.has_gaps or GAP in shown
        top = pdf.get_y()
        if bullet:
            pdf.set_xy(MARGIN + (ROOM - indent if leftwards else 0), top)
            pdf.cell(indent, high, bullet, align="R" if leftwards else "L")
        pdf.set_xy(MARGIN + (0 if leftwards else indent), top)
        pdf.cell(ROOM - indent, high, shown, align="R" if leftwards else "L")
        pdf.set_xy(MARGIN, top + high)

    def picture(self, png: bytes) -> None:
        """Put a picture below the last words, as wide as the page or as high as it may be."""
        wide, high = struct.unpack(">II", png[16:24])
        scale = min(ROOM / wide, HIGHEST / high)
        self.space(3)
        if self._pdf.get_y() + high * scale > BOTTOM:
            self._pdf.add_page()
        top = self._pdf.get_y()
        self._pdf.image(io.BytesIO(png), x=MARGIN, y=top, w=wide * scale, h=high * scale)
        self._pdf.set_xy(MARGIN, top + high * scale)

    def space(self, millimetres: float) -> None:
        self._pdf.set_xy(MARGIN, self._pdf.get_y() + millimetres)

    def _keep_together(self, size: float, rows: int) -> None:
        """Turn the page where what follows a heading would not begin on the same one."""
        if self._pdf.get_y() + rows * size * POINT * LEADING > BOTTOM:
            self._pdf.add_page()

    def number(self) -> None:
        """Write "2 / 3" at the foot of each page, where there are several."""
        pdf, count = self._pdf, len(self._pdf.pages)
        for number in range(1, count + 1 if count > 1 else 1):
            pdf.page = number
            pdf.set_font(size=SMALL)
            pdf.set_text_color(SOFT)
            pdf.set_xy(MARGIN, BOTTOM + 4)
            pdf.cell(ROOM, 4, f"{number} / {count}", align="R")


def _is_label(inner: Nodes) -> bool:
    return bool(inner) and all(isinstance(node, Strong) for node in inner)


def wrapped(line: str, room: float, size: float) -> Iterator[str]:
    """Yield a line's words in rows that are as wide as the room at most; one that is wider alone is broken. `size` as `room`."""
    row, used, blank = list[str](), 0.0, width(" ", size)
    for word in line.split(" "):
        for piece in _pieces(word, room, size):
            wide = width(piece, size)
            if row and used + blank + wide > room:
                yield " ".join(row)
                row, used = [], 0.0
            used += wide + (blank if row else 0.0)
            row.append(piece)
    yield " ".join(row)


def _pieces(word: str, room: float, size: float) -> Iterator[str]:
    held, used = "", 0.0
    for char in word:
        wide = width(char, size)
        if held and wide and used + wide > room:
            yield held
            held, used = "", 0.0
        held += char
        used += wide
    yield held


def as_drawn(row: str, *, leftwards: bool) -> str:
    """Return a row as it stands on the page from left to right, with a mark for each sign that the font lacks."""
    if any(_direction(char) in ("R", "AL", "AN") for char in row):
        row = in_order(joined(row), leftwards=leftwards)
    return with_gaps(row)


def _is_leftwards(line: str) -> bool:
    """Whether the first letter of a line that has a direction is one that is read from right to left."""
    return next((found in ("R", "AL") for char in line if (found := _direction(char)) in ("L", "R", "AL")), False)


def _direction(char: str) -> str:
    return unicodedata.bidirectional(char)
