"""The queues of the store in memory, as the timekeeper and the courier claim from them."""

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec

from bot.core.errors import StorageUnavailable
from bot.core.ids import MessageRef, PersonId, RoomId
from bot.core.moments import Due
from bot.core.posts import Claimed
from tests.runtime.memory import MemoryStore


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
