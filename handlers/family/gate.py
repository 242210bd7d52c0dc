"""What an answer to the question of safety opens, and for how long."""

from collections.abc import Callable
from datetime import datetime

from bot.core.ids import PersonId
from bot.core.ports import FlowDone, Unit
from bot.core.richtext import Block
from bot.core.texts import Texts, say_p
from handlers.family.records import HOLDS, Pass, PassBook

NO = "no"


class FamilyGate:
    def __init__(self, texts: Texts, books: Callable[[Unit], PassBook]) -> None:
        self._texts = texts
        self._books = books

    async def passed(self, person: PersonId, now: datetime, unit: Unit) -> bool:
        """Whether a clear no holds now."""
        given = await self._books(unit).of(person)
        return given is not None and now < given.until

    async def answered(self, person: PersonId, now: datetime, unit: Unit) -> bool:
        """As `passed`: nothing is kept of any other answer, so it is asked again each time."""
        return await self.passed(person, now, unit)

    async def close(self, person: PersonId, unit: Unit) -> None:
        await self._books(unit).drop(person)

    async def ended(self, done: FlowDone, unit: Unit) -> tuple[Block, ...]:
        """Keep a clear no for its time; after anything else, take an earlier one back."""
        book, say = self._books(unit), self._texts.of(done.language)
        if done.answers.get("home") == NO:
            await book.keep(done.person, Pass(done.at + HOLDS), done.at)
            return ()
        await book.drop(done.person)
        return (say_p(say, "family.closed"), say_p(say, "family.open_still"))
