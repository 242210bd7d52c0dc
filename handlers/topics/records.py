"""Topics between meetings, what was written in them without a name, and a community's rules for both."""

import enum
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.ids import CommunityId, PersonId, RoomId


class Stage(enum.StrEnum):
    NEW = "new"  # it is being opened
    BELOW = "below"  # a topic of its own, below the room
    CARD = "card"  # where there are none: a card in the room itself
    CLOSING = "closing"  # below the room still, while what was written in it without a name is taken from sight


class State(enum.StrEnum):
    WAITING = "waiting"  # on its way
    UP = "up"
    LOST = "lost"  # it could not be sent


class Body(msgspec.Struct, frozen=True):
    """A facilitator's own words; both "" for a prompt of the week."""

    title: str = ""
    text: str = ""


class Topic(msgspec.Struct, frozen=True):
    """One that is open, or closing; a closed one is no more. `number`: of its prompt, 0 for a facilitator's own words. `posts`
    counts what was ever written in it without a name, so that no number comes twice."""

    id: str
    community: CommunityId
    room: RoomId
    number: int
    opened_at: datetime
    stage: Stage = Stage.NEW
    weekly: bool = False
    posts: int = 0
    body: Body = Body()


class Unnamed(msgspec.Struct, frozen=True):
    """Something written without a name. Who wrote it stands nowhere; its words went with the message. `at`: in whole hours."""

    id: str
    topic: str
    number: int
    at: datetime
    state: State = State.WAITING


class Rules(msgspec.Struct, frozen=True):
    """`days`: after which a topic closes; 0 for never. `unnamed`: whether members may write without their name."""

    community: CommunityId
    days: int = 30
    unnamed: bool = False


class Week(msgspec.Struct, frozen=True):
    """A room in which the prompt of each week is opened. `weekday` counts from Monday = 0, `hour` on the community's clocks."""

    room: RoomId
    community: CommunityId
    weekday: int = 0
    hour: int = 18
    paused: bool = False


class Draft(msgspec.Struct, frozen=True):
    """Words that wait for their writer's tap. `title`: of a facilitator's own topic."""

    words: str
    title: str = ""


class Pace(msgspec.Struct, frozen=True):
    """When a person wrote without their name in the last day, the oldest first."""

    times: tuple[datetime, ...] = ()


class TopicBook(Protocol):
    async def topic(self, topic: str) -> Topic | None: ...

    async def keep(self, topic: Topic) -> None: ...

    async def drop(self, topic: str) -> None:
        """Forget a topic, and what is known of what was written in it."""
        ...

    async def of_room(self, room: RoomId) -> Sequence[Topic]:
        """Return the room's topics, newest first."""
        ...

    async def of_community(self, community: CommunityId) -> Sequence[Topic]: ...

    async def rules(self, community: CommunityId) -> Rules: ...

    async def keep_rules(self, rules: Rules) -> None: ...

    async def week(self, room: RoomId) -> Week | None: ...

    async def keep_week(self, week: Week) -> None: ...

    async def drop_week(self, room: RoomId) -> None: ...

    async def renew(self, slots: Sequence[str], now: datetime) -> None:
        """Let the slots' messages be known for longer than their usual days."""
        ...


class UnnamedBook(Protocol):
    async def post(self, post: str) -> Unnamed | None: ...

    async def add_post(self, post: Unnamed, person: PersonId) -> None:
        """Keep a post with a mark by which it can be asked whether it is the person's; the person is not kept."""
        ...

    async def note(self, post: str, state: State) -> None: ...

    async def drop_post(self, post: str) -> None: ...

    async def posts(self, topic: str) -> Sequence[Unnamed]:
        """Return what stands in a topic, in the order of its numbers."""
        ...

    async def is_of(self, post: str, person: PersonId) -> bool: ...

    async def posts_of(self, person: PersonId) -> Sequence[Unnamed]:
        """Return all that are the person's, newest first. Every post is looked at: nothing is indexed by person."""
        ...

    async def draft(self, person: PersonId, subject: str) -> Draft | None: ...

    async def keep_draft(self, person: PersonId, subject: str, draft: Draft, now: datetime) -> None: ...

    async def drop_draft(self, person: PersonId, subject: str) -> None: ...

    async def pace(self, person: PersonId) -> Pace: ...

    async def keep_pace(self, person: PersonId, pace: Pace, now: datetime) -> None: ...


class TopicStore(TopicBook, UnnamedBook, Protocol):
    """All of it, as one repository over one transaction."""
