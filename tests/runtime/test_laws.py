"""Laws of time and sending, whatever the platform and the database say."""

import asyncio
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors import DoorClosed, PlatformBusy, PlatformDown, PlatformRefused
from bot.core.features import Feature
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.runtime.courier import Courier
from bot.runtime.timekeeper import Timekeeper
from tests.runtime.fakes import FakePlatform, HeldAlarm, NoPainter, SteppedClock, row, settle
from tests.runtime.memory import MemoryStore
from tests.runtime.queues import MemoryDueQueue, MemoryOutboxQueue

START = datetime(2026, 12, 1, 18, tzinfo=UTC)

SAYINGS = st.sampled_from(
    [
        None,
        None,
        None,
        PlatformBusy(timedelta(seconds=2)),
        PlatformBusy(timedelta(seconds=40)),
        PlatformDown(maybe_done=False),
        PlatformDown(maybe_done=True),
        PlatformRefused(),
        DoorClosed(),
        ValueError(),
    ]
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=12),
    st.lists(SAYINGS, max_size=20),
    st.floats(0, 0.4),
)
async def test_each_message_ends_once_a_chats_order_holds_and_no_doubtful_one_is_repeated(rows, sayings, seconds):
    clock = SteppedClock(START)
    queue, platform = MemoryOutboxQueue(), FakePlatform(clock, says=sayings)
    platform.seconds = seconds
    for n, (chat, twice) in enumerate(rows):
        queue.put(row(f"{n:02}", user=f"u{chat}", twice=twice))
    task = asyncio.create_task(Courier(queue, {"telegram": platform}, NoPainter(), clock, "one").run())
    for _ in range(30):
        await clock.go(120)
    task.cancel()
    await clock.go(1)
    await asyncio.wait({task})
    assert sorted(id_ for id_, _ in queue.ends) == [f"{n:02}" for n in range(len(rows))]
    for chat in range(3):
        ended = [id_ for id_, _ in queue.ends if rows[int(id_)][0] == chat]
        assert ended == sorted(ended)
    for n, (_, twice) in enumerate(rows):
        heard = [said for key, said in platform.said if key == f"{n:02}"]
        doubtful = [said for said in heard if isinstance(said, PlatformDown) and said.maybe_done]
        assert twice or len(doubtful) <= 1
        assert twice or not doubtful or heard[-1] is doubtful[0]


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(st.integers(0, 30), st.tuples(st.integers(-100, 100), st.integers(0, 3)), max_size=20),
    st.lists(st.integers(0, 30), max_size=20),
)
async def test_each_moment_is_kept_once_never_early_and_leaves_nothing_of_its_failures(promises, failures):
    clock, store, alarm = SteppedClock(START), MemoryStore(), HeldAlarm()
    failing = [str(n) for n in failures]
    kept: list[tuple[str, datetime, datetime]] = []

    async def job(due: Due, now: datetime, unit: Unit) -> None:
        store.rows.words = [*store.rows.words, due.key]
        if due.key in failing and failing.count(due.key) < 5:
            failing.remove(due.key)
            raise ValueError
        kept.append((due.key, due.at, now))

    for n, (seconds, subject) in promises.items():
        store.rows.due[str(n)] = Due(str(n), "job", START + timedelta(seconds=seconds), f"s{subject}")
    keeper = Timekeeper(MemoryDueQueue(store), store, (Feature("test", jobs={"job": job}),), clock, "one", alarm=alarm)
    task = asyncio.create_task(keeper.run())
    await settle()
    while clock.now() < START + timedelta(minutes=10):
        await clock.go((alarm.settings[-1] - clock.now()).total_seconds())
        alarm.ring()
        await settle()
    task.cancel()
    await asyncio.wait({task})
    assert sorted(key for key, *_ in kept) == sorted(str(n) for n in promises)
    assert sorted(store.rows.words) == sorted(key for key, *_ in kept)
    assert all(now >= at == START + timedelta(seconds=promises[int(key)][0]) for key, at, now in kept)
    assert not store.rows.due
