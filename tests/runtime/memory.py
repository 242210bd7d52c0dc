"""A store in memory whose transactions are whole or not at all, and its queues."""

import asyncio
import copy
import dataclasses
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.core.calls import Account, Community, Person, Place, Room
from bot.core.errors import StorageUnavailable
from bot.core.ids import CommunityId, PersonId, RoomId
from bot.core.moments import Due
from bot.core.ports import PendingForm
from bot.core.posts import Post
from bot.core.replies import Reply

T = TypeVar("T")


@dataclass
class Rows:
    accounts: dict[Account, PersonId] = field(default_factory=dict)
    people: dict[PersonId, Person] = field(default_factory=dict)
    communities: dict[tuple[str, str], Community] = field(default_factory=dict)
    rooms: dict[RoomId, Room] = field(default_factory=dict)
    forms: dict[PersonId, PendingForm] = field(default_factory=dict)
    receipts: dict[str, tuple[PersonId, Reply, datetime, bool]] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    due: dict[str, Due] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)  # what a feature under test kept


class MemoryStore:
    """One writer at a time; what raises leaves nothing behind. `away`: the database cannot be reached."""

    def __init__(self) -> None:
        self.rows = Rows()
        self.away = False
        self.transactions = 0
        self._lock = asyncio.Lock()

    async def transact(self, work: "Callable[[MemoryUnit], Awaitable[T]]") -> T:
        async with self._lock:
            if self.away:
                raise StorageUnavailable
            self.transactions += 1
            before = Rows(**{f.name: copy.copy(getattr(self.rows, f.name)) for f in dataclasses.fields(Rows)})
            try:
                return await work(MemoryUnit(self.rows))
            except BaseException:
                self.rows = before
                raise


class MemoryUnit:
    """One transaction: every repository over the same rows."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.people = MemoryPeople(rows)
        self.communities = MemoryCommunities(rows)
        self.rooms = MemoryRooms(rows)
        self.forms = MemoryForms(rows)
        self.receipts = MemoryReceipts(rows)
        self.outbox = MemoryOutbox(rows)
        self.due = MemoryDueBook(rows)


@dataclass
class MemoryPeople:
    rows: Rows

    async def find(self, account: Account) -> Person | None:
        return self.rows.people.get(self.rows.accounts.get(account, PersonId("")))

    async def make(self, account: Account, at: datetime, home: CommunityId | None) -> Person:
        known = await self.find(account)
        if known is not None:
            return known
        person = Person(PersonId(f"person{len(self.rows.people)}"), home=home)
        self.rows.accounts[account] = person.id
        self.rows.people[person.id] = person
        return person

    async def get(self, person: PersonId) -> Person | None:
        return self.rows.people.get(person)

    async def save(self, person: Person) -> None:
        self.rows.people[person.id] = person


@dataclass
class MemoryCommunities:
    rows: Rows
    host_zone: str = "Europe/Berlin"

    async def find(self, platform: str, space: str) -> Community | None:
        return self.rows.communities.get((platform, space))

    async def find_or_make(self, platform: str, space: str) -> Community:
        made = Community(CommunityId(f"community {space}"), platform, space, "Europe/Berlin", "de", "DE")
        return self.rows.communities.setdefault((platform, space), made)

    async def get(self, community: CommunityId) -> Community | None:
        return next((c for c in self.rows.communities.values() if c.id == community), None)


@dataclass
class MemoryRooms:
    rows: Rows

    async def find_or_make(self, community: CommunityId, place: Place) -> Room:
        room = Room(RoomId(f"room {place.chat}"), community, place.platform, place.chat, place.thread)
        return self.rows.rooms.setdefault(room.id, room)

    async def find(self, place: Place) -> Room | None:
        wanted = (place.platform, place.chat, place.thread)
        return next((room for room in self.rows.rooms.values() if (room.platform, room.chat, room.thread) == wanted), None)

    async def get(self, room: RoomId) -> Room | None:
        return self.rows.rooms.get(room)


@dataclass
class MemoryForms:
    rows: Rows

    async def of(self, person: PersonId) -> PendingForm | None:
        return self.rows.forms.get(person)

    async def keep(self, person: PersonId, pending: PendingForm | None) -> None:
        if pending is None:
            self.rows.forms.pop(person, None)
        else:
            self.rows.forms[person] = pending


@dataclass
class MemoryReceipts:
    rows: Rows

    async def of(self, receipt: str) -> Reply | None:
        found = self.rows.receipts.get(receipt)
        return found[1] if found else None

    async def keep(self, receipt: str, person: PersonId, reply: Reply, at: datetime) -> None:
        assert receipt not in self.rows.receipts
        self.rows.receipts[receipt] = (person, reply, at, False)

    async def mark_sent(self, receipt: str) -> None:
        person, reply, at, _ = self.rows.receipts[receipt]
        self.rows.receipts[receipt] = (person, reply, at, True)

    async def unsent(self, since: datetime, until: datetime) -> Sequence[tuple[str, PersonId, Reply]]:
        kept = self.rows.receipts.items()
        return [(key, who, reply) for key, (who, reply, at, sent) in kept if not sent and since <= at <= until]


@dataclass
class MemoryOutbox:
    rows: Rows

    async def add(self, post: Post) -> None:
        self.rows.posts.setdefault(post.key, post)

    async def withdraw(self, slot: str) -> None:
        self.rows.posts = {key: post for key, post in self.rows.posts.items() if post.reply.slot != slot}


@dataclass
class MemoryDueBook:
    rows: Rows

    async def add(self, due: Due, person: PersonId | None = None) -> None:
        self.rows.due[due.key] = due

    async def take(self, due: Due) -> bool:
        if self.rows.due.get(due.key) != due:
            return False
        del self.rows.due[due.key]
        return True

    async def drop(self, key: str) -> None:
        self.rows.due.pop(key, None)
