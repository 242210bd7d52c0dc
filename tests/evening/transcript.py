"""An evening written down as it is seen: what each person does, and what appears or changes on whose screen."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from storage.database import concrete
from storage.tables.due import due
from storage.tables.outbox import outbox
from tests.evening.screens import Shown, on_screens
from tests.evening.world import Spot, World

_STILL = 3  # looks in a row that must be alike
_UNHURRIED = 5.0  # seconds from one act to the next: nobody is too fast, and no chat at its limit
_HOME = ZoneInfo("Europe/Berlin")


class Transcript:
    """Acts as persons in a world, and keeps what follows. Names of persons are their keys."""

    def __init__(self, here: World, persons: Mapping[str, Any], head: str = "") -> None:
        self.here = here
        self._persons = dict(persons)
        self._before: dict[str, Shown] = {}
        self.lines = [head]

    # Acts -----------------------------------------------------------------------------------------------------------

    async def command(self, name: str, text: str, place: Spot = "private") -> None:
        self._did(name, text, place)
        await self.here.command(self._persons[name], text, place)
        await self.look()

    async def press(self, name: str, label: str, place: Spot = "private") -> None:
        self._did(name, f"[ {label} ]", place)
        await self.here.press(self._persons[name], label, place)
        await self.look()

    async def fill(self, name: str, values: Mapping[str, str], place: Spot = "private") -> None:
        """Fill in the form that is open, or answer its questions one after the other."""
        if self.here.name != "telegram":
            self._did(name, "fills in: " + ", ".join(values.values()), place)
            await self.here.fill(self._persons[name], values, place)
            await self.look()
            return
        for value in values.values():
            if value in self.here.buttons(self._persons[name]):
                await self.press(name, value)
            else:
                await self.say(name, value)

    async def say(self, name: str, words: str) -> None:
        self._did(name, f"“{words}”", "private")
        await self.here.say(self._persons[name], words)
        await self.look()

    async def pass_time(self, said: str = "", **by: Any) -> None:
        await self.settle()
        await self.here.pass_time(**by)
        self.lines += ["", f"— {self.here.clock.now().astimezone(_HOME):%A %d %B, %H:%M}{said and f' · {said}'} —"]
        await self.look()

    # What is seen -----------------------------------------------------------------------------------------------------

    async def look(self) -> None:
        """Wait until nothing moves, and write down what is new, changed or gone."""
        await self.settle()
        now = {shown.key: shown for shown in self._shown()}
        for key, shown in now.items():
            before = self._before.get(key)
            if before is None:
                self.lines += _written(shown, "")
            elif before != shown:
                self.lines += _written(shown, ", changed" if before.text != shown.text else ", other buttons")
        for key, shown in self._before.items():
            if key not in now and not key.startswith(("modal", "form")):
                self.lines += [f"    {shown.where}: a message is gone"]
        self._before = now
        self.here.clock.move(seconds=_UNHURRIED)

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
        return on_screens(self.here.name, self.here.driver, list(self._persons.values()))

    def _did(self, name: str, what: str, place: Spot) -> None:
        self.lines += ["", f"{name}{', in the room' if place == 'room' else ''}: {what}"]

    def text(self) -> str:
        return "\n".join(self.lines).strip() + "\n"


def _written(shown: Shown, how: str) -> Sequence[str]:
    lines = [f"    {shown.where}{how}{' (no sound)' if shown.quiet and not how else ''}:"]
    lines += [f"      | {line}".rstrip() for line in shown.text.split("\n") if shown.text]
    lines += [f"      | {line}" for line in shown.more]
    lines += ["      " + " ".join(f"[ {label} ]" for label in row) for row in shown.rows]
    return lines
