"""Promised moments are kept: once, in order, also late, also when a job fails."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.core.clock import SystemClock
from bot.core.features import Feature
from bot.runtime.alarm import ScheduledAlarm
from bot.runtime.timekeeper import LOOK_AGAIN, Timekeeper
from tests.runtime.fakes import settle


async def test_it_waits_for_the_earliest_row_and_keeps_it_on_time(moments):
    moments.promise("later", 50)
    due = moments.promise("sooner", 20)
    async with moments.running():
        assert moments.alarm.settings[-1] == due.at
        await moments.ring(20)
        assert moments.came == [("sooner", due.at, due.at)]
    assert list(moments.store.rows.due) == ["later"]


async def test_an_earlier_row_sets_the_alarm_again_and_a_later_one_does_not(moments):
    moments.promise("a", 50)
    async with moments.running():
        moments.keeper.wake(moments.promise("b", 55).at)
        assert moments.alarm.settings[-1] == moments.clock.now() + timedelta(seconds=50)
        earlier = moments.promise("c", 10)
        moments.keeper.wake(earlier.at)
        assert moments.alarm.settings[-1] == earlier.at
        await moments.ring(60)
    assert moments.keys == ["c", "a", "b"]


async def test_a_row_promised_while_it_looked_is_not_missed(moments):
    async with moments.running():
        looked = moments.queue.next_at

        async def slowly() -> datetime | None:
            found: datetime | None = await looked()
            due = moments.promise("between", 1)
            moments.keeper.wake(due.at)
            moments.queue.next_at = looked
            return found

        moments.queue.next_at = slowly
        moments.alarm.ring()
        await settle()
        assert moments.alarm.settings[-1] == moments.clock.now() + timedelta(seconds=1)


async def test_with_nothing_to_do_it_looks_again_after_a_minute(moments):
    async with moments.running():
        assert moments.alarm.settings == [moments.clock.now() + LOOK_AGAIN]
        moments.promise("of another process", 30)  # nobody told us
        await moments.ring(60)
    assert moments.keys == ["of another process"]


async def test_late_rows_are_kept_oldest_first_with_the_moment_they_were_promised_for(moments):
    for n, seconds in enumerate((-30, -7200, -60)):
        moments.promise(f"r{n}", seconds, subject="one")
    async with moments.running():
        assert moments.keys == ["r1", "r2", "r0"]
    assert [round((now - at).total_seconds()) for _, at, now in moments.came] == [7200, 60, 30]


async def test_a_job_may_promise_the_same_key_again(moments):
    due = moments.promise("w", 0, "weekly")
    async with moments.running():
        assert moments.keys == ["w"]
    assert moments.store.rows.due["w"].at == due.at + timedelta(days=7)


async def test_a_row_that_was_moved_after_the_claim_is_left_alone(moments):
    due = moments.promise("a", 0)
    claim = moments.queue.claim

    async def claim_then_move(*given):
        taken = await claim(*given)
        if due in taken:
            moments.promise("a", 3600)
        return taken

    moments.queue.claim = claim_then_move
    async with moments.running():
        assert moments.came == []
    assert moments.store.rows.due["a"].at == due.at + timedelta(hours=1)


async def test_a_thousand_in_the_same_second_are_all_kept_once_in_order_within_their_subject(moments):
    for n in range(1000):
        moments.promise(f"{n:04}", 5, subject=f"s{n % 50}")
    async with moments.running():
        await moments.ring(5)
        await settle(20_000)
    assert sorted(moments.keys) == [f"{n:04}" for n in range(1000)]
    for subject in range(50):
        of_one = [key for key in moments.keys if int(key) % 50 == subject]
        assert of_one == sorted(of_one)
    assert not moments.store.rows.due


async def test_leases_of_a_dead_process_are_taken_over(moments):
    moments.promise("a", 0)
    now = moments.clock.now()
    await moments.queue.claim("dead", now, now + timedelta(seconds=60), 10)
    async with moments.running():
        await moments.ring(59)
        assert moments.keys == []
        await moments.ring(2)
        assert moments.keys == ["a"]


async def test_a_stop_finishes_what_is_begun_and_gives_the_rest_back(moments):
    for n in range(5):
        moments.promise(f"{n}", 0, subject="one")
    async with moments.store._lock:  # the first job waits for the database
        task = asyncio.create_task(moments.keeper.run())
        await settle()
        task.cancel()
        await settle()
        assert not task.done()
    await asyncio.wait({task})
    assert moments.keys == ["0"]
    assert not moments.queue.leases
    assert moments.alarm.stopped
    async with moments.running(moments.new("two")):
        assert moments.keys == ["0", "1", "2", "3", "4"]


def test_two_features_cannot_share_a_kind(moments, store):
    feature = Feature("a", jobs={"x": moments.note})
    with pytest.raises(ValueError, match="two jobs named x"):
        Timekeeper(moments.queue, store, (feature, Feature("b", jobs={"x": moments.note})), moments.clock, "one")


class TestScheduledAlarm:
    """The one place where APScheduler works."""

    async def test_it_rings_once_at_the_moment_set_last(self):
        rung = asyncio.Event()
        alarm = ScheduledAlarm()
        alarm.start(rung.set)
        now = SystemClock().now()
        alarm.set(now + timedelta(hours=1))
        alarm.set(now + timedelta(milliseconds=20))
        async with asyncio.timeout(5):
            await rung.wait()
        alarm.stop()
        await settle()

    async def test_a_moment_that_is_past_rings_at_once(self):
        rung = asyncio.Event()
        alarm = ScheduledAlarm()
        alarm.start(rung.set)
        alarm.set(SystemClock().now() - timedelta(days=3))
        async with asyncio.timeout(5):
            await rung.wait()
        alarm.stop()
        await settle()

    async def test_housekeeping_goes_on_after_a_chore_failed(self):
        done = asyncio.Event()

        async def broken() -> None:
            raise ValueError

        async def chore() -> None:
            done.set()

        alarm = ScheduledAlarm((broken, chore), every=timedelta(milliseconds=20))
        alarm.start(lambda: None)
        async with asyncio.timeout(5):
            await done.wait()
        alarm.stop()
        await settle()
