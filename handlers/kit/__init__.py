"""My kit: own reasons and own people to call, one tap away in an urge. `/kit` is the flow `content/flows/kit.yaml`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.core.features import Feature
from bot.core.ids import PersonId
from bot.core.ports import FlowDone, Unit
from bot.core.richtext import Block
from bot.core.texts import Texts, say_p
from handlers.kit import rules
from handlers.kit.records import Kit, KitBook

Fact = Callable[[PersonId, str, Unit], Awaitable[Sequence[str]]]


class KitKeeper:
    def __init__(self, texts: Texts, books: Callable[[Unit], KitBook]) -> None:
        self._texts = texts
        self._books = books

    async def ended(self, done: FlowDone, unit: Unit) -> tuple[Block, ...]:
        """Add what was written to the kit, or put it in the place of the old."""
        book = self._books(unit)
        kit = rules.filled(await book.of(done.person), done.answers)
        await book.keep(done.person, kit, done.at)
        return (say_p(self._texts.of(done.language), "kit.count", reasons=len(kit.reasons), people=len(kit.people)),)

    def facts(self) -> Mapping[str, Fact]:
        """What flows may ask of a person's kit."""

        async def pinned_reasons(person: PersonId, subject: str, unit: Unit) -> Sequence[str]:
            return (await self._books(unit).of(person)).reasons

        async def people_to_call(person: PersonId, subject: str, unit: Unit) -> Sequence[str]:
            return (await self._books(unit).of(person)).people

        async def kit(person: PersonId, subject: str, unit: Unit) -> Sequence[str]:
            kit = await self._books(unit).of(person)
            return (*kit.reasons, *kit.people)

        return {"pinned_reasons": pinned_reasons, "people_to_call": people_to_call, "kit": kit}

    def feature(self) -> Feature:
        return Feature(name="my_kit", flow_ends={"kit": self.ended})


__all__ = ["Kit", "KitBook", "KitKeeper"]
