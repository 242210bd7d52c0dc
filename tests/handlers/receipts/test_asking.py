"""Somebody asks that their presence be confirmed; a facilitator of that evening answers, once."""

import pytest

from bot.core.replies import Press
from tests.handlers.afterwards.evenings import begin, end, evening
from tests.handlers.receipts.house import ask, asks_of, press, tap, told
from tests.handlers.screens import labels_of, press_of, text_of


async def test_the_ask_is_shown_word_for_word_before_anything_is_sent(house):
    occurrence = await evening(house, "ana")
    await house.consent("ana")
    shown = await press(house, "ana", Press("receipts", "ask", occurrence.id))
    assert "Somebody asks for a receipt, here since 7:11 PM." in text_of(shown)
    assert "Ana asks for a receipt, here since 7:11 PM." in text_of(shown)
    await house.work_off()
    assert await asks_of(house, "kim") == []


async def test_the_facilitator_reads_a_name_only_where_it_was_ticked(house):
    occurrence = await evening(house, "ana", "ben")
    await ask(house, "ana", occurrence)
    await ask(house, "ben", occurrence, "Ask with my name")
    last = text_of((await asks_of(house, "kim"))[-1])
    assert "Somebody asks for a receipt" in last
    assert "Ben asks for a receipt" in last
    assert "Ana" not in last


async def test_all_asks_of_an_evening_stand_in_one_message(house):
    occurrence = await evening(house, "ana", "ben", "cleo")
    for who in ("ana", "ben", "cleo"):
        await ask(house, who, occurrence)
    kim = await house.person("kim")
    slots = {claimed.post.reply.slot for claimed in house.of(kim) if claimed.post.key.startswith("receipts_asks_")}
    assert len(slots) == 1
    assert labels_of((await asks_of(house, "kim"))[-1]).count("Confirm 3") == 1


async def test_confirmed_is_told_in_private_and_the_list_grows_shorter(house):
    occurrence = await evening(house, "ana", "ben")
    await ask(house, "ana", occurrence)
    house.clock.move(seconds=5)
    await ask(house, "ben", occurrence)
    left = await tap(house, "kim", (await asks_of(house, "kim"))[-1], "Confirm 1")
    assert "Confirmed." in text_of(left)
    assert labels_of(left)[:2] == ["Confirm", "I cannot say"]
    await house.work_off()
    assert text_of((await told(house, "ana"))[0]) == "Your receipt is confirmed."
    assert await told(house, "ben") == []


async def test_refused_is_kind_and_names_nobody(house):
    occurrence = await evening(house, "ana")
    await ask(house, "ana", occurrence)
    await tap(house, "kim", (await asks_of(house, "kim"))[-1], "I cannot say")
    await house.work_off()
    [answer] = await told(house, "ana")
    assert "It says nothing about you" in text_of(answer)
    assert "kim" not in text_of(answer).casefold()
    assert "Ask again" in labels_of(answer)


async def test_a_name_that_was_chosen_goes_along_through_the_question_of_consent(house):
    occurrence = await evening(house, "ana")
    shown = await press(house, "ana", Press("receipts", "ask", occurrence.id))
    gate = await tap(house, "ana", shown, "Ask with my name")
    await tap(house, "ana", gate, "Yes, 18 or older. Go on")
    await house.work_off()
    assert "Ana asks for a receipt" in text_of((await asks_of(house, "kim"))[-1])


async def test_three_asks_an_evening_are_all(house):
    occurrence = await evening(house, "ana")
    for _ in range(3):
        await ask(house, "ana", occurrence)
        await tap(house, "kim", (await asks_of(house, "kim"))[-1], "I cannot say")
        await house.work_off()
    assert "Ask again" not in labels_of((await told(house, "ana"))[-1])
    shown = await press(house, "ana", Press("receipts", "ask", occurrence.id))
    assert "three times" in text_of(shown)
    shown = await press(house, "ana", Press("receipts", "send", occurrence.id, "plain"))
    assert "three times" in text_of(shown)


async def test_nobody_answered_is_told_before_it_is_forgotten_who_was_there(house):
    occurrence = await evening(house, "ana")
    await ask(house, "ana", occurrence)
    await house.pass_time(hours=25)
    assert "Nobody has answered" in text_of((await told(house, "ana"))[-1])


async def test_asked_while_it_lasts_the_facilitator_hears_of_it_after_the_end(house):
    occurrence = await begin(house, "ana")
    answer = await ask(house, "ana", occurrence)
    assert "when the meeting is over" in text_of(answer)
    await house.pass_time(minutes=60)
    assert await asks_of(house, "kim") == []
    await end(house, occurrence)
    await house.pass_time(minutes=10)
    assert len(await asks_of(house, "kim")) == 1


async def test_two_taps_on_ask_are_one_ask(house):
    occurrence = await evening(house, "ana")
    await ask(house, "ana", occurrence)
    again = await press(house, "ana", Press("receipts", "send", occurrence.id, "plain"))
    assert "not there yet" in text_of(again)
    await house.work_off()
    assert len(await asks_of(house, "kim")) == 1


async def test_two_taps_on_confirm_are_one_receipt(house):
    occurrence = await evening(house, "ana")
    await ask(house, "ana", occurrence)
    confirm = press_of((await asks_of(house, "kim"))[-1], "Confirm")
    await press(house, "kim", confirm)
    assert "answered already" in text_of(await press(house, "kim", confirm))
    refuse = Press("receipts", "refuse", confirm.subject)
    assert "answered already" in text_of(await press(house, "kim", refuse))
    await house.work_off()
    assert len(await told(house, "ana")) == 1


async def test_an_ask_taken_back_is_gone_for_the_facilitator(house):
    occurrence = await evening(house, "ana")
    answer = await ask(house, "ana", occurrence)
    confirm = press_of((await asks_of(house, "kim"))[-1], "Confirm")
    await tap(house, "ana", answer, "Take my ask back")
    assert "answered already, or was taken back" in text_of(await press(house, "kim", confirm))
    await house.work_off()
    assert await told(house, "ana") == []


@pytest.mark.parametrize("who", ["ben", "ana", "mallory"])
@pytest.mark.parametrize("action", ["confirm", "refuse"])
async def test_nobody_but_a_facilitator_of_that_evening_answers_an_ask(house, who, action):
    occurrence = await evening(house, "ana", "ben")
    await ask(house, "ana", occurrence)
    confirm = press_of((await asks_of(house, "kim"))[-1], "Confirm")
    foreign = await press(house, who, Press("receipts", action, confirm.subject))
    missing = await press(house, who, Press("receipts", action, "0" * 32))
    assert text_of(foreign) == text_of(missing)
    await house.work_off()
    assert await told(house, "ana") == []


async def test_the_host_does_not_confirm_their_own_presence(house):
    occurrence = await evening(house, "ana")
    await house.consent("kim")
    await press(house, "kim", Press("receipts", "ask", occurrence.id))
    answer = await press(house, "kim", Press("receipts", "send", occurrence.id, "plain"))
    assert "Nobody is known who could confirm" in text_of(answer)


async def test_another_facilitator_of_that_evening_does(house):
    occurrence = await begin(house, "ana")
    await house.press("lee", Press("meetings", "join", occurrence.id), leads=True)
    occurrence = await end(house, occurrence)
    await ask(house, "kim", occurrence)
    assert len(await asks_of(house, "lee")) == 1
    await tap(house, "lee", (await asks_of(house, "lee"))[-1], "Confirm")
    await house.work_off()
    assert "confirmed" in text_of((await told(house, "kim"))[-1])


async def test_who_was_not_there_cannot_ask(house):
    occurrence = await evening(house, "ana")
    await house.consent("mallory")
    for action in ("ask", "send"):
        foreign = await press(house, "mallory", Press("receipts", action, occurrence.id, "plain"))
        missing = await press(house, "mallory", Press("receipts", action, "0" * 32, "plain"))
        assert text_of(foreign) == text_of(missing)


async def test_the_time_to_ask_ends_before_presence_is_forgotten(house):
    occurrence = await evening(house, "ana")
    await house.pass_time(hours=22)
    shown = await press(house, "ana", Press("receipts", "ask", occurrence.id))
    assert "too long ago" in text_of(shown)
    assert "There is nothing to ask for" in text_of(await house.type("ana", "/receipt", private=True))


async def test_a_meeting_that_nobody_hosted_has_nobody_to_confirm_it(house):
    occurrence = await house.plan()
    await house.pass_time(minutes=1)
    await house.press("ana", press_of(house.card, "I am here"))
    await house.pass_time(hours=2, minutes=10)
    await house.consent("ana")
    answer = await press(house, "ana", Press("receipts", "send", occurrence.id, "plain"))
    assert "It says nothing about you" in text_of(answer)


async def test_nothing_is_asked_before_consent(house):
    occurrence = await evening(house, "ana")
    shown = await press(house, "ana", Press("receipts", "ask", occurrence.id))
    gate = await tap(house, "ana", shown, "Ask without my name")
    assert "18 or older" in text_of(gate)
    await house.work_off()
    assert await asks_of(house, "kim") == []


async def test_the_list_offers_what_can_be_asked_for(house):
    await evening(house, "ana")
    shown = await house.type("ana", "/receipt", private=True)
    assert "Ask for Dec 1, 2026, 7:20 PM" in [label.replace("\u202f", " ") for label in labels_of(shown)]


async def test_the_only_ask_comes_as_a_new_message_and_not_as_a_silent_edit(house):
    occurrence = await evening(house, "ana", "ben")
    await ask(house, "ana", occurrence)
    await tap(house, "kim", (await asks_of(house, "kim"))[-1], "Confirm")
    await house.work_off()
    await ask(house, "ben", occurrence)
    kim = await house.person("kim")
    sent = [claimed for claimed in house.of(kim) if claimed.post.key.startswith("receipts_asks_")]
    assert [claimed.edit for claimed in sent] == [None, None]


async def test_many_asks_are_counted_and_the_oldest_few_shown(house):
    people = [f"p{n}" for n in range(7)]
    occurrence = await evening(house, *people)
    for who in people:
        await ask(house, who, occurrence)
    last = (await asks_of(house, "kim"))[-1]
    assert "7 people ask" in text_of(last)
    assert len([label for label in labels_of(last) if label.startswith("Confirm")]) == 4
