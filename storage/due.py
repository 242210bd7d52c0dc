"""Moments that were promised: the book that features write, and the queue that the timekeeper empties."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import Executable, bindparam, delete, func, or_, select, update

from bot.core.ids import PersonId
from bot.core.moments import Due
from storage.tables.due import due as book
from storage.transaction import Transaction

T = TypeVar("T")


_TAKE = delete(book).where(book.c.key == bindparam("this"), book.c.at == bindparam("then", type_=book.c.at.type))
_DROP = delete(book).where(book.c.key == bindparam("this"))

_FREE = (
    select(book.c.key)
    .where(book.c.at <= bindparam("now"), or_(book.c.claimed_until.is_(None), book.c.claimed_until <= bindparam("now")))
    .order_by(book.c.at, book.c.key)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(book)
    .where(book.c.key.in_(_FREE.scalar_subquery()))
    .values(
        claimed_by=bindparam("owner"),
        claimed_until=bindparam("until", type_=book.c.claimed_until.type),
        tries=book.c.tries + 1,
    )
    .returning(book.c.key, book.c.kind, book.c.at, book.c.subject)
)


def _add(transaction: Transaction) -> Executable:
    new = transaction.insert(book)
    moved = {name: new.excluded[name] for name in ("kind", "at", "subject", "person", "tries")}
    return new.on_conflict_do_update(index_elements=[book.c.key], set_={**moved, "claimed_by": None, "claimed_until": None})


class DueBook:
    """A `bot.core.moments.DueBook`."""

    def __init__(self, transaction: Transaction) -> None:
        self._in = transaction

    async def add(self, due: Due, person: PersonId | None = None) -> None:
        row = {"key": due.key, "kind": due.kind, "at": due.at, "subject": due.subject, "person": person, "tries": 0}
        await self._in.run(self._in.made(_add), row)
        self._in.free_due(due.key)
        self._in.wake_due(due.at)

    async def take(self, due: Due) -> bool:
        self._in.free_due(due.key)
        return await self._in.run(_TAKE, {"this": due.key, "then": due.at}) == 1

    async def drop(self, key: str) -> None:
        self._in.free_due(key)
        await self._in.run(_DROP, {"this": key})


class Runs(Protocol):
    """How a queue's calls become transactions of their own."""

    async def transact_short(self, work: Callable[[Transaction], Awaitable[T]]) -> T: ...


class DueQueue:
    """A `bot.core.moments.DueQueue` for processes that share a database: their leases stand in it."""

    def __init__(self, store: Runs) -> None:
        self._store = store

    async def claim(self, owner: str, now: datetime, until: datetime, limit: int) -> Sequence[Due]:
        """Lease up to `limit` moments that have come, the earliest first; a lease that ran out is free again."""
        asked = {"now": now, "most": limit, "owner": owner, "until": until}
        rows = await self._store.transact_short(lambda transaction: transaction.rows(_CLAIM, asked))
        return sorted((Due(**row) for row in rows), key=lambda due: (due.at, due.key))

    async def next_at(self) -> datetime | None:
        """Return when the earliest free moment comes, or the earliest lease runs out."""
        free = select(book.c.at).where(book.c.claimed_until.is_(None)).order_by(book.c.at).limit(1)
        leased = select(func.min(book.c.claimed_until).label("at")).where(book.c.claimed_until.is_not(None))

        async def look(transaction: Transaction) -> list[datetime]:
            return [row["at"] for query in (free, leased) for row in await transaction.rows(query) if row["at"] is not None]

        return min(await self._store.transact_short(look), default=None)

    async def release(self, owner: str) -> None:
        mine = (book.c.claimed_until.is_not(None), book.c.claimed_by == owner)
        give_back = update(book).where(*mine).values(claimed_by=None, claimed_until=None)
        await self._store.transact_short(lambda transaction: transaction.run(give_back))
