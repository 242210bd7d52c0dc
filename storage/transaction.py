"""One transaction: statements, sealed values, and what is to happen once it is on disk."""

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

import msgspec
import structlog
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Executable, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import RowMapping

from bot.core.clock import Clock
from storage import sealing
from storage.keys import KeyRing, NoKey

log = structlog.get_logger()

T = TypeVar("T")
Parameters = Mapping[str, Any] | None


class CommunityDefaults(msgspec.Struct, frozen=True):
    """What a new community starts with: an IANA zone, a language tag, an ISO country."""

    zone: str
    language: str
    country: str


class Session(Protocol):
    """A database connection inside a transaction."""

    async def rows(self, statement: Executable, parameters: Parameters = None) -> Sequence[RowMapping]: ...

    async def run(self, statement: Executable, parameters: Parameters = None) -> int: ...

    async def run_many(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None: ...

    async def lock(self, name: str) -> None:
        """Hold a name until the transaction ends; whoever asks for it meanwhile waits."""
        ...

    async def scrub(self) -> None:
        """Outside a transaction: overwrite what deleted rows left on disk, as far as the database can."""
        ...

    def insert(self, table: Table) -> sqlite.Insert:
        """Return the dialect's own insert; SQLite's and PostgreSQL's `on_conflict_*` are the same."""
        ...


class DueLease(msgspec.Struct, frozen=True):
    """Who has claimed a moment, and for how long. `at`: the moment as it was promised when it was claimed."""

    owner: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class House:
    """What every transaction of a store shares."""

    keys: KeyRing
    clock: Clock
    defaults: CommunityDefaults
    on_due: Callable[[datetime], None] | None = None
    on_outbox: Callable[[], None] | None = None
    made: dict[Callable[["Transaction"], Executable], Executable] = field(default_factory=dict)
    leases: dict[str, DueLease] = field(default_factory=dict)  # by the moment's key; only where no other process claims


class Transaction:
    """Statements and sealed values of one transaction. Effects outside the database wait until it is on disk."""

    def __init__(self, session: Session, house: House, fresh: Mapping[str, bytes]) -> None:
        """`fresh`: keys made by transactions that will be on disk together with this one."""
        self._session = session
        self.house = house
        self._fresh = fresh
        self.new_keys: dict[str, bytes] = {}
        self.erased: set[str] = set()
        self.wakes_due: datetime | None = None
        self.wakes_outbox = False
        self._freed: dict[str, DueLease] = {}
        self.afterwards: list[Callable[[], Awaitable[None]]] = []

    async def rows(self, statement: Executable, parameters: Parameters = None) -> Sequence[RowMapping]:
        """Run a statement that returns rows (a select, or one with `returning`), and return them all."""
        return await self._session.rows(statement, parameters)

    async def row(self, statement: Executable, parameters: Parameters = None) -> RowMapping | None:
        """Return the first row, or None."""
        found = await self._session.rows(statement, parameters)
        return found[0] if found else None

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        """Run a statement, and return how many rows it changed."""
        return await self._session.run(statement, parameters)

    async def run_many(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement once for each row of parameters."""
        if rows:
            await self._session.run_many(statement, rows)

    def insert(self, table: Table) -> sqlite.Insert:
        """Return an insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`, on either database."""
        return self._session.insert(table)

    def made(self, build: Callable[["Transaction"], Executable]) -> Executable:
        """Return the statement, built once a store: SQLAlchemy takes longer to build one than SQLite to run it."""
        if (statement := self.house.made.get(build)) is None:
            statement = self.house.made[build] = build(self)
        return statement

    async def lock(self, name: str) -> None:
        await self._session.lock(name)

    async def scrub(self) -> None:
        await self._session.scrub()

    def make_key(self, owner: str) -> None:
        """Give a new owner a key. It is on disk before this transaction is; undone with it."""
        self.new_keys[owner] = secrets.token_bytes(sealing.KEY_BYTES)

    async def seal(self, owner: str, table: str, column: str, row: str, value: object) -> bytes:
        """Return the value, sealed for one column of one row of an owner (a person or a community). Raises NoKey."""
        if owner in self.erased:
            raise NoKey(self.house.keys.short_hash(owner))
        if (fresh := self._fresh_key(owner)) is not None:
            generation, key = 1, fresh
        else:
            generation, key = await self.house.keys.newest(owner)
        return sealing.seal(key, generation, sealing.place(table, column, row, owner), value)

    async def open(self, owner: str, table: str, column: str, row: str, sealed: bytes, type_: type[T]) -> T:
        """Return what was sealed. Raises Unopenable when it was moved or changed, NoKey when its owner was erased."""
        if (key := self._fresh_key(owner)) is None:
            key = await self.house.keys.get(owner, sealing.generation_of(sealed))
        return sealing.unseal(key, sealing.place(table, column, row, owner), sealed, type_)

    def _fresh_key(self, owner: str) -> AESGCM | None:
        made = self.new_keys.get(owner) or self._fresh.get(owner)
        return None if made is None else AESGCM(made)

    def wake_due(self, at: datetime) -> None:
        """A moment was promised: the timekeeper may have to wake earlier."""
        self.wakes_due = at if self.wakes_due is None else min(self.wakes_due, at)

    def free_due(self, key: str) -> None:
        """A moment was kept, dropped or promised anew: its lease ends once that is on disk."""
        if (lease := self.house.leases.get(key)) is not None:
            self._freed[key] = lease

    def wake_outbox(self) -> None:
        self.wakes_outbox = True

    async def settle(self) -> None:
        """The transaction is on disk: do what waited for that. Nothing here may undo it, so what fails is logged."""
        try:
            for key, lease in self._freed.items():
                if self.house.leases.get(key) is lease:  # not one that was given since
                    del self.house.leases[key]
            for work in self.afterwards:
                await work()
            if self.wakes_due is not None and self.house.on_due is not None:
                self.house.on_due(self.wakes_due)
            if self.wakes_outbox and self.house.on_outbox is not None:
                self.house.on_outbox()
        except Exception as error:
            log.error("storage.afterwards", error=type(error).__name__)  # noqa: TRY400  # a traceback may hold values

    def after_commit(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do this once the transaction is on disk, before its result is given out; not at all if it is undone."""
        self.afterwards.append(work)
