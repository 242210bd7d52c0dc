"""Who is in the room and how they stand, and the ports for keeping it. Deleted a day after the evening; powers when undone."""

import enum
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.core.calls import Account
from bot.core.deeds import Standing
from bot.core.ids import CommunityId, OccurrenceId, PersonId, RoomId
from bot.core.meetings import Admission, Floor, Hosts, MeetingBook, Occurrence
from handlers.floor.round_records import Rounds

LONGEST_NAME = 40  # characters; a button's label
RAID_WINDOW = timedelta(seconds=60)  # in which accounts new to the house are counted together
NEW = timedelta(minutes=10)  # somebody whom the house first met less than this before is new to it
KEPT = timedelta(hours=24)  # seats after the close, as long as presence is kept


class Hand(enum.StrEnum):
    DOWN = "down"
    UP = "up"
    SPEAKING = "speaking"
    LISTENING = "listening"  # today they only listen: nobody calls on them


class Seat(msgspec.Struct, frozen=True):
    """One person in one evening's room, from the first thing that the room noticed of them.

    `number` names them to facilitators ("Hand 3"). `name`: None before they chose, "" for no name. `place`: in the queue, from 1,
    while the hand is up. `ticket`: of the latest raising; `sits_out`: after a skip, the highest ticket that was out then: the round
    of those has to go by first.
    """

    occurrence: OccurrenceId
    person: PersonId
    number: int
    at: datetime
    name: str | None = None
    hand: Hand = Hand.DOWN
    place: int = 0
    turns: int = 0
    ticket: int = 0
    sits_out: int = 0
    raised: bool = False  # ever, in this evening
    in_voice_since: datetime | None = None
    let_in_at: datetime | None = None
    left_at: datetime | None = None  # they went, and did nothing in the room since

    @property
    def is_new_voice(self) -> bool:
        return self.turns == 0


class Door(msgspec.Struct, frozen=True):
    """Who waits outside of those who say that they are here: with `lobby` all who came after `inside_until`; with `new_since` also
    those who came after it and whom the house had not long met then."""

    lobby: bool = False
    inside_until: datetime | None = None
    new_since: datetime | None = None

    @property
    def is_open(self) -> bool:
        return not self.lobby and self.new_since is None


class Order(msgspec.Struct, frozen=True):
    """How one evening's room is kept. `lobby`: None for as the series has it. Whoever came until `inside_until` is inside;
    `raid_at`: since when accounts new to the house wait at the door. `door` counts what the platform was asked of the room;
    `door_owed`: it has not confirmed that the room is open again. `breakout` counts openings, `breakouts` is what is open now."""

    occurrence: OccurrenceId
    turn: int = 0
    since: datetime | None = None
    until: datetime | None = None
    numbers: int = 0
    tickets: int = 0
    lobby: bool | None = None
    inside_until: datetime | None = None
    raid_at: datetime | None = None
    offered_at: datetime | None = None
    locked: bool = False
    calm: bool = False
    door: int = 0
    door_owed: bool = False
    breakout: int = 0
    breakouts: int = 0
    back_at: datetime | None = None

    def who_waits(self, admission: Admission) -> Door:
        """Return who waits outside: as the series has it, unless a facilitator said otherwise this evening."""
        lobby = admission is Admission.FACILITATOR if self.lobby is None else self.lobby
        return Door(lobby, self.inside_until, self.raid_at - RAID_WINDOW if self.raid_at else None)


class Hold(msgspec.Struct, frozen=True):
    """A power over one person: written before the platform is asked, struck when it has confirmed that they are free again.

    `asks` counts what the platform was asked: an answer to an earlier one means nothing. `owed`: the platform could not free them
    (they are elsewhere); it is asked again when they return. `by`: the facilitator to be told if it could not be done.
    """

    id: str
    occurrence: OccurrenceId
    person: PersonId
    community: CommunityId
    room: RoomId
    standing: Standing
    asked_at: datetime
    by: PersonId | None = None
    confirmed_at: datetime | None = None
    until: datetime | None = None
    asks: int = 1
    owed: bool = False

    @property
    def is_on(self) -> bool:
        return self.standing is not Standing.FREE


class Motion(msgspec.Struct, frozen=True):
    """One facilitator asks for a removal; another has to confirm it."""

    id: str
    occurrence: OccurrenceId
    person: PersonId
    by: PersonId | None
    at: datetime


class Kind(enum.StrEnum):
    """What a facilitator did, as the record of acts has it."""

    MUTE = "mute"
    UNMUTE = "unmute"
    WAIT = "wait"
    REMOVE = "remove"
    RETURN = "return"
    LOBBY = "lobby"
    LOCK = "lock"
    CALM = "calm"
    OPEN = "open"


class Act(msgspec.Struct, frozen=True):
    """A power was used: when, where, of which kind, by how many. No names, no words. `review_by`: by when an owner is to look."""

    id: str
    community: CommunityId
    occurrence: OccurrenceId
    at: datetime
    kind: Kind
    hands: int = 1
    review_by: datetime | None = None
    reviewed_at: datetime | None = None


class Outside(msgspec.Struct, frozen=True):
    person: PersonId
    at: datetime  # when they came


class Evenings(MeetingBook, Hosts, Protocol):
    async def live(self, community: CommunityId) -> Sequence[OccurrenceId]:
        """Return the community's evenings that are under way."""
        ...

    async def in_room(self, room: RoomId) -> Occurrence | None:
        """Return the room's occurrence that is under way, else the next one planned."""
        ...


class Seats(Floor, Protocol):
    async def order(self, occurrence: OccurrenceId) -> Order:
        """Return how the room is kept; a plain one where nothing was said yet."""
        ...

    async def keep_order(self, order: Order) -> None: ...

    async def seats(self, occurrence: OccurrenceId) -> Sequence[Seat]:
        """Return every seat by its number."""
        ...

    async def seat(self, occurrence: OccurrenceId, person: PersonId) -> Seat | None: ...

    async def seat_numbered(self, occurrence: OccurrenceId, number: int) -> Seat | None: ...

    async def keep_seat(self, seat: Seat) -> None: ...

    async def outside(self, occurrence: OccurrenceId, door: Door, now: datetime) -> Sequence[Outside]:
        """Return who said that they are here, or was sent to the waiting room, and is not let in, in the order they came."""
        ...

    async def hosts_there(self, occurrence: OccurrenceId, now: datetime) -> Sequence[PersonId]:
        """Return who has a facilitator's grant for the evening and said that they are here."""
        ...

    async def leads(self, subjects: Sequence[str], person: PersonId, now: datetime) -> bool:
        """Whether the person has a facilitator's grant for one of the subjects."""
        ...

    async def evening_of(self, person: PersonId) -> OccurrenceId | None:
        """Return the evening under way that the person is in, the latest."""
        ...

    async def arrived(self, community: CommunityId, account: Account, at: datetime, since: datetime) -> None:
        """Note that an account unknown to the house arrived, under a keyed mark; marks from before `since` are deleted."""
        ...

    async def newcomers(self, occurrence: OccurrenceId, community: CommunityId, since: datetime) -> int:
        """Count whom the house did not know and who came since then, each once: accounts that `arrived`, and persons who said that
        they are here and were first met less than ten minutes before `since`, or after it."""
        ...

    async def forget(self, occurrence: OccurrenceId) -> None:
        """Delete seats, order and motions of an evening."""
        ...


class Powers(Protocol):
    async def hold(self, hold: str) -> Hold | None: ...

    async def hold_of(self, occurrence: OccurrenceId, person: PersonId) -> Hold | None: ...

    async def holds(self, occurrence: OccurrenceId) -> Sequence[Hold]: ...

    async def holds_on(self, person: PersonId) -> Sequence[Hold]:
        """Return all that is in force over a person, or is still to be undone, in any meeting."""
        ...

    async def keep_hold(self, hold: Hold) -> None: ...

    async def strike(self, hold: str) -> None: ...

    async def motion(self, motion: str) -> Motion | None: ...

    async def motion_on(self, occurrence: OccurrenceId, person: PersonId) -> Motion | None: ...

    async def keep_motion(self, motion: Motion) -> None: ...

    async def drop_motion(self, motion: str) -> None: ...

    async def note(self, act: Act, by: PersonId) -> None:
        """Keep an act. Of who acted only a keyed mark stays, until it was reviewed."""
        ...

    async def to_review(self, community: CommunityId) -> Sequence[Act]: ...

    async def acts(self, community: CommunityId, limit: int) -> Sequence[Act]:
        """Return the latest acts, the newest first."""
        ...

    async def review(self, act: str, community: CommunityId, by: PersonId, at: datetime) -> bool:
        """Note that an owner looked at an act. False for whoever did it themselves, and for an act that is not there."""
        ...


class FloorStore(Seats, Powers, Rounds, Protocol):
    """All of it, as one repository over one transaction."""
