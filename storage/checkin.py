"""Check-ins: a `handlers.checkin.records.CheckInBook` over one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from bot.core import ports
from bot.core.agenda import AgendaItem
from bot.core.ids import OccurrenceId, PersonId
from handlers.checkin.records import CheckIn, CheckInBody, Rated
from storage.tables.checkin import checkins
from storage.unit import concrete


class CheckIns:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def add(self, checkin: CheckIn) -> None:
        """Store a check-in; in a meeting, in place of the person's earlier one there."""
        if checkin.occurrence:
            mine = checkins.c.person == checkin.person
            await self._unit.run(delete(checkins).where(mine, checkins.c.occurrence == checkin.occurrence))
        await self._unit.run(
            self._unit.insert(checkins).values(
                id=checkin.id,
                person=checkin.person,
                occurrence=checkin.occurrence,
                at=checkin.at,
                body=await self._unit.seal(checkin.person, "checkins", "body", checkin.id, checkin.body),
                agenda=await self._unit.seal(checkin.person, "checkins", "agenda", checkin.id, checkin.agenda),
            )
        )

    async def has(self, occurrence: OccurrenceId, person: PersonId) -> bool:
        query = select(checkins.c.id).where(checkins.c.occurrence == occurrence, checkins.c.person == person)
        return await self._unit.row(query) is not None

    async def rated(self, person: PersonId, voice: str, since: datetime) -> Sequence[Rated]:
        """Return the person's own ratings in this voice from `since` on, oldest first."""
        query = select(checkins.c.id, checkins.c.at, checkins.c.body).where(checkins.c.person == person, checkins.c.at >= since)
        made = []
        for row in await self._unit.rows(query.order_by(checkins.c.at, checkins.c.id)):
            body = await self._unit.open(person, "checkins", "body", row["id"], row["body"], CheckInBody)
            if body.rating is not None and body.voice == voice:
                made.append(Rated(row["at"], body.rating))
        return made

    async def items(self, occurrence: OccurrenceId) -> Sequence[AgendaItem]:
        """Return what each person wants of the meeting's time. Bodies stay sealed."""
        if not occurrence:
            return []
        query = select(checkins.c.id, checkins.c.person, checkins.c.agenda).where(checkins.c.occurrence == occurrence)
        rows = await self._unit.rows(query.order_by(checkins.c.at, checkins.c.id))
        return [await self._unit.open(row["person"], "checkins", "agenda", row["id"], row["agenda"], AgendaItem) for row in rows]
