"""A person's kit, and the port for keeping it."""

from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.ids import PersonId

MOST_LINES = 10  # of each list; a list is read in an urge, so it stays short


class Kit(msgspec.Struct, frozen=True):
    """Lines of the person's own. `people`: whom to call, a name and a number as they wrote it."""

    reasons: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


class KitBook(Protocol):
    async def of(self, person: PersonId) -> Kit: ...

    async def keep(self, person: PersonId, kit: Kit, at: datetime) -> None: ...
