"""Two people who pair for a week, each with a side of their own; and the port for keeping it.

A side is its person's, sealed under their key: no name and no id that stands open on the disk joins the two. (That both end at the
same moment does stand open there, as all moments do.) `other` names the other side, not the other person, so that nothing of it
changes when accounts are linked.
"""

import enum
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.core.ids import CommunityId, PersonId
from bot.core.meetings import Audience

LASTS = timedelta(days=7)
CODE_LIVES = timedelta(hours=24)
LOOKS = timedelta(hours=72)
ASKS = timedelta(hours=24)  # so long both may say yes
AGAIN = timedelta(hours=48)  # after the end: once more with the same person
APART_DAYS = 90  # so long two whom a No or an early end parted are not brought together again
TRACED_DAYS = 21  # so long a pair can be reported, from its beginning on
LONGEST_NAME = 40  # characters
LONGEST_WORDS = 200
USUAL_TIME = "19:00"


class Stage(enum.StrEnum):
    CODE = "code"  # a code was made, and waits to be entered
    LOOKING = "looking"  # waits for somebody else who looks
    ASKED = "asked"  # two were brought together; both are asked
    ON = "on"
    AGAIN = "again"  # it is over, and all that was exchanged is gone; both may want it once more


class Draft(msgspec.Struct, frozen=True):
    """What is about to be sent. `rating` 0 to 10, None where it is left out; `line` one of `rules.LINES`, "" where it is."""

    rating: int | None = None
    line: str = ""
    words: str = ""


class SideBody(msgspec.Struct, frozen=True):
    """`pair`: the id of the two; `other`: the other's side. `listed_until`: how long they wanted to look for somebody; None for who
    came by a code. `time`: when they are asked, on their own clocks; "" for never. `sent_on`: the day of their last note."""

    audience: Audience
    pair: str = ""
    other: str = ""
    yes: bool = False
    listed_until: datetime | None = None
    time: str = USUAL_TIME
    name: str = ""
    draft: Draft = Draft()
    sent_on: str = ""


class Side(msgspec.Struct, frozen=True):
    """A person has one at most. `until`: when its stage ends by itself."""

    id: str
    person: PersonId
    community: CommunityId
    at: datetime
    stage: Stage
    until: datetime
    body: SideBody


class NoteBody(msgspec.Struct, frozen=True):
    """`name`: the one that the writer chose for this pair, then. `back`: one of `rules.KIND`, that the reader sent for it."""

    draft: Draft
    name: str = ""
    back: str = ""


class Note(msgspec.Struct, frozen=True):
    """One day's check-in, as it was sent. `side` and `person` are the writer's; `day` is one on the writer's clocks.
    `until`: the end of the pair, with which it goes."""

    id: str
    side: str
    person: PersonId
    day: str
    at: datetime
    until: datetime
    body: NoteBody


class PairBook(Protocol):
    async def hold(self) -> None:
        """Let nobody else change who is with whom until this transaction ends. Before any other call that changes it."""
        ...

    async def mine(self, person: PersonId) -> Side | None: ...

    async def side(self, side: str) -> Side | None:
        """Return a side that can be opened: None also for one whose person is gone."""
        ...

    async def keep(self, side: Side, code: str = "") -> None:
        """Store a side, new or changed; a mark of the code with it, where there is one."""
        ...

    async def drop(self, side: str) -> None:
        """Delete a side, with the notes that were sent from it."""
        ...

    async def leave(self, person: PersonId) -> None:
        """Delete whatever side the person has, also one that cannot be opened."""
        ...

    async def offered(self, code: str, now: datetime) -> Side | None:
        """Return the side that waits for this code, until it has run out."""
        ...

    async def looking(self, community: CommunityId, audience: Audience, now: datetime) -> Sequence[Side]:
        """Return those who look for somebody, who waits longest first."""
        ...

    async def platforms(self, person: PersonId) -> frozenset[str]:
        """Return the platforms on which the person has an account."""
        ...

    async def add(self, note: Note) -> bool:
        """Store a note. False when there is one of that day already."""
        ...

    async def note(self, note: str) -> Note | None: ...

    async def notes_of(self, side: str) -> Sequence[Note]:
        """Return what was sent from a side, oldest first."""
        ...

    async def keep_note(self, note: Note) -> None: ...

    async def clear(self, side: str) -> None:
        """Delete what was sent from a side."""
        ...

    async def part(self, one: PersonId, other: PersonId, at: datetime) -> None:
        """Note, by a mark that names neither, that two are not to be brought together for some time."""
        ...

    async def are_apart(self, one: PersonId, other: PersonId, now: datetime) -> bool: ...

    async def trace(self, pair: str, community: CommunityId, both: Collection[PersonId], at: datetime) -> None:
        """Note, by marks, that there is a pair of this id, and of whom: so it can be reported, also when it has ended."""
        ...

    async def were_in(self, pair: str, some: Collection[PersonId]) -> frozenset[PersonId]:
        """Return who of some people is or was one of a pair that is traced."""
        ...

    async def traced(self, pair: str) -> CommunityId | None: ...
