"""Messages that are to stay pinned. That a pin failed never undoes the message: it is tried again with a later edition."""

from datetime import datetime, timedelta

import structlog
from telegram.error import TelegramError

from bot.core.clock import Clock
from bot.platforms.telegram.chats import Chats

log = structlog.get_logger()

_LOOK_AGAIN = timedelta(minutes=50)  # what is mended each hour finds it due
_MOST = 10_000


class Pins:
    def __init__(self, chats: Chats, clock: Clock) -> None:
        self._chats = chats
        self._clock = clock
        self._seen: dict[tuple[int, int], datetime] = {}

    async def sent(self, chat: int, message: int) -> None:
        """Pin a new message, without a sound."""
        await self._ensure(chat, message, is_new=True)

    async def edited(self, chat: int, message: int) -> None:
        """See to it now and then that an edited message is still pinned."""
        seen = self._seen.get((chat, message))
        if seen is None or self._clock.now() - seen >= _LOOK_AGAIN:
            await self._ensure(chat, message, is_new=False)

    async def _ensure(self, chat: int, message: int, *, is_new: bool) -> None:
        try:
            if is_new or await self._is_loose(chat, message):
                await self._chats.pin(chat, message)
        except TelegramError as error:
            log.info("telegram.not_pinned", platform="telegram", error=type(error).__name__)
            return
        if len(self._seen) >= _MOST:
            self._seen.clear()
        self._seen[chat, message] = self._clock.now()

    async def _is_loose(self, chat: int, message: int) -> bool:
        """Telegram tells the pinned message that was sent last. If that is a later one than ours, nobody knows of ours: then it is
        left, since each pin leaves a line in the room."""
        pinned = (await self._chats.facts(chat)).pinned
        return pinned is None or pinned < message
