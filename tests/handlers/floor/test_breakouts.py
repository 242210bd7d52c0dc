"""Breakouts: opened for a while, each with the time to come back; closed by a tap, by the clock, or with the meeting."""

from bot.core.deeds import OpenTopic
from bot.core.meetings import Options
from bot.core.replies import Reply
from tests.handlers.floor.house import FACILITATOR, House
from tests.handlers.screens import labels_of, press_of, text_of

ON = Options(breakouts=True)


async def led(house: House, options: Options = ON) -> House:
    await house.open(options)
    await house.here("fay", leads=True)
    await house.hosts("fay")
    return house


async def opened(house: House, count: str = "3", minutes: str = "15"):
    reply = await house.press("fay", "order", roles=FACILITATOR)
    for label in ("Small groups", count, minutes):
        reply = await house.tap("fay", press_of(reply, label), roles=FACILITATOR)
    await house.settle()
    return reply


async def test_a_facilitator_opens_some_with_the_time_to_come_back(house: House):
    await led(house)
    await opened(house)
    assert sorted(house.room.topics.values()) == ["Small group 1", "Small group 2", "Small group 3"]
    [line] = house.said
    assert line == "3 small groups are open below this room. Back here at 7:15 PM."
    first = house.room.asked[0][1]
    assert isinstance(first, OpenTopic)
    assert text_of(Reply(first.blocks)).startswith("This is a small group for a while. Back at 7:15 PM.")


async def test_they_close_by_themselves_at_that_time(house: House):
    await led(house)
    await opened(house)
    await house.pass_time(minutes=15)
    assert house.room.topics == {}
    assert house.said[-1] == "The small groups are over. Welcome back here."


async def test_one_tap_closes_all_and_they_may_be_opened_again(house: House):
    await led(house)
    await opened(house, "2", "20")
    running = await house.press("fay", "breakouts", roles=FACILITATOR)
    assert "2 small groups are open" in text_of(running)
    await house.tap("fay", press_of(running, "Close all now"), roles=FACILITATOR)
    await house.settle()
    assert house.room.topics == {}
    await opened(house, "4", "10")
    assert len(house.room.topics) == 4
    await house.pass_time(minutes=11)
    assert house.room.topics == {}
    assert len(house.said) == 4


async def test_pressing_twice_opens_once(house: House):
    await led(house)
    for _ in range(2):
        await house.press("fay", "breakouts", "2_10", roles=FACILITATOR)
    await house.settle()
    assert len(house.room.topics) == 2
    assert len(house.said) == 1


async def test_they_end_before_the_time_kept_for_the_check_out(house: House):
    await led(house)
    house.clock.move(minutes=70)
    await opened(house, "2", "20")
    await house.pass_time(minutes=5)
    assert house.room.topics == {}
    refused = await house.press("fay", "breakouts", "2_10", roles=FACILITATOR)
    assert "no time left for small groups" in text_of(refused)


async def test_they_are_closed_with_the_meeting_without_a_word(house: House):
    await led(house)
    await opened(house)
    said = len(house.said)
    await house.close()
    assert (house.room.topics, len(house.said)) == ({}, said)
    await house.pass_time(minutes=30)
    assert len(house.said) == said


async def test_where_they_are_not_wanted_there_is_no_button_and_a_forged_one_does_nothing(house: House):
    await led(house, Options())
    assert "Small groups" not in labels_of(await house.press("fay", "order", roles=FACILITATOR))
    refused = await house.press("fay", "breakouts", "2_10", roles=FACILITATOR)
    await house.settle()
    assert "not turned on" in text_of(refused)
    assert house.room.asked == []


async def test_where_they_cannot_be_opened_the_host_is_told_once(house: House):
    await led(house)
    house.room.broken = True
    await opened(house)
    assert house.texts("fay") == ["I could not open the small groups here: perhaps I lack the right to."]


async def test_the_room_reads_of_them_in_the_meetings_language(house: House):
    await led(house, Options(breakouts=True, language="de"))
    await opened(house)
    assert sorted(house.room.topics.values()) == ["Kleingruppe 1", "Kleingruppe 2", "Kleingruppe 3"]
