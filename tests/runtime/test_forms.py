"""A form asked question by question."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calls import Account, Kind, Place, Role
from bot.core.ports import PendingForm
from bot.core.replies import Choice, Field, FieldKind, Form, Press, Reply, To
from bot.runtime.forms import stepped_back, where
from bot.runtime.questions import Needed, NoChoice, TooLongHere, read
from tests.runtime.fakes import FACILITATOR, ROOM_PLACE, command, filled, labels, pressed, said, typed
from tests.runtime.house import MEETING, House


class Chat:
    """One person in their private chat; `tap` presses a button of the last reply by its label."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.reply = Reply()

    async def begin(self, **more: Any) -> "Chat":
        return await self.do(command("fill", at=self.house.now(), **more))

    async def type(self, words: str) -> "Chat":
        return await self.do(typed(words, at=self.house.now()))

    async def tap(self, label: str) -> "Chat":
        [press] = [b.press for row in self.reply.buttons for b in row if b.label.partition(":")[2] == label or b.label == label]
        return await self.press(press)

    async def press(self, press: Press | None) -> "Chat":
        assert press is not None
        return await self.do(pressed(press.feature, press.action, press.subject, press.value, at=self.house.now()))

    async def do(self, act: object) -> "Chat":
        self.reply = (await self.house.take(act)).reply
        return self


@pytest.fixture
def chat(house: House) -> Chat:
    return Chat(house)


async def test_the_first_question_stands_in_the_private_chat(chat):
    await chat.begin()
    assert chat.reply.to is To.PRIVATE
    assert said(chat.reply).split("\n") == [
        "A new meeting.",
        "New meeting · en:form.step n=1 of=4",
        "Title",
        "A few words",
        "en:form.write",
    ]
    assert labels(chat.reply) == ["en:form.cancel", "en:common.help_now"]


async def test_words_and_taps_answer_and_the_whole_form_is_run(chat, house):
    await chat.begin()
    await chat.type("  Tuesday   evening ")
    assert labels(chat.reply)[:2] == ["Monday", "Tuesday"]
    await chat.tap("Tuesday")
    await chat.tap("form.skip")
    assert "en:form.present value=Europe/Berlin" in said(chat.reply)
    await chat.tap("form.keep")
    assert said(chat.reply) == "filled 1"
    call = house.feature.calls[-1]
    assert call.incoming.kind is Kind.FORM
    assert call.press == MEETING.press
    assert call.arguments == {"title": "Tuesday evening", "day": "tu", "note": "", "zone": "Europe/Berlin"}
    assert not house.store.rows.forms


async def test_it_is_run_as_from_the_room_it_was_begun_in_with_the_roles_of_then(chat, house):
    await chat.begin(place=ROOM_PLACE, roles=FACILITATOR)
    await chat.type("Title")
    await chat.tap("Monday")
    await chat.tap("form.skip")
    await chat.tap("form.keep")
    call = house.feature.calls[-1]
    assert call.place == ROOM_PLACE
    assert call.community is not None
    assert call.community.space == "space"
    assert call.incoming.roles == FACILITATOR
    assert chat.reply.to is not To.ROOM


async def test_roles_the_platform_tells_at_the_end_go_before_those_kept(chat, house):
    await chat.begin(place=ROOM_PLACE, roles=FACILITATOR)
    await chat.type("Title")
    await chat.tap("Monday")
    await chat.tap("form.skip")
    await chat.do(pressed("form", "skip", "3", roles=frozenset({Role.OWNER}), at=house.now()))
    assert house.feature.calls[-1].incoming.roles == {Role.OWNER}


async def test_a_restart_changes_nothing(chat, house):
    await chat.begin()
    await chat.type("Title")
    house.dispatch = house.build()
    await chat.tap("Monday")
    assert "n=3 of=4" in said(chat.reply)


@pytest.mark.parametrize(
    ("words", "problem"),
    [("x" * 21, "en:form.too_long length=21 limit=20"), ("\u200b \u202e", "en:form.needed")],
)
async def test_a_wrong_answer_is_asked_for_again_with_the_reason(chat, words, problem):
    await chat.begin()
    await chat.type(words)
    assert said(chat.reply).split("\n")[0] == problem
    assert "n=1 of=4" in said(chat.reply)


async def test_a_button_of_an_earlier_question_shows_the_present_one(chat, house):
    await chat.begin()
    await chat.type("Title")
    old = Press("form", "choose", "1", "0")
    await chat.press(old)
    await chat.press(old)
    assert "n=3 of=4" in said(chat.reply)
    await chat.press(Press("form", "skip", "0"))
    await chat.press(Press("form", "back", "1"))
    assert "n=3 of=4" in said(chat.reply)


@pytest.mark.parametrize("value", ["", "9", "99999999", "x", "_1"])
async def test_a_choice_that_is_none_asks_again(chat, value):
    await chat.begin()
    await chat.type("Title")
    await chat.press(Press("form", "choose", "1", value))
    assert "n=2 of=4" in said(chat.reply)


async def test_a_needed_answer_cannot_be_skipped(chat):
    await chat.begin()
    await chat.press(Press("form", "skip", "0"))
    assert "form.needed" in said(chat.reply)


async def test_back_shows_the_answer_given_and_keep_keeps_it(chat, house):
    await chat.begin()
    await chat.type("My title")
    await chat.tap("form.back")
    assert "en:form.present value=My title" in said(chat.reply)
    await chat.tap("form.keep")
    assert "n=2 of=4" in said(chat.reply)
    [pending] = house.store.rows.forms.values()
    assert pending.answers == {"title": "My title"}


async def test_cancel_closes_it_and_changes_nothing(chat, house):
    await chat.begin()
    await chat.type("Title")
    await chat.tap("form.cancel")
    assert said(chat.reply) == "en:form.cancelled"
    assert not house.store.rows.forms
    assert not house.store.rows.words


@pytest.mark.parametrize("action", ["show", "choose", "skip", "back"])
async def test_a_button_of_a_form_that_is_closed_says_so(chat, house, action):
    await chat.do(pressed("form", action, "0", "0", at=house.now()))
    assert said(chat.reply) == "en:form.gone"


async def test_the_question_can_be_shown_again(chat, house):
    await chat.begin()
    await chat.type("Title")
    await chat.press(Press("form", "show"))
    assert "n=2 of=4" in said(chat.reply)
    call = msgspec.structs.replace(house.feature.calls[-1], person=next(iter(house.store.rows.people.values())))
    again = await house.store.transact(lambda unit: house.dispatch.present(call, unit))
    assert again == chat.reply


async def test_refused_answers_leave_the_form_open_and_nothing_written(chat, house):
    house.feature.refuses = "Nowhere/Land"
    await chat.begin()
    await chat.type("Title")
    await chat.tap("Monday")
    await chat.tap("form.skip")
    await chat.type("Nowhere/Land")
    assert said(chat.reply).startswith("en:error.bad_input")
    assert "n=4 of=4" in said(chat.reply)
    assert not house.store.rows.words
    await chat.type("Europe/Berlin")
    assert said(chat.reply) == "filled 1"


async def test_a_forged_form_over_a_fields_limit_names_it_and_can_be_filled_again(house):
    account, place, press = Account("discord", "1"), Place("discord", "1"), MEETING.press
    await house.take(command("fill", account=account, place=place, at=house.now()))
    act = filled(press, {"title": "x" * 21, "day": "mo"}, account=account, place=place, at=house.now())
    refused = await house.take(act)
    assert said(refused.reply) == "en:form.too_long length=21 limit=20"
    assert labels(refused.reply) == ["en:form.again", "en:common.help_now"]
    again = await house.take(pressed("form", "again", account=account, place=place, at=house.now()))
    assert again.reply.form is not None
    assert [field.value for field in again.reply.form.fields] == ["x" * 20, "mo", "", "Europe/Berlin"]
    done = await house.take(filled(press, {"title": "short"}, account=account, place=place, at=house.now()))
    assert said(done.reply) == "filled 1"


async def test_a_new_form_takes_the_place_of_the_old(chat, house):
    await chat.begin()
    await chat.type("Title")
    await chat.begin()
    assert "n=1 of=4" in said(chat.reply)


async def test_a_facilitators_form_is_not_even_asked_of_others(chat, house):
    await chat.do(command("rota", at=house.now()))
    assert said(chat.reply).startswith("en:error.not_allowed")
    assert not house.store.rows.forms
    await chat.do(command("rota", place=ROOM_PLACE, roles=FACILITATOR, locale="en", at=house.now()))
    await chat.type("Bob")
    assert said(chat.reply) == "filled 1"


CHOICE = Field("day", "Day", FieldKind.CHOICE, choices=(Choice("mo", "Monday"), Choice("2", "Two"), Choice("tu", "Tuesday")))


@pytest.mark.parametrize(("words", "value"), [("monday", "mo"), ("TU", "tu"), ("1", "mo"), ("2", "2"), (" Tuesday ", "tu")])
def test_a_choice_can_be_typed_by_name_value_or_number(words, value):
    assert read(CHOICE, words) == value


@pytest.mark.parametrize("words", ["", "0", "4", "sunday", "١", "1.0", "9" * 500])
def test_a_typed_choice_that_is_none_is_refused(words):
    with pytest.raises(NoChoice):
        read(CHOICE, words)


@given(st.text(max_size=60), st.booleans(), st.sampled_from(["short", "long"]), st.integers(0, 50))
def test_what_is_read_keeps_the_fields_rules(words, required, kind, longest):
    field = Field("f", "F", FieldKind(kind), required=required, longest=longest)
    try:
        value = read(field, words)
    except (Needed, TooLongHere):
        return
    assert len(value) <= longest
    assert value or not required
    assert kind == "long" or "\n" not in value


@given(st.lists(st.sampled_from(["answer", "back"]), max_size=20))
def test_back_is_the_reverse_of_an_answer(steps):
    form = Form(Press("f", "f"), "F", tuple(Field(f"f{n}", "F") for n in range(4)))
    pending, at = PendingForm(form), 0
    for step in steps:
        if step == "back":
            pending, at = stepped_back(where(pending)), max(at - 1, 0)
        elif at < 3:
            pending = msgspec.structs.replace(pending, answers={**pending.answers, f"f{at}": str(at)})
            at += 1
        assert where(pending).index == at
        assert list(pending.answers) == [f"f{n}" for n in range(at)]
