"""Tools that were used to their end and kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from bot.core import ports
from bot.core.ids import PersonId
from handlers.flows.records import ToolEntry
from storage.tables.tools import entries
from storage.tools_bodies import EntryBody
from storage.unit import concrete


class Entries:
    """A `handlers.flows.records.Entries`."""

    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def add(self, entry: ToolEntry) -> None:
        body = await self._unit.seal(entry.person, "entries", "body", entry.id, EntryBody(entry.tool, entry.answers))
        await self._unit.run(self._unit.insert(entries).values(id=entry.id, person=entry.person, at=entry.at, body=body))

    async def of_person(self, person: PersonId, since: datetime) -> Sequence[ToolEntry]:
        """Return the person's entries from `since` on, oldest first."""
        query = select(entries).where(entries.c.person == person, entries.c.at >= since).order_by(entries.c.at, entries.c.id)
        found = []
        for row in await self._unit.rows(query):
            body = await self._unit.open(person, "entries", "body", row["id"], row["body"], EntryBody)
            found.append(ToolEntry(row["id"], person, row["at"], body.tool, body.answers))
        return found
