"""The evening after: a `handlers.afterwards.records.AfterBook` over one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from bot.core import ports
from bot.core.ids import CommunityId, OccurrenceId, PersonId, RoomId
from handlers.afterwards.records import Debrief, Met, Note, Went
from storage.tables.afterwards import debriefs, met
from storage.tables.meetings import occurrences, series
from storage.tables.plans import plans
from storage.unit import concrete


class Afterwards:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def met(self, person: PersonId, community: CommunityId) -> Met | None:
        row = await self._unit.row(select(met.c.quiet).where(met.c.person == person, met.c.community == community))
        return None if row is None else Met(row["quiet"])

    async def meet(self, person: PersonId, community: CommunityId, at: datetime) -> None:
        insert = self._unit.insert(met).values(person=person, community=community, quiet=False, at=at)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["person", "community"], set_={"at": at}))

    async def be_quiet(self, person: PersonId, community: CommunityId, *, quiet: bool) -> bool:
        mine = (met.c.person == person, met.c.community == community)
        return await self._unit.run(update(met).where(*mine).values(quiet=quiet)) == 1

    async def has_plan(self, person: PersonId, since: datetime) -> bool:
        made = select(plans.c.id).where(plans.c.person == person, plans.c.at >= since).limit(1)
        return await self._unit.row(made) is not None

    async def keep(self, debrief: Debrief, at: datetime) -> None:
        values = {"occurrence": debrief.occurrence, "went": debrief.went.value, "note": debrief.note.value, "at": at}
        await self._unit.run(self._unit.insert(debriefs).values(**values).on_conflict_do_nothing())

    async def debriefs(self, room: RoomId, limit: int) -> Sequence[Debrief]:
        query = (
            select(debriefs, occurrences.c.starts_at)
            .join(occurrences, occurrences.c.id == debriefs.c.occurrence)
            .join(series, series.c.id == occurrences.c.series)
            .where(func.coalesce(occurrences.c.room, series.c.room) == room)
            .order_by(occurrences.c.starts_at.desc())
            .limit(limit)
        )
        return [
            Debrief(OccurrenceId(row["occurrence"]), Went(row["went"]), Note(row["note"]), row["starts_at"])
            for row in await self._unit.rows(query)
        ]
