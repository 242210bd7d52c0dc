"""A text file as an answer: sent, pasted, too large, no text, or when nobody asked for one."""

import pytest

from bot.core.replies import FILE, FILE_PROBLEM, LARGEST_FILE, Press
from tests.runtime.fakes import command, filled, said, typed
from tests.runtime.house import House

LONG = "BEGIN:VCALENDAR\r\n" + "X" * 20_000


@pytest.fixture
async def asked(house: House) -> House:
    reply = (await house.take(command("import", at=house.now()))).reply
    assert said(reply).endswith("en:form.send_file")
    return house


async def send(house: House, **arguments: str):
    return (await house.take(typed("", at=house.now(), arguments=arguments))).reply


async def test_a_files_text_arrives_as_it_is(asked):
    assert said(await send(asked, **{FILE: LONG})) == "filled 1"
    assert asked.feature.calls[-1].arguments == {FILE: LONG}


async def test_its_text_may_be_pasted(asked):
    assert said((await asked.take(typed("a: 1", at=asked.now()))).reply) == "filled 1"
    assert asked.feature.calls[-1].arguments == {FILE: "a: 1"}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({FILE_PROBLEM: "large"}, "file_large"),
        ({FILE_PROBLEM: "not_text"}, "file_not_text"),
        ({FILE: "x" * (LARGEST_FILE + 1)}, "file_large"),
    ],
)
async def test_one_that_cannot_be_taken_changes_nothing_and_may_be_sent_again(asked, arguments, problem):
    assert f"en:error.{problem}" in said(await send(asked, **arguments))
    assert said(await send(asked, **{FILE: "better"})) == "filled 1"


async def test_in_a_form_shown_whole_it_has_its_own_limit(house):
    await house.take(command("import", at=house.now()))
    reply = (await house.take(filled(Press("test", "import"), {FILE: LONG}, at=house.now()))).reply
    assert said(reply).startswith("filled")


async def test_a_file_that_nobody_asked_for_is_not_read(house):
    assert "en:error.file_unexpected" in said(await send(house, **{FILE: "words"}))
    assert not house.feature.calls


async def test_a_file_for_a_question_that_wants_words_is_no_answer(house):
    await house.take(command("fill", at=house.now()))
    assert "en:form.needed" in said(await send(house, **{FILE: "words"}))
