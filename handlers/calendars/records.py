"""Feeds, imports, and the ports of this feature."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.calendar import Calendar, Change
from bot.core.ids import CommunityId, MeetingId, PersonId, RoomId
from bot.core.meetings import Audience, MeetingBook, Series
from bot.core.ports import Unit
from bot.core.schedule import Schedule


class PublicFeed(msgspec.Struct, frozen=True):
    """A community's calendar for anybody who has its address, of one audience. The address is not secret, and cannot be guessed."""

    community: CommunityId
    audience: Audience
    token: str
    at: datetime


class PrivateFeed(msgspec.Struct, frozen=True):
    """One person's calendar of a community, of one audience. Its address is shown once and is found by its mark alone.

    `plain`: with the meetings' own titles; else each is called the same neutral word.
    """

    id: str
    person: PersonId
    community: CommunityId
    audience: Audience
    at: datetime
    plain: bool = False


class FeedBody(msgspec.Struct, frozen=True):
    """What is sealed of a private feed: which audience somebody belongs to is their secret."""

    audience: Audience
    plain: bool = False


class Version(msgspec.Struct, frozen=True):
    """How often a series was seen changed, and when last."""

    number: int
    at: datetime


class FeedBook(Protocol):
    async def public(self, community: CommunityId) -> Sequence[PublicFeed]: ...

    async def publish(self, feed: PublicFeed) -> None:
        """Store a public feed in place of the one of that audience; the old address ends."""
        ...

    async def unpublish(self, community: CommunityId, audience: Audience) -> None: ...

    async def find_public(self, token: str) -> PublicFeed | None: ...

    async def private(self, person: PersonId, community: CommunityId) -> Sequence[PrivateFeed]: ...

    async def keep_private(self, feed: PrivateFeed, token: str) -> None:
        """Store a feed under a new address, in place of the person's feed of that community and audience."""
        ...

    async def name_plainly(self, feed: PrivateFeed, *, plain: bool) -> None: ...

    async def drop_private(self, feed: PrivateFeed) -> None: ...

    async def find_private(self, token: str) -> PrivateFeed | None: ...

    async def versions(self, contents: Mapping[MeetingId, str], now: datetime) -> Mapping[MeetingId, Version]:
        """Return the version of each series, a new one for each whose content is not what it was when last asked."""
        ...


class Draft(msgspec.Struct, frozen=True):
    """A meeting read from a file. `entry`: the line or the entry where it stands. `changes` name no series yet. `notes`: what was
    not certain, as keys `calendars.note_<note>`."""

    entry: int
    title: str
    schedule: Schedule
    minutes: int
    link: str = ""
    beginners: bool = False
    text_only: bool = False
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()


class Skipped(msgspec.Struct, frozen=True):
    """An entry that is not taken over. `why` is a key: `calendars.skip_<why>`."""

    entry: int
    why: str
    title: str = ""


class Read(msgspec.Struct, frozen=True):
    """What a file holds. `by_line`: entries are named by their line, else by their number. `zone`: what times without one were
    read in."""

    drafts: tuple[Draft, ...]
    skipped: tuple[Skipped, ...]
    zone: str
    by_line: bool


class Prepared(msgspec.Struct, frozen=True):
    """An import that waits for its Save. It takes place in the room where it was asked for."""

    community: CommunityId
    room: RoomId
    audience: Audience
    drafts: tuple[Draft, ...]


class ImportBook(Protocol):
    async def keep(self, import_id: str, person: PersonId, prepared: Prepared, at: datetime) -> None:
        """Store the person's one waiting import."""
        ...

    async def take(self, import_id: str, person: PersonId) -> Prepared | None:
        """Return a waiting import of the person's, and delete it: it is saved once."""
        ...


class CalendarBooks(FeedBook, ImportBook, Protocol):
    """Both, as one repository over one transaction."""


class SeriesBook(MeetingBook, Calendar, Protocol):
    """Series with what is different about single evenings; and the making of new ones."""

    async def add_series(self, series: Series) -> None: ...

    async def put_change(self, change: Change) -> None: ...


Followed = Callable[[Unit, PersonId], Awaitable[Sequence[MeetingId]]]
"""The series a person follows: has reminders for, or said going to."""
