"""Many series in a house: planned as an hour's housekeeping does, each in a group of its own or all in one."""

import asyncio
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bench.obedience import Said
from bot.core.calls import Place
from bot.core.ids import MeetingId, OccurrenceId, new_id
from bot.core.meetings import Series, When
from bot.core.ports import Unit
from bot.core.schedule import Schedule
from bot.runtime.timekeeper import BATCH
from handlers.series import plan_missing
from storage.database import Store
from storage.meetings import Meetings

ROOM = "-1001000000001"
_LOOK_EVERY = 0.02  # seconds
_AHEAD = "SELECT id FROM occurrences WHERE state NOT IN ('lobby', 'closed')"


def group(number: int) -> Place:
    chat = str(int(ROOM) - number)
    return Place("telegram", chat, space=chat, private=False)


class Many:
    """`folder` is where the house keeps its database."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._file = folder / "openchair.db"
        self._opening: asyncio.Task[float] | None = None

    async def plan(self, count: int, groups: int, minutes: int) -> Said:
        """Have so many series, each with an evening that begins in so many minutes."""
        start = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=minutes)
        schedule = Schedule("UTC", start.date(), start.time(), "FREQ=WEEKLY")

        async def add(numbers: range, unit: Unit) -> None:
            for number in numbers:
                place = group(number % groups)
                community = await unit.communities.find_or_make(place.platform, place.space)
                room = await unit.rooms.find_or_make(community.id, place)
                hour = timedelta(minutes=60)
                series = Series(MeetingId(new_id()), community.id, room.id, f"Evening {number}", schedule, hour)
                await Meetings(unit).add_series(series)

        for first in range(0, count, BATCH):
            await self._store.transact(partial(add, range(first, min(first + BATCH, count))))
        after = await self._plan_few("")
        while after:
            after = await self._plan_few(after)
        return {}

    async def _plan_few(self, after: str) -> str:
        return await self._store.transact(lambda unit: plan_missing(unit, Meetings(unit), datetime.now(UTC), after))

    async def open_rooms(self) -> Said:
        """The moment of all rooms comes now. Returns when that was."""
        names = self._ahead()
        began, at = time.monotonic(), datetime.now(UTC)

        async def promise(some: list[str], unit: Unit) -> None:
            for name in some:
                await unit.due.add(When.OPEN.due(at, OccurrenceId(name)))

        # At once, as their minute would bring them: the moments stand before the timekeeper looks.
        await asyncio.gather(
            *(self._store.transact(partial(promise, names[first : first + BATCH])) for first in range(0, len(names), BATCH))
        )
        self._opening = asyncio.create_task(self._open())
        return {"at": began, "rooms": len(names)}

    async def _open(self) -> float:
        while self._ahead():  # noqa: ASYNC110 - a row sends no event
            await asyncio.sleep(_LOOK_EVERY)
        return time.monotonic()

    async def opened(self) -> Said:
        """Wait until no room is shut any more."""
        assert self._opening is not None
        return {"at": await self._opening}

    def _ahead(self) -> list[str]:
        with closing(sqlite3.connect(self._file)) as raw:
            return [name for (name,) in raw.execute(_AHEAD)]
