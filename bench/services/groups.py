"""What a group sees: its limit of messages a minute, what its card says, and persons who press under it."""

import asyncio
import contextlib
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from typing import Any

IN_A_MINUTE = 20  # messages and edits that Telegram takes for one group
MINUTE = 60.0
_JOIN = "join"


class Groups:
    def __init__(self) -> None:
        self.sent: defaultdict[int, deque[float]] = defaultdict(deque)
        self.refused = 0
        self._waiting: dict[str, float] = {}  # when each press was made that nothing answered yet
        self._waits: list[float] = []
        self._watched, self._wanted, self._seen = 0, "", asyncio.Event()
        self._cards: dict[int, tuple[int, str]] = {}  # the number of each group's card, and its button's data
        self._has_card = asyncio.Event()

    def admits(self, chat: int) -> bool:
        """Whether a group takes one more message or edit now. A private chat does."""
        if chat > 0:
            return True
        now, sent = time.monotonic(), self.sent[chat]
        if len(sent) >= IN_A_MINUTE and now - sent[-IN_A_MINUTE] < MINUTE:
            self.refused += 1
            return False
        sent.append(now)
        return True

    def shown(self, chat: int, text: str, number: int, buttons: Sequence[tuple[str, str]]) -> None:
        joins = next((data for _, data in buttons if _JOIN in data), None) if chat < 0 else None
        if joins is not None:
            self._cards[chat] = number, joins
            self._has_card.set()
        if chat == self._watched and self._wanted in text:
            self._seen.set()

    def answered(self, query: str) -> None:
        if (pressed := self._waiting.pop(query, None)) is not None:
            self._waits.append(time.perf_counter() - pressed)

    async def card(self, chat: int) -> tuple[int, str]:
        """Wait for the group's card; return its number, and the data of its button "I am here"."""
        while chat not in self._cards:
            self._has_card.clear()
            await self._has_card.wait()
        return self._cards[chat]

    async def come(
        self, chat: int, press: Callable[[int], str], persons: Sequence[int], seconds: float, grace: float
    ) -> dict[str, Any]:
        self._watched, self._wanted = chat, f"{len(persons)} people"
        self._seen.clear()
        self._waiting, self._waits, before = {}, [], len(self.sent[chat])
        began = time.perf_counter()
        for number, person in enumerate(persons):
            await asyncio.sleep(max(began + number * seconds / len(persons) - time.perf_counter(), 0))
            pressed = time.perf_counter()
            self._waiting[press(person)] = pressed
        last = time.perf_counter()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await self._seen.wait()
        shown = time.perf_counter() - last if self._seen.is_set() else None
        return {
            "acts": len(persons),
            "answered": len(self._waits),
            "waits": self._waits,
            "edits": len(self.sent[chat]) - before,
            "refused": self.refused,
            "seconds": time.perf_counter() - began,
            "shown": shown,
        }
