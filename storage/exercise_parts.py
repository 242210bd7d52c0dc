"""Who is what in an exercise: a `handlers.exercises.records.Parts` over one transaction."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import PersonId
from handlers.exercises.records import Part, PartBody, Role
from storage.keys import NoKey
from storage.sealing import Unopenable
from storage.tables.exercises import exercise_parts
from storage.unit import concrete


class PartRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def parts(self, exercise: str) -> Sequence[Part]:
        query = select(exercise_parts).where(exercise_parts.c.exercise == exercise).order_by(exercise_parts.c.number)
        opened = [await self._part(row) for row in await self._unit.rows(query)]
        return [part for part in opened if part is not None]

    async def part(self, part: str) -> Part | None:
        row = await self._unit.row(select(exercise_parts).where(exercise_parts.c.id == part))
        return None if row is None else await self._part(row)

    async def keep_part(self, part: Part) -> None:
        """Store a part whole."""
        changing = {
            "role": part.role.value,
            "given": part.given,
            "body": await self._unit.seal(part.person, "exercise_parts", "body", part.id, part.body),
        }
        fixed = {"id": part.id, "exercise": part.exercise, "person": part.person, "number": part.number, "at": part.at}
        insert = self._unit.insert(exercise_parts).values(**fixed, **changing)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[exercise_parts.c.id], set_=changing))

    async def drop_part(self, part: str) -> None:
        await self._unit.run(delete(exercise_parts).where(exercise_parts.c.id == part))

    async def _part(self, row: RowMapping) -> Part | None:
        """None for one that does not open any more: the person is gone."""
        key, person = row["id"], PersonId(row["person"])
        try:
            body = await self._unit.open(person, "exercise_parts", "body", key, row["body"], PartBody)
        except (NoKey, Unopenable):
            return None
        return Part(key, row["exercise"], person, row["number"], Role(row["role"]), row["at"], row["given"], body)
