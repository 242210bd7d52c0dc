"""What hangs in a community's rooms and in its platform's own calendar, and the port for storing that."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.ids import CommunityId, OccurrenceId, RoomId
from bot.core.meetings import Audience

OVER = "over"


class Board(msgspec.Struct, frozen=True):
    """A living schedule in a room, of one audience. `shown`: a digest of what was last sent there. `missed`: how often in a row it
    could not be sent."""

    room: RoomId
    community: CommunityId
    audience: Audience = Audience.PARTICIPANTS
    shown: str = ""
    missed: int = 0


class Wish(msgspec.Struct, frozen=True):
    """A community wants its evenings in its platform's own calendar. That is one list for everybody who is there, so it is of one
    audience. `discreet`: without the meetings' titles. `missed`: for how many hours in a row nothing could be put in."""

    community: CommunityId
    audience: Audience = Audience.PARTICIPANTS
    discreet: bool = True
    missed: int = 0


class Entry(msgspec.Struct, frozen=True):
    """An evening that was asked to be in the platform's calendar. `shown`: a digest of what was asked last, or OVER."""

    occurrence: OccurrenceId
    community: CommunityId
    room: RoomId
    starts_at: datetime
    ends_at: datetime
    shown: str


class NoticeBook(Protocol):
    async def boards(self, community: CommunityId) -> Sequence[Board]:
        """Return the community's boards, in the order in which they were hung."""
        ...

    async def board(self, room: RoomId) -> Board | None: ...

    async def hang(self, board: Board, at: datetime) -> None:
        """Store a board whole, in place of the room's earlier one."""
        ...

    async def take_down(self, room: RoomId) -> None: ...

    async def wish(self, community: CommunityId) -> Wish | None: ...

    async def put_wish(self, wish: Wish) -> None: ...

    async def drop_wish(self, community: CommunityId) -> None: ...

    async def entries(self, community: CommunityId) -> Sequence[Entry]: ...

    async def entry(self, occurrence: OccurrenceId) -> Entry | None: ...

    async def put_entry(self, entry: Entry) -> None: ...

    async def drop_entry(self, occurrence: OccurrenceId) -> None: ...

    async def renew(self, slot: str, now: datetime) -> None:
        """Let the slot's message be known for longer: it is edited for as long as it hangs, and must not be sent anew."""
        ...
