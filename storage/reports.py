"""Reports to facilitators: a `handlers.reports.records.ReportBook` over one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import CommunityId, PersonId
from handlers.reports.records import Body, Report, State
from storage.keys import NoKey
from storage.sealing import Unopenable
from storage.tables.reports import report_readers, reports
from storage.unit import concrete


class Reports:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def keep(self, report: Report) -> None:
        sealed = await self._unit.seal(report.person, "reports", "body", report.id, report.body)
        insert = self._unit.insert(reports).values(
            id=report.id,
            person=report.person,
            community=report.community,
            at=report.at,
            state=report.state.value,
            body=sealed,
        )
        changed = {"state": report.state.value, "body": sealed}
        await self._unit.run(insert.on_conflict_do_update(index_elements=["id"], set_=changed))

    async def get(self, report: str) -> Report | None:
        row = await self._unit.row(select(reports).where(reports.c.id == report))
        return await self._opened(row) if row is not None else None

    async def of(self, person: PersonId) -> Sequence[Report]:
        query = select(reports).where(reports.c.person == person).order_by(reports.c.at.desc(), reports.c.id)
        return await self._all(await self._unit.rows(query))

    async def send(self, report: str, reader: PersonId, at: datetime) -> None:
        insert = self._unit.insert(report_readers).values(report=report, person=reader, at=at)
        await self._unit.run(insert.on_conflict_do_nothing())

    async def readers(self, report: str) -> Sequence[PersonId]:
        query = select(report_readers.c.person).where(report_readers.c.report == report).order_by(report_readers.c.person)
        return [PersonId(row["person"]) for row in await self._unit.rows(query)]

    async def letters(self, reader: PersonId, most: int) -> Sequence[Report]:
        query = (
            select(reports)
            .join(report_readers, report_readers.c.report == reports.c.id)
            .where(report_readers.c.person == reader, reports.c.state != State.BACK.value)
            .order_by(reports.c.at.desc(), reports.c.id)
            .limit(most)
        )
        return await self._all(await self._unit.rows(query))

    async def _all(self, rows: Sequence[RowMapping]) -> list[Report]:
        return [report for row in rows if (report := await self._opened(row)) is not None]

    async def _opened(self, row: RowMapping) -> Report | None:
        """None for a report whose author is gone."""
        person = PersonId(row["person"])
        try:
            body = await self._unit.open(person, "reports", "body", row["id"], row["body"], Body)
        except (NoKey, Unopenable):
            return None
        return Report(row["id"], person, CommunityId(row["community"]), row["at"], State(row["state"]), body)
