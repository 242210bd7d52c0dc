"""A round: everybody who is here has one turn, if they want it; and the port for keeping it. Turns go when the round is over."""

import enum
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.ids import OccurrenceId, PersonId


class Way(enum.StrEnum):
    """In which order people are called."""

    HANDS = "hands"  # as hands go up; then who is left, as they came
    SHUFFLED = "shuffled"  # drawn once, when it begins


class At(enum.StrEnum):
    """Where somebody stands in a round."""

    WAITING = "waiting"
    SPEAKING = "speaking"
    DONE = "done"
    PASSED = "passed"
    LISTENING = "listening"
    LEFT = "left"


class Round(msgspec.Struct, frozen=True):
    """`number`: which of the evening's it is, from 1. `turn` counts callings: a press names the one on its screen. `since` and
    `until` are of the present turn; `until` is None where nobody's time is measured."""

    occurrence: OccurrenceId
    number: int
    way: Way
    at: datetime
    turn: int = 0
    since: datetime | None = None
    until: datetime | None = None
    paused_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_on(self) -> bool:
        return self.ended_at is None


class Turn(msgspec.Struct, frozen=True):
    """One person's turn. `number` names it to facilitators, and tells nothing of its person. `later`: put to the end, be their hand
    up or not."""

    occurrence: OccurrenceId
    person: PersonId
    number: int
    place: int
    stands: At = At.WAITING
    later: bool = False


def speaker(turns: Sequence[Turn]) -> Turn | None:
    return next((turn for turn in turns if turn.stands is At.SPEAKING), None)


def line(turns: Sequence[Turn], hands: Sequence[PersonId], way: Way) -> list[Turn]:
    """Return who is still to come, in the order in which they are called."""
    waiting = sorted((turn for turn in turns if turn.stands is At.WAITING), key=lambda turn: (turn.place, turn.number))
    if way is Way.SHUFFLED:
        return waiting
    by_person = {turn.person: turn for turn in waiting if not turn.later}
    raised = [by_person[person] for person in hands if person in by_person]
    first = {turn.person for turn in raised}
    return [*raised, *(turn for turn in waiting if turn.person not in first)]


class Rounds(Protocol):
    async def round(self, occurrence: OccurrenceId) -> Round | None:
        """Return the evening's latest round, over or not."""
        ...

    async def keep_round(self, round_: Round) -> None: ...

    async def turns(self, occurrence: OccurrenceId) -> Sequence[Turn]:
        """Return the turns of the round that is on, by their places."""
        ...

    async def keep_turns(self, turns: Sequence[Turn], at: datetime) -> None: ...

    async def drop_turns(self, occurrence: OccurrenceId, person: PersonId | None = None) -> None:
        """Delete the turns of an evening, or one person's."""
        ...

    async def round_of(self, person: PersonId) -> Sequence[OccurrenceId]:
        """Return the evenings in whose round the person has a turn."""
        ...

    async def gathered(self, occurrence: OccurrenceId, outside: Collection[PersonId]) -> Sequence[PersonId]:
        """Return who is in the room and may be called, in the order they came: who said that they are here, came into the voice
        room, or raised a hand; not who stands `outside`, was muted or put out, left, or listens today."""
        ...

    async def hands(self, occurrence: OccurrenceId) -> Sequence[PersonId]:
        """Return whose hand is up, in speaking order."""
        ...

    def shuffled(self, name: str, persons: Sequence[PersonId]) -> Sequence[PersonId]:
        """Return the persons in an order that nobody can foresee or choose; the same for the same name."""
        ...
