"""A person's kept entries of several tools together: a `handlers.log.records.Logbook` over one transaction.

Found by the marks of person, tool and voice, so that a page opens only what stands on it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import PersonId
from handlers.log.records import Some, Used
from storage.entries import entry_mark
from storage.tables.tools import entries
from storage.tools_bodies import EntryBody
from storage.unit import concrete


class Logbook:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def newest(self, person: PersonId, tools: Sequence[str], voice: str, skip: int, most: int) -> Some:
        """Return at most so many uses of these tools, the newest first, after `skip` of them."""
        rows = await self._unit.rows(self._rows(person, tools, voice).limit(most + 1).offset(skip))
        return Some(await self._opened(person, tools, voice, rows[:most]), len(rows) > most)

    async def all_of(self, person: PersonId, tools: Sequence[str], voice: str) -> Sequence[Used]:
        """Return every use of these tools, the oldest first."""
        found = await self._opened(person, tools, voice, await self._unit.rows(self._rows(person, tools, voice)))
        return found[::-1]

    def _rows(self, person: PersonId, tools: Sequence[str], voice: str) -> Select[Any]:
        marks = [entry_mark(self._unit, person, tool, voice) for tool in tools]
        unmarked = and_(entries.c.person == person, entries.c.mark.is_(None))  # of an earlier version, and of any tool
        return select(entries).where(or_(entries.c.mark.in_(marks), unmarked)).order_by(entries.c.at.desc(), entries.c.id.desc())

    async def _opened(self, person: PersonId, tools: Sequence[str], voice: str, rows: Sequence[RowMapping]) -> list[Used]:
        found = []
        for row in rows:
            body = await self._unit.open(person, "entries", "body", row["id"], row["body"], EntryBody)
            if body.tool in tools and body.voice == voice:
                found.append(Used(row["id"], row["at"], body.tool, body.answers))
        return found
