"""Two persons become one. Over all tables, as they declare themselves; what needs more than that stands in `linking_rules`.

Everything of the second is opened and sealed anew under the first. Where a row can be there only once for a person, the first's
stays. It is one transaction: a kill leaves two persons, or one.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, Index, LargeBinary, Table, UniqueConstraint, and_, bindparam, delete, exists, select, update
from sqlalchemy.engine import RowMapping

from bot.core.ids import PersonId
from bot.core.posts import Post
from handlers.linking.records import Joined
from storage import linking_rules as rules
from storage.keys import NoKey
from storage.outbox import slot_mark
from storage.people import People
from storage.privacy import PersonalRows, hand_over, row_id
from storage.sealing import Unopenable
from storage.tables import metadata
from storage.tables.communities import rooms
from storage.tables.due import due
from storage.tables.linking import link_asks, link_codes, links
from storage.tables.outbox import outbox
from storage.tables.people import accounts, people
from storage.unit import Unit


async def join(unit: Unit, keeper: PersonId, other: PersonId, now: datetime) -> Joined:
    """Make `other` a part of `keeper`, whose settings stay. Raises LookupError when one of them is not there."""
    await _settings(unit, keeper, other)
    for table in (link_codes, link_asks):
        await unit.run(delete(table).where(table.c.person.in_([keeper, other])))
    await unit.run(delete(link_asks).where(link_asks.c.keeper.in_([keeper, other])))
    for row in await unit.rows(select(accounts.c.id).where(accounts.c.person == other)):
        came = unit.insert(links).values(account=row["id"], person=keeper, at=now)
        await unit.run(came.on_conflict_do_nothing())
    met, places = await rules.both_in(unit, rules.PRESENT, keeper, other), await rules.both_in(unit, rules.COMING, keeper, other)
    dropped = await rules.settle(unit, keeper, other, now)
    await hand_over(unit, keeper, other)
    for table in metadata.sorted_tables:
        if "person" in table.c and table is not people:
            await asyncio.sleep(0)  # statements hold up the loop: what needs no database has its turn
            dropped += await _make_way(unit, table, keeper, other)
            dropped += await _move(unit, table, keeper, other)
    await _room_posts(unit, keeper, other)
    await _named_elsewhere(unit, keeper, other)
    await PersonalRows(unit).erase(other, now)  # their row and their key
    return Joined(dropped, met, places)


async def _settings(unit: Unit, keeper: PersonId, other: PersonId) -> None:
    """The first's settings stay; where they have none, the second's are taken."""
    mine, theirs = await People(unit).get(keeper), await People(unit).get(other)
    if mine is None or theirs is None or keeper == other:
        raise LookupError("two persons are wanted")
    names = ("language", "zone", "country", "home")
    filled = {name: getattr(mine, name) or getattr(theirs, name) for name in names}
    await People(unit).save(msgspec.structs.replace(mine, **filled))


# Where only one row can be ----------------------------------------------------------------------------------------------


def once_each(table: Table) -> list[list[str]]:
    """Return by which columns, besides the person, a row is there only once: the first's row stays."""
    keys: list[list[str]] = [[column.name for column in table.primary_key]]
    keys += [[column.name for column in one.columns] for one in table.constraints if isinstance(one, UniqueConstraint)]
    keys += [[column.name for column in one.columns] for one in table.indexes if one.unique and not is_partial(one)]
    return [[name for name in key if name != "person"] for key in keys if "person" in key]


def is_partial(index: Index) -> bool:
    return index.dialect_options["sqlite"]["where"] is not None


async def _make_way(unit: Unit, table: Table, keeper: PersonId, other: PersonId) -> int:
    dropped, mine = 0, table.alias()
    for names in once_each(table):
        same: list[ColumnElement[bool]] = [mine.c[name] == table.c[name] for name in names]
        there = exists().where(mine.c.person == keeper, *same)
        dropped += await unit.run(delete(table).where(table.c.person == other, there))
    return dropped


# Moving -----------------------------------------------------------------------------------------------------------------


async def _move(unit: Unit, table: Table, keeper: PersonId, other: PersonId) -> int:
    """Return how many rows could not be opened, and are lost."""
    theirs = table.c.person == other
    if table is due:
        await _moments(unit, keeper, other)
        return 0
    sealed = [column.name for column in table.c if isinstance(column.type, LargeBinary)]
    if not sealed:
        await unit.run(update(table).where(theirs).values(person=keeper))
        return 0
    moved, lost = list[dict[str, object]](), 0
    for row in await unit.rows(select(table).where(theirs)):
        try:
            moved.append(await _resealed(unit, table, sealed, row, keeper, other))
        except (NoKey, Unopenable):
            if table is accounts:
                raise  # nobody could be written to
            lost += await unit.run(delete(table).where(*(column == row[column] for column in table.primary_key)))
    if moved:
        this = and_(*(column == bindparam(f"key_{column.name}") for column in table.primary_key))
        changed = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in _new_names(table, sealed)}
        await unit.run_many(update(table).where(this).values(**changed), moved)
    return lost


def _new_names(table: Table, sealed: Sequence[str]) -> list[str]:
    also = [name for name in ("owner",) if name in table.c] + (["slot"] if table is outbox else [])
    return ["person", *sealed, *also]


async def _resealed(
    unit: Unit, table: Table, sealed: Sequence[str], row: RowMapping, keeper: PersonId, other: PersonId
) -> dict[str, object]:
    """Return a row's new values, and by which key it is found. An id of the second inside of a value becomes the first's."""
    owner, name = row["owner"] if "owner" in table.c else other, row_id(table)
    new_owner, new_row = (keeper if owner == other else owner), (keeper if name == "person" else row[name])
    values: dict[str, object] = {f"key_{column.name}": row[column] for column in table.primary_key}
    values["new_person"] = keeper
    if "owner" in table.c:
        values["new_owner"] = new_owner
    if table is outbox:
        values["new_slot"] = row["slot"]
    for column in sealed:
        value = row[column]
        if value is not None:
            plain = bytes(await unit.open(owner, table.name, column, row[name], value, msgspec.Raw))
            renamed = msgspec.Raw(plain.replace(other.encode(), keeper.encode()))
            value = await unit.seal(new_owner, table.name, column, new_row, renamed)
            if table is outbox and (place := msgspec.json.decode(renamed, type=Post).place):
                values["new_slot"] = slot_mark(unit, place)
        values[f"new_{column}"] = value
    return values


async def _moments(unit: Unit, keeper: PersonId, other: PersonId) -> None:
    """Moments may name their person in their key. One that the first has as well stays the first's."""
    for row in await unit.rows(select(due).where(due.c.person == other)):
        key, subject = row["key"].replace(other, keeper), row["subject"].replace(other, keeper)
        this = due.c.key == row["key"]
        if key != row["key"] and await unit.row(select(due.c.key).where(due.c.key == key)) is not None:
            await unit.run(delete(due).where(this))
            continue
        free = {"claimed_by": None, "claimed_until": None} if key != row["key"] else {}  # whoever has it looks for the old key
        await unit.run(update(due).where(this).values(person=keeper, key=key, subject=subject, **free))
        unit.wake_due(row["at"])


async def _room_posts(unit: Unit, keeper: PersonId, other: PersonId) -> None:
    """What rooms are asked to do about the second person is about the first."""
    query = select(outbox.c.id, outbox.c.body, rooms.c.community).join(rooms, rooms.c.id == outbox.c.room)
    for row in await unit.rows(query.where(outbox.c.state == "waiting", outbox.c.person.is_(None), outbox.c.body.is_not(None))):
        place = (row["community"], "outbox", "body", row["id"])
        try:
            plain = bytes(await unit.open(*place, row["body"], msgspec.Raw))
        except (NoKey, Unopenable):
            continue  # the courier gives it up
        if other.encode() in plain:
            body = await unit.seal(*place, msgspec.Raw(plain.replace(other.encode(), keeper.encode())))
            await unit.run(update(outbox).where(outbox.c.id == row["id"]).values(body=body))


async def _named_elsewhere(unit: Unit, keeper: PersonId, other: PersonId) -> None:
    """Rows of others name a person as who asked for them."""
    for table in metadata.sorted_tables:
        for column in table.c:
            if column.name != "person" and column.references(people.c.person):
                await unit.run(update(table).where(column == other).values({column.name: keeper}))
