"""A paper is printed apart from the bot: as a PDF that reads as it should, and as plain text where that fails."""

import asyncio
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pypdf import PdfReader

from bot.core.replies import Paper, Picture, Reply
from bot.core.richtext import Bullets, Heading, Meter, Paragraph, Quote, Strong, Text, Words
from bot.runtime.drawing.glyphs import FONT, GAP, width
from bot.runtime.pictures import Painter
from bot.runtime.printing import printer
from bot.runtime.printing.layout import ROOM, as_drawn, laid_out, wrapped
from bot.runtime.printing.printer import Printer

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
WAVE = Picture("wave", "How strong", ((0, 7), (1, 3)), twin=(Paragraph((Text("in words"),)),))
PAPER = Paper("notes", "A title", (Paragraph((Words("my words"),)),), instead=(Paragraph((Text("as text"),)),), gaps="gaps here")
EVERY_BLOCK = (
    Heading((Text("heading"),)),
    Paragraph((Strong((Text("label"),)),)),
    Paragraph((Text("first\nsecond"),)),
    Bullets(((Words("one"),), (Words("שלום"),))),
    Quote((Words("quoted"),)),
    Meter((Text("meter"),), 3, 10),
)


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_in(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(content).pages)


def sheet(*blocks, **more) -> bytes:
    return laid_out(replace(PAPER, blocks=blocks, **more), "en", NOW, FONT)


async def test_a_reply_without_a_paper_is_left_alone():
    reply = Reply((Paragraph((Text("said"),)),))
    assert await Printer().printed(reply, "en", NOW) is reply


async def test_a_paper_arrives_as_a_pdf_with_its_picture():
    reply = await Printer(Painter()).printed(Reply(paper=replace(PAPER, picture=WAVE)), "de", NOW)
    assert reply.paper is None
    assert reply.file is not None
    assert (reply.file.name, reply.file.media_type) == ("notes.pdf", "application/pdf")
    pdf = read(reply.file.content)
    assert "my words" in pdf.pages[0].extract_text()
    assert len(pdf.pages[0].images) == 1
    assert str(pdf.root_object["/Lang"]) == "de"
    assert "A title" not in str(pdf.metadata)


async def test_without_a_painter_the_picture_is_said_in_words():
    reply = await Printer().printed(Reply(paper=replace(PAPER, picture=WAVE)), "en", NOW)
    assert reply.file is not None
    assert "in words" in text_in(reply.file.content)


async def test_when_it_takes_too_long_it_comes_as_text_and_says_so():
    reply = await Printer(limit=0).printed(Reply(paper=replace(PAPER, picture=WAVE)), "en", NOW)
    assert reply.file is not None
    assert reply.file.name == "notes.txt"
    assert reply.file.content.decode() == "A title\n\nmy words\n\nin words\n"
    assert reply.blocks == PAPER.instead


async def test_when_the_worker_fails_it_comes_as_text(monkeypatch, tmp_path):
    broken = tmp_path / "worker.py"
    broken.write_text("raise SystemExit(1)")
    monkeypatch.setattr(printer, "WORKER", broken)
    reply = await Printer().printed(Reply(paper=PAPER), "en", NOW)
    assert reply.file is not None
    assert reply.file.name == "notes.txt"


async def test_while_it_is_printed_everybody_else_is_answered():
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.005)

    waiting = asyncio.create_task(others())
    await Printer().printed(Reply(paper=PAPER), "en", NOW)
    waiting.cancel()
    assert turns > 5


def test_every_kind_of_block_is_on_it():
    text = text_in(sheet(*EVERY_BLOCK))
    for word in ("heading", "label", "first", "second", "one", "quoted", "meter"):
        assert word in text


def test_a_long_one_has_numbered_pages():
    pages = read(sheet(*[Paragraph((Text(f"line {n}"),)) for n in range(150)])).pages
    assert len(pages) > 2
    assert f"2 / {len(pages)}" in pages[1].extract_text()


def test_a_sign_that_the_font_lacks_is_marked_and_said_so():
    with_gap, without = text_in(sheet(Paragraph((Words("🦄 漢字"),)))), text_in(sheet(Paragraph((Words("plain"),))))
    assert GAP in with_gap
    assert "gaps here" in with_gap
    assert "gaps here" not in without


def test_words_from_right_to_left_stand_in_the_order_of_the_page():
    assert as_drawn("שלום", leftwards=True) == "םולש"
    assert as_drawn("note: שלום", leftwards=False) == "note: םולש"
    assert as_drawn("سلام", leftwards=True) == "\ufee1\ufefc\ufeb3"


@given(st.text(max_size=300), st.floats(20, 400))
def test_rows_are_as_wide_as_the_room_and_lose_no_letter(words, room):
    line = words.replace("\n", " ")
    rows = list(wrapped(line, room, 10))
    assert "".join(rows).replace(" ", "") == line.replace(" ", "")
    assert all(width(row, 10) <= room + 0.01 or len(row) == 1 for row in rows)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=200), max_size=4))
def test_whatever_somebody_wrote_can_be_printed(written):
    content = sheet(*[Paragraph((Words(words),)) for words in written], Bullets(tuple((Words(words),) for words in written)))
    assert content.startswith(b"%PDF")
    assert all(page.extract_text() is not None for page in read(content).pages)


def test_the_layout_is_in_millimetres_of_a_page():
    assert 100 < ROOM < 210
    assert Path(FONT).is_file()


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pt"])
def test_the_font_has_the_letters_of_every_language(language):
    assert GAP not in as_drawn("äöüßéèçñãõœ¿¡„“«»–…→", leftwards=False), language
