"""Tools that were used to their end and kept. The newest of a tool is found by a mark, so that only it is opened."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import PersonId
from handlers.flows.records import ToolEntry
from storage.tables.tools import entries
from storage.tools_bodies import EntryBody
from storage.unit import concrete

_GET = select(entries).where(entries.c.id == bindparam("this"))
_DROP = delete(entries).where(entries.c.id == bindparam("this"), entries.c.person == bindparam("whose"))
_NEWEST_FIRST = (entries.c.at.desc(), entries.c.id.desc())
_OF_TOOL = select(entries).where(entries.c.mark == bindparam("named")).order_by(*_NEWEST_FIRST).limit(bindparam("most"))
_UNMARKED = select(entries).where(entries.c.person == bindparam("whose"), entries.c.mark.is_(None)).order_by(*_NEWEST_FIRST)
ALL = 1_000_000


class Entries:
    """A `handlers.flows.records.Entries`."""

    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def add(self, entry: ToolEntry) -> None:
        row = {"id": entry.id, "person": entry.person, **await self._values(entry)}
        await self._unit.run(self._unit.insert(entries).values(**row))

    async def replace(self, entry: ToolEntry) -> bool:
        """Put this in the place of the entry with its id. False when the person has none of that id (any more)."""
        mine = (entries.c.id == entry.id, entries.c.person == entry.person)
        return await self._unit.run(update(entries).where(*mine).values(**await self._values(entry))) == 1

    async def get(self, entry: str) -> ToolEntry | None:
        row = await self._unit.row(_GET, {"this": entry})
        return None if row is None else await self._opened(row)

    async def drop(self, entry: str, person: PersonId) -> bool:
        """Delete an entry. False when the person has none of that id (any more)."""
        return await self._unit.run(_DROP, {"this": entry, "whose": person}) == 1

    async def of_person(self, person: PersonId, since: datetime) -> Sequence[ToolEntry]:
        """Return the person's entries from `since` on, oldest first."""
        query = select(entries).where(entries.c.person == person, entries.c.at >= since).order_by(entries.c.at, entries.c.id)
        return [await self._opened(row) for row in await self._unit.rows(query)]

    async def newest(self, person: PersonId, tool: str, voice: str) -> ToolEntry | None:
        """Return the person's newest entry of a tool in this voice."""
        found = await self.all_of(person, tool, voice, 1)
        return found[0] if found else None

    async def all_of(self, person: PersonId, tool: str, voice: str, most: int = ALL) -> Sequence[ToolEntry]:
        """Return the person's newest entries of a tool in this voice, at most so many, oldest first."""
        named = entry_mark(self._unit, person, tool, voice)
        found = [await self._opened(row) for row in await self._unit.rows(_OF_TOOL, {"named": named, "most": most})]
        for row in await self._unit.rows(_UNMARKED, {"whose": person}):  # of an earlier version, and of any tool
            entry = await self._opened(row)
            if (entry.tool, entry.voice) == (tool, voice):
                found.append(entry)
        return sorted(found, key=lambda entry: (entry.at, entry.id))[-most:]

    async def _values(self, entry: ToolEntry) -> dict[str, object]:
        body = EntryBody(entry.tool, entry.answers, entry.voice, entry.version, entry.goes, entry.about, entry.looks)
        return {
            "mark": entry_mark(self._unit, entry.person, entry.tool, entry.voice),
            "at": entry.at,
            "stays": entry.stays,
            "body": await self._unit.seal(entry.person, "entries", "body", entry.id, body),
        }

    async def _opened(self, row: RowMapping) -> ToolEntry:
        person = PersonId(row["person"])
        body = await self._unit.open(person, "entries", "body", row["id"], row["body"], EntryBody)
        columns = (row["id"], person, row["at"], body.tool, body.answers, body.voice, body.version, row["stays"])
        return ToolEntry(*columns, body.goes, body.about, body.looks)


def entry_mark(unit: ports.Unit, person: PersonId, tool: str, voice: str) -> str:
    return concrete(unit).house.keys.index_mark("entry", f"{person}|{tool}|{voice}")
