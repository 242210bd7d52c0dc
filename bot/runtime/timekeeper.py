"""Keeps promised moments: one wake-up for the earliest row, a lease, then the job in one transaction with striking its row off.

A row is gone only together with what its job wrote. Rows of one subject are done in their order, those of others beside them.
"""

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.core.clock import Clock
from bot.core.errors import StorageUnavailable
from bot.core.features import Feature, Job
from bot.core.lanes import Lanes
from bot.core.moments import Due, DueQueue
from bot.core.ports import Store, Unit
from bot.runtime.alarm import Alarm, ScheduledAlarm
from bot.runtime.logs import failure
from bot.runtime.metrics import Metrics

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
BATCH = 64
AT_ONCE = 16
LOOK_AGAIN = timedelta(seconds=60)
"""The longest sleep: rows of another process, leases of a dead one, a clock that was set, a machine that slept."""
TRY_AGAIN = (timedelta(seconds=1), timedelta(seconds=4), timedelta(seconds=16), LEASE)
"""Waits after the first, second, ... failure. The last is longer than the lease's rest: the row is then claimed anew."""
MOST_TRIES = len(TRY_AGAIN) + 1
STORAGE_AWAY = timedelta(seconds=5)
BREATH = timedelta(milliseconds=5)  # so that a queue which shows rows it does not give cannot make the loop spin
GOODBYE = 4.0  # seconds; the adapters before have had 5 of the 10


class Timekeeper:
    """`owner` names this process among those that share the database. `given_up` counts moments whose job failed for good."""

    def __init__(
        self,
        queue: DueQueue,
        store: Store,
        features: Sequence[Feature],
        clock: Clock,
        owner: str,
        *,
        alarm: Alarm | None = None,
        housekeeping: Sequence[Callable[[], Awaitable[None]]] = (),
        metrics: Metrics | None = None,
    ) -> None:
        self._queue = queue
        self._store = store
        self._jobs = jobs_of(features)
        self._clock = clock
        self._owner = owner
        self._alarm = alarm or ScheduledAlarm(housekeeping)
        self._metrics = metrics or Metrics()
        self._lanes = Lanes()
        self._rung = asyncio.Event()
        self._armed: datetime | None = None  # for when the alarm is set, while nothing is being done
        self._heard: datetime | None = None  # the earliest row promised since the last look
        self._stopping = False
        self._tries: dict[str, int] = {}
        self._again: list[tuple[datetime, str, Due, datetime]] = []  # when, key, what, until when it is leased
        self.given_up = 0

    def wake(self, at: datetime) -> None:
        """A row was promised for `at`; if nothing earlier is waited for, wait for it."""
        self._heard = at if self._heard is None else min(at, self._heard)
        if self._armed is not None and at < self._armed:
            self._arm(at)

    async def run(self) -> None:
        """Go on until cancelled; then what is being done is finished, and what is only claimed is given back."""
        self._alarm.start(self._rung.set)
        try:
            while True:
                self._rung.clear()
                self._armed = self._heard = None
                if await self._whole(self._look()):
                    continue
                await self._rung.wait()
        finally:
            self._alarm.stop()
            await self._give_back()

    async def _look(self) -> bool:
        """Do what is due; if nothing was, wait for the next. Return whether there was anything."""
        try:
            if await self.work_off():
                return True
            following = await self._next()
        except StorageUnavailable:
            log.warning("due.waits", why="storage")
            following = self._clock.now() + STORAGE_AWAY
        self._arm(min((at for at in (following, self._heard) if at is not None), default=None))
        return False

    async def _whole(self, work: Coroutine[None, None, bool]) -> bool:
        """Wait for work; when cancelled, first let what is begun come to its end, for `GOODBYE` at most."""
        task = asyncio.get_running_loop().create_task(work, name="due rows")
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            self._stopping = True
            await asyncio.wait({task}, timeout=GOODBYE)
            task.cancel()
            raise

    async def work_off(self) -> bool:
        """Do a batch of what is due; return whether there was any."""
        now = self._clock.now()
        batch = [(due, until) for due, until in self._ready_again(now) if until > now]
        until = now + LEASE
        batch += [(due, until) for due in await self._queue.claim(self._owner, now, until, BATCH)]
        seats = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for due, lease in batch:
                group.create_task(self._in_turn(due, lease, seats), name=f"due {due.kind}")
        return bool(batch)

    async def _in_turn(self, due: Due, until: datetime, seats: asyncio.Semaphore) -> None:
        async def work() -> None:
            async with seats:
                if self._clock.now() < until and not self._stopping:  # after its lease another may hold it
                    await self._keep(due, until)

        await self._lanes.run(due.subject or due.key, work)

    async def _keep(self, due: Due, until: datetime) -> None:
        now = self._clock.now()
        job = self._jobs.get(due.kind)

        async def strike_off_and_do(unit: Unit) -> bool:
            if not await unit.due.take(due):
                return False
            if job is not None:
                await job(due, now, unit)
            return True

        try:
            kept = await self._store.transact(strike_off_and_do)
        except StorageUnavailable:
            log.warning("due.waits", kind=due.kind, why="storage")
            self._try_again(due, now + STORAGE_AWAY, until)
            return
        except Exception as error:
            await self._failed(due, error, until)
            return
        self._tries.pop(due.key, None)
        late = (now - due.at).total_seconds()
        if job is None:
            log.warning("due.dropped", kind=due.kind, why="unknown")
            self._metrics.moment("unknown", late)
        elif kept:
            log.info("due.done", kind=due.kind, seconds=late)
            self._metrics.moment("done", late)
        else:
            self._metrics.moment("moved", late)

    async def _failed(self, due: Due, error: Exception, until: datetime) -> None:
        """Nothing of the job is on disk. Try again after a growing wait, with the moment it was promised for; then give up."""
        tries = self._tries[due.key] = self._tries.get(due.key, 0) + 1
        failure("due.failed", error, kind=due.kind, tries=tries)
        if tries < MOST_TRIES:
            self._metrics.moment("again")
            self._try_again(due, self._clock.now() + TRY_AGAIN[tries - 1], until)
            return
        try:
            await self._store.transact(lambda unit: unit.due.take(due))
        except StorageUnavailable:
            return  # the lease runs out, and it is tried once more
        self._tries.pop(due.key, None)
        self.given_up += 1
        log.error("due.dropped", kind=due.kind, why="failed", tries=tries)
        self._metrics.moment("given_up")

    def _try_again(self, due: Due, at: datetime, until: datetime) -> None:
        heapq.heappush(self._again, (at, due.key, due, until))

    def _ready_again(self, now: datetime) -> list[tuple[Due, datetime]]:
        ready = []
        while self._again and self._again[0][0] <= now:
            _, _, due, until = heapq.heappop(self._again)
            ready.append((due, until))
        return ready

    async def _next(self) -> datetime | None:
        following = await self._queue.next_at()
        if self._again:
            first = self._again[0][0]
            return first if following is None else min(first, following)
        return following

    def _arm(self, at: datetime | None) -> None:
        """Set the alarm, never further away than `LOOK_AGAIN`; for what is due already it rings at the next breath."""
        now = self._clock.now()
        latest = now + LOOK_AGAIN
        self._armed = latest if at is None else max(min(at, latest), now + BREATH)
        self._alarm.set(self._armed)

    async def _give_back(self) -> None:
        try:
            await self._queue.release(self._owner)
        except StorageUnavailable:
            log.warning("due.kept", why="storage")  # the leases run out by themselves


def jobs_of(features: Sequence[Feature]) -> Mapping[str, Job]:
    """Return every feature's jobs by kind. Raises ValueError where two features claim one kind."""
    jobs: dict[str, Job] = {}
    for feature in features:
        for kind, job in feature.jobs.items():
            if kind in jobs:
                raise ValueError(f"two jobs named {kind}")
            jobs[kind] = job
    return jobs
