"""Who leads a group: Telegram is asked, and the answer holds for a minute."""

from datetime import datetime, timedelta

import structlog
from telegram import Bot, ChatMember
from telegram.error import TelegramError

from bot.core.calls import Role
from bot.core.clock import Clock

log = structlog.get_logger()

_FRESH = timedelta(seconds=60)
_STALE = timedelta(minutes=10)  # used only while Telegram does not answer
_MOST = 10_000
_SECONDS = 5.0
_ROLES = {
    ChatMember.OWNER: frozenset({Role.OWNER, Role.FACILITATOR}),
    ChatMember.ADMINISTRATOR: frozenset({Role.FACILITATOR}),
}


class Roles:
    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[datetime, frozenset[Role]]] = {}

    def forget(self, chat: str, user: str) -> None:
        """Ask anew: Telegram told of a change."""
        self._known.pop((chat, user), None)

    async def of(self, chat: str, user: str) -> frozenset[Role] | None:
        """Return the person's roles in a group; None when Telegram cannot say."""
        now = self._clock.now()
        at, roles = self._known.get((chat, user), (None, frozenset[Role]()))
        if at is not None and now - at < _FRESH:
            return roles
        try:
            member = await self._bot.get_chat_member(int(chat), int(user), read_timeout=_SECONDS)
        except TelegramError as error:
            log.warning("telegram.roles_unknown", platform="telegram", error=type(error).__name__)
            return roles if at is not None and now - at < _STALE else None
        roles = _ROLES.get(member.status, frozenset())
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[chat, user] = (now, roles)
        return roles
