"""One row on its way to the platform: sent, and then marked, put back or dropped, as the rules of `sending` say."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
import structlog

from bot.core.clock import Clock
from bot.core.errors import BotError, PlatformDown, StorageUnavailable
from bot.core.ids import MessageRef
from bot.core.platform import Delivery, Platform
from bot.core.posts import Claimed, OutboxQueue
from bot.runtime.limits import Limiter
from bot.runtime.logs import failure
from bot.runtime.metrics import Metrics
from bot.runtime.sending import Decision, Drop, Move, Send, Wait, after, backoff, before, may_repeat

log = structlog.get_logger()

SEND_LIMIT = timedelta(seconds=25)  # one call to the platform
PATIENCE = timedelta(seconds=5)  # a longer wait is waited in the table, so that other chats come first
STEPS = 4  # of one row in one claim: a moved room, a message gone, a short wait


class Handing:
    """`stir` is called when a row went back into the table: whoever sleeps did not count with it."""

    def __init__(
        self,
        platform: Platform,
        queue: OutboxQueue,
        clock: Clock,
        owner: str,
        limiter: Limiter,
        metrics: Metrics,
        stir: Callable[[], None],
    ) -> None:
        self._platform = platform
        self._queue = queue
        self._clock = clock
        self._owner = owner
        self._limiter = limiter
        self._metrics = metrics
        self._stir = stir
        self.stopping = False
        self.unsure: set[str] = set()  # rows that were sent and could not be marked

    async def given_up(self, row: Claimed) -> bool:
        """Drop a row that is not to be sent any more, before it takes a place among those that are."""
        decision = before(row, self._clock.now(), self._platform.capabilities.same_key_once)
        if isinstance(decision, Drop):
            await self._queue.drop(row, decision.why)
            self._ended(row, decision.why)
        return isinstance(decision, Drop)

    async def send(self, chat: str, row: Claimed, until: datetime, picture: bytes | None) -> datetime | None:
        if not await self._still_holds(row):
            return None
        same_key_once = self._platform.capabilities.same_key_once
        for _ in range(STEPS):
            now = self._clock.now()
            if now + SEND_LIMIT > until:  # the lease would run out under the send
                await self.put_back(row, until, now)
                return None
            decision: Decision = before(row, now, same_key_once)
            if isinstance(decision, Send):
                if not may_repeat(row, same_key_once):
                    await self._queue.begin(row)
                error = await self._deliver(row, until, picture)
                if error is None:
                    return None
                now = self._clock.now()
                decision = after(row, error if isinstance(error, BotError) else None, now, same_key_once)
            match decision:
                case Drop(why):
                    await self._queue.drop(row, why)
                    self._ended(row, why)
                    return None
                case Wait(moment, told):
                    if told:
                        self._metrics.told_to_wait(self._platform.name)
                        self._limiter.told_to_wait(chat, moment, now)
                    if not told or moment - now > PATIENCE:
                        return await self._later(chat, row, until, moment)
                    await self.sleep_until(moment)
                case Move(address):
                    assert row.room is not None
                    await self._queue.move_room(row.room.id, address)
                    row = msgspec.structs.replace(row, room=msgspec.structs.replace(row.room, chat=address))
                case _:
                    await self._queue.forget_message(row)
                    row = msgspec.structs.replace(row, edit=None)
        return await self._later(chat, row, until, self._clock.now() + backoff(row.tries))

    async def _deliver(self, row: Claimed, until: datetime, picture: bytes | None) -> Exception | None:
        """Send once, and mark. Return what the platform said against it."""
        delivery = Delivery(
            key=row.post.key,
            reply=row.post.reply,
            language=row.language,
            account=row.account,
            room=row.room,
            edit=row.edit,
            picture=picture,
            deed=row.post.deed,
            about=row.about,
            within=row.within,
        )
        try:
            async with asyncio.timeout(SEND_LIMIT.total_seconds()):
                ref = await self._platform.deliver(delivery)
        except TimeoutError:
            return PlatformDown(maybe_done=True, platform=self._platform.name)
        except BotError as error:
            return error
        except Exception as error:
            failure("post.broken", error, platform=self._platform.name)
            return error
        await self._mark(row, ref, until)
        self._ended(row, "edited" if row.edit is not None else "sent")
        return None

    async def _mark(self, row: Claimed, ref: MessageRef, until: datetime) -> None:
        """Note that a row was sent; while the database is away, again and again until the lease ends."""
        wait = timedelta(seconds=1)
        while True:
            at = self._clock.now()
            try:
                await self._queue.mark_sent(row, ref, at)
                return
            except StorageUnavailable:
                if at + wait >= until or self.stopping:
                    self.unsure.add(row.id)
                    raise
            await self.sleep_until(at + wait)
            wait *= 2

    async def _still_holds(self, row: Claimed) -> bool:
        """Whether it is still to be sent: while it waited its screen may have changed, its person may have been erased."""
        try:
            return await self._queue.holds(self._owner, row)
        except StorageUnavailable:
            return True

    async def _later(self, chat: str, row: Claimed, until: datetime, moment: datetime) -> datetime:
        await self.put_back(row, until, moment, tried=True)
        self._limiter.shut(chat, moment, self._clock.now())
        self._ended(row, "later")
        return moment

    async def put_back(self, row: Claimed, until: datetime, moment: datetime, *, tried: bool = False) -> None:
        if self._clock.now() < until:  # after its lease another may hold it
            await self._queue.put_back(row, moment, tried=tried)
            self._stir()

    def _ended(self, row: Claimed, outcome: str) -> None:
        self._metrics.sending(self._platform.name, outcome)
        lane = row.post.lane.name.lower()
        log.info("post.ended", platform=self._platform.name, lane=lane, outcome=outcome, tries=row.tries)

    async def sleep_until(self, moment: datetime) -> None:
        seconds = (moment - self._clock.now()).total_seconds()
        if seconds > 0:
            await self._clock.sleep(seconds)
