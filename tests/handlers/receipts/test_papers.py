"""The paper of a receipt: it reads as it should, and the name on it is stored nowhere."""

import io
import json
import re

import pytest
from pypdf import PdfReader

from bot.core.calls import Account, Incoming, Kind
from bot.core.errors import PlatformDown
from storage.privacy import PersonalRows
from storage.unit import concrete
from tests.handlers.afterwards.evenings import evening
from tests.handlers.receipts.house import NAME, act, code_in, confirmed, everything, paper_of, tap, verify
from tests.handlers.screens import text_of


async def test_the_paper_reads_as_it_should(house, screen):
    paper = await paper_of(house, "ana", screen)
    assert paper.file is not None
    assert (paper.file.name, paper.file.media_type) == ("receipt.pdf", "application/pdf")
    reader = PdfReader(io.BytesIO(paper.file.content))
    text = " ".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    assert (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)) == (595, 842)
    assert str(reader.root_object["/Lang"]) == "en"
    for piece in (NAME, "Dec 1, 2026", "7:20 PM to 8:50 PM", "90 minutes", code_in(paper), "https://chair.example/verify"):
        assert piece in text
    assert not re.search("open evening|treatment|recover|kim|signature|addict", text, re.I)
    assert NAME not in str(reader.metadata)
    assert "valid" in await verify(house, code_in(paper))


async def test_the_name_and_the_code_stand_nowhere_afterwards(house, screen, capsys):
    """Not in any row, opened or sealed, nor in the log; and an answer that could not be sent is not handed on."""
    paper = await paper_of(house, "ana", screen)
    code = code_in(paper)
    person = await house.person("ana")
    opened = await house.store.transact(lambda unit: PersonalRows(concrete(unit)).export(person))
    rows = await everything(house)
    for kept in (json.dumps(opened, default=str), str(rows), capsys.readouterr().out):
        assert NAME not in kept
        assert code not in kept
        assert code.replace("-", "") not in kept
    assert len(rows["attendance_codes"]) == 1


async def test_an_answer_with_a_name_that_cannot_be_sent_is_not_handed_to_the_outbox(house, screen):
    form = (await tap(house, "ana", screen, "Make the PDF")).form
    assert form is not None
    place, account = house.place("ana", private=True), Account(house.platform, "ana")
    act_of = Incoming(Kind.FORM, "lost", account, place, house.clock.now(), press=form.press, arguments={"name": NAME})
    answer = await house.dispatch.take(act_of)
    assert answer.reply.file is not None
    before = len((await everything(house))["outbox"])
    await house.dispatch.not_sent(answer, PlatformDown(maybe_done=False))
    assert len((await everything(house))["outbox"]) == before
    again = await house.dispatch.take(act_of)
    assert again.reply.file is not None  # told again, it is done again


async def test_on_telegram_the_name_is_typed_and_stands_nowhere_either(telegram_house):
    house = telegram_house
    screen = await confirmed(house, "ana", await evening(house, "ana"))
    await tap(house, "ana", screen, "Make the PDF")
    paper = await act(house, "ana", Kind.WORDS, words=NAME)
    assert paper.file is not None
    assert NAME in PdfReader(io.BytesIO(paper.file.content)).pages[0].extract_text()
    assert "/verify" in text_of(paper)
    person = await house.person("ana")
    opened = await house.store.transact(lambda unit: PersonalRows(concrete(unit)).export(person))
    assert NAME not in json.dumps(opened, default=str)
    assert code_in(paper) not in json.dumps(opened, default=str)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "מרים כהן",
        "محمد علي الأحمد",
        "山田太郎",
        "😀 Ana 👩‍👩‍👧",
        "A" * 80,
        "=cmd|'/c calc'!A1",
        "a\nb\tc\x00",
        "\u202eevil\u202c",
        "ไทย",
        "हिन्दी",
    ],
)
async def test_any_name_makes_a_paper_or_an_empty_line(house, screen, name):
    paper = await paper_of(house, "ana", screen, name)
    assert paper.file is not None
    text = PdfReader(io.BytesIO(paper.file.content)).pages[0].extract_text()
    assert code_in(paper) in text
    by_hand = "left empty, for a pen" in text_of(paper)
    assert by_hand == any(sign in name for sign in ("山", "😀", "ไ", "ह"))
