"""Kits: a `handlers.kit.records.KitBook` over one transaction."""

from datetime import datetime

from sqlalchemy import bindparam, select

from bot.core import ports
from bot.core.ids import PersonId
from handlers.kit.records import Kit
from storage.tables.kit import kits
from storage.unit import concrete

_OF = select(kits.c.body).where(kits.c.person == bindparam("this"))


class Kits:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def of(self, person: PersonId) -> Kit:
        row = await self._unit.row(_OF, {"this": person})
        return Kit() if row is None else await self._unit.open(person, "kits", "body", person, row["body"], Kit)

    async def keep(self, person: PersonId, kit: Kit, at: datetime) -> None:
        body = await self._unit.seal(person, "kits", "body", person, kit)
        insert = self._unit.insert(kits).values(person=person, at=at, body=body)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["person"], set_={"at": at, "body": body}))
