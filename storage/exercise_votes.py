"""Votes of an exercise, while they are being cast: a `handlers.exercises.records.Votes` over one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from bot.core import ports
from bot.core.ids import PersonId
from handlers.exercises.records import Vote
from storage.tables.exercises import exercise_votes
from storage.unit import concrete


class VoteRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def voters(self, exercise: str) -> int:
        count = func.count(exercise_votes.c.person.distinct()).label("voters")
        row = await self._unit.row(select(count).where(exercise_votes.c.exercise == exercise))
        return int(row["voters"]) if row is not None else 0

    async def votes_of(self, exercise: str, person: PersonId) -> Sequence[str]:
        mine = (exercise_votes.c.exercise == exercise, exercise_votes.c.person == person)
        rows = await self._unit.rows(select(exercise_votes.c.item).where(*mine).order_by(exercise_votes.c.item))
        return [row["item"] for row in rows]

    async def votes(self, exercise: str) -> Sequence[Vote]:
        query = select(exercise_votes.c.person, exercise_votes.c.item).where(exercise_votes.c.exercise == exercise)
        return [Vote(PersonId(row["person"]), row["item"]) for row in await self._unit.rows(query)]

    async def vote(self, exercise: str, vote: Vote, at: datetime) -> None:
        insert = self._unit.insert(exercise_votes).values(person=vote.person, item=vote.item, exercise=exercise, at=at)
        await self._unit.run(insert.on_conflict_do_nothing())

    async def take_vote(self, vote: Vote) -> None:
        mine = (exercise_votes.c.person == vote.person, exercise_votes.c.item == vote.item)
        await self._unit.run(delete(exercise_votes).where(*mine))

    async def forget_votes(self, exercise: str) -> None:
        await self._unit.run(delete(exercise_votes).where(exercise_votes.c.exercise == exercise))
