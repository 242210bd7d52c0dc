"""Late moments, and evenings beside a change of clocks."""

from datetime import UTC, datetime, timedelta
from functools import partial

from bot.core.meetings import State, When
from bot.core.moments import Due
from bot.core.ports import Unit
from tests.handlers.meetings.house import House
from tests.handlers.screens import press_of, text_of

A_DAY = timedelta(hours=24)


async def test_after_three_days_down_nothing_old_is_said_and_only_the_next_is_planned(house: House):
    await house.plan(A_DAY)
    await house.sleep_through(days=3)
    assert house.sent == []
    assert (await house.occurrence()).starts_at.isoformat() == "2026-12-09T18:00:00+00:00"


async def test_after_three_weeks_down_in_the_middle_of_a_meeting_nothing_of_it_is_said(house: House):
    await house.plan()
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
    await house.plan()
    await house.pass_time(minutes=10)
    await house.type("fay", "/meeting start", leads=True)
    await house.sleep_through(hours=5)
    assert "This meeting has ended." in text_of(house.card)
    assert len(house.news) == 0  # the line of a part that is long over is not said


async def test_a_late_room_opens_at_once_and_runs_by_itself_for_whoever_comes(house: House):
    await house.plan(A_DAY)
    await house.sleep_through(hours=24, minutes=20)
    assert "The room is open." in text_of(house.card)
    await house.press("ann", press_of(house.card, "I am here"))
    await house.work_off()
    assert "Now: Welcome" in text_of(house.card)


async def test_a_meeting_without_a_host_goes_on_after_a_while_down(house: House):
    await house.plan()
    await house.pass_time(minutes=1)
    await house.press("ann", press_of(house.card, "I am here"))
    await house.pass_time(minutes=5)
    await house.sleep_through(minutes=76)
    assert "Now: Check-out" in text_of(house.card)


async def test_the_evening_stays_at_seven_across_the_end_of_summer_time(house: House):
    house.clock.at = datetime(2026, 10, 18, 15, tzinfo=UTC)  # Sunday; clocks go back in a week
    await house.plan(timedelta(hours=2), length=60)
    await house.pass_time(hours=5)
    assert (await house.occurrence()).starts_at.isoformat() == "2026-10-25T18:00:00+00:00"
    await house.pass_time(days=6, hours=21, minutes=51)
    assert "We start: Sun, Oct 25, 7:00 PM (Central European Time)" in text_of(house.card)


async def test_a_job_that_runs_twice_does_once(house: House):
    occurrence = await house.plan()
    await house.type("fay", "/meeting start", leads=True)
    moments = [When.CLAIM, When.OPEN, When.OPEN, When.START, When.SEGMENT, When.CLOSING, When.CARD, When.CLOSE, When.CLOSE]
    for when in moments:
        due = when.due(house.clock.now(), occurrence.id)
        await house.store.transact(partial(_promise, due))
        await house.work_off()
    assert len([reply for reply in house.room if reply.slot.startswith("card_")]) == 1
    await house.pass_time(hours=3)
    for when in moments:
        await house.store.transact(partial(_promise, when.due(house.clock.now(), occurrence.id)))
        await house.work_off()
    assert len([reply for reply in house.room if reply.slot.startswith("card_")]) == 1
    assert "This meeting did not take place." in text_of(house.card)


async def _promise(due: Due, unit: Unit) -> None:
    await unit.due.add(due)
