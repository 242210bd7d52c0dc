"""Reminders: a `handlers.announcements.records.ReminderBook` over one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from bot.core import ports
from bot.core.ids import MeetingId, PersonId
from storage.tables.checkin import reminders
from storage.unit import concrete


class Reminders:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def turn_on(self, series: MeetingId, person: PersonId, at: datetime) -> bool:
        """False when it was on already."""
        insert = self._unit.insert(reminders).values(series=series, person=person, at=at)
        return await self._unit.run(insert.on_conflict_do_nothing()) == 1

    async def turn_off(self, series: MeetingId, person: PersonId) -> bool:
        """False when it was off already."""
        return await self._unit.run(delete(reminders).where(reminders.c.series == series, reminders.c.person == person)) == 1

    async def of_person(self, person: PersonId) -> Sequence[MeetingId]:
        query = select(reminders.c.series).where(reminders.c.person == person).order_by(reminders.c.at)
        return [MeetingId(row["series"]) for row in await self._unit.rows(query)]

    async def persons(self, series: MeetingId, after: str, limit: int) -> Sequence[PersonId]:
        query = (
            select(reminders.c.person)
            .where(reminders.c.series == series, reminders.c.person > after)
            .order_by(reminders.c.person)
            .limit(limit)
        )
        return [PersonId(row["person"]) for row in await self._unit.rows(query)]

    async def drop_series(self, series: MeetingId) -> None:
        await self._unit.run(delete(reminders).where(reminders.c.series == series))
