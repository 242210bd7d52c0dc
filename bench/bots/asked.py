"""A community's check-in prompt in a house: members who agreed, its card, and those who want it in private."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from bench.bots.many import ROOM, group
from bench.obedience import Said
from bot.core.calls import Account, Community
from bot.core.ids import PersonId, new_id
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.replies import Press, deep_link
from bot.core.schedule import Schedule
from handlers.prompts.asking import ASK, key_of
from handlers.prompts.records import Asks, Prompt, State, Wish
from handlers.prompts.rules import named, next_of, of_prompt
from storage.database import Store
from storage.prompts import Prompts
from storage.sqlite_file import SqliteFile

TOGETHER = 100  # persons in one transaction
RECENT = timedelta(hours=1)  # in which the prompt's one turn was
PATIENCE = 60.0  # seconds
_LOOK_EVERY = 0.02  # seconds
_ASKING = "SELECT id FROM prompt_askings"
_OPENS = "SELECT count(*) FROM prompt_opens"


async def members(store: Store, numbers: range, at: datetime) -> Sequence[PersonId]:
    """Make persons who are at home in the community, and agreed that things are kept."""

    async def some(few: range, unit: Unit) -> list[PersonId]:
        home = (await _community(unit)).id
        made = [await unit.people.make(Account("telegram", str(number)), at, home) for number in few]
        for person in made:
            await unit.people.save(replace(person, consented_at=at))
        return [person.id for person in made]

    parts = [numbers[first : first + TOGETHER] for first in range(0, len(numbers), TOGETHER)]
    return [one for few in parts for one in await store.transact(partial(some, few))]


async def _community(unit: Unit) -> Community:
    return await unit.communities.find_or_make("telegram", ROOM)


class Asked:
    """`folder` is where the house keeps its database."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._file = folder / "openchair.db"
        self._commits = _counted()
        self._prompt = ""

    async def members(self, first: int, count: int) -> Said:
        await members(self._store, range(first, first + count), datetime.now(UTC))
        return {}

    async def prompt(self, first: int, wishing: int) -> Said:
        """Start a daily prompt of two taps in the group; so many persons, from a number on, want to be asked in private."""
        now = datetime.now(UTC)
        persons = await members(self._store, range(first, first + wishing), now)
        wall = (now - timedelta(minutes=1)).time().replace(second=0, microsecond=0)
        schedule = Schedule("UTC", now.date() - timedelta(days=1), wall, "FREQ=DAILY")

        async def start(unit: Unit) -> str:
            community = await _community(unit)
            room = await unit.rooms.find_or_make(community.id, group(0))
            prompt = Prompt(new_id(), community.id, room.id, schedule, now, asks=Asks.SHORT, state=State.RUNNING)
            await Prompts(unit).keep(prompt)
            return prompt.id

        async def wish(few: Sequence[PersonId], unit: Unit) -> None:
            for person in few:
                await Prompts(unit).keep_wish(Wish(new_id(), person, now, self._prompt))

        self._prompt = await self._store.transact(start)
        for begin in range(0, len(persons), TOGETHER):
            await self._store.transact(partial(wish, persons[begin : begin + TOGETHER]))
        return {}

    async def ask(self) -> Said:
        """The prompt's moment comes now. Return what opens it, as a button of its card does."""
        now = datetime.now(UTC)

        async def promise(unit: Unit) -> None:
            prompt = await Prompts(unit).get(self._prompt)
            assert prompt is not None
            turn = next_of(of_prompt(prompt), now - RECENT)
            assert turn is not None
            await unit.due.add(Due(key_of(prompt.id), ASK, now, f"{prompt.id}_{named(turn)}"))

        await self._store.transact(promise)
        asking = await self._until(_ASKING, lambda row: row is not None)
        return {"act": f"/start {deep_link(Press('prompts', 'open', asking[0]))}"}

    async def handed_out(self, count: int) -> Said:
        """Wait until so many are asked in private."""
        await self._until(_OPENS, lambda row: row[0] >= count)
        return {}

    async def commits(self) -> Said:
        """Return how many commits were on disk until now."""
        return {"commits": self._commits()}

    async def _until(self, query: str, is_there: Callable[[Any], bool]) -> Any:
        async with asyncio.timeout(PATIENCE):
            while not is_there(row := self._read(query)):  # noqa: ASYNC110 - a row sends no event
                await asyncio.sleep(_LOOK_EVERY)
        return row

    def _read(self, query: str) -> Any:
        with closing(sqlite3.connect(self._file)) as raw:
            return raw.execute(query).fetchone()


def _counted() -> Callable[[], int]:
    """Count the commits that wait for the disk, from outside, so that the store stays as it is. Returns what tells the number."""
    count, wait_for = 0, SqliteFile.wait_for

    async def counting(file: SqliteFile, statement: str) -> None:
        nonlocal count
        count += statement == "COMMIT"
        await wait_for(file, statement)

    SqliteFile.wait_for = counting  # type: ignore[method-assign,assignment]  # its parameter is named otherwise
    return lambda: count
