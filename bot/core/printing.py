"""What every sheet of paper begins with: its font, language and date, and words in the order in which the page has them.

fpdf2 is loaded with the first sheet: it is large, and most processes make none.
"""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

FONT = "paper"
INK, SOFT, RULE = 30, 90, 190  # greys


def sheet(font: str, language: str, title: str, now: datetime, *, margin: float, top: float) -> "FPDF":
    """Return a PDF with its first A4 page. `font`: a TrueType file that covers the shipped languages. Margins in millimetres.
    Nothing turns the page by itself."""
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.set_margins(margin, top, margin)
    pdf.set_auto_page_break(auto=False)
    pdf.set_lang(language)
    pdf.set_title(title)
    pdf.set_creation_date(now)
    pdf.add_font(FONT, fname=font)
    pdf.add_page()
    pdf.set_font(FONT, size=11)
    pdf.set_text_color(INK)
    pdf.set_draw_color(RULE)
    return pdf


def in_order(words: str, *, leftwards: bool | None = None) -> str:
    """Return words as their letters stand on the page from left to right. `leftwards`: the direction of the paragraph that they
    are a row of; None: their own."""
    from fpdf.bidi import BidiParagraph
    from fpdf.enums import TextDirection

    if not words:
        return ""
    if leftwards is None:
        return BidiParagraph(words).get_reordered_string()
    return BidiParagraph(words, TextDirection.RTL if leftwards else TextDirection.LTR).get_reordered_string()


def spaced(words: str) -> str:
    """Return words with the narrow space that times are written with as one that every font has."""
    return words.replace("\u202f", "\u00a0")
