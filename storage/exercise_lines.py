"""Lines of an exercise and what they became in the room: a `handlers.exercises.records.Lines` over one transaction."""

from collections.abc import Sequence

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import PersonId
from handlers.exercises.records import Counts, Item, Line, LineBody
from storage.keys import NoKey
from storage.sealing import Unopenable
from storage.tables.exercises import exercise_items, exercise_lines
from storage.unit import concrete

_LINES = exercise_lines.c


class LineRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def counts(self, exercise: str) -> Counts:
        waits = case((_LINES.item.is_(None), _LINES.person))  # null for a line that the room has seen: it is not counted
        numbers = (
            func.count(_LINES.person.distinct()).label("writers"),
            func.count(waits.distinct()).label("waiting"),
            func.count().label("lines"),
        )
        row = await self._unit.row(select(*numbers).where(_LINES.exercise == exercise))
        return Counts() if row is None else Counts(row["writers"], row["waiting"], row["lines"])

    async def lines(self, exercise: str) -> Sequence[Line]:
        query = select(exercise_lines).where(_LINES.exercise == exercise).order_by(_LINES.id)
        opened = [await self._line(row) for row in await self._unit.rows(query)]
        return [line for line in opened if line is not None]

    async def lines_of(self, exercise: str, person: PersonId) -> Sequence[Line]:
        mine = (_LINES.exercise == exercise, _LINES.person == person)
        rows = await self._unit.rows(select(exercise_lines).where(*mine).order_by(_LINES.box, _LINES.at, _LINES.id))
        opened = [await self._line(row) for row in rows]
        return [line for line in opened if line is not None]

    async def add_line(self, line: Line) -> None:
        body = LineBody(line.words, line.chip)
        await self._unit.run(
            self._unit.insert(exercise_lines).values(
                id=line.id,
                exercise=line.exercise,
                person=line.person,
                box=line.box,
                body=await self._unit.seal(line.person, "exercise_lines", "body", line.id, body),
                at=line.at,
                item=line.item or None,
                agreed=line.agreed,
            )
        )

    async def merge(self, line: str, item: str) -> None:
        await self._unit.run(update(exercise_lines).where(_LINES.id == line).values(item=item))

    async def withdraw(self, line: str) -> None:
        await self._unit.run(delete(exercise_lines).where(_LINES.id == line))

    async def agree(self, line: str, *, agreed: bool) -> None:
        await self._unit.run(update(exercise_lines).where(_LINES.id == line).values(agreed=agreed))

    async def items(self, exercise: str) -> Sequence[Item]:
        query = select(exercise_items).where(exercise_items.c.exercise == exercise).order_by(exercise_items.c.number)
        return [_item(row) for row in await self._unit.rows(query)]

    async def item(self, item: str) -> Item | None:
        row = await self._unit.row(select(exercise_items).where(exercise_items.c.id == item))
        return None if row is None else _item(row)

    async def keep_item(self, item: Item) -> None:
        changing = {"hidden": item.hidden, "votes": item.votes, "place": item.place}
        insert = self._unit.insert(exercise_items).values(id=item.id, exercise=item.exercise, number=item.number, **changing)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[exercise_items.c.id], set_=changing))

    async def _line(self, row: RowMapping) -> Line | None:
        """None for a line that does not open any more: its author is gone."""
        key, person = row["id"], PersonId(row["person"])
        try:
            body = await self._unit.open(person, "exercise_lines", "body", key, row["body"], LineBody)
        except (NoKey, Unopenable):
            return None
        item = row["item"] or ""
        return Line(key, row["exercise"], person, row["box"], body.words, row["at"], body.chip, item, row["agreed"])


def _item(row: RowMapping) -> Item:
    return Item(row["id"], row["exercise"], row["number"], row["hidden"], row["votes"], row["place"])
