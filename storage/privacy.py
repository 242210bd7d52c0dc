"""Everything that is kept of one person, over all tables, as their `info` declares it.

A table with `finds` names nobody: each row has a mark of its own, by which it can be asked whether it is a given person's.
"""

import asyncio
import base64
import hmac
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Executable,
    Label,
    LargeBinary,
    Select,
    Table,
    cast,
    delete,
    func,
    null,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import PersonId
from bot.core.ports import Held
from storage.outbox import close_rows
from storage.tables import metadata
from storage.tables.base import UtcMoment
from storage.tables.outbox import outbox
from storage.tables.people import accounts, lost_keys, tombstones
from storage.transaction import Transaction
from storage.unit import concrete

# Columns with which we find and lease rows; they say nothing of the person.
NOBODY_SENT = timedelta(days=7)
AT_ONCE = 200  # rows deleted in one transaction: some milliseconds
_LOOKED_AT = 500  # rows without a person that are asked about before others have their turn
_OURS = frozenset({"person", "owner", "mark", "receipt", "slot", "seq", "claimed_by", "claimed_until", "asked_by"})


class PersonalRows:
    """A `bot.core.ports.PersonalData`."""

    def __init__(self, unit: ports.Unit) -> None:
        self._in = concrete(unit)

    async def held(self, person: PersonId, now: datetime) -> Sequence[Held]:
        """Return what is kept, one line a kind, in the order of the kinds' names. A row is due to go at once at the earliest."""
        kinds: dict[str, Held] = {}
        for table, kind, these, days in _parts():
            counts = select(func.count().label("rows"), *_spans(table)).where(table.c.person == person, these)
            if (row := await self._in.row(counts)) is None or not row["rows"]:
                continue
            goes = row["oldest"] + timedelta(days=days) if days and row["oldest"] else None
            before = kinds.get(kind, Held(kind, 0, None, None))
            kinds[kind] = Held(
                kind,
                before.rows + row["rows"],
                _earlier(before.oldest, row["made"]),
                _earlier(before.goes_at, None if goes is None else max(goes, now)),
            )
        for table in _found_tables():
            if mine := await found(self._in, table, person):
                kinds[_kind(table)] = Held(_kind(table), len(mine), min(row["at"] for row in mine), None)
        return [kinds[kind] for kind in sorted(kinds)]

    async def export(self, person: PersonId) -> dict[str, list[dict[str, object]]]:
        kinds: dict[str, list[dict[str, object]]] = {}
        for table in _tables():
            order = table.c.at if "at" in table.c else table.c.person
            for row in await self._in.rows(select(table).where(table.c.person == person).order_by(order)):
                kinds.setdefault(_kind(table), []).append(await self._opened(table, person, row))
        for table in _found_tables():
            for row in await found(self._in, table, person):
                kinds.setdefault(_kind(table), []).append(await self._opened(table, person, row))
        return kinds

    async def erase(self, person: PersonId, now: datetime) -> None:
        """Delete the person's rows, and with the commit their key. An erased account leaves a mark, for restored backups."""
        marks = await self._in.rows(select(accounts.c.mark).where(accounts.c.person == person))
        for row in marks:
            await self._in.run(
                self._in.insert(tombstones)
                .values(mark=row["mark"], at=now)
                .on_conflict_do_update(index_elements=[tombstones.c.mark], set_={"at": now})
            )
        await self._in.run(self._in.insert(lost_keys).values(owner=person).on_conflict_do_nothing())
        for table in _found_tables():
            for row in await found(self._in, table, person):
                await self._in.run(delete(table).where(table.c.id == row["id"]))
        for table in reversed(_tables()):
            await self._in.run(delete(table).where(table.c.person == person))
        self._in.erased.add(person)
        self._in.new_keys.pop(person, None)
        self._in.after_commit(lambda: self._forget(person))

    async def _forget(self, person: PersonId) -> None:
        await self._in.house.keys.delete([person])
        await self._in.scrub()

    async def _opened(self, table: Table, person: PersonId, row: RowMapping) -> dict[str, object]:
        opened: dict[str, object] = {}
        for column in table.c:
            value = row[column]
            if column.name in _OURS or value is None:
                continue
            if isinstance(column.type, LargeBinary):
                owner = row["owner"] if "owner" in table.c else person
                type_ = bytes if table.info.get("sealed", {}).get(column.name) is bytes else object
                inner = await self._in.open(owner, table.name, column.name, row[row_id(table)], value, type_)
                opened[column.name] = _readable(inner)
            else:
                opened[column.name] = value.isoformat() if isinstance(value, datetime) else value
        return opened


async def prune(store: ports.Store, now: datetime) -> int:
    """Delete what has been kept for as long as its table says, also after a long sleep. Returns how many rows went.

    A few rows a transaction: in between, people are answered.
    """
    await store.transact(partial(_give_up, now))
    gone = 0
    for table in metadata.sorted_tables:
        if "days" not in table.info:
            continue
        few = _kept_too_long(table, now).limit(AT_ONCE)
        some = partial(_run, delete(table).where(tuple_(*table.primary_key).in_(few)))
        went = AT_ONCE
        while went == AT_ONCE:
            went = await store.transact(some)
            gone += went
    await store.transact(lambda unit: finish_erasures(concrete(unit)))
    return gone


async def _give_up(now: datetime, unit: ports.Unit) -> None:
    """End what nobody could send for a week: its platform is no longer configured, or takes nothing."""
    await close_rows(concrete(unit), "late", outbox.c.not_before <= now - NOBODY_SENT)


async def _run(statement: Executable, unit: ports.Unit) -> int:
    return await concrete(unit).run(statement)


def _kept_too_long(table: Table, now: datetime) -> Select[Any]:
    at = table.c[table.info.get("at", "at")]
    return select(*table.primary_key).where(at <= now - timedelta(days=table.info["days"]), _goes(table))


async def finish_erasures(transaction: Transaction) -> None:
    """Delete the keys of erased persons whose process was killed before it came to that."""
    owners = [row["owner"] for row in await transaction.rows(select(lost_keys.c.owner))]
    if owners:
        await transaction.house.keys.delete(owners)
        await transaction.run(delete(lost_keys).where(lost_keys.c.owner.in_(owners)))
        transaction.after_commit(transaction.scrub)  # their ids leave the file too


def _tables() -> list[Table]:
    """The tables with a person's rows, parents first."""
    return [table for table in metadata.sorted_tables if "person" in table.c]


def _found_tables() -> list[Table]:
    """The tables whose rows name nobody, and are somebody's."""
    return [table for table in metadata.sorted_tables if "finds" in table.info]


def found_mark(transaction: Transaction, table: Table, row: str, person: PersonId) -> str:
    """Return the mark that a row of such a table has when it is the person's: another for each row, so that none are joined."""
    return transaction.house.keys.index_mark(str(table.info["finds"]), f"{row} {person}")


async def found(transaction: Transaction, table: Table, person: PersonId) -> list[RowMapping]:
    """Return the person's rows of such a table. Every row is asked about: nothing on disk leads from a person to theirs."""
    mine, after = list[RowMapping](), ""
    while some := await transaction.rows(select(table).where(table.c.id > after).order_by(table.c.id).limit(_LOOKED_AT)):
        mine += [row for row in some if hmac.compare_digest(row["mark"], found_mark(transaction, table, row["id"], person))]
        after = some[-1]["id"]
        await asyncio.sleep(0)
    return mine


async def hand_over(transaction: Transaction, keeper: PersonId, other: PersonId) -> None:
    """Make what is the second person's in such tables the first's."""
    for table in _found_tables():
        for row in await found(transaction, table, other):
            mark = found_mark(transaction, table, row["id"], keeper)
            await transaction.run(update(table).where(table.c.id == row["id"]).values(mark=mark))


def _goes(table: Table) -> ColumnElement[bool]:
    """The rows that go by themselves: all but those that the person wants to keep until they delete them."""
    return ~table.c[table.info["stays"]] if "stays" in table.info else true()


def _parts() -> Iterator[tuple[Table, str, ColumnElement[bool], int]]:
    """The tables, each with its kind, which of its rows are meant, and how many days those are kept (0: for good)."""
    for table in _tables():
        yield table, _kind(table), _goes(table), table.info.get("days", 0)
        if "stays" in table.info:
            yield table, f"{_kind(table)}_stay", table.c[table.info["stays"]], 0


def _kind(table: Table) -> str:
    return str(table.info.get("kind", table.name))


def row_id(table: Table) -> str:
    """The column that a row's values are sealed for."""
    return "id" if "id" in table.c else next(iter(table.primary_key)).name


def _spans(table: Table) -> list[Label[datetime]]:
    """The earliest moment that counts for retention, and the earliest that a row was made."""
    counted = table.c.get(table.info.get("at", "at"))
    made = table.c.get("at", counted)
    nothing = cast(null(), UtcMoment)
    return [func.min(nothing if column is None else column).label(name) for column, name in ((counted, "oldest"), (made, "made"))]


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)


def _readable(value: object) -> object:
    """Return JSON inside bytes as what it says, other bytes as base64."""
    if not isinstance(value, bytes):
        return value
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError:
        return base64.b64encode(value).decode()
