"""The receipt as a PDF: A4, one page, with its own font. It says presence and how to check it; the name is only on it."""

from collections.abc import Container, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.core.printing import FONT, INK, SOFT, in_order, sheet, spaced
from bot.core.richtext import one_line, plain
from bot.core.scripts import drawable
from bot.core.texts import Say
from bot.core.when import clock_time, day, zone_name
from handlers.receipts import rules
from handlers.receipts.records import Attended

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN, WIDTH, LABEL = 25.0, 160.0, 50.0  # millimetres


class Paper:
    """`font`: a TrueType file that covers the shipped languages. fpdf2 is loaded with the first receipt."""

    def __init__(self, font: Path) -> None:
        self._font = font

    def draw(self, say: Say, found: Attended, code: str, address: str, typed: str, now: datetime) -> tuple[bytes, bool]:
        """Return the PDF, and whether the name's line was left to a pen: the font lacks a sign of it. `typed`: a name, or nothing.
        `address`: of the page that checks codes; "" for none."""
        pdf = sheet(str(self._font), say.language, _said(say, "receipts.paper_title"), now, margin=MARGIN, top=28)
        name = one_line(typed, rules.LONGEST_NAME)
        drawn = in_order(drawable(name, _signs(pdf)))
        pdf.set_font(size=22)
        _text(pdf, _said(say, "receipts.paper_title"), 11)
        pdf.ln(3)
        pdf.set_font(size=11)
        _text(pdf, _said(say, "receipts.paper_says"), 6)
        pdf.ln(6)
        for key, value in self._lines(say, found, code):
            _line(pdf, _said(say, key), drawn if key == "receipts.paper_name" else value, large=key == "receipts.paper_code")
        pdf.ln(6)
        pdf.set_font(size=11)
        check = say.label("receipts.paper_check_page", address=address) if address else _said(say, "receipts.paper_check_chat")
        _text(pdf, check, 6)
        pdf.ln(4)
        pdf.set_font(size=9)
        pdf.set_text_color(SOFT)
        for key in ("receipts.paper_holder", "receipts.paper_only"):
            _text(pdf, _said(say, key), 5)
            pdf.ln(1.5)
        _text(pdf, say.label("receipts.paper_until", day=day(rules.good_until(found), say.language)), 5)
        return bytes(pdf.output()), drawn == "" != name

    def _lines(self, say: Say, found: Attended, code: str) -> Sequence[tuple[str, str]]:
        present, language = found.present, say.language
        zone = ZoneInfo(present.zone)
        began, ended = (clock_time(at, zone, language).text for at in (present.began, present.ended))
        return (
            ("receipts.paper_name", ""),
            ("receipts.paper_day", day(present.began.astimezone(zone), language)),
            ("receipts.paper_time", say.label("receipts.paper_span", began=began, ended=ended, zone=zone_name(zone, language))),
            ("receipts.paper_length", say.label("receipts.paper_minutes", count=present.minutes)),
            ("receipts.paper_code", code),
        )


def _said(say: Say, key: str) -> str:
    return plain(say(key))


def _text(pdf: "FPDF", words: str, height: float) -> None:
    pdf.multi_cell(WIDTH, height, spaced(words), align="L", new_x="LMARGIN", new_y="NEXT")


def _line(pdf: "FPDF", label: str, value: str, *, large: bool = False) -> None:
    """A label and its value above a rule, which is left empty for a pen where there is no value."""
    top = pdf.get_y()
    pdf.set_font(size=10)
    pdf.set_text_color(SOFT)
    pdf.set_xy(MARGIN, top + 2)
    pdf.multi_cell(LABEL, 6, spaced(label), align="L", new_x="RIGHT", new_y="TOP")
    pdf.set_text_color(INK)
    size = 14.0 if large else 12.0
    pdf.set_font(size=size)
    room = WIDTH - LABEL
    while size > 7 and pdf.get_string_width(value) > room - 2:
        size -= 0.5
        pdf.set_font(size=size)
    pdf.set_xy(MARGIN + LABEL, top + 2)
    pdf.multi_cell(room, 6, spaced(value), align="L", new_x="LMARGIN", new_y="NEXT")
    bottom = max(pdf.get_y(), top + 8) + 2
    pdf.line(MARGIN, bottom, MARGIN + WIDTH, bottom)
    pdf.set_xy(MARGIN, bottom)


def _signs(pdf: "FPDF") -> Container[int]:
    return getattr(pdf.fonts[FONT], "cmap", ())
