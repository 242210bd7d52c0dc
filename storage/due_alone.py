"""The queue of moments where one process has the database: a lease is a note in its memory, and a claim writes nothing.

When the process is gone its leases are, as `storage.leases` would end them on disk.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from bot.core.moments import Due
from storage.due import Runs
from storage.tables.due import due as book
from storage.transaction import DueLease, Transaction

_FREE = (
    select(book.c.key, book.c.kind, book.c.at, book.c.subject)
    .where(book.c.at <= bindparam("now", type_=book.c.at.type))
    .order_by(book.c.at, book.c.key)
    .limit(bindparam("most"))
)
_EARLIEST = select(book.c.key, book.c.at).order_by(book.c.at, book.c.key).limit(bindparam("most"))


class LoneDueQueue:
    """A `bot.core.moments.DueQueue`. A row that was moved is another moment: it is as free as if nobody had claimed it."""

    def __init__(self, store: Runs, leases: dict[str, DueLease]) -> None:
        """`leases` by key; whoever takes, drops or promises a moment ends its lease there."""
        self._store = store
        self._leases = leases

    async def claim(self, owner: str, now: datetime, until: datetime, limit: int) -> Sequence[Due]:
        """Lease up to `limit` moments that have come, the earliest first; a lease that ran out is free again."""
        mine: dict[str, DueLease] = {}

        async def look(transaction: Transaction) -> list[Due]:
            self._forget({key: lease for key, lease in self._leases.items() if lease.until <= now})
            asked = {"now": now, "most": limit + len(self._leases)}
            coming = [Due(**row) for row in await transaction.rows(_FREE, asked)]
            free = [one for one in coming if not self._is_held(one.key, one.at)][:limit]
            mine.update((one.key, DueLease(owner, one.at, until)) for one in free)
            self._leases.update(mine)
            return free

        try:
            return await self._store.transact_short(look)
        except BaseException:
            self._forget(mine)  # nobody was told of them
            raise

    async def next_at(self) -> datetime | None:
        """Return when the earliest free moment comes, or the earliest lease runs out."""

        async def look(transaction: Transaction) -> datetime | None:
            rows = await transaction.rows(_EARLIEST, {"most": 1 + len(self._leases)})
            free = (row["at"] for row in rows if not self._is_held(row["key"], row["at"]))
            return min((*(lease.until for lease in self._leases.values()), *free), default=None)

        return await self._store.transact_short(look)

    async def release(self, owner: str) -> None:
        self._forget({key: lease for key, lease in self._leases.items() if lease.owner == owner})

    def _is_held(self, key: str, at: datetime) -> bool:
        lease = self._leases.get(key)
        return lease is not None and lease.at == at

    def _forget(self, ended: Mapping[str, DueLease]) -> None:
        for key, lease in ended.items():
            if self._leases.get(key) is lease:
                del self._leases[key]
