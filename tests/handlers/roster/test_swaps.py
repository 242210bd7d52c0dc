"""An evening is offered, for another or for nothing; it changes hands whole, or not at all."""

import asyncio
from datetime import timedelta

import pytest

from bot.core.calendar import digits
from bot.core.replies import Press
from bot.core.richtext import words_in
from storage.roster import Roster
from tests.handlers.screens import labels_of, press_of, text_of

TWO_DAYS = timedelta(days=2)


@pytest.fixture
async def occurrence(house, corner):
    await corner.join("fay", "gil", "sue")
    made = await house.plan(TWO_DAYS)
    await corner.take("fay")
    return made


async def offered(house, corner, to, for_what):
    screen = await corner.tap("fay", await corner.evening("fay"), "Offer it to others")
    screen = await corner.tap("fay", screen, to)
    sent = await corner.tap("fay", screen, for_what)
    await house.work_off()
    return sent


async def hosts(house, occurrence):
    duties = await house.store.transact(lambda unit: Roster(unit).duties([occurrence.series]))
    return {(duty.original, duty.person) for duty in duties if not duty.away}


async def test_one_colleague_is_asked_for_nothing_and_both_are_told(house, corner, occurrence):
    await offered(house, corner, "Gil", "I want nothing")
    assert await corner.letters("sue") == []
    (letter,) = await corner.letters("gil")
    assert "Fay offers you an evening to host" in text_of(letter)
    assert list(words_in(letter.blocks)) == ["Fay"]
    assert "You host now" in text_of(await corner.tap("gil", letter, "Yes"))
    await house.work_off()
    assert "Gil takes your evening" in house.private_texts(await house.person("fay"))[-1]
    assert await hosts(house, occurrence) == {(occurrence.original, await house.person("gil"))}


async def test_of_two_who_press_yes_at_once_one_has_it(house, corner, occurrence):
    await offered(house, corner, "Everybody", "I want nothing")
    letters = [(await corner.letters(who))[-1] for who in ("gil", "sue")]
    told = await asyncio.gather(corner.tap("gil", letters[0], "Yes"), corner.tap("sue", letters[1], "Yes"))
    assert sorted("You host now" in text_of(one) for one in told) == [False, True]
    assert len(await hosts(house, occurrence)) == 1


async def test_for_one_of_theirs_both_evenings_change_hands(house, corner, occurrence):
    await corner.take("gil", 1)
    screen = await corner.tap("fay", await corner.evening("fay"), "Offer it to others")
    screen = await corner.tap("fay", screen, "Gil")
    theirs = next(one.press for row in screen.buttons for one in row if one.press and "_" in one.press.value)
    await house.press("fay", theirs, private=True)
    await house.work_off()
    await corner.tap("gil", (await corner.letters("gil"))[-1], "Yes")
    now = dict(await hosts(house, occurrence))
    assert now[occurrence.original] == await house.person("gil")
    assert now["2026-12-10T19:00"] == await house.person("fay")


async def test_whoever_takes_it_may_choose_what_they_give(house, corner, occurrence):
    await corner.take("gil", 2)
    await offered(house, corner, "Everybody", "For any evening")
    nothing = await corner.tap("sue", (await corner.letters("sue"))[-1], "Yes")
    assert "You host no other evening" in text_of(nothing)
    which = await corner.tap("gil", (await corner.letters("gil"))[-1], "Yes")
    assert "Which of your evenings" in text_of(which)
    await house.press("gil", next(one.press for row in which.buttons for one in row), private=True)
    assert dict(await hosts(house, occurrence))["2026-12-17T19:00"] == await house.person("fay")


async def test_an_offer_of_a_cancelled_evening_is_void(house, corner, occurrence):
    await offered(house, corner, "Gil", "I want nothing")
    form = await house.press("fay", Press("series", "off", occurrence.id), leads=True)
    await house.send_form("fay", form.form.press, {"reason": ""})
    told = await corner.tap("gil", (await corner.letters("gil"))[-1], "Yes")
    assert "not there any more" in text_of(told)
    assert await hosts(house, occurrence) == {(occurrence.original, await house.person("fay"))}


async def test_an_offer_of_a_former_facilitator_is_void(house, corner, occurrence):
    await offered(house, corner, "Gil", "I want nothing")
    letter = (await corner.letters("gil"))[-1]
    community = (await house.all_series())[0].community
    await house.press("fay", Press("roster", "corner", community))  # in the room, without the role
    assert "not there any more" in text_of(await corner.tap("gil", letter, "Yes"))
    assert await hosts(house, occurrence) == set()


async def test_a_foreign_and_an_old_press_change_nothing(house, corner, occurrence):
    await offered(house, corner, "Gil", "I want nothing")
    letter = (await corner.letters("gil"))[-1]
    before = await hosts(house, occurrence)
    for who in ("sue", "eve"):
        assert "not there any more" in text_of(await house.press(who, press_of(letter, "Yes"), private=True))
    await house.press("eve", Press("roster", "withdraw", press_of(letter, "Yes").subject), private=True)
    assert await hosts(house, occurrence) == before
    swap = Press("roster", "swap", occurrence.series, digits(occurrence.original))
    assert "is not yours" in text_of(await house.press("sue", swap, private=True))


async def test_it_can_be_taken_back_and_refused(house, corner, occurrence):
    sent = await offered(house, corner, "Gil", "I want nothing")
    letter = (await corner.letters("gil"))[-1]
    await corner.tap("fay", sent, "Take the offer back")
    assert "not there any more" in text_of(await corner.tap("gil", letter, "Yes"))
    await house.pass_time(minutes=2)
    await offered(house, corner, "Gil", "I want nothing")
    await corner.tap("gil", (await corner.letters("gil"))[-1], "No")
    await house.work_off()
    assert "Gil cannot take your evening" in house.private_texts(await house.person("fay"))[-1]
    assert "Offer it to others" in labels_of(await corner.evening("fay"))
