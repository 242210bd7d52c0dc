"""A report to a community's facilitators, and the port for storing it."""

import enum
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.core.ids import CommunityId, PersonId

ANSWER_WITHIN = timedelta(hours=72)
REPORT_DAYS = 180
A_DAY = 5  # reports of one person
LONGEST_WORDS = 500
MOST_ANSWERS = 5
MOST_LISTED = 100


class Kind(enum.StrEnum):
    """What it is about; a list, so that nobody has to find words."""

    DANGER = "danger"
    UNKIND = "unkind"
    MESSAGES = "messages"  # unwanted private ones
    SELLING = "selling"
    NAMES = "names"  # what was said, or who was there, was told elsewhere
    TIPS = "tips"  # of amounts, dealing, betting
    SEXUAL = "sexual"
    LEADING = "leading"  # something that a facilitator did
    OTHER = "other"


class State(enum.StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    SETTLED = "settled"
    BACK = "back"  # taken back by who reported


class Answer(msgspec.Struct, frozen=True):
    """One of the ready answers by its name, or a facilitator's own words."""

    ready: str = ""
    words: str = ""


class Body(msgspec.Struct, frozen=True):
    """`thing`: what was reported, as a button names it (see `bot.core.reporting`); `title`: how facilitators know it. `words` and
    `answers` are what was sent; the two drafts wait for a tap on the screen that shows them."""

    kind: Kind
    thing: str
    title: str = ""
    words: str = ""
    draft: str = ""
    answers: tuple[Answer, ...] = ()
    answer_draft: str = ""


class Report(msgspec.Struct, frozen=True):
    """`person`: who reports. It is theirs, sealed under their key; those who may read it see no name."""

    id: str
    person: PersonId
    community: CommunityId
    at: datetime
    state: State
    body: Body

    @property
    def is_live(self) -> bool:
        return self.state in (State.OPEN, State.ANSWERED)

    @property
    def answer_by(self) -> datetime:
        return self.at + ANSWER_WITHIN


class ReportBook(Protocol):
    async def keep(self, report: Report) -> None:
        """Store a report, new or changed."""
        ...

    async def get(self, report: str) -> Report | None: ...

    async def of(self, person: PersonId) -> Sequence[Report]:
        """Return what a person reported, the latest first."""
        ...

    async def send(self, report: str, reader: PersonId, at: datetime) -> None:
        """Note that a person may read a report."""
        ...

    async def readers(self, report: str) -> Sequence[PersonId]: ...

    async def letters(self, reader: PersonId, most: int) -> Sequence[Report]:
        """Return the last ones that a person was given to read and that were not taken back, the latest first."""
        ...
