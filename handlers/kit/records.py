"""A person's kit, and the port for keeping it."""

from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.ids import PersonId

MOST_LINES = 10  # of each list; a list is read in an urge, so it stays short
LISTS = ("reasons", "values", "ifthens", "dents", "voice", "people")  # in the order in which they are shown


class Kit(msgspec.Struct, frozen=True):
    """Lines of the person's own. `people`: whom to call, a name and a number as they wrote it. `voice`: what they answer it."""

    reasons: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    dents: tuple[str, ...] = ()
    ifthens: tuple[str, ...] = ()
    voice: tuple[str, ...] = ()

    def of(self, name: str) -> tuple[str, ...]:
        """Return the lines of a list, by its name in `LISTS`."""
        return {
            "reasons": self.reasons,
            "people": self.people,
            "values": self.values,
            "dents": self.dents,
            "ifthens": self.ifthens,
            "voice": self.voice,
        }[name]


class KitBook(Protocol):
    async def of(self, person: PersonId) -> Kit: ...

    async def keep(self, person: PersonId, kit: Kit, at: datetime) -> None: ...
