"""What the whole room sees of a round: on its living card, beside its buttons."""

import pytest

from bot.core.replies import Press
from handlers import floor
from storage.floor import FloorBook
from storage.meetings import Meetings
from tests.handlers.meetings.house import House, open_house
from tests.handlers.screens import labels_of, press_of, text_of

ROWS = 5  # Discord's


@pytest.fixture
async def room(tmp_path, clock):
    async with open_house(
        tmp_path, clock, more=lambda texts: (floor.feature(texts, FloorBook, Meetings),), floor=FloorBook
    ) as house:
        await house.plan(minutes_each=3)
        await house.pass_time(minutes=5)
        await house.type("fay", "/meeting start", leads=True)
        await house.work_off()
        for who in ("ann", "ben", "cat"):
            await house.press(who, press_of(house.card, "I am here"))
            house.clock.move(seconds=1)
        await house.press("fay", Press("floor", "round", (await house.occurrence()).id, "hands"), leads=True)
        await house.work_off()
        yield house


async def test_whose_turn_it_is_until_when_and_how_many_are_still_to_come(room: House):
    card = text_of(room.card)
    assert "Speaking in the round: Somebody, until about 7:08 PM" in card
    assert "Then in the round: Somebody. 2 people are still to come." in card


async def test_done_pass_and_listening_are_one_tap_away_for_whose_turn_it_is(room: House):
    await room.press("ann", press_of(room.card, "I am done"))
    await room.press("ben", press_of(room.card, "Pass"))
    await room.work_off()
    assert "Speaking in the round: Somebody, until" in text_of(room.card)
    assert "still to come" not in text_of(room.card)
    await room.press("cat", press_of(room.card, "I listen today"))
    await room.work_off()
    assert "I am done" not in labels_of(room.card)
    assert "in the round" not in text_of(room.card)


async def test_with_check_ins_and_the_way_out_the_card_still_fits(room: House):
    await room.type("fay", "/meeting checkin", leads=True)
    await room.pass_time(minutes=80)
    assert {"My topic", "I am done", "Help now"} <= set(labels_of(room.card))
    assert len(room.card.buttons) <= ROWS


async def test_nothing_of_it_stays_on_the_card_of_a_meeting_that_is_over(room: House):
    await room.press("fay", Press("meetings", "end", (await room.occurrence()).id, "yes"), leads=True)
    await room.work_off()
    assert "round" not in text_of(room.card)
