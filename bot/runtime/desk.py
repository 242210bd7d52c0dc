"""One platform's waiting messages: claimed, sent in each chat's order and several chats at once, then marked.

A row whose lease runs out without an end may have been sent; the next claim sees that.
"""

import asyncio
from collections import deque
from datetime import datetime, timedelta

import structlog

from bot.core.clock import Clock
from bot.core.errors import StorageUnavailable
from bot.core.platform import Painter, Platform
from bot.core.posts import Claimed, OutboxQueue
from bot.runtime.handing import PATIENCE, Handing
from bot.runtime.limits import Limiter
from bot.runtime.logs import failure
from bot.runtime.metrics import Metrics

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
HOLD = 32  # rows claimed at one time
AT_ONCE = 16  # of them under way to the platform
LOOK_AGAIN = timedelta(seconds=60)  # rows of another process, leases of a dead one
STORAGE_AWAY = timedelta(seconds=5)
SLOT_TAKEN = timedelta(seconds=1)  # something is due and cannot be claimed: it waits for another of its slot
GOODBYE = 4.0  # seconds; the adapters beside stay connected for 5


class Desk:
    def __init__(
        self,
        platform: Platform,
        queue: OutboxQueue,
        painter: Painter,
        clock: Clock,
        owner: str,
        limiter: Limiter,
        metrics: Metrics,
    ) -> None:
        self._platform = platform
        self._queue = queue
        self._painter = painter
        self._clock = clock
        self._owner = owner
        self.limiter = limiter
        self._metrics = metrics
        self._hand = Handing(platform, queue, clock, owner, limiter, metrics, self.wake)
        self._chats: dict[str, deque[tuple[Claimed, datetime]]] = {}
        self._serving: set[asyncio.Task[None]] = set()
        self._sending: dict[asyncio.Task[None] | None, str] = {}  # the row that each is sending
        self._seats = asyncio.Semaphore(AT_ONCE)
        self._held = 0
        self._more = False
        self._stirred = asyncio.Event()
        self._late: set[str] = set()

    def wake(self) -> None:
        self._stirred.set()

    @property
    def unsure(self) -> set[str]:
        """After the end: which rows may have been sent and are not marked."""
        return self._late | self._hand.unsure

    async def run(self) -> None:
        """Go on until cancelled; then what is being sent comes to its end, and nothing new begins."""
        try:
            while True:
                self._stirred.clear()
                await self._rest(await self._collect())
        finally:
            await self._stop()

    async def _collect(self) -> timedelta:
        """Claim what is due and there is room for; return how long to rest unless stirred."""
        name, now = self._platform.name, self._clock.now()
        room = HOLD - self._held
        if room <= 0:
            return LOOK_AGAIN
        try:
            rows = await self._queue.claim(self._owner, name, now, now + LEASE, room)
            self._more = len(rows) >= room
            for row in rows:
                self._seat(row, now + LEASE)
            if self._more:
                return LOOK_AGAIN  # a finished row stirs
            following = await self._queue.next_at(name)
        except StorageUnavailable:
            log.warning("posts.wait", platform=name, why="storage")
            return STORAGE_AWAY
        except Exception as error:
            failure("posts.failed", error, platform=name)
            return STORAGE_AWAY
        if following is None:
            return LOOK_AGAIN
        return min(max(following - self._clock.now(), SLOT_TAKEN if following <= now else timedelta()), LOOK_AGAIN)

    def _seat(self, row: Claimed, until: datetime) -> None:
        chat = chat_of(row)
        self._held += 1
        self._metrics.holding(self._platform.name, self._held)
        if chat in self._chats:
            self._chats[chat].append((row, until))
            return
        self._chats[chat] = deque(((row, until),))
        task = asyncio.get_running_loop().create_task(self._serve(chat), name=f"posts to one {self._platform.name} chat")
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, chat: str) -> None:
        """Send a chat's rows in their order. Where one has to wait in the table, all behind it do."""
        rows = self._chats[chat]
        shut: datetime | None = None
        try:
            while rows and not self._hand.stopping:
                row, until = rows.popleft()
                try:
                    if shut is not None:
                        await self._hand.put_back(row, until, shut)
                    else:
                        shut = await self._handle(chat, row, until)
                except StorageUnavailable:
                    log.warning("post.unmarked", platform=self._platform.name, why="storage")
                except Exception as error:
                    failure("post.failed", error, platform=self._platform.name)
                finally:
                    self._freed(row)
        finally:
            for row, _ in rows:
                self._freed(row)
            del self._chats[chat]

    def _freed(self, row: Claimed) -> None:
        self._held -= 1
        self._metrics.holding(self._platform.name, self._held)
        if row.post.place or (self._more and self._held <= HOLD // 2):
            self._stirred.set()

    async def _handle(self, chat: str, row: Claimed, until: datetime) -> datetime | None:
        """Bring one row to its end for this claim. Return until when its chat has to wait, if it has to.

        A long wait is waited in the table: a lease that runs out in the hand reads as a send that nobody marked.
        """
        if self._clock.now() >= until or await self._hand.given_up(row):
            return None
        group = row.room is not None and row.post.deed is None  # a platform's limit for groups is one of messages
        picture = None
        now = self._clock.now()
        opens = self.limiter.chat_opens(chat, group, now)
        if opens - now <= PATIENCE:
            picture = await self._painter.paint(row.post.reply) if row.post.reply.picture is not None else None
            await self._hand.sleep_until(opens)
            now = self._clock.now()
            opens = self.limiter.book(chat, group, now, PATIENCE)
        if opens - now > PATIENCE:
            await self._hand.put_back(row, until, opens)
            return opens
        await self._hand.sleep_until(opens)
        async with self._seats:
            task = asyncio.current_task()
            self._sending[task] = row.id
            try:
                return await self._hand.send(chat, row, until, picture)
            finally:
                del self._sending[task]

    async def _rest(self, length: timedelta) -> None:
        """Sleep, unless stirred."""
        if self._stirred.is_set() or length <= timedelta():
            return
        loop = asyncio.get_running_loop()
        both = {loop.create_task(self._stirred.wait()), loop.create_task(self._clock.sleep(length.total_seconds()))}
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)

    async def _stop(self) -> None:
        self._hand.stopping = True
        waiting = [task for task in self._serving if task not in self._sending]
        for task in waiting:
            task.cancel()
        sending = self._serving - set(waiting)
        if sending:
            _, late = await asyncio.wait(sending, timeout=GOODBYE)
            self._late = {self._sending[task] for task in late if task in self._sending}
            for task in late:
                task.cancel()
        await asyncio.gather(*waiting, *sending, return_exceptions=True)


def chat_of(row: Claimed) -> str:
    """Return the name under which a chat's order and limits are kept."""
    if row.room is not None and row.post.deed is not None:
        return f"deed {row.room.chat} {row.post.place or row.id}"
    if row.room is not None:
        return f"room {row.room.chat}"
    return f"person {row.account.user}" if row.account is not None else "nowhere"
