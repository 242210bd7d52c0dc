"""A community's own check-in questions: a `handlers.ownquestions.records.QuestionBook` over one transaction."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import CommunityId
from handlers.ownquestions.records import QuestionSet, SetBody
from storage.tables.ownquestions import own_questions
from storage.unit import concrete


class OwnQuestions:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def of(self, community: CommunityId) -> Sequence[QuestionSet]:
        """Return the community's sets, oldest first."""
        query = select(own_questions).where(own_questions.c.community == community)
        rows = await self._unit.rows(query.order_by(own_questions.c.at, own_questions.c.id))
        return [await self._opened(row) for row in rows]

    async def get(self, questions: str) -> QuestionSet | None:
        row = await self._unit.row(select(own_questions).where(own_questions.c.id == questions))
        return None if row is None else await self._opened(row)

    async def keep(self, questions: QuestionSet) -> None:
        """Store a set, new or changed."""
        body = await self._unit.seal(questions.community, "own_questions", "body", questions.id, questions.body)
        row = {"id": questions.id, "community": questions.community, "at": questions.at, "body": body}
        insert = self._unit.insert(own_questions).values(**row)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["id"], set_={"body": body}))

    async def drop(self, questions: str) -> None:
        await self._unit.run(delete(own_questions).where(own_questions.c.id == questions))

    async def _opened(self, row: RowMapping) -> QuestionSet:
        community = CommunityId(row["community"])
        body = await self._unit.open(community, "own_questions", "body", row["id"], row["body"], SetBody)
        return QuestionSet(row["id"], community, row["at"], body)
