"""Persons who act, one act after another, and how long each waits for what it answers.

An act is a text: "/urge" types a command, "=7" presses the button with that label, "~agree" the first whose data has the word.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from typing import Any

PATIENCE = 10.0  # seconds until an act counts as not answered


class Crowd:
    """`act` hands one person's act to the bot. The service calls `answered` when an answer came."""

    def __init__(self, act: Callable[[int, str], None]) -> None:
        self._act = act
        self._acted: dict[int, float] = {}
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._waits: list[float] = []
        self._wanted = 0
        self._all = asyncio.Event()
        self.answers: dict[str, Any] = {}
        self._last: dict[int, str] = {}

    def answered(self, person: int, answer: Any) -> None:
        """The answer has arrived; `answer` is kept by the act, for a bot that is to say the same."""
        if person in self._last:
            self.answers[self._last[person]] = answer
        if (acted := self._acted.pop(person, None)) is not None:
            self._waits.append(time.perf_counter() - acted)
            if len(self._waits) == self._wanted:
                self._all.set()
        if (future := self._waiting.pop(person, None)) is not None and not future.done():
            future.set_result(None)

    async def closed(self, first: int, persons: int, acts: Sequence[str], together: int) -> dict[str, Any]:
        """Let each person do all acts, each after the answer to the one before; `together` persons at a time."""
        self._waits = []
        coming = iter(range(first, first + persons))
        lost = 0

        async def one_after_another() -> None:
            nonlocal lost
            for person in coming:
                for act in acts:
                    if not await self._do(person, act):
                        lost += 1

        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(min(together, persons)):
                group.create_task(one_after_another())
        return self._result(persons * len(acts), began) | {"lost": lost}

    async def steady(self, first: int, persons: int, act: str, rate: float, seconds: float, grace: float) -> dict[str, Any]:
        """Let the persons act in turn, `rate` a second, whether answered or not; then wait `grace` seconds for the last."""
        count = int(rate * seconds)
        self._waits, self._wanted = [], count
        self._all.clear()
        began = time.perf_counter()
        for number in range(count):
            await asyncio.sleep(max(began + number / rate - time.perf_counter(), 0))
            person = first + number % persons
            self._begin(person, act)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await self._all.wait()
        return self._result(count, began)

    async def _do(self, person: int, act: str) -> bool:
        future = self._waiting[person] = asyncio.get_running_loop().create_future()
        self._begin(person, act)
        try:
            async with asyncio.timeout(PATIENCE):
                await future
        except TimeoutError:
            return False
        return True

    def _begin(self, person: int, act: str) -> None:
        self._last[person] = act
        self._acted.setdefault(person, time.perf_counter())
        self._act(person, act)

    def _result(self, count: int, began: float) -> dict[str, Any]:
        return {"acts": count, "answered": len(self._waits), "seconds": time.perf_counter() - began, "waits": self._waits}


def chosen(buttons: Sequence[tuple[str, str]], act: str) -> str:
    """Return the data of the button (label, data) that an act means. Raises LookupError."""
    for label, data in buttons:
        if (act[0] == "=" and label == act[1:]) or (act[0] == "~" and act[1:] in data):
            return data
    raise LookupError(f"no button for {act} among {[label for label, _ in buttons]}")
