"""Erasing a person, all features told before: what they posted for the person is taken back while it can still be found."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.core.features import Leaves
from bot.core.ids import PersonId
from bot.core.ports import Held, PersonalData, Unit


class Farewell:
    """A `bot.core.ports.PersonalData`. `leaves` is asked only when somebody goes, when every feature is made."""

    def __init__(self, unit: Unit, rows: PersonalData, leaves: Callable[[], Sequence[Leaves]]) -> None:
        self._unit = unit
        self._rows = rows
        self._leaves = leaves

    async def held(self, person: PersonId, now: datetime) -> Sequence[Held]:
        return await self._rows.held(person, now)

    async def export(self, person: PersonId) -> dict[str, list[dict[str, object]]]:
        return await self._rows.export(person)

    async def erase(self, person: PersonId, now: datetime) -> None:
        for leave in self._leaves():
            await leave(person, now, self._unit)
        await self._rows.erase(person, now)
