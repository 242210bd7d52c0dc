"""Who asks that their presence be confirmed, what was confirmed, and the ports for it. Presence only: no name is stored with it."""

import enum
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.core.ids import OccurrenceId, PersonId
from bot.core.meetings import Hosts, MeetingBook, Occurrence

KEPT_DAYS = 180  # a confirmed presence and its codes
ASK_DAYS = 2  # an ask lives no longer than what is known of who was there
ASKED_WITHIN = timedelta(hours=22)  # after the close; two hours later presence is forgotten
MOST_TRIES = 3  # asks of one person for one evening
MOST_CODES = 5  # of one presence; the oldest ends when there is one more


class Stand(enum.StrEnum):
    """Where an ask stands."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"  # the facilitator could not say so
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"


class Visit(msgspec.Struct, frozen=True):
    """An evening that a person was at, as long as it is known. `zone`: the meeting's."""

    occurrence: Occurrence
    came_at: datetime
    zone: str


class AskBody(msgspec.Struct, frozen=True):
    """`name`: what the person chose to show the facilitator; "" for nothing."""

    name: str = ""


class Ask(msgspec.Struct, frozen=True):
    id: str
    occurrence: OccurrenceId
    person: PersonId
    at: datetime
    stand: Stand = Stand.WAITING
    tries: int = 1
    name: str = ""


class Present(msgspec.Struct, frozen=True):
    """When somebody was present, in the zone in which it reads. `zone`: an IANA name."""

    began: datetime
    ended: datetime
    zone: str

    @property
    def minutes(self) -> int:
        return int((self.ended - self.began).total_seconds()) // 60


class Attended(msgspec.Struct, frozen=True):
    """A confirmed presence. `at`: when it was confirmed."""

    id: str
    person: PersonId
    at: datetime
    present: Present


class EveningBook(MeetingBook, Hosts, Protocol):
    """What is read of meetings here."""


class AskBook(Protocol):
    async def visits(self, person: PersonId) -> Sequence[Visit]:
        """Return the evenings that the person is known to have been at, the latest first."""
        ...

    async def visit(self, occurrence: OccurrenceId, person: PersonId) -> Visit | None: ...

    async def asks(self, person: PersonId) -> Sequence[Ask]: ...

    async def ask(self, ask: str) -> Ask | None: ...

    async def ask_of(self, occurrence: OccurrenceId, person: PersonId) -> Ask | None: ...

    async def waiting(self, occurrence: OccurrenceId) -> Sequence[Ask]:
        """Return the evening's asks that nobody has answered, oldest first."""
        ...

    async def put(self, ask: Ask) -> None:
        """Store an ask in place of the person's earlier one for that evening."""
        ...

    async def stand(self, before: Ask, stand: Stand, at: datetime) -> bool:
        """Store where an ask stands now, if it stands as before. Its name goes."""
        ...


class AttendanceBook(Protocol):
    async def confirm(self, attended: Attended) -> None: ...

    async def attended(self, person: PersonId, since: datetime) -> Sequence[Attended]:
        """Return the person's confirmed presences from `since` on, the latest first."""
        ...

    async def find(self, attended: str, person: PersonId) -> Attended | None: ...

    async def add_code(self, attended: Attended, code: str, at: datetime) -> None:
        """Keep a mark of a code. The oldest of more than MOST_CODES ends."""
        ...

    async def drop(self, attended: str, person: PersonId) -> bool:
        """Delete a presence with all its codes. False when it is not there, or somebody else's."""
        ...

    async def of_code(self, code: str) -> Attended | None: ...


class ReceiptBook(AskBook, AttendanceBook, Protocol):
    """All of it, over one transaction."""
