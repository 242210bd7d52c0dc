"""From an update to its answer: acts of one person in order, other persons beside them.

Two lanes a person: one to decide and write (`take`), one to answer. So a slow answer holds back neither the next act's effect
nor the confirmation of the batch, and answers still leave in the order of the acts.
"""

import asyncio
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path

import structlog
from msgspec import structs
from telegram import Bot, Update

from bot.core.clock import Clock
from bot.core.errors import PlatformDown, PlatformError
from bot.core.lanes import Lanes
from bot.core.platform import Answer, Receiver
from bot.platforms.telegram.answering import Answers
from bot.platforms.telegram.decode import Act, Reader, moved
from bot.platforms.telegram.ears import hear
from bot.platforms.telegram.files import Files
from bot.platforms.telegram.roles import Roles

log = structlog.get_logger()

Moved = Callable[[str, str], Awaitable[None]]
_WAITING_ANSWERS = 8  # times the concurrency: more are not begun before some have left
_ALBUMS = 256


class Intake:
    """`take` handles one raw update and returns when its effects are on disk; its answer goes on behind that."""

    def __init__(
        self,
        bot: Bot,
        reader: Reader,
        roles: Roles,
        files: Files,
        answers: Answers,
        receiver: Receiver,
        clock: Clock,
        concurrency: int,
        moved: Moved | None,
    ) -> None:
        self._bot = bot
        self._reader = reader
        self._roles = roles
        self._files = files
        self._answers = answers
        self._receiver = receiver
        self._clock = clock
        self._moved = moved
        self._lanes = Lanes()
        self._slots = asyncio.Semaphore(concurrency)
        self._sends = asyncio.Semaphore(concurrency)
        self._room = asyncio.Semaphore(concurrency * _WAITING_ANSWERS)
        self._tasks: set[asyncio.Task[None]] = set()
        self._albums: deque[str] = deque(maxlen=_ALBUMS)

    def begin(self, raw: Mapping[str, object]) -> asyncio.Task[None]:
        """Start on an update. Acts of one person keep the order in which this is called."""
        return self._start(self._take(raw))

    async def drain(self, seconds: float) -> None:
        """Let what was begun come to its end, answers too, for so long; then end it."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while self._tasks and loop.time() < until:
            await asyncio.wait(self._tasks, timeout=until - loop.time(), return_when=asyncio.FIRST_COMPLETED)
        left = list(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        if left:
            log.warning("telegram.answers_cut_off", platform="telegram", count=len(left))

    def _start(self, work: Awaitable[None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _take(self, raw: Mapping[str, object]) -> None:
        try:
            update = Update.de_json(dict(raw), self._bot)
            act = self._reader.read(update, self._clock.now())
        except Exception as error:
            # An update that cannot be read now never can be: held back, it would block all later ones.
            _unforeseen("telegram.update_unreadable", error)
            return
        if act is None:
            await self._no_act(update)
        elif not self._seen_album(update):
            await self._lanes.run(act.incoming.account, lambda: self._decide(act))

    async def _no_act(self, update: Update) -> None:
        if update.my_chat_member is not None:
            member = update.my_chat_member.new_chat_member
            log.info("telegram.membership", platform="telegram", outcome=member.status)
        await self._hear(update)
        ids = moved(update)
        if ids is None:
            return
        log.info("telegram.room_moved", platform="telegram")
        if self._moved is not None:
            try:
                await self._moved(*ids)
            except Exception as error:
                _unforeseen("telegram.room_not_moved", error)

    async def _hear(self, update: Update) -> None:
        """Tell the house what happened, after what the same person did before."""
        try:
            happenings = list(hear(update, self._clock.now()))
        except Exception as error:
            _unforeseen("telegram.happening_unreadable", error)
            return
        if update.chat_member is not None:
            self._roles.forget(str(update.chat_member.chat.id), str(update.chat_member.new_chat_member.user.id))
        for happening in happenings:
            lane = happening.account or ("room", happening.place.chat)
            await self._lanes.run(lane, partial(self._receiver.heard, happening))

    def _seen_album(self, update: Update) -> bool:
        """Several pictures sent together are one act."""
        album = update.message.media_group_id if update.message is not None else None
        if album is None:
            return False
        if album in self._albums:
            return True
        self._albums.append(album)
        return False

    async def _decide(self, act: Act) -> None:
        incoming = act.incoming
        async with self._slots:
            if not incoming.place.private and not act.anonymous:
                roles = await self._roles.of(incoming.place.chat, incoming.account.user)
                # While Telegram cannot say, nobody is more than a participant.
                incoming = structs.replace(incoming, roles=roles or frozenset(), roles_known=roles is not None)
            if act.attached is not None:
                incoming = structs.replace(incoming, arguments=await self._files.arguments(act.attached))
            try:
                answer = await self._receiver.take(incoming)
            except Exception as error:
                _unforeseen("telegram.take_failed", error)
                return
        await self._room.acquire()
        self._start(self._answer(act, answer))

    async def _answer(self, act: Act, answer: Answer) -> None:
        try:
            await self._lanes.run(("answer", act.incoming.account), lambda: self._give(act, answer))
        finally:
            self._room.release()

    async def _give(self, act: Act, answer: Answer) -> None:
        try:
            async with self._sends:
                ref = await self._answers.give(act, answer)
        except PlatformError as error:
            log.warning("telegram.answer_failed", platform="telegram", error=type(error).__name__)
            await self._receiver.not_sent(answer, error)
        except Exception as error:
            _unforeseen("telegram.answer_failed", error)
            await self._receiver.not_sent(answer, PlatformDown(maybe_done=True, platform="telegram", why="unforeseen"))
        else:
            await self._receiver.sent(answer, ref)


def _unforeseen(event: str, error: Exception) -> None:
    """Log by type and place: a traceback may hold a member's words."""
    steps = traceback.extract_tb(error.__traceback__)
    place = f"{Path(steps[-1].filename).name}:{steps[-1].lineno}" if steps else ""
    log.error(event, platform="telegram", error=type(error).__name__, place=place)
