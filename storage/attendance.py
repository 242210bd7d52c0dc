"""Confirmed presence: a `handlers.receipts.records.ReceiptBook` over one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import OccurrenceId, PersonId
from handlers.receipts.records import MOST_CODES, Ask, AskBody, Attended, Present, Stand, Visit
from storage.occurrences import OccurrenceRows
from storage.tables.attendance import attendance_codes, attendances, receipt_asks
from storage.tables.meetings import occurrences, presences, series
from storage.unit import concrete


class Attendance:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    # Who was there ------------------------------------------------------------------------------------------------------

    async def visits(self, person: PersonId) -> Sequence[Visit]:
        return await self._visits(presences.c.person == person)

    async def visit(self, occurrence: OccurrenceId, person: PersonId) -> Visit | None:
        found = await self._visits((presences.c.person == person) & (presences.c.occurrence == occurrence))
        return next(iter(found), None)

    async def _visits(self, wanted: ColumnElement[bool]) -> Sequence[Visit]:
        query = (
            select(presences.c.occurrence, presences.c.at, series.c.zone)
            .join(occurrences, occurrences.c.id == presences.c.occurrence)
            .join(series, series.c.id == occurrences.c.series)
            .where(wanted)
            .order_by(presences.c.at.desc(), presences.c.occurrence)
        )
        rows, evenings, found = await self._unit.rows(query), OccurrenceRows(self._unit), list[Visit]()
        for row in rows:
            occurrence = await evenings.occurrence(OccurrenceId(row["occurrence"]))
            if occurrence is not None:
                found.append(Visit(occurrence, row["at"], row["zone"]))
        return found

    # Asks ---------------------------------------------------------------------------------------------------------------

    async def asks(self, person: PersonId) -> Sequence[Ask]:
        return await self._asks(receipt_asks.c.person == person)

    async def ask(self, ask: str) -> Ask | None:
        return next(iter(await self._asks(receipt_asks.c.id == ask)), None)

    async def ask_of(self, occurrence: OccurrenceId, person: PersonId) -> Ask | None:
        mine = (receipt_asks.c.occurrence == occurrence) & (receipt_asks.c.person == person)
        return next(iter(await self._asks(mine)), None)

    async def waiting(self, occurrence: OccurrenceId) -> Sequence[Ask]:
        open_ = receipt_asks.c.stand == Stand.WAITING.value
        return await self._asks((receipt_asks.c.occurrence == occurrence) & open_)

    async def put(self, ask: Ask) -> None:
        mine = (receipt_asks.c.occurrence == ask.occurrence, receipt_asks.c.person == ask.person)
        await self._unit.run(delete(receipt_asks).where(*mine))
        await self._unit.run(
            self._unit.insert(receipt_asks).values(
                id=ask.id,
                occurrence=ask.occurrence,
                person=ask.person,
                stand=ask.stand.value,
                tries=ask.tries,
                body=await self._unit.seal(ask.person, "receipt_asks", "body", ask.id, AskBody(ask.name)),
                at=ask.at,
            )
        )

    async def stand(self, before: Ask, stand: Stand, at: datetime) -> bool:
        body = await self._unit.seal(before.person, "receipt_asks", "body", before.id, AskBody())
        same = (receipt_asks.c.id == before.id, receipt_asks.c.stand == before.stand.value)
        change = update(receipt_asks).where(*same).values(stand=stand.value, body=body, at=at)
        return await self._unit.run(change) == 1

    async def _asks(self, wanted: ColumnElement[bool]) -> Sequence[Ask]:
        query = select(receipt_asks).where(wanted).order_by(receipt_asks.c.at, receipt_asks.c.id)
        return [await self._ask(row) for row in await self._unit.rows(query)]

    async def _ask(self, row: RowMapping) -> Ask:
        person = PersonId(row["person"])
        body = await self._unit.open(person, "receipt_asks", "body", row["id"], row["body"], AskBody)
        stand = Stand(row["stand"])
        return Ask(row["id"], OccurrenceId(row["occurrence"]), person, row["at"], stand, row["tries"], body.name)

    # What was confirmed -------------------------------------------------------------------------------------------------

    async def confirm(self, attended: Attended) -> None:
        body = await self._unit.seal(attended.person, "attendances", "body", attended.id, attended.present)
        values = {"id": attended.id, "person": attended.person, "body": body, "at": attended.at}
        await self._unit.run(self._unit.insert(attendances).values(**values))

    async def attended(self, person: PersonId, since: datetime) -> Sequence[Attended]:
        mine = (attendances.c.person == person, attendances.c.at > since)
        rows = await self._unit.rows(select(attendances).where(*mine).order_by(attendances.c.at.desc(), attendances.c.id))
        return [await self._attended(row) for row in rows]

    async def find(self, attended: str, person: PersonId) -> Attended | None:
        mine = (attendances.c.id == attended, attendances.c.person == person)
        row = await self._unit.row(select(attendances).where(*mine))
        return None if row is None else await self._attended(row)

    async def add_code(self, attended: Attended, code: str, at: datetime) -> None:
        values = {"mark": self._mark(code), "attendance": attended.id, "person": attended.person, "at": at}
        await self._unit.run(self._unit.insert(attendance_codes).values(**values))
        mine = select(attendance_codes.c.mark).where(attendance_codes.c.attendance == attended.id)
        newest = mine.order_by(attendance_codes.c.at.desc(), attendance_codes.c.mark)
        old = [row["mark"] for row in (await self._unit.rows(newest))[MOST_CODES:]]
        if old:
            await self._unit.run(delete(attendance_codes).where(attendance_codes.c.mark.in_(old)))

    async def drop(self, attended: str, person: PersonId) -> bool:
        await self._unit.run(delete(attendance_codes).where(attendance_codes.c.attendance == attended, _mine(person)))
        mine = (attendances.c.id == attended, attendances.c.person == person)
        return await self._unit.run(delete(attendances).where(*mine)) == 1

    async def of_code(self, code: str) -> Attended | None:
        query = (
            select(attendances)
            .join(attendance_codes, attendance_codes.c.attendance == attendances.c.id)
            .where(attendance_codes.c.mark == self._mark(code))
        )
        row = await self._unit.row(query)
        return None if row is None else await self._attended(row)

    async def _attended(self, row: RowMapping) -> Attended:
        body = await self._unit.open(row["person"], "attendances", "body", row["id"], row["body"], Present)
        return Attended(row["id"], PersonId(row["person"]), row["at"], body)

    def _mark(self, code: str) -> str:
        return self._unit.house.keys.token_mark(code)


def _mine(person: PersonId) -> ColumnElement[bool]:
    return attendance_codes.c.person == person
