"""A facilitator makes a community's own questions: by form, with limits that are told kindly, and hostile input harmless."""

import pytest

from bot.core.flow import line_mark
from bot.core.flow_own import HowAsked, Question
from bot.core.replies import Reply
from bot.core.richtext import Words, words_in
from handlers.ownquestions.rules import mark_of
from tests.handlers.ownquestions.conftest import SLEPT, WHO, WORDS, AskingHouse, press
from tests.handlers.screens import labels_of, press_of, text_of

HOSTILE = "@everyone **b** <b>x</b> \u202e\u0000 https://example.org"


async def fill(house: AskingHouse, reply: Reply, label: str, **answers: str) -> Reply:
    form = (await house.press("fay", press_of(reply, label), leads=True)).form
    assert form is not None
    return await house.send_form("fay", form.press, {**{field.name: field.value for field in form.fields}, **answers})


async def made(house: AskingHouse, title: str = "Mondays") -> Reply:
    return await fill(house, await house.type("fay", "/facilitator questions", leads=True), "New questions", title=title)


async def test_from_nothing_to_three_questions_of_each_kind(house):
    reply = await made(house)
    assert "There is no question here yet." in text_of(reply)
    assert "Preview" not in labels_of(reply)
    reply = await fill(house, reply, "Add: a number", words=SLEPT.words)
    reply = await fill(house, reply, "Add: answers", words=WHO.words, answers="A friend\n\n Nobody  yet ")
    reply = await fill(house, reply, "Add: in words", words=WORDS.words)
    shown = text_of(reply)
    assert "1. How did you sleep? – a number from 0 to 10" in shown
    assert "2. Who helped? – A friend · Nobody yet" in shown
    assert "3. One good thing? – in words" in shown
    [one] = await house.sets()
    assert (one.body.title, one.body.questions, one.body.version) == ("Mondays", (SLEPT, WHO, WORDS), 4)


async def test_only_facilitators_make_them_and_others_are_told_kindly(house):
    one = await house.keep(SLEPT)
    for action in ("show", "rename", "delete", "drop", "try"):
        reply = await house.press("ann", press(action, one.id))
        assert "This is for the facilitators of this community." in text_of(reply)
    assert len(await house.sets()) == 1


async def test_a_facilitator_who_proved_it_in_the_room_goes_on_in_private(house):
    await house.type("fay", "/facilitator questions", leads=True)
    one = await house.keep(SLEPT)
    assert "How did you sleep?" in text_of(await house.press("fay", press("show", one.id), private=True))
    assert "I no longer know" in text_of(await house.press("ann", press("show", one.id), private=True))


async def test_a_facilitator_of_elsewhere_finds_nothing_here(house):
    one = await house.keep(SLEPT)
    house.space = "elsewhere"
    for action, value in (("show", ""), ("drop", ""), ("try", ""), ("add", "scale"), ("question", mark_of(SLEPT))):
        assert "I no longer know" in text_of(await house.press("fay", press(action, one.id, value), leads=True))
    reply = await house.send_form("fay", press("added", one.id, "words"), {"words": "mine now"})
    assert "I no longer know" in text_of(reply)
    house.space = "space"
    assert [kept.body for kept in await house.sets()] == [one.body]


async def test_forged_presses_are_answered_like_any_unknown_one(house):
    one = await house.keep(SLEPT)
    for forged in (
        press("show", "0" * 32),
        press("show"),
        press("list", "x"),
        press("new", "0" * 32),
        press("add", one.id, "riddle"),
    ):
        assert "I no longer know" in text_of(await house.press("fay", forged, leads=True))


async def test_a_button_of_a_question_that_is_gone_gives_a_fresh_screen(house):
    one = await house.keep(SLEPT, WHO)
    for action in ("question", "change", "up", "out"):
        reply = await house.press("fay", press(action, one.id, line_mark("taken out before")), leads=True)
        assert "This was changed meanwhile." in text_of(reply)
        assert "How did you sleep?" in text_of(reply)
    reply = await house.send_form("fay", press("changed", one.id, "zzzzzz"), {"words": "too late"})
    assert "This was changed meanwhile." in text_of(reply)


async def test_pressed_twice_a_question_is_taken_out_once(house):
    one = await house.keep(SLEPT, WHO)
    for _ in range(2):
        await house.press("fay", press("out", one.id, mark_of(SLEPT)), leads=True)
    [kept] = await house.sets()
    assert kept.body.questions == (WHO,)


async def test_a_question_is_changed_and_moved_and_keeps_its_kind(house):
    one = await house.keep(SLEPT, WHO)
    await house.press("fay", press("up", one.id, mark_of(WHO)), leads=True)
    reply = await house.press("fay", press("question", one.id, mark_of(WHO)), leads=True)
    assert "Move up" not in labels_of(reply)
    await fill(house, reply, "Change", words="Who was there?")
    [kept] = await house.sets()
    assert kept.body.questions == (Question("Who was there?", HowAsked.CHOICE, WHO.answers), SLEPT)
    assert kept.body.version == 3


async def test_deleting_asks_once_more(house):
    one = await house.keep(SLEPT)
    reply = await house.press("fay", press("delete", one.id), leads=True)
    assert "It cannot be undone." in text_of(reply)
    assert len(await house.sets()) == 1
    reply = await house.press("fay", press_of(reply, "Yes, delete them"), leads=True)
    assert "The questions are deleted." in text_of(reply)
    assert await house.sets() == []
    assert "I no longer know" in text_of(await house.press("fay", press("drop", one.id), leads=True))


async def test_ten_sets_and_five_questions_are_the_most(house):
    one = await house.keep(*(Question(f"Question {n}?") for n in range(5)))
    assert not any(label.startswith("Add") for label in labels_of(await house.press("fay", press("show", one.id), leads=True)))
    reply = await house.send_form("fay", press("added", one.id, "words"), {"words": "a sixth"})
    assert "There is room for 5 questions." in text_of(reply)
    for n in range(9):
        await house.keep(SLEPT, title=f"Set {n}")
    listed = await house.type("fay", "/facilitator questions", leads=True)
    assert "New questions" not in labels_of(listed)
    assert len(listed.buttons) <= 5
    for reply in (
        await house.press("fay", press("new", await house.community()), leads=True),
        await house.send_form("fay", press("made", await house.community()), {"title": "an eleventh"}),
    ):
        assert "There is room for 10 here." in text_of(reply)
    assert len(await house.sets()) == 10


@pytest.mark.parametrize(
    "answers",
    ["", "only one", "\n".join("abcdefg"), "same\nSAME", "x" * 41 + "\nb", "\u200b\nb", "\u3164\nb", "y" * 3_900],
)
async def test_answers_that_do_not_fit_are_told_and_nothing_is_kept(house, answers):
    one = await house.keep(SLEPT)
    reply = await house.send_form("fay", press("added", one.id, "choice"), {"words": "Which?", "answers": answers})
    assert "Please write 2 to 6 different answers" in text_of(reply)
    assert [kept.body for kept in await house.sets()] == [one.body]


@pytest.mark.parametrize("words", ["", " \n ", "\u200b", "\u2800", "x" * 201, "x" * 3_900])
async def test_a_question_needs_words_that_can_be_seen_and_not_too_many(house, words):
    one = await house.keep(SLEPT)
    for kind in ("scale", "words"):
        reply = await house.send_form("fay", press("added", one.id, kind), {"words": words})
        assert "I can use text only, of 200 characters at most." in text_of(reply)
    assert [kept.body for kept in await house.sets()] == [one.body]


async def test_the_same_question_twice_is_refused_kindly(house):
    one = await house.keep(SLEPT, WHO)
    reply = await house.send_form("fay", press("added", one.id, "words"), {"words": SLEPT.words.upper()})
    assert "This question stands there already." in text_of(reply)
    reply = await house.send_form("fay", press("changed", one.id, mark_of(WHO)), {"words": SLEPT.words, "answers": "a\nb"})
    assert "This question stands there already." in text_of(reply)
    assert [kept.body for kept in await house.sets()] == [one.body]


async def test_hostile_words_stay_words_in_one_line(house):
    reply = await made(house, HOSTILE[:60])
    reply = await fill(house, reply, "Add: answers", words=f"{HOSTILE}\n\nscale", answers=f"@here\n{HOSTILE[:40]}")
    [one] = await house.sets()
    [question] = one.body.questions
    assert "\n" not in question.words
    assert question.how is HowAsked.CHOICE
    inert = {*words_in(reply.blocks)}
    assert {question.words, one.body.title, "@here"} <= inert
    assert all(
        isinstance(node, Words) or "@everyone" not in str(node) for block in reply.blocks for node in getattr(block, "inner", ())
    )


async def test_where_there_are_no_forms_it_is_asked_in_private_one_after_another(telegram_house):
    house = telegram_house
    reply = await house.type("fay", "/facilitator questions", leads=True)
    await house.press("fay", press_of(reply, "New questions"), private=True)
    reply = await house.write("fay", "Mondays")
    await house.press("fay", press_of(reply, "Add: answers"), private=True)
    await house.write("fay", "Who helped?")
    reply = await house.write("fay", "A friend")
    assert "Please write 2 to 6 different answers" in text_of(reply)
    await house.write("fay", "A friend\nNobody yet")
    [one] = await house.sets()
    assert one.body.questions == (WHO,)
