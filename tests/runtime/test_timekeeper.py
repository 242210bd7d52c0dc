"""Promised moments are kept: once, in order, also late, also when a job fails."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from bot.core.clock import SystemClock
from bot.core.errors import StorageUnavailable
from bot.core.features import Feature
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.runtime.alarm import ScheduledAlarm
from bot.runtime.timekeeper import LOOK_AGAIN, Timekeeper
from tests.runtime.fakes import HeldAlarm, MemoryDueQueue, MemoryStore, MemoryUnit, settle


class Moments:
    """A timekeeper over the store in memory, and one feature that writes down what came."""

    def __init__(self, store: MemoryStore, clock) -> None:
        self.store = store
        self.clock = clock
        self.queue = MemoryDueQueue(store)
        self.alarm = HeldAlarm()
        self.came: list[tuple[str, datetime, datetime]] = []
        self.fails: dict[str, int] = {}
        self.keeper = self.new("one")

    def new(self, owner: str) -> Timekeeper:
        feature = Feature("test", jobs={"note": self.note, "weekly": self.weekly})
        return Timekeeper(self.queue, self.store, (feature,), self.clock, owner, alarm=self.alarm)

    def promise(self, key: str, seconds: float, kind: str = "note", subject: str = "") -> Due:
        due = Due(key, kind, self.clock.now() + timedelta(seconds=seconds), subject)
        self.store.rows.due[key] = due
        return due

    async def note(self, due: Due, now: datetime, unit: Unit) -> None:
        assert isinstance(unit, MemoryUnit)
        unit.rows.words = [*unit.rows.words, due.key]
        if self.fails.get(due.key, 0) > 0:
            self.fails[due.key] -= 1
            raise ValueError("someone's words")
        self.came.append((due.key, due.at, now))
        await asyncio.sleep(0)

    async def weekly(self, due: Due, now: datetime, unit: Unit) -> None:
        await self.note(due, now, unit)
        await unit.due.add(Due(due.key, due.kind, due.at + timedelta(days=7), due.subject))

    async def ring(self, seconds: float = 0) -> None:
        """Let time pass and the alarm ring when it is set for then."""
        until = self.clock.now() + timedelta(seconds=seconds)
        await self.clock.go()
        while self.alarm.settings and self.alarm.settings[-1] <= until:
            await self.clock.go(max((self.alarm.settings[-1] - self.clock.now()).total_seconds(), 0))
            before = len(self.alarm.settings)
            self.alarm.ring()
            await settle(400)
            if len(self.alarm.settings) == before:
                break
        await self.clock.go((until - self.clock.now()).total_seconds())

    @asynccontextmanager
    async def running(self, keeper: Timekeeper | None = None) -> AsyncIterator[None]:
        task = asyncio.create_task((keeper or self.keeper).run())
        try:
            await settle(400)
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})

    @property
    def keys(self) -> list[str]:
        return [key for key, *_ in self.came]


@pytest.fixture
def moments(store, stepped) -> Moments:
    return Moments(store, stepped)


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


class TestFailing:
    async def test_a_failed_job_leaves_nothing_and_comes_again_with_its_own_moment(self, moments):
        due = moments.promise("a", 0)
        moments.fails["a"] = 2
        async with moments.running():
            assert moments.store.rows.words == []
            await moments.ring(1)
            assert moments.came == []
            await moments.ring(4)
            assert [(key, at) for key, at, _ in moments.came] == [("a", due.at)]
        assert not moments.store.rows.due

    async def test_after_five_tries_it_is_given_up_and_counted_and_others_went_on(self, moments, capsys):
        moments.promise("bad", 0, subject="one")
        moments.promise("good", 1, subject="one")
        moments.fails["bad"] = 99
        async with moments.running():
            await moments.ring(3)
            assert moments.keys == ["good"]
            await moments.ring(600)
        assert moments.fails["bad"] == 99 - 5
        assert moments.keeper.given_up == 1
        assert not moments.store.rows.due
        printed = "".join(capsys.readouterr())
        assert "ValueError" in printed
        assert "someone" not in printed

    async def test_an_unknown_kind_is_dropped_with_a_line(self, moments, capsys):
        moments.promise("old", 0, "gone.feature")
        async with moments.running():
            assert not moments.store.rows.due
        assert "unknown" in capsys.readouterr().out

    async def test_a_storage_that_is_away_is_no_failure_of_the_job(self, moments):
        moments.promise("a", 0)
        moments.store.away = True
        async with moments.running():
            await moments.ring(30)
            moments.store.away = False
            await moments.ring(10)
            assert moments.keys == ["a"]
        assert moments.keeper.given_up == 0

    async def test_a_storage_lost_between_claim_and_job_waits_too(self, moments):
        moments.promise("a", 0)
        transact, count = moments.store.transact, 3

        async def lost(work):
            nonlocal count
            count -= 1
            if count >= 0:
                raise StorageUnavailable
            return await transact(work)

        moments.store.transact = lost
        async with moments.running():
            await moments.ring(30)
        assert moments.keys == ["a"]


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
