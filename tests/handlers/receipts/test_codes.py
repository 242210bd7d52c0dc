"""A confirmed presence gives a code, which is stored as a mark; anybody can check a code."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calls import Kind
from bot.core.codes import ALPHABET, grouped, read_code
from bot.core.ids import new_code
from bot.core.replies import Press
from handlers.receipts.records import MOST_CODES
from storage.privacy import PersonalRows, prune
from storage.unit import concrete
from tests.handlers.afterwards.evenings import begin, end, evening
from tests.handlers.receipts.house import act, ask, asks_of, code_in, confirmed, everything, press, tap, verify
from tests.handlers.screens import labels_of, press_of, text_of
from tests.pages.browser import browsing


async def test_the_code_says_when_and_that_a_facilitator_confirmed_it(house, screen):
    code = code_in(await tap(house, "ana", screen, "Only the code"))
    said = await verify(house, code)
    assert "This code is valid." in said
    assert "Dec 1, 2026, 7:20 PM to 8:50 PM (Central European Time), 90 minutes" in said
    assert not re.search("ana|kim|open evening", said, re.I)


async def test_who_came_late_has_a_receipt_from_then_on(house):
    occurrence = await begin(house, late=("ana",))
    screen = await confirmed(house, "ana", await end(house, occurrence))
    assert "7:27 PM to 8:50 PM (Central European Time), 83 minutes" in text_of(screen)


async def test_a_room_closed_late_by_itself_gives_no_time_that_was_not_planned(house):
    occurrence = await begin(house, "ana")
    await house.pass_time(hours=3)
    screen = await confirmed(house, "ana", occurrence)
    assert "7:20 PM to 8:50 PM" in text_of(screen)


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")])
async def test_a_code_may_be_typed_in_any_case_and_grouping(house, screen, change):
    code = code_in(await tap(house, "ana", screen, "Only the code"))
    assert "valid" in await verify(house, change(code))


async def test_unknown_deleted_and_expired_have_one_answer(house, screen):
    code = code_in(await tap(house, "ana", screen, "Only the code"))
    unknown = await verify(house, grouped(new_code()), "a")
    nonsense = await verify(house, "'; drop table --", "b")
    sure = await tap(house, "ana", screen, "Delete it")
    await tap(house, "ana", sure, "Yes, delete it")
    deleted = await verify(house, code, "c")
    assert unknown == nonsense == deleted
    assert "does not work" in unknown


async def test_a_code_ends_after_180_days_also_before_the_rows_are_pruned(house, screen):
    code = code_in(await tap(house, "ana", screen, "Only the code"))
    house.clock.move(days=179)
    assert "valid" in await verify(house, code)
    house.clock.move(days=1)
    assert "does not work" in await verify(house, code)
    await prune(house.store, house.clock.now())
    rows = await everything(house)
    assert not rows["attendances"]
    assert not rows["attendance_codes"]


async def test_ten_misses_a_minute_hold_a_guesser_up_and_nobody_else(house, screen):
    code = code_in(await tap(house, "ana", screen, "Only the code"))
    for _ in range(10):
        assert "does not work" in await verify(house, grouped(new_code()), "guesser")
    assert "Wait a minute" in await verify(house, code, "guesser")
    assert "valid" in await verify(house, code, "other")
    house.clock.move(minutes=1)
    assert "valid" in await verify(house, code, "guesser")


async def test_checking_stores_nothing(house, screen):
    before = {name: len(rows) for name, rows in (await everything(house)).items()}
    await verify(house, grouped(new_code()))
    assert {name: len(rows) for name, rows in (await everything(house)).items()} == before


async def test_the_last_five_codes_work(house, screen):
    codes = []
    for _ in range(MOST_CODES + 1):
        house.clock.move(seconds=30)
        codes.append(code_in(await tap(house, "ana", screen, "Only the code")))
    assert "does not work" in await verify(house, codes[0])
    for code in codes[1:]:
        assert "valid" in await verify(house, code)


async def test_a_foreign_receipt_is_as_one_that_is_not_there(house, screen):
    mine = press_of(screen, "Only the code").subject
    await house.consent("ben")
    for action in ("get", "code", "name", "drop"):
        foreign = await press(house, "ben", Press("receipts", action, mine, "yes"))
        missing = await press(house, "ben", Press("receipts", action, "0" * 32, "yes"))
        assert text_of(foreign) == text_of(missing)
    form = await act(
        house, "ben", Kind.FORM, name="receipts.paper", press=Press("receipts", "paper", mine), arguments={"name": "B"}
    )
    assert form.file is None
    assert "Receipt of Dec 1, 2026" in labels_of(await house.type("ana", "/receipt", private=True))


async def test_erasing_oneself_ends_every_code(house, screen):
    code = code_in(await tap(house, "ana", screen, "Only the code"))
    person = await house.person("ana")
    await house.store.transact(lambda unit: PersonalRows(concrete(unit)).erase(person, house.clock.now()))
    assert "does not work" in await verify(house, code)
    rows = await everything(house)
    assert not rows["attendances"]
    assert not rows["attendance_codes"]


async def test_what_is_held_is_shown_and_the_evening_is_not_in_it(house, screen):
    person = await house.person("ana")
    kinds = {
        held.kind for held in await house.store.transact(lambda unit: PersonalRows(concrete(unit)).held(person, house.clock.now()))
    }
    assert {"attendances", "receipt_asks"} <= kinds
    occurrence = (await everything(house))["occurrences"][0]["id"]
    assert occurrence not in str((await everything(house))["attendances"])
    house.clock.move(days=2, seconds=1)
    await prune(house.store, house.clock.now())
    assert not (await everything(house))["receipt_asks"]


# The page ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
async def browser(house):
    async with browsing(house.features, house.store, house.clock) as opened:
        yield opened


async def test_the_page_asks_for_a_code_and_says_what_it_stands_for(house, screen, browser):
    code = code_in(await tap(house, "ana", screen, "Only the code"))
    form = await browser.get("verify")
    assert form.status == 200
    assert '<form method="post"' in form.text
    assert "<script" not in form.text
    for answer in (
        await browser.post("verify", data={"code": code.lower()}),
        await browser.get("verify", params={"code": code}),
        await browser.get(f"verify/{code}"),
    ):
        assert answer.status == 200
        assert "This code is valid." in answer.text
        assert "90 minutes" in answer.text
        assert not re.search("ana|kim|open evening", answer.text.replace("Analyse", ""), re.I)
        assert answer.headers["Cache-Control"] == "no-store"


async def test_the_page_has_one_answer_for_what_does_not_work_and_repeats_nothing(house, browser):
    answers = [await browser.post("verify", data={"code": code}) for code in (new_code(), "<script>alert(1)</script>", "x" * 5000)]
    assert len({(answer.status, answer.body) for answer in answers}) == 1
    assert answers[0].status == 404
    assert "<script" not in answers[0].text


async def test_ten_misses_a_minute_are_all_on_the_page_too(house, screen, browser):
    code = code_in(await tap(house, "ana", screen, "Only the code"))
    for _ in range(10):
        assert (await browser.get(f"verify/{new_code()}")).status == 404
    assert (await browser.get(f"verify/{code}")).status == 429


# Pure -------------------------------------------------------------------------------------------------------------------


def test_a_code_has_140_random_bits():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{28}", code) for code in codes)


@given(st.text(alphabet=ALPHABET, min_size=28, max_size=28))
def test_a_code_is_read_as_it_was_written(code):
    assert read_code(grouped(code)) == code
    assert read_code(grouped(code).lower()) == code
    assert read_code(code.replace("0", "O").replace("1", "l")) == code


@given(st.text(max_size=300))
def test_whatever_is_typed_is_a_code_or_none(typed):
    assert read_code(typed) == "" or set(read_code(typed)) <= set(ALPHABET)


async def test_the_code_is_told_in_private_only(house):
    occurrence = await evening(house, "ana")
    await ask(house, "ana", occurrence)
    await tap(house, "kim", (await asks_of(house, "kim"))[-1], "Confirm")
    await house.work_off()
    sent = [text_of(claimed.post.reply) for claimed in house.sent]
    assert not [text for text in sent if "The code:" in text]
    assert house.clock.now() - occurrence.ends_at < timedelta(hours=1)
