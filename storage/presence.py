"""Who is in a meeting just now, and who may host it: `bot.core.meetings`' Presence and Hosts over one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from bot.core import ports
from bot.core.ids import OccurrenceId, PersonId
from storage.tables.meetings import hosts, presences
from storage.unit import concrete


class PresenceRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def join(self, occurrence: OccurrenceId, person: PersonId, at: datetime) -> bool:
        """Note a person as present. False when they were already."""
        insert = self._unit.insert(presences).values(occurrence=occurrence, person=person, at=at)
        return await self._unit.run(insert.on_conflict_do_nothing()) == 1

    async def count(self, occurrence: OccurrenceId) -> int:
        query = select(func.count().label("here")).select_from(presences).where(presences.c.occurrence == occurrence)
        row = await self._unit.row(query)
        return int(row["here"]) if row is not None else 0

    async def some(self, occurrence: OccurrenceId, after: str, limit: int) -> Sequence[PersonId]:
        query = (
            select(presences.c.person)
            .where(presences.c.occurrence == occurrence, presences.c.person > after)
            .order_by(presences.c.person)
            .limit(limit)
        )
        return [PersonId(row["person"]) for row in await self._unit.rows(query)]

    async def forget(self, occurrence: OccurrenceId) -> None:
        """Delete who was present in the occurrence, and who may host it."""
        await self._unit.run(delete(presences).where(presences.c.occurrence == occurrence))
        await self._unit.run(delete(hosts).where(hosts.c.subject == occurrence))


class HostRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def grant(self, subject: str, person: PersonId, until: datetime) -> None:
        insert = self._unit.insert(hosts).values(subject=subject, person=person, until=until, hosting=False)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[hosts.c.subject, hosts.c.person], set_={"until": until}))

    async def drop(self, subject: str, person: PersonId) -> None:
        await self._unit.run(delete(hosts).where(hosts.c.subject == subject, hosts.c.person == person))

    async def may(self, subject: str, person: PersonId, now: datetime) -> bool:
        query = select(hosts.c.person).where(hosts.c.subject == subject, hosts.c.person == person, hosts.c.until > now)
        return await self._unit.row(query) is not None

    async def take(self, subject: str, person: PersonId) -> None:
        """Make the person the one who hosts, in place of whoever did. They need a grant."""
        await self._unit.run(update(hosts).where(hosts.c.subject == subject).values(hosting=hosts.c.person == person))

    async def host(self, subject: str) -> PersonId | None:
        query = select(hosts.c.person).where(hosts.c.subject == subject, hosts.c.hosting.is_(True))
        row = await self._unit.row(query.limit(1))
        return None if row is None else PersonId(row["person"])

    async def granted(self, subject: str, now: datetime) -> Sequence[PersonId]:
        query = select(hosts.c.person).where(hosts.c.subject == subject, hosts.c.until > now).order_by(hosts.c.person)
        return [PersonId(row["person"]) for row in await self._unit.rows(query)]
