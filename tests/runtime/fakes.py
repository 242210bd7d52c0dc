"""Hand-written doubles of the ports: a store in memory whose transactions are whole or not at all, queues, a platform, a clock."""

import asyncio
import copy
import dataclasses
import itertools
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec

from bot.core.calls import Account, Community, Incoming, Kind, Person, Place, Role, Room
from bot.core.errors import BotError, StorageUnavailable
from bot.core.ids import CommunityId, MessageRef, PersonId, RoomId
from bot.core.moments import Due
from bot.core.platform import Capabilities, Delivery, Finding, Receiver
from bot.core.ports import PendingForm
from bot.core.posts import Claimed, Lane, Post, ToPerson, ToRoom
from bot.core.replies import Press, Reply
from bot.core.richtext import Node, Nodes, Text, plain_block
from bot.core.texts import Say, Value

T = TypeVar("T")

ALICE = Account("telegram", "alice")
BOB = Account("telegram", "bob")
PRIVATE = Place("telegram", "alice")
ROOM_PLACE = Place("telegram", "room", space="space", private=False)
CAN = {
    "telegram": Capabilities(False, False, False, False, 4096, 40),
    "discord": Capabilities(True, True, True, True, 2000, 40),
}


class SteppedClock:
    """Time moves only when a test lets it pass; who sleeps wakes in order, each at their own moment."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._count = 0

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        self._sleepers.append((self.at + timedelta(seconds=max(seconds, 0)), self._count, future))
        await future

    async def go(self, seconds: float = 0) -> None:
        """Let time pass, and everything happen that happens in it."""
        until = self.at + timedelta(seconds=seconds)
        await settle()
        while due := sorted((s for s in self._sleepers if s[0] <= until and not s[2].done()), key=lambda s: s[:2]):
            self.at = max(self.at, due[0][0])
            self._sleepers.remove(due[0])
            due[0][2].set_result(None)
            await settle()
        self._sleepers = [s for s in self._sleepers if not s[2].done()]
        self.at = until
        await settle()


async def settle(turns: int = 60) -> None:
    """Let every task go on until it waits for something that only a test can give."""
    for _ in range(turns):
        await asyncio.sleep(0)


class KeySay:
    """Says its keys: `error.storage(limit=4)`."""

    def __init__(self, language: str, missing: frozenset[str]) -> None:
        self.language = language
        self._missing = missing

    def __call__(self, key: str, /, **values: Value) -> Nodes:
        nodes: list[Node] = [Text(f"{self.language}:{key}")]
        for name, value in values.items():
            nodes.append(Text(f" {name}="))
            nodes.append(Text(str(value)) if isinstance(value, str | int | float) else value)
        return tuple(nodes)

    def label(self, key: str, /, **values: Value) -> str:
        return f"{self.language}:{key}"

    def has(self, key: str, /) -> bool:
        return key not in self._missing


class KeyTexts:
    languages = ("en", "de")

    def __init__(self, missing: Iterable[str] = ()) -> None:
        self.missing = frozenset(missing)

    def of(self, language: str) -> Say:
        return KeySay(language if language in self.languages else "en", self.missing)


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


class MemoryDueQueue:
    """Leases over the store's due rows."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self.leases: dict[Due, tuple[str, datetime]] = {}

    async def claim(self, owner: str, now: datetime, until: datetime, limit: int) -> Sequence[Due]:
        if self._store.away:
            raise StorageUnavailable
        free = [due for due in self._store.rows.due.values() if due.at <= now and self._free_at(due) <= now]
        taken = sorted(free, key=lambda due: (due.at, due.key))[:limit]
        self.leases.update({due: (owner, until) for due in taken})
        return taken

    async def next_at(self) -> datetime | None:
        if self._store.away:
            raise StorageUnavailable
        return min((max(due.at, self._free_at(due)) for due in self._store.rows.due.values()), default=None)

    async def release(self, owner: str) -> None:
        self.leases = {due: lease for due, lease in self.leases.items() if lease[0] != owner}

    def _free_at(self, due: Due) -> datetime:
        lease = self.leases.get(due)
        return due.at if lease is None else lease[1]


class MemoryOutboxQueue:
    """The courier's side, over rows that a test puts in. Ends are kept as (id, end)."""

    def __init__(self) -> None:
        self.waiting: dict[str, Claimed] = {}
        self.platform: dict[str, str] = {}
        self.leases: dict[str, tuple[str, datetime]] = {}
        self.not_before: dict[str, datetime] = {}
        self.ends: list[tuple[str, str]] = []
        self.moved: list[tuple[RoomId, str]] = []
        self.forgotten: list[str] = []
        self.remembered: list[tuple[str, PersonId | None, RoomId | None, MessageRef]] = []
        self.put_backs: list[tuple[str, datetime]] = []
        self.away = False

    def put(self, claimed: Claimed, platform: str = "telegram", not_before: datetime | None = None) -> None:
        self.waiting[claimed.id] = claimed
        self.platform[claimed.id] = platform
        if not_before is not None:
            self.not_before[claimed.id] = not_before

    async def claim(self, owner: str, platform: str, now: datetime, until: datetime, limit: int) -> Sequence[Claimed]:
        self._reach()
        rows: list[Claimed] = []
        for id_, row in sorted(self.waiting.items(), key=lambda item: item[1].post.lane):
            lease = self.leases.get(id_)
            if self.platform[id_] != platform or self._free_at(id_, now) > now or len(rows) >= limit:
                continue
            row = msgspec.structs.replace(row, seen=row.seen or lease is not None)
            self.waiting[id_] = row
            self.leases[id_] = (owner, until)
            rows.append(row)
        return rows

    async def begin(self, claimed: Claimed) -> None:
        self._reach()
        self.waiting[claimed.id] = msgspec.structs.replace(self.waiting[claimed.id], begun=True)

    async def mark_sent(self, claimed: Claimed, ref: MessageRef, at: datetime) -> None:
        self._reach()
        self._end(claimed, "sent")

    async def holds(self, owner: str, claimed: Claimed) -> bool:
        self._reach()
        return claimed.id in self.waiting and self.leases.get(claimed.id, ("",))[0] == owner

    async def put_back(self, claimed: Claimed, not_before: datetime, *, tried: bool) -> None:
        self._reach()
        self.put_backs.append((claimed.id, not_before))
        self.waiting[claimed.id] = msgspec.structs.replace(self.waiting[claimed.id], tries=claimed.tries + tried, begun=False)
        self.not_before[claimed.id] = not_before
        self.leases.pop(claimed.id, None)

    async def drop(self, claimed: Claimed, why: str) -> None:
        self._reach()
        self._end(claimed, why)

    async def forget_message(self, claimed: Claimed) -> None:
        self.forgotten.append(claimed.id)

    async def move_room(self, room: RoomId, chat: str) -> None:
        self.moved.append((room, chat))

    async def next_at(self, platform: str) -> datetime | None:
        self._reach()
        always = datetime(2000, 1, 1, tzinfo=next(iter(self.leases.values()))[1].tzinfo) if self.leases else None
        times = [self.leases[i][1] if i in self.leases else self.not_before.get(i, always) for i in self.waiting]
        return min((at for at in times if at is not None), default=None)

    async def remember(self, slot: str, person: PersonId | None, room: RoomId | None, ref: MessageRef, at: datetime) -> None:
        self.remembered.append((slot, person, room, ref))

    async def release(self, owner: str, unsure: Collection[str]) -> None:
        self.leases = {id_: lease for id_, lease in self.leases.items() if lease[0] != owner or id_ in unsure}

    def _free_at(self, id_: str, now: datetime) -> datetime:
        lease = self.leases.get(id_)
        return lease[1] if lease is not None else self.not_before.get(id_, now)

    def _end(self, claimed: Claimed, end: str) -> None:
        self.waiting.pop(claimed.id, None)
        self.leases.pop(claimed.id, None)
        self.ends.append((claimed.id, end))

    def _reach(self) -> None:
        if self.away:
            raise StorageUnavailable


class FakePlatform:
    """Takes deliveries; `says` holds what it answers next (an error to raise, or None), then it is content."""

    def __init__(self, clock: SteppedClock, name: str = "telegram", says: Iterable[Exception | None] = ()) -> None:
        self.name = name
        self.capabilities = CAN[name]
        self.says = list(says)
        self.took: list[tuple[datetime, Delivery]] = []
        self.said: list[tuple[str, Exception | None]] = []
        self.seconds = 0.0  # how long a delivery takes
        self.at_once = self.most_at_once = 0
        self._clock = clock

    async def deliver(self, delivery: Delivery) -> MessageRef:
        self.took.append((self._clock.now(), delivery))
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            if self.seconds:
                await self._clock.sleep(self.seconds)
            said = self.says.pop(0) if self.says else None
            self.said.append((delivery.key, said))
            if said is not None:
                raise said
        finally:
            self.at_once -= 1
        return MessageRef(f"message {len(self.took)}")

    async def run(self, receiver: Receiver) -> None:
        await asyncio.Event().wait()

    async def check(self) -> Sequence[Finding]:
        return ()


class NoPainter:
    async def paint(self, reply: Reply) -> bytes | None:
        return None


class HeldAlarm:
    """Rings when a test says so; keeps what it was set to."""

    def __init__(self) -> None:
        self.settings: list[datetime] = []
        self.ring: Callable[[], None] = lambda: None
        self.stopped = False

    def start(self, ring: Callable[[], None]) -> None:
        self.ring = ring

    def set(self, at: datetime) -> None:
        self.settings.append(at)

    def stop(self) -> None:
        self.stopped = True


def command(name: str, *, text: str = "", at: datetime, account: Account = ALICE, **more: Any) -> Incoming:
    return _act(Kind.COMMAND, at, account, name=name, arguments={"text": text} if text else {}, **more)


def pressed(
    feature: str, action: str, subject: str = "", value: str = "", *, at: datetime, account: Account = ALICE, **more: Any
) -> Incoming:
    return _act(Kind.PRESS, at, account, press=Press(feature, action, subject, value), **more)


def typed(words: str, *, at: datetime, account: Account = ALICE, **more: Any) -> Incoming:
    return _act(Kind.WORDS, at, account, words=words, **more)


def filled(press: Press, arguments: dict[str, str], *, at: datetime, account: Account = ALICE, **more: Any) -> Incoming:
    return _act(Kind.FORM, at, account, press=press, arguments=arguments, **more)


_receipts = itertools.count()


def _act(kind: Kind, at: datetime, account: Account, *, receipt: str = "", place: Place | None = None, **more: Any) -> Incoming:
    place = place or Place(account.platform, account.user)
    return Incoming(kind, receipt or f"r{next(_receipts)}", account, place, at, **more)


def said(reply: Reply) -> str:
    """Return a reply's blocks as plain text."""
    return "\n".join(plain_block(block) for block in reply.blocks)


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]


def row(
    id_: str = "post", *, lane: Lane = Lane.PRIVATE, user: str = "alice", room: str = "", slot: str = "", **more: Any
) -> Claimed:
    """Return an outbox row for the courier, to a person or a room."""
    of_post = {name: more.pop(name) for name in ("not_before", "too_late_at", "twice") if name in more}
    reply = more.pop("reply", Reply(slot=more.pop("slot", "")))
    to = ToRoom(RoomId(room)) if room else ToPerson(PersonId(user))
    where = Room(RoomId(room), CommunityId("c"), "telegram", room, "") if room else None
    account = None if room else Account("telegram", user)
    return Claimed(id_, Post(id_, lane, to, reply, **of_post), more.pop("tries", 0), "en", account=account, room=where, **more)


FACILITATOR = frozenset({Role.FACILITATOR})


class Refusal(BotError):
    """One of our errors, as a feature would raise."""

    text_key = "test.refusal"
