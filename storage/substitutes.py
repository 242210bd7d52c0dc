"""Who may be asked to stand in: a `handlers.meetings.records.Substitutes` over one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from bot.core import ports
from bot.core.ids import CommunityId, PersonId
from storage.tables.substitutes import substitutes
from storage.unit import concrete


class SubstituteRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def put(self, community: CommunityId, person: PersonId, at: datetime) -> None:
        insert = self._unit.insert(substitutes).values(community=community, person=person, at=at)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["community", "person"], set_={"at": at}))

    async def drop(self, community: CommunityId, person: PersonId) -> None:
        mine = (substitutes.c.community == community, substitutes.c.person == person)
        await self._unit.run(delete(substitutes).where(*mine))

    async def has(self, community: CommunityId, person: PersonId) -> bool:
        mine = (substitutes.c.community == community, substitutes.c.person == person)
        return await self._unit.row(select(substitutes.c.at).where(*mine)) is not None

    async def of(self, community: CommunityId) -> Sequence[PersonId]:
        query = select(substitutes.c.person).where(substitutes.c.community == community).order_by(substitutes.c.person)
        return [PersonId(row["person"]) for row in await self._unit.rows(query)]
