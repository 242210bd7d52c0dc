"""Check-in prompts: what a room is asked and when, who wants to be asked in private too, and the ports for storing that."""

import enum
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, time
from typing import Protocol

import msgspec

from bot.core.ids import CommunityId, MeetingId, PersonId, RoomId
from bot.core.meetings import Audience
from bot.core.ports import Unit
from bot.core.quiet import Quiet
from bot.core.schedule import Schedule

KEPT_DAYS = 60  # of askings


class Asks(enum.StrEnum):
    """Which questions. `OWN`: a set that the community made itself."""

    STANDARD = "standard"
    SHORT = "short"
    FAMILY = "family"
    OWN = "own"

    @property
    def flow(self) -> str:
        return _FLOWS[self]

    @property
    def audience(self) -> Audience:
        return Audience.FAMILY if self is Asks.FAMILY else Audience.PARTICIPANTS


_FLOWS = {Asks.STANDARD: "checkin", Asks.SHORT: "quickcheckin", Asks.FAMILY: "familycheckin", Asks.OWN: "owncheckin"}


class State(enum.StrEnum):
    DRAFT = "draft"  # being set up, never started
    RUNNING = "running"
    STOPPED = "stopped"
    LOST = "lost"  # stopped by itself: its room is gone


class Prompt(msgspec.Struct, frozen=True):
    """What a room is asked. `title`: of the community's own questions. With a `series` it comes `after` so many days after each of
    its evenings, at the schedule's time: `held` are the days of evenings whose prompt is still to come."""

    id: str
    community: CommunityId
    room: RoomId
    schedule: Schedule
    at: datetime
    audience: Audience = Audience.PARTICIPANTS
    asks: Asks = Asks.STANDARD
    questions: str = ""
    title: str = ""
    series: MeetingId = MeetingId("")
    after: int = 0
    held: tuple[date, ...] = ()
    state: State = State.DRAFT
    paused_until: datetime | None = None

    @property
    def is_running(self) -> bool:
        return self.state is State.RUNNING


class Standing(enum.StrEnum):
    WAITING = "waiting"  # its card is on its way
    SENT = "sent"
    CLOSED = "closed"  # a newer one has taken its place, or it was taken back


class Asking(msgspec.Struct, frozen=True):
    """One time that a prompt came. `until`: how long its card may still be sent. Nothing is noted here of who opened it."""

    id: str
    prompt: str
    at: datetime
    until: datetime
    standing: Standing = Standing.WAITING


class WishBody(msgspec.Struct, frozen=True):
    """How somebody wants to be asked. `days` (from Monday = 0) and `wall`: of one's own prompt, on the person's own clocks.
    `unanswered` counts those in a row; `resting`: it has paused itself after some of these."""

    asks: Asks = Asks.STANDARD
    days: tuple[int, ...] = ()
    wall: time = time(18)
    is_on: bool = True
    unanswered: int = 0
    resting: bool = False
    paused_until: datetime | None = None


class Wish(msgspec.Struct, frozen=True):
    """Somebody wants to be asked in private: by a community's prompt, or (`prompt` is "") at times of their own."""

    id: str
    person: PersonId
    at: datetime
    prompt: str = ""
    body: WishBody = WishBody()


class Open(msgspec.Struct, frozen=True):
    """The one private prompt of a person that waits for an answer. `asking`: a community's, or one of their own. `at`: when it may
    leave; `sent`: it is known to have arrived."""

    id: str
    person: PersonId
    wish: str
    asking: str
    at: datetime
    sent: bool = False


class PromptBook(Protocol):
    async def keep(self, prompt: Prompt) -> None:
        """Store a prompt, new or changed."""
        ...

    async def get(self, prompt: str) -> Prompt | None: ...

    async def drop(self, prompt: str) -> None:
        """Delete a prompt, its askings, and the wishes to be asked by it."""
        ...

    async def of_community(self, community: CommunityId) -> Sequence[Prompt]:
        """Return the community's prompts, oldest first."""
        ...

    async def of_room(self, room: RoomId) -> Sequence[Prompt]: ...

    async def of_series(self, series: MeetingId) -> Sequence[Prompt]:
        """Return the prompts that come after evenings of the series."""
        ...

    async def room_of(self, community: CommunityId, beginning: str) -> RoomId | None:
        """Return the community's one room whose id begins so."""
        ...

    async def ask(self, asking: Asking) -> None: ...

    async def asking(self, asking: str) -> Asking | None: ...

    async def newest(self, prompt: str) -> Asking | None: ...

    async def stand(self, asking: str, standing: Standing) -> None: ...


class WishBook(Protocol):
    async def keep_wish(self, wish: Wish) -> None:
        """Store a wish, new or changed; a second one of a person for the same prompt changes nothing."""
        ...

    async def wish(self, wish: str) -> Wish | None: ...

    async def drop_wish(self, wish: str) -> None: ...

    async def wishes_of(self, person: PersonId) -> Sequence[Wish]:
        """Return the person's wishes, oldest first."""
        ...

    async def wishing(self, prompt: str, after: str, limit: int) -> Sequence[Wish]:
        """Return up to `limit` wishes to be asked by a prompt, in the order of their ids, from beyond `after`."""
        ...

    async def hold(self, person: PersonId) -> None:
        """Let nobody else ask the person until this transaction ends."""
        ...

    async def open_of(self, person: PersonId) -> Open | None: ...

    async def opened(self, name: str) -> Open | None: ...

    async def keep_open(self, one: Open) -> None:
        """Store the person's one open prompt, in place of an earlier one."""
        ...

    async def drop_open(self, name: str) -> None: ...

    async def mark_sent(self, name: str) -> None: ...

    async def open_on(self, asking: str, after: str, limit: int) -> Sequence[Open]:
        """Return up to `limit` open ones of an asking, in the order of their ids, from beyond `after`."""
        ...


class PromptStore(PromptBook, WishBook, Protocol):
    """All of it, as one repository over one transaction."""


OwnQuestions = Callable[[CommunityId, Unit], Awaitable[Sequence[tuple[str, str]]]]
"""Return ids and titles of the questions that a community made itself."""

QuietOf = Callable[[CommunityId, Unit], Awaitable[Quiet | None]]
"""Return the hours in which a community's rooms are not written to."""


async def none_made(_community: CommunityId, _unit: Unit) -> Sequence[tuple[str, str]]:
    """No community has made questions of its own."""
    return ()


async def never_quiet(_community: CommunityId, _unit: Unit) -> Quiet | None:
    return None
