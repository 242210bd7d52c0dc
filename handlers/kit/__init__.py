"""My kit: own reasons, values, plans and people to call, one tap away in an urge. `/kit` shows it; the flow `kit` adds to it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from bot.core.features import Action, Command, Feature, Needs, Where
from bot.core.ids import PersonId
from bot.core.ports import FlowDone, Flows, Unit
from bot.core.richtext import Block
from bot.core.texts import Texts
from handlers.kit import rules, views
from handlers.kit.commands import FLOW, KitCommands
from handlers.kit.records import LISTS, Kit, KitBook
from handlers.kit.shelf import Shelf

Fact = Callable[[PersonId, str, Unit], Awaitable[Sequence[str]]]
IN_AN_URGE = ("reasons", "values", "ifthens", "voice")  # what "see my reasons" shows
_FACTS: Mapping[str, tuple[str, ...]] = {
    "pinned_reasons": ("reasons",),
    "people_to_call": ("people",),
    "voice_lines": ("voice",),
    "dents_lines": ("dents",),
    "kit_lines": IN_AN_URGE,
    "kit": LISTS,
}


class KitKeeper:
    def __init__(self, texts: Texts, books: Callable[[Unit], KitBook]) -> None:
        self._texts = texts
        self._shelf = Shelf(books)

    async def ended(self, done: FlowDone, unit: Unit) -> tuple[Block, ...]:
        """Add what was written to the kit."""
        kit = rules.filled(await self._shelf.of(done.person, unit), done.answers)
        await self._shelf.keep(done.person, kit, done.at, unit)
        return views.kept(self._texts.of(done.language), kit)

    async def pin(self, person: PersonId, into: str, lines: tuple[str, ...], unit: Unit, at: datetime) -> None:
        """Put lines of another tool into one of the lists."""
        await self._shelf.keep(person, rules.pinned(await self._shelf.of(person, unit), into, lines), at, unit)

    def facts(self) -> Mapping[str, Fact]:
        """What flows may ask of a person's kit."""

        def fact(names: tuple[str, ...]) -> Fact:
            async def lines(person: PersonId, subject: str, unit: Unit) -> Sequence[str]:
                return rules.together(await self._shelf.of(person, unit), names)

            return lines

        return {name: fact(names) for name, names in _FACTS.items()}

    def feature(self, flows: Flows) -> Feature:
        commands = KitCommands(self._texts, self._shelf, flows)
        presses = {
            "look": commands.look,
            "start": commands.add,
            "lists": commands.lists,
            "list": commands.list,
            "out": commands.out,
            "anew": commands.anew,
            "empty": commands.empty,
        }
        return Feature(
            name="kit",
            commands=(Command("kit", commands.command, Needs.CONSENT, Where.PRIVATE),),
            presses={name: Action(run, Needs.CONSENT) for name, run in presses.items()},
            flow_ends={FLOW: self.ended},
        )


__all__ = ["Kit", "KitBook", "KitKeeper"]
