"""A facilitator's sheet: a `handlers.series.drafts.Sheets` over one transaction."""

from datetime import datetime

from sqlalchemy import bindparam, select

from bot.core import ports
from bot.core.ids import PersonId
from handlers.series.drafts import Sheet
from storage.sealing import Unopenable
from storage.tables.series_sheets import series_sheets
from storage.unit import concrete

_OF = select(series_sheets.c.body).where(series_sheets.c.person == bindparam("this"))


class Sheets:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def of(self, person: PersonId) -> Sheet:
        row = await self._unit.row(_OF, {"this": person})
        if row is None:
            return Sheet()
        try:
            return await self._unit.open(person, "series_sheets", "body", person, row["body"], Sheet)
        except Unopenable:
            return Sheet()  # of an earlier version: what was not saved for two days may be begun again

    async def keep(self, person: PersonId, sheet: Sheet, at: datetime) -> None:
        body = await self._unit.seal(person, "series_sheets", "body", person, sheet)
        insert = self._unit.insert(series_sheets).values(person=person, at=at, body=body)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["person"], set_={"at": at, "body": body}))
