"""A community's own check-in questions, and the port for keeping them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.flow_own import Question
from bot.core.ids import CommunityId

MOST_SETS, MOST_QUESTIONS = 10, 5


class SetBody(msgspec.Struct, frozen=True):
    """`version` changes with every change: a preview of an older one is another preview."""

    title: str
    questions: tuple[Question, ...] = ()
    version: int = 1


class QuestionSet(msgspec.Struct, frozen=True):
    """Questions that are asked together, in their order. Title and questions are words of the community's facilitators."""

    id: str
    community: CommunityId
    at: datetime
    body: SetBody


class QuestionBook(Protocol):
    """Sealed under the community's key."""

    async def of(self, community: CommunityId) -> Sequence[QuestionSet]:
        """Return the community's sets, oldest first."""
        ...

    async def get(self, questions: str) -> QuestionSet | None: ...

    async def keep(self, questions: QuestionSet) -> None:
        """Store a set, new or changed."""
        ...

    async def drop(self, questions: str) -> None: ...
