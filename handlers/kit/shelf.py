"""The kit as this feature reads it: the row once an act, though a flow asks for several facts of it."""

from collections.abc import Callable
from datetime import datetime
from weakref import WeakKeyDictionary

from bot.core.ids import PersonId
from bot.core.ports import Unit
from handlers.kit.records import Kit, KitBook


class Shelf:
    """What was read stands with its transaction, and goes with it."""

    def __init__(self, books: Callable[[Unit], KitBook]) -> None:
        self._books = books
        self._read: WeakKeyDictionary[Unit, dict[PersonId, Kit]] = WeakKeyDictionary()

    async def of(self, person: PersonId, unit: Unit) -> Kit:
        read = self._read.setdefault(unit, {})
        if person not in read:
            read[person] = await self._books(unit).of(person)
        return read[person]

    async def keep(self, person: PersonId, kit: Kit, at: datetime, unit: Unit) -> None:
        """Store a kit, unless it is as it was."""
        if kit != await self.of(person, unit):
            await self._books(unit).keep(person, kit, at)
            self._read[unit][person] = kit
