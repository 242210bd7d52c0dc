"""What a group does together in working time, and the ports for keeping it. Deleted a day after the evening.

A line is its author's, sealed under their key. What the room sees are items: lines that read alike are one.
"""

import enum
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.core.ids import CommunityId, OccurrenceId, PersonId, RoomId
from bot.core.meetings import Admission, Hosts, MeetingBook, Occurrence

KEPT = timedelta(hours=24)  # after the meeting's end, as long as presence is kept
LONGEST_LINE = 120  # characters
LONGEST_TOPIC = 120


class Kind(enum.StrEnum):
    BOARD = "board"  # benefits and costs, of going on and of changing
    IDEAS = "ideas"  # a question, many answers, three votes each
    HELPED = "helped"  # what helped with urges this week
    REHEARSAL = "rehearsal"  # a hard moment is played: one answers, one makes the offer, the others watch


class Stage(enum.StrEnum):
    WRITING = "writing"
    VOTING = "voting"  # nothing is merged any more
    VOTED = "voted"
    PLAYING = "playing"  # of a rehearsal; before it, roles are given
    TALKING = "talking"  # it was played
    ENDED = "ended"


class Exercise(msgspec.Struct, frozen=True):
    """`topic`: a facilitator's words, "" for the usual one. `merges`: how often lines were brought into the room. `lines`: how many
    lines and parts there were when the room's message was last made. `asked_at`: since when a fresh one is promised. `script`: the
    stock situation of a rehearsal; "" for own words. `round`: how often its roles were swapped. `until`: when the gentle timer
    is up; None when none runs."""

    id: str
    occurrence: OccurrenceId
    community: CommunityId
    room: RoomId
    kind: Kind
    at: datetime
    topic: str = ""
    stage: Stage = Stage.WRITING
    merges: int = 0
    lines: int = 0
    asked_at: datetime | None = None
    script: str = ""
    round: int = 0
    until: datetime | None = None

    @property
    def is_on(self) -> bool:
        return self.stage is not Stage.ENDED

    @property
    def slot(self) -> str:
        return f"exercise_{self.id}"


class Item(msgspec.Struct, frozen=True):
    """What the room sees of the lines that read alike. `id` was drawn at random when they were merged, and items stand in the order
    of these: it tells nothing of who wrote when. `votes` and `place` are set when a vote is over: the sum, or only the place among
    the first three, where too few voted."""

    id: str
    exercise: str
    number: int
    hidden: bool = False
    votes: int | None = None
    place: int | None = None


class Line(msgspec.Struct, frozen=True):
    """One line of one person, in one of the exercise's boxes. `chip`: the key of a ready-made one; its `words` are "". `item`: what
    it became in the room; "" for not yet."""

    id: str
    exercise: str
    person: PersonId
    box: int
    words: str
    at: datetime
    chip: str = ""
    item: str = ""
    agreed: bool = False  # one person may see it by itself: the one who plays


class LineBody(msgspec.Struct, frozen=True):
    """What is sealed of a line."""

    words: str = ""
    chip: str = ""


class Vote(msgspec.Struct, frozen=True):
    person: PersonId
    item: str


class Role(enum.StrEnum):
    PLAYS = "plays"  # would answer, for themself: it is their hard moment
    OFFERS = "offers"
    WATCHES = "watches"
    ASKS = "asks"  # whose question it is, where a group gathers


class PartBody(msgspec.Struct, frozen=True):
    """What is sealed of a part. `name`: what they ticked to show; "" for by number. `best`, `leave`: what the one who plays takes
    along. `chosen`: the items that the one who asked takes along."""

    name: str = ""
    best: str = ""
    leave: str = ""
    chosen: tuple[str, ...] = ()


class Part(msgspec.Struct, frozen=True):
    """What somebody is in one exercise. `number` names them to the room ("Person 2") as long as they show no name. `given`: of
    those who would, the one who has the role."""

    id: str
    exercise: str
    person: PersonId
    number: int
    role: Role
    at: datetime
    given: bool = False
    body: PartBody = PartBody()


class Counts(msgspec.Struct, frozen=True):
    """How many people wrote, how many of them have something that the room has not seen, how many lines there are in all."""

    writers: int = 0
    waiting: int = 0
    lines: int = 0


class Evenings(MeetingBook, Hosts, Protocol):
    async def in_room(self, room: RoomId) -> Occurrence | None:
        """Return the room's occurrence that is under way, else the next one planned."""
        ...


class Lines(Protocol):
    async def counts(self, exercise: str) -> Counts: ...

    async def lines(self, exercise: str) -> Sequence[Line]:
        """Return every line that can be opened, in no order that tells of time: by their random ids."""
        ...

    async def lines_of(self, exercise: str, person: PersonId) -> Sequence[Line]:
        """Return a person's own lines as they wrote them."""
        ...

    async def add_line(self, line: Line) -> None: ...

    async def merge(self, line: str, item: str) -> None:
        """Note what a line became in the room."""
        ...

    async def withdraw(self, line: str) -> None: ...

    async def agree(self, line: str, *, agreed: bool) -> None: ...

    async def items(self, exercise: str) -> Sequence[Item]:
        """Return what came into the room, by number; also what is hidden, and what has no line left."""
        ...

    async def item(self, item: str) -> Item | None: ...

    async def keep_item(self, item: Item) -> None: ...


class Votes(Protocol):
    async def voters(self, exercise: str) -> int: ...

    async def votes_of(self, exercise: str, person: PersonId) -> Sequence[str]:
        """Return the items that the person voted for."""
        ...

    async def votes(self, exercise: str) -> Sequence[Vote]: ...

    async def vote(self, exercise: str, vote: Vote, at: datetime) -> None: ...

    async def take_vote(self, vote: Vote) -> None: ...

    async def forget_votes(self, exercise: str) -> None: ...


class Parts(Protocol):
    async def parts(self, exercise: str) -> Sequence[Part]:
        """Return who is what, by number."""
        ...

    async def part(self, part: str) -> Part | None: ...

    async def keep_part(self, part: Part) -> None: ...

    async def drop_part(self, part: str) -> None: ...


class ExerciseStore(Lines, Votes, Parts, Protocol):
    async def exercise(self, exercise: str) -> Exercise | None: ...

    async def running(self, occurrence: OccurrenceId) -> Exercise | None:
        """Return the evening's exercise that has not ended."""
        ...

    async def keep(self, exercise: Exercise) -> None: ...

    async def ask(self, exercise: str, at: datetime) -> None:
        """Note that a fresh message was promised, and touch nothing else."""
        ...

    async def forget(self, occurrence: OccurrenceId) -> None:
        """Delete the evening's exercises, with lines, items and votes."""
        ...

    async def kept_out(self, occurrence: OccurrenceId, admission: Admission, person: PersonId, now: datetime) -> bool:
        """Whether the person was muted, put out, or is not let in; with a kept door, also who never said that they are here."""
        ...

    async def shut_by(self, occurrence: OccurrenceId, person: PersonId, now: datetime) -> str:
        """Return what keeps a person from speaking up just now: "calm", or "locked" for somebody new to the room; "" for
        nothing. Facilitators are not kept from it."""
        ...
