"""An evening written down as it is seen: what each person does, and what appears or changes on whose screen."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from storage.database import concrete
from storage.tables.due import due
from storage.tables.outbox import outbox
from tests.evening.cast import Cast
from tests.evening.screens import Shown, on_screens
from tests.evening.world import Spot, World

_STILL = 3  # looks in a row that must be alike
_UNHURRIED = 5.0  # seconds from one act to the next: nobody is too fast, and no chat at its limit
_ROOM, _PRIVATE = "the room", "private chat"
_SECRETS = re.compile(r"\b[0-9a-f]{48}\b|\b[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}\b")  # addresses and codes drawn anew
_ALIKE = 0.4  # of a message's lines: with fewer it is written whole
_HOME = ZoneInfo("Europe/Berlin")


class Transcript(Cast):
    """Acts as persons in a world, and keeps what follows. `shuffled`: lines that the house brings in an order drawn anew each time;
    they are written by the alphabet."""

    def __init__(self, here: World, persons: Mapping[str, Any], head: str = "", shuffled: Iterable[str] = ()) -> None:
        super().__init__(here, persons)
        self._shuffled = frozenset(f"• {line}" for line in shuffled)
        self._before: dict[str, Shown] = {}
        self._is_aside = False
        self.lines = [head]

    # Acts -----------------------------------------------------------------------------------------------------------

    async def command(self, name: str, text: str, place: Spot = "private", **options: str) -> None:
        self._did(name, " ".join((text, *options.values())), place)
        await super().command(name, text, place, **options)

    async def press(self, name: str, label: str, place: Spot = "private") -> None:
        self._did(name, f"[ {label} ]", place)
        await super().press(name, label, place)

    async def fill(self, name: str, values: Mapping[str, str], place: Spot = "private") -> None:
        if self.here.name != "telegram":
            self._did(name, "fills in: " + ", ".join(value or "nothing" for value in values.values()), place)
        await super().fill(name, values, place)

    async def say(self, name: str, words: str) -> None:
        self._did(name, f"“{words}”", "private")
        await super().say(name, words)

    async def pass_time(self, said: str = "", **by: Any) -> None:
        await self.settle()
        await self.here.pass_time(**by)
        if not self._is_aside:
            self.lines += ["", f"— {self.here.clock.now().astimezone(_HOME):%A %d %B, %H:%M}{said and f' · {said}'} —"]
        await self.look()

    async def after(self) -> None:
        await self.look()

    @asynccontextmanager
    async def aside(self, what: str) -> AsyncIterator[None]:
        """Write one line in place of what is done inside, then what is new in the room."""
        self.lines += ["", f"({what})"]
        self._is_aside = True
        yield
        self._is_aside = False
        await self.look()

    # What is seen -----------------------------------------------------------------------------------------------------

    async def look(self) -> None:
        """Wait until nothing moves, and write down what is new, changed or gone."""
        await self.settle()
        now = {shown.key: shown for shown in self._shown()}
        self.here.clock.move(seconds=_UNHURRIED)
        if self._is_aside:
            passed = {key: shown for key, shown in now.items() if shown.where != _ROOM}
            self._before = passed | {key: shown for key, shown in self._before.items() if shown.where == _ROOM}
            return
        new: dict[Shown, list[Shown]] = {}
        for key, shown in now.items():
            if key not in self._before:
                new.setdefault(_news(shown), []).append(shown)
        for key, shown in now.items():
            if key not in self._before and new[_news(shown)][0] is shown:
                self.lines += _written(replace(shown, where=_together(new[_news(shown)])), "")
            elif key in self._before and self._before[key] != shown:
                self.lines += _changed(self._before[key], shown)
        for key, shown in self._before.items():
            if key not in now and not key.startswith(("modal", "form")):
                self.lines += [f"    {shown.where}: a message is gone"]
        self._before = now

    async def settle(self) -> None:
        """Wait until nothing is due, nothing waits to be sent, and the screens stand still."""
        still, last = 0, list[Shown]()
        while still < _STILL:
            await asyncio.sleep(0.02)
            shown = self._shown()
            still = still + 1 if shown == last and not await self._work() else 0
            last = shown

    async def _work(self) -> int:
        now = self.here.clock.now()
        waits = select(func.count()).select_from(outbox).where(outbox.c.state == "waiting", outbox.c.not_before <= now)
        comes = select(func.count()).select_from(due).where(due.c.at <= now)

        async def count(unit: Any) -> int:
            return sum([next(iter(row.values())) for query in (waits, comes) for row in await concrete(unit).rows(query)])

        await self.here.house.dispatch.settle()
        return await self.here.house.store.transact(count)

    def _shown(self) -> list[Shown]:
        shown = on_screens(self.here.name, self.here.driver, list(self.persons.values()))
        return [replace(one, text=_SECRETS.sub("…", self._in_order(one.text))) for one in shown]

    def _in_order(self, text: str) -> str:
        runs = groupby(text.split("\n"), lambda line: line in self._shuffled)
        return "\n".join(line for is_shuffled, lines in runs for line in (sorted(lines) if is_shuffled else lines))

    def _did(self, name: str, what: str, place: Spot) -> None:
        if not self._is_aside:
            self.lines += ["", f"{name}{', in the room' if place == 'room' else ''}: {_SECRETS.sub('…', what)}"]

    def text(self) -> str:
        return "\n".join(self.lines).strip() + "\n"


def _news(shown: Shown) -> Shown:
    """What several persons read at once in their private chats is written once."""
    return replace(shown, key="", where=_PRIVATE) if shown.where.endswith(f"s {_PRIVATE}") else shown


def _together(alike: Sequence[Shown]) -> str:
    if len(alike) == 1:
        return alike[0].where
    names = [shown.where.removesuffix(f" {_PRIVATE}") for shown in alike]
    return f"{', '.join(names[:-1])} and {names[-1]} {_PRIVATE}s"


def _written(shown: Shown, how: str) -> Sequence[str]:
    lines = [f"    {shown.where}{how}{' (no sound)' if shown.quiet and not how else ''}:"]
    lines += [f"      | {line}".rstrip() for line in shown.text.split("\n") if shown.text]
    return [*lines, *(f"      | {line}" for line in shown.more), *_buttons(shown)]


def _changed(before: Shown, shown: Shown) -> Sequence[str]:
    """An edited message: what is new in it, `…` for what stays, ✕ before a line that went without another in its place."""
    if before.text == shown.text and before.more == shown.more:
        return [f"    {shown.where}, other buttons:", *_buttons(shown)]
    old, new = before.text.split("\n"), shown.text.split("\n")
    compared = SequenceMatcher(None, old, new, autojunk=False)
    if compared.ratio() < _ALIKE:
        return _written(shown, ", changed")
    lines = [f"    {shown.where}, changed:"]
    for what, was, gone, here, there in compared.get_opcodes():
        if what == "equal":
            lines += ["      | …"] if lines[-1] != "      | …" and any(new[here:there]) else []
        elif what == "delete":
            lines += [f"      ✕ {line}" for line in old[was:gone] if line]
        else:
            lines += [f"      | {line}" for line in new[here:there] if line]
    lines += [f"      | {line}" for line in shown.more if line not in before.more]
    return lines if before.rows == shown.rows else [*lines, *_buttons(shown)]


def _buttons(shown: Shown) -> Sequence[str]:
    return ["      " + " ".join(f"[ {label} ]" for label in row) for row in shown.rows]
