"""Passes: a `handlers.family.records.PassBook` over one transaction."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.core import ports
from bot.core.ids import PersonId
from handlers.family.records import Pass
from storage.tables.passes import passes
from storage.unit import concrete

_OF = select(passes.c.body).where(passes.c.person == bindparam("this"))
_DROP = delete(passes).where(passes.c.person == bindparam("this"))


class Passes:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def of(self, person: PersonId) -> Pass | None:
        row = await self._unit.row(_OF, {"this": person})
        return None if row is None else await self._unit.open(person, "passes", "body", person, row["body"], Pass)

    async def keep(self, person: PersonId, given: Pass, at: datetime) -> None:
        body = await self._unit.seal(person, "passes", "body", person, given)
        insert = self._unit.insert(passes).values(person=person, at=at, body=body)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["person"], set_={"at": at, "body": body}))

    async def drop(self, person: PersonId) -> None:
        await self._unit.run(_DROP, {"this": person})
