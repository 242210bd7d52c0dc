"""What those who checked in want of a meeting's time, and the ports to read it."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from bot.core.ids import OccurrenceId
from bot.core.meetings import Occurrence

TOPICS = ("urge", "motivation", "conflict", "low_mood", "planning", "other")


class AgendaItem(msgspec.Struct, frozen=True):
    """What one person wants of the meeting's time. `topic`: "" for nothing. `name`: only where they chose to show it."""

    topic: str = ""
    name: str = ""


class Tally(msgspec.Struct, frozen=True):
    """What a room may know of its check-ins: how many there are, what is talked about, what comes then, and how much more waits."""

    done: int = 0
    now: AgendaItem | None = None
    following: AgendaItem | None = None
    more: int = 0


def tally_of(done: int, now: AgendaItem | None, waiting: Sequence[AgendaItem]) -> Tally:
    return Tally(done, now, waiting[0] if waiting else None, max(0, len(waiting) - 1))


class Agenda(Protocol):
    async def items(self, occurrence: OccurrenceId) -> Sequence[AgendaItem]:
        """Return what each person who checked in wants of the meeting's time; no more of a check-in than that."""
        ...


class Tallies(Protocol):
    async def tally(self, occurrence: Occurrence) -> Tally: ...
