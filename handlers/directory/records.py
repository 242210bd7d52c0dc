"""What a person looks for in the list of meetings, and the ports that the list asks."""

import enum
from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from bot.core.ids import CommunityId, MeetingId, OccurrenceId, PersonId
from bot.core.meetings import Audience


class Want(enum.StrEnum):
    """Filters that a button puts on or takes off. The order is that of their bits in a button's data: only add at the end."""

    LANGUAGE = "language"  # in the reader's own
    BEGINNERS = "beginners"
    TEXT_ONLY = "text_only"
    ROOM = "room"  # takes place, and has a free place


TODAY, TOMORROW = "t", "m"
DAYS = (TODAY, TOMORROW, "0", "1", "2", "3", "4", "5", "6")  # a digit: a weekday, from Monday = 0


class Filter(msgspec.Struct, frozen=True):
    """`audience` is not a filter among others: one list is of one audience. `day`: one of DAYS, or "" for any. `mark`: of the words
    looked for in titles, or of one series (see `marks.py`); "" for any."""

    audience: Audience = Audience.PARTICIPANTS
    wants: frozenset[Want] = frozenset()
    day: str = ""
    mark: str = ""


class DirectoryBook(Protocol):
    """What the list asks beside the meetings themselves."""

    async def taken(self, occurrences: Sequence[OccurrenceId]) -> Mapping[OccurrenceId, int]:
        """Return how many places of each evening are taken: by those who said that they come, and by offers that still stand. An
        evening that is left out has none."""
        ...

    async def reminded_of(self, person: PersonId) -> frozenset[MeetingId]:
        """Return the series that the person is reminded of."""
        ...

    async def known_to(self, person: PersonId) -> Mapping[CommunityId, str]:
        """Return the communities whose meetings the person is reminded of or was at lately, each with the title of one of those."""
        ...
