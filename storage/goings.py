"""Who means to come: a `handlers.reminders.records.GoingBook` over one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import OccurrenceId, PersonId
from handlers.reminders.records import Going, Standing
from storage.tables.reminders import goings
from storage.unit import concrete


class Goings:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def hold(self, occurrence: OccurrenceId) -> None:
        """Let nobody else change the occurrence's places until this transaction ends."""
        await self._unit.lock(f"goings_{occurrence}")

    async def of(self, occurrence: OccurrenceId, person: PersonId) -> Going | None:
        row = await self._unit.row(select(goings).where(goings.c.occurrence == occurrence, goings.c.person == person))
        return None if row is None else _going(row)

    async def put(self, going: Going, at: datetime, ends_at: datetime) -> None:
        values = {"standing": going.standing.value, "turn": going.turn, "until": going.until, "ends_at": ends_at}
        insert = self._unit.insert(goings).values(occurrence=going.occurrence, person=going.person, at=at, **values)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[goings.c.occurrence, goings.c.person], set_=values))

    async def count(self, occurrence: OccurrenceId, *standings: Standing) -> int:
        query = (
            select(func.count().label("there"))
            .select_from(goings)
            .where(goings.c.occurrence == occurrence, goings.c.standing.in_([standing.value for standing in standings]))
        )
        row = await self._unit.row(query)
        return int(row["there"]) if row is not None else 0

    async def going(self, occurrence: OccurrenceId) -> int:
        """Return how many mean to come."""
        return await self.count(occurrence, Standing.GOING)

    async def waiting(self, occurrence: OccurrenceId) -> int:
        """Return how many are on the waiting list, or are offered a place."""
        return await self.count(occurrence, Standing.WAITING, Standing.OFFERED)

    async def last_turn(self, occurrence: OccurrenceId) -> int:
        query = select(func.max(goings.c.turn).label("last")).where(goings.c.occurrence == occurrence)
        row = await self._unit.row(query)
        return int(row["last"] or 0) if row is not None else 0

    async def first_waiting(self, occurrence: OccurrenceId) -> Going | None:
        waiting = (goings.c.occurrence == occurrence, goings.c.standing == Standing.WAITING.value)
        row = await self._unit.row(select(goings).where(*waiting).order_by(goings.c.turn, goings.c.person).limit(1))
        return None if row is None else _going(row)

    async def offers(self, occurrence: OccurrenceId) -> Sequence[Going]:
        """Return the places that are kept for somebody, the earliest to run out first."""
        offered = (goings.c.occurrence == occurrence, goings.c.standing == Standing.OFFERED.value)
        return [
            _going(row) for row in await self._unit.rows(select(goings).where(*offered).order_by(goings.c.until, goings.c.turn))
        ]

    async def move(self, occurrence: OccurrenceId, ends_at: datetime) -> None:
        """The evening ends at another time: what was said of it is kept as long after that."""
        await self._unit.run(update(goings).where(goings.c.occurrence == occurrence).values(ends_at=ends_at))


def _going(row: RowMapping) -> Going:
    return Going(OccurrenceId(row["occurrence"]), PersonId(row["person"]), Standing(row["standing"]), row["turn"], row["until"])
