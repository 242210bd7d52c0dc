"""What those who checked in want of a meeting's time, and the port to read it."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from bot.core.ids import OccurrenceId

TOPICS = ("urge", "motivation", "conflict", "low_mood", "planning", "other")


class AgendaItem(msgspec.Struct, frozen=True):
    """What one person wants of the meeting's time. `topic`: "" for nothing. `name`: only where they chose to show it."""

    topic: str = ""
    name: str = ""


class Topic(msgspec.Struct, frozen=True):
    """A topic of the agenda: how many asked for it, and the names of those who wanted theirs shown."""

    name: str
    count: int
    shown: tuple[str, ...] = ()


class Tally(msgspec.Struct, frozen=True):
    """What a room may know of its check-ins."""

    done: int = 0
    topics: tuple[Topic, ...] = ()


def tally_of(items: Sequence[AgendaItem]) -> Tally:
    """Return the agenda, the topics most asked for first."""
    topics = [
        Topic(name, len(asked), tuple(item.name for item in asked if item.name))
        for name in TOPICS
        if (asked := [item for item in items if item.topic == name])
    ]
    return Tally(len(items), tuple(sorted(topics, key=lambda topic: -topic.count)))


class Agenda(Protocol):
    async def items(self, occurrence: OccurrenceId) -> Sequence[AgendaItem]:
        """Return what each person who checked in wants of the meeting's time; no more of a check-in than that."""
        ...
