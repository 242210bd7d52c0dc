"""What others ask of a community's own questions: which there are, and the questions of one for the flow that asks them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from bot.core.flow_own import as_lines
from bot.core.ids import CommunityId, PersonId
from bot.core.ports import Unit
from bot.core.prompting import questions_of
from handlers.ownquestions.records import QuestionBook


class Fact(Protocol):
    async def __call__(self, person: PersonId, subject: str, unit: Unit, /) -> Sequence[str]: ...


class QuestionKeeper:
    def __init__(self, books: Callable[[Unit], QuestionBook]) -> None:
        self.books = books

    async def titles(self, community: CommunityId, unit: Unit) -> Sequence[tuple[str, str]]:
        """Return id and title of each of the community's sets that has a question."""
        return [(one.id, one.body.title) for one in await self.books(unit).of(community) if one.body.questions]

    def facts(self) -> Mapping[str, Fact]:
        """What flows may ask: `own_questions`, by the subject of a check-in that a prompt asked for (`questions_of`)."""

        async def own_questions(person: PersonId, subject: str, unit: Unit, /) -> Sequence[str]:
            wanted = questions_of(subject)
            found = await self.books(unit).get(wanted) if wanted else None
            return as_lines(found.body.questions) if found is not None else ()

        return {"own_questions": own_questions}
