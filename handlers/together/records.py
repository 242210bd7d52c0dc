"""What is kept of a community's weeks, who lets their number count, and the lines that somebody shared; and the ports for them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

import msgspec

from bot.core.ids import CommunityId, PersonId, RoomId
from bot.core.meetings import Audience

LONGEST_LINE, LONGEST_NAME = 140, 40  # characters
LINE_DAYS = 21  # a line is shown for a week, once its own is over and closed
WEEK_DAYS = 70
YES_DAYS = 365  # then somebody who goes on says so again


class Sum(msgspec.Struct, frozen=True):
    """All that is ever told of a week's numbers. `people` counts in `rules.BANDS`; `low`, `middle` and `high` in `rules.RANGES`:
    in which the middle answer is, and from which to which others near it lie."""

    people: int
    low: int
    middle: int
    high: int


class Week(msgspec.Struct, frozen=True):
    """A closed week, from `monday` to the Sunday after. `sum` is None when fewer than five answered. Made once, never changed."""

    community: CommunityId
    audience: Audience
    monday: date
    sum: Sum | None = None


class Yes(msgspec.Struct, frozen=True):
    """In which of a community's two pictures somebody's numbers count, each since when."""

    since: dict[Audience, datetime] = {}


class LineBody(msgspec.Struct, frozen=True):
    """One line of what helped, in its author's words. `name`: the one they chose for it; "" for none."""

    words: str
    name: str = ""
    audience: Audience = Audience.PARTICIPANTS


class Line(msgspec.Struct, frozen=True):
    """`monday`: of the week it belongs to. Until it is `shared` only its author sees it. `hidden`: by a facilitator."""

    id: str
    person: PersonId
    community: CommunityId
    monday: date
    at: datetime
    body: LineBody
    shared: bool = False
    hidden: bool = False


class Telling(msgspec.Struct, frozen=True):
    """A room that is told when a week's picture is there."""

    room: RoomId
    community: CommunityId
    audience: Audience


class Agreed(Protocol):
    async def yes(self, person: PersonId, community: CommunityId) -> Yes: ...

    async def keep_yes(self, person: PersonId, community: CommunityId, yes: Yes, at: datetime) -> None:
        """Store in which pictures a person's numbers count; nothing is kept of somebody whose numbers count in none."""
        ...

    async def anyone(self, community: CommunityId) -> bool: ...

    async def is_known(self, person: PersonId, community: CommunityId) -> bool:
        """Whether somebody was at a meeting of the community, or has something of theirs here."""
        ...


class Weeks(Protocol):
    async def numbers(self, community: CommunityId, since: datetime, until: datetime) -> Mapping[Audience, Sequence[int]]:
        """Return each agreeing person's last number of that time, in no order that says anything. Two audiences never meet."""
        ...

    async def close(self, week: Week, at: datetime) -> None:
        """Keep a week, if it is not kept already: what is there stays as it is."""
        ...

    async def weeks(self, community: CommunityId, audience: Audience, most: int) -> Sequence[Week]:
        """Return the last weeks that were closed, the earliest first."""
        ...

    async def audiences(self, community: CommunityId) -> Collection[Audience]:
        """Return for whom the community ever had meetings."""
        ...


class Lines(Protocol):
    async def line(self, line: str) -> Line | None: ...

    async def lines_of(self, person: PersonId, community: CommunityId) -> Sequence[Line]:
        """Return all lines of a person in a community, drafts too, the newest first."""
        ...

    async def shared(self, community: CommunityId, audience: Audience, monday: date) -> Sequence[Line]:
        """Return the lines of a week, one of a person, in an order that says nothing of when or by whom, always the same."""
        ...

    async def keep_line(self, line: Line) -> None: ...

    async def drop_line(self, line: str) -> None: ...

    async def drop_drafts(self, community: CommunityId, before: date) -> None:
        """Drop what was written and not shared in the weeks before."""
        ...


class Tellings(Protocol):
    async def telling(self, room: RoomId) -> Telling | None: ...

    async def tellings(self, community: CommunityId, audience: Audience) -> Sequence[Telling]: ...

    async def tell(self, telling: Telling, at: datetime) -> None: ...

    async def tell_no_more(self, room: RoomId) -> None: ...


class TogetherBook(Agreed, Weeks, Lines, Tellings, Protocol):
    """Everything of this feature, over one transaction."""
