"""Long polling. Asking for the updates after a batch confirms the batch, so that is done only when its effects are on disk."""

import asyncio
from datetime import datetime, timedelta

import structlog
from telegram.error import TelegramError

from bot.core.clock import Clock
from bot.core.errors import PlatformRefused
from bot.platforms.telegram import limits
from bot.platforms.telegram.intake import Intake
from bot.platforms.telegram.request import AiohttpRequest, Refused, Unanswered

log = structlog.get_logger()

FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0  # seconds, doubling between
_SLACK = 15.0  # seconds after the poll's own end in which an answer may still come
_CONFLICT_SAID_EVERY = timedelta(minutes=1)
_LAST_WORD_SECONDS = 2.0


class Waits:
    """How long to wait before the next try: growing with each failure, from the start again after a success."""

    def __init__(self) -> None:
        self._next = FIRST_WAIT

    def worked(self) -> None:
        self._next = FIRST_WAIT

    def after(self, error: TelegramError) -> float:
        """Return the seconds to wait. Raises PlatformRefused where trying again is useless: the token is wrong."""
        if isinstance(error, Refused):
            if error.code in (401, 404):
                log.error("telegram.token_refused", platform="telegram", why="token not valid: ask BotFather for it")
                raise PlatformRefused(platform="telegram", why="token")
            if error.retry_after:
                return float(error.retry_after)
        wait, self._next = self._next, min(self._next * 2, LONGEST_WAIT)
        return wait


class Poller:
    def __init__(self, request: AiohttpRequest, intake: Intake, clock: Clock) -> None:
        self._request = request
        self._intake = intake
        self._clock = clock
        self._offset: int | None = None
        self._batch: list[asyncio.Task[None]] = []
        self._confirmed = True
        self._conflict_said: datetime | None = None

    async def run(self) -> None:
        """Fetch and hand on, until cancelled. Raises PlatformRefused for a token that is not valid."""
        waits = Waits()
        while True:
            try:
                updates = await self._fetch()
            except TelegramError as error:
                seconds = waits.after(error)
                self._say(error, seconds)
                await self._clock.sleep(seconds)
                continue
            waits.worked()
            if updates:
                await self._hand_on(updates)

    async def confirm(self) -> None:
        """Tell Telegram what was done, so that a restart is not told again. Without it nothing is lost: receipts are kept."""
        if self._confirmed or not all(task.done() and not task.cancelled() for task in self._batch):
            return
        try:
            await self._request.call("getUpdates", self._asked(limit=1, timeout=0), read=_LAST_WORD_SECONDS)
        except TelegramError as error:
            log.info("telegram.not_confirmed", platform="telegram", error=type(error).__name__)

    async def _hand_on(self, updates: list[dict[str, object]]) -> None:
        self._batch = [self._intake.begin(update) for update in updates]
        self._offset = 1 + max(update["update_id"] for update in updates if isinstance(update["update_id"], int))
        self._confirmed = False
        await asyncio.wait(self._batch)

    async def _fetch(self) -> list[dict[str, object]]:
        asked = self._asked(limit=100, timeout=limits.LONG_POLL_SECONDS)
        result = await self._request.call("getUpdates", asked, read=limits.LONG_POLL_SECONDS + _SLACK)
        self._confirmed = True
        if not isinstance(result, list) or not all(
            isinstance(one, dict) and isinstance(one.get("update_id"), int) for one in result
        ):
            raise Unanswered("no_updates", maybe_done=False)
        return result

    def _asked(self, *, limit: int, timeout: int) -> dict[str, object]:
        asked: dict[str, object] = {"limit": limit, "timeout": timeout, "allowed_updates": limits.ALLOWED_UPDATES}
        if self._offset is not None:
            asked["offset"] = self._offset
        return asked

    def _say(self, error: TelegramError, seconds: float) -> None:
        if not (isinstance(error, Refused) and error.code == 409):
            log.warning("telegram.poll_failed", platform="telegram", error=type(error).__name__, seconds=seconds)
            return
        now = self._clock.now()
        if self._conflict_said is None or now - self._conflict_said >= _CONFLICT_SAID_EVERY:
            self._conflict_said = now
            log.error("telegram.conflict", platform="telegram", why="another copy fetches this bot's updates: stop one of them")
