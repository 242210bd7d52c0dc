"""Late moments, and evenings beside a change of clocks."""

from datetime import UTC, datetime
from functools import partial

from bot.core.meetings import State, When
from bot.core.moments import Due
from bot.core.ports import Unit
from handlers.meetings import plan_missing
from storage.meetings import Meetings
from storage.tables.meetings import occurrences
from tests.handlers.meetings.house import House, press_of, text_of


async def test_after_three_days_down_nothing_old_is_said_and_only_the_next_is_planned(house: House):
    await house.type("fay", "/meeting create Wednesday 19:00 Open evening", leads=True)
    await house.type("ann", "/remind")
    await house.deliver()
    before = len(house.sent)
    await house.sleep_through(days=3)
    assert house.room == []
    assert len(house.sent) == before
    assert (await house.occurrence()).starts_at.isoformat() == "2026-12-09T18:00:00+00:00"
    await house.pass_time(days=4)
    assert [line.partition(":")[0] for line in house.news] == ["Coming up"]


async def test_after_three_weeks_down_in_the_middle_of_a_meeting_its_card_is_not_sent_again(house: House):
    await house.type("fay", "/meeting create Tuesday 19:05 Open evening", leads=True)
    await house.pass_time(minutes=10)
    await house.type("fay", "/meeting start", leads=True)
    await house.deliver()
    before = len(house.sent)
    await house.sleep_through(days=20)
    assert len(house.sent) == before
    following = await house.occurrence()
    assert (following.starts_at.isoformat(), following.state) == ("2026-12-22T18:05:00+00:00", State.PLANNED)
    told = await house.press("ann", press_of(house.card, "I am here"))
    assert "This meeting has ended." in text_of(told)


async def test_a_short_time_down_closes_a_forgotten_room_late(house: House):
    await house.type("fay", "/meeting create Tuesday 19:05 Open evening", leads=True)
    await house.pass_time(minutes=10)
    await house.sleep_through(hours=5)
    assert "This meeting has ended." in text_of(house.card)


async def test_a_late_room_opens_at_once(house: House):
    await house.type("fay", "/meeting create Wednesday 19:00 Open evening", leads=True)
    await house.sleep_through(hours=24, minutes=20)
    assert house.news == []
    assert "The room is open." in text_of(house.card)


async def test_the_day_before_is_said_late_but_not_beside_the_quarter_of_an_hour(house: House):
    await house.type("fay", "/meeting create Thursday 19:00 Open evening", leads=True)
    await house.sleep_through(days=1, hours=5)
    assert [line.partition(":")[0] for line in house.news] == ["Coming up"]
    await house.sleep_through(hours=18, minutes=50)
    assert [line.partition(":")[0] for line in house.news] == ["Coming up", "Open evening starts soon"]


async def test_the_evening_stays_at_seven_across_the_end_of_summer_time(house: House):
    house.clock.at = datetime(2026, 10, 18, 12, tzinfo=UTC)  # Sunday; clocks go back in a week
    await house.type("fay", "/meeting create Sunday 19:00 60 Open evening", leads=True)
    assert (await house.occurrence()).starts_at.isoformat() == "2026-10-18T17:00:00+00:00"
    await house.pass_time(hours=8)
    assert (await house.occurrence()).starts_at.isoformat() == "2026-10-25T18:00:00+00:00"
    await house.pass_time(days=6, hours=21, minutes=51)
    assert "We start: Sun, Oct 25, 7:00 PM (Central European Time)" in text_of(house.card)


async def test_a_meeting_in_the_hour_that_is_left_out_is_an_hour_later_once(house: House):
    house.clock.at = datetime(2027, 3, 27, 12, tzinfo=UTC)
    await house.type("fay", "/meeting create Sunday 2:30 60 Night owls", leads=True)
    assert (await house.occurrence()).starts_at.isoformat() == "2027-03-28T01:30:00+00:00"  # 3:30
    await house.pass_time(hours=16)
    assert (await house.occurrence()).starts_at.isoformat() == "2027-04-04T00:30:00+00:00"  # 2:30


async def test_a_job_that_runs_twice_does_once(house: House):
    await house.type("fay", "/meeting create Tuesday 19:05 Open evening", leads=True)
    occurrence = await house.occurrence()
    for when in (When.OPEN, When.OPEN, When.CLOSE, When.CLOSE, When.OPEN, When.CLOSING, When.CARD):
        due = when.due(house.clock.now(), occurrence.id)
        await house.store.transact(partial(_promise, due))
        await house.work_off()
    assert len([reply for reply in house.room if reply.slot]) == 1
    assert "This meeting has ended." in text_of(house.card)


async def _promise(due: Due, unit: Unit) -> None:
    await unit.due.add(due)


async def test_a_series_that_lost_its_next_evening_gets_one_at_the_next_start(house: House):
    await house.type("fay", "/meeting create Wednesday 19:00 Open evening", leads=True)
    lost = await house.occurrence()

    async def lose(unit):
        await unit.run(occurrences.delete().where(occurrences.c.id == lost.id))

    await house.store.transact(lose)
    now = house.clock.now()
    last = await house.store.transact(lambda unit: plan_missing(unit, Meetings(unit), now))
    assert last == lost.series
    assert await house.store.transact(lambda unit: plan_missing(unit, Meetings(unit), now, last)) == ""
    assert (await house.occurrence()).starts_at == lost.starts_at
