"""The courier's side of the outbox. Every call is a short transaction of its own."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Executable, and_, bindparam, case, delete, exists, func, or_, select, true, update
from sqlalchemy.engine import RowMapping

from bot.core.calls import Account, Room
from bot.core.ids import MessageRef, PersonId, RoomId
from bot.core.posts import Claimed, Lane, Post
from storage.communities import Rooms, room_from
from storage.due import Runs
from storage.keys import NoKey
from storage.moving import rename_group
from storage.outbox import close_rows, may_be_first, replace_older, slot_mark
from storage.outbox_ends import about, close_door, owner_of, promise, reader, topic_of
from storage.sealing import Unopenable
from storage.tables.communities import communities, rooms
from storage.tables.outbox import outbox, slots
from storage.tables.people import accounts, people
from storage.transaction import Transaction

_rival = outbox.alias("rival")
_home = communities.alias("home")
_STALE = (
    update(outbox)
    .where(
        outbox.c.slot == bindparam("this"),
        outbox.c.state == "waiting",
        outbox.c.lane == int(Lane.ANSWER),
        outbox.c.at <= bindparam("then"),
    )
    .values(
        state="replaced",
        why="replaced",
        body=None,
        claimed_by=None,
        claimed_until=None,
        done_at=bindparam("now", type_=outbox.c.done_at.type),
    )
)
_HOLDS = select(outbox.c.id).where(
    outbox.c.id == bindparam("this"), outbox.c.state == "waiting", outbox.c.claimed_by == bindparam("owner")
)
_BEGIN = update(outbox).where(outbox.c.id == bindparam("this"), outbox.c.state == "waiting").values(begun=true())
_MARK_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("this"), outbox.c.state == "waiting")
    .values(state="sent", body=None, claimed_by=None, claimed_until=None, done_at=bindparam("now", type_=outbox.c.done_at.type))
)

_STILL_USED = (
    update(slots).where(slots.c.slot == bindparam("this")).values(at=bindparam("now", type_=slots.c.at.type))
)  # a message that is still edited is remembered on


class OutboxQueue:
    """A `bot.core.posts.OutboxQueue`."""

    def __init__(self, store: Runs) -> None:
        self._store = store

    async def claim(self, owner: str, platform: str, now: datetime, until: datetime, limit: int) -> Sequence[Claimed]:
        free = (
            select(outbox.c.id)
            .where(
                outbox.c.state == "waiting",
                outbox.c.platform == platform,
                outbox.c.not_before <= now,
                or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until <= now),
                ~_held_up(_rival.c.claimed_until > now),
            )
            .order_by(outbox.c.lane, outbox.c.seq)
            .limit(limit)
            .with_for_update(skip_locked=True, of=outbox)
        )
        claim = (
            update(outbox)
            .where(outbox.c.id.in_(free.scalar_subquery()))
            .values(
                claimed_by=owner,
                claimed_until=until,
                seen=case((outbox.c.claimed_by.is_not(None), true()), else_=outbox.c.seen),
            )
            .returning(outbox.c.id)
        )

        async def work(transaction: Transaction) -> list[Claimed]:
            await transaction.lock("outbox")
            ids = [row["id"] for row in await transaction.rows(claim)]
            return await _read(transaction, ids) if ids else []

        return await self._store.transact_short(work)

    async def holds(self, owner: str, claimed: Claimed) -> bool:
        asked = {"this": claimed.id, "owner": owner}
        return bool(await self._store.transact_short(lambda transaction: transaction.rows(_HOLDS, asked)))

    async def begin(self, claimed: Claimed) -> None:
        await self._store.transact_short(lambda transaction: transaction.run(_BEGIN, {"this": claimed.id}))

    async def mark_sent(self, claimed: Claimed, ref: MessageRef, at: datetime) -> None:
        async def work(transaction: Transaction) -> None:
            marked = await transaction.run(_MARK_SENT, {"this": claimed.id, "now": at})
            if marked and claimed.post.place:
                if ref != claimed.edit:  # else it is the slot's already, unless an answer has become that meanwhile
                    person, room = reader(claimed)
                    await _remember(transaction, claimed.post.place, person, room, ref)
                else:
                    await transaction.run(_STILL_USED, {"this": slot_mark(transaction, claimed.post.place), "now": at})
                await replace_older(transaction, slot_mark(transaction, claimed.post.place), claimed.id)
                transaction.wake_outbox()
            if marked:
                await promise(transaction, claimed.post.done)

        await self._store.transact_short(work)

    async def put_back(self, claimed: Claimed, not_before: datetime, *, tried: bool) -> None:
        back = {"claimed_by": None, "claimed_until": None, "not_before": not_before, "begun": False}
        tries = outbox.c.tries + int(tried)
        waits = update(outbox).where(outbox.c.id == claimed.id, outbox.c.state == "waiting").values(**back, tries=tries)

        async def work(transaction: Transaction) -> None:
            await transaction.run(waits)
            if claimed.post.place:
                transaction.wake_outbox()

        await self._store.transact_short(work)

    async def drop(self, claimed: Claimed, why: str) -> None:
        async def work(transaction: Transaction) -> None:
            if why == "door_closed" and await close_door(transaction, claimed):
                return
            if await close_rows(transaction, why, outbox.c.id == claimed.id):
                await promise(transaction, claimed.post.failed)
            if claimed.post.place:
                await replace_older(transaction, slot_mark(transaction, claimed.post.place), claimed.id)
                transaction.wake_outbox()

        await self._store.transact_short(work)

    async def forget_message(self, claimed: Claimed) -> None:
        async def work(transaction: Transaction) -> None:
            mark = slot_mark(transaction, claimed.post.place)
            await transaction.run(delete(slots).where(slots.c.slot == mark))

        await self._store.transact_short(work)

    async def move_room(self, room: RoomId, chat: str) -> None:
        """Also its community: whoever acts under the new address acts in the same one."""

        async def work(transaction: Transaction) -> None:
            if (known := await Rooms(transaction).get(room)) is not None:
                await rename_group(transaction, known.platform, known.chat, chat)

        await self._store.transact_short(work)

    async def next_at(self, platform: str) -> datetime | None:
        waiting = and_(outbox.c.state == "waiting", outbox.c.platform == platform)
        free = (
            select(outbox.c.not_before.label("at"))
            .where(waiting, outbox.c.claimed_until.is_(None), ~_held_up(_rival.c.claimed_until.is_not(None)))
            .order_by(outbox.c.not_before)
            .limit(1)
        )
        leased = select(func.min(outbox.c.claimed_until).label("at")).where(waiting, outbox.c.claimed_until.is_not(None))

        async def look(transaction: Transaction) -> list[datetime]:
            return [row["at"] for query in (free, leased) for row in await transaction.rows(query) if row["at"] is not None]

        return min(await self._store.transact_short(look), default=None)

    async def remember(self, slot: str, person: PersonId | None, room: RoomId | None, ref: MessageRef, at: datetime) -> None:
        async def work(transaction: Transaction) -> None:
            asked = {"this": slot_mark(transaction, slot), "then": at, "now": transaction.house.clock.now()}
            await transaction.run(_STALE, asked)
            await _remember(transaction, slot, person, room, ref)

        await self._store.transact_short(work)

    async def release(self, owner: str, unsure: Collection[str]) -> None:
        leased = (outbox.c.state == "waiting", outbox.c.claimed_until.is_not(None))  # by their index
        mine = (*leased, outbox.c.claimed_by == owner, outbox.c.id.not_in(unsure))
        give_back = update(outbox).where(*mine).values(claimed_by=None, claimed_until=None)
        await self._store.transact_short(lambda transaction: transaction.run(give_back))


def _held_up(leased: ColumnElement[bool]) -> ColumnElement[bool]:
    """Another row of the slot is with a courier, or goes first: the newest does, except after one that may be there already."""
    goes_first = case(
        (_rival.c.seq > outbox.c.seq, ~may_be_first(outbox)),
        else_=may_be_first(_rival),
    )
    return exists().where(
        _rival.c.slot == outbox.c.slot,
        _rival.c.state == "waiting",
        _rival.c.id != outbox.c.id,
        or_(leased, goes_first),
    )


async def _read(transaction: Transaction, ids: Sequence[str]) -> list[Claimed]:
    """Return claimed rows whole, in the order they are to leave; one that cannot be read any more is given up."""
    query = (
        select(outbox, rooms, slots.c.ref, people.c.language, communities.c.language, _home.c.language)
        .outerjoin(rooms, rooms.c.id == outbox.c.room)
        .outerjoin(communities, communities.c.id == rooms.c.community)
        .outerjoin(people, people.c.person == outbox.c.person)
        .outerjoin(_home, _home.c.id == people.c.home)
        .outerjoin(slots, slots.c.slot == outbox.c.slot)
        .where(outbox.c.id.in_(ids))
        .order_by(outbox.c.lane, outbox.c.seq)
    )
    rows = await transaction.rows(query)
    doors = await _doors(transaction, {row[outbox.c.person] for row in rows if row[outbox.c.person] is not None})
    whole = []
    for row in rows:
        try:
            whole.append(await _claimed(transaction, row, doors))
        except (NoKey, Unopenable, LookupError):
            await close_rows(transaction, "unreadable", outbox.c.id == row[outbox.c.id])
    return whole


async def _claimed(transaction: Transaction, row: RowMapping, doors: dict[tuple[str, str], RowMapping]) -> Claimed:
    person, id_ = row[outbox.c.person], row[outbox.c.id]
    account: Account | None = None
    room: Room | None = None
    if person is not None:
        owner, door = person, doors[person, row[outbox.c.platform]]
        account = Account(door["platform"], await transaction.open(person, "accounts", "user", door["id"], door["user"], str))
    else:
        room = room_from(row)
        owner = room.community
    ref, slot = row[slots.c.ref], row[outbox.c.slot]
    if person is not None and sum(who == person for who, _ in doors) > 1:
        ref = None  # of a person with several accounts it may be a message of another platform: they get a new one
    post = await transaction.open(owner, "outbox", "body", id_, row[outbox.c.body], Post)
    return Claimed(
        id=id_,
        post=post,
        about=await about(transaction, post.about, row[outbox.c.platform]),
        tries=row[outbox.c.tries],
        language=row[people.c.language]
        or row[communities.c.language]
        or row[_home.c.language]
        or transaction.house.defaults.language,
        seen=row[outbox.c.seen],
        begun=row[outbox.c.begun],
        account=account,
        room=room,
        edit=None if ref is None else MessageRef(await transaction.open(owner, "slots", "ref", slot, ref, str)),
        within=await topic_of(transaction, owner, post),
    )


async def _doors(transaction: Transaction, persons: set[str]) -> dict[tuple[str, str], RowMapping]:
    """Return a person's account on each platform; of several on one the open one, then the oldest."""
    if not persons:
        return {}
    query = (
        select(accounts)
        .where(accounts.c.person.in_(persons))
        .order_by(accounts.c.door_closed_at.is_not(None).desc(), accounts.c.at.desc(), accounts.c.id.desc())
    )
    return {(row["person"], row["platform"]): row for row in await transaction.rows(query)}


async def _remember(transaction: Transaction, slot: str, person: PersonId | None, room: RoomId | None, ref: MessageRef) -> None:
    if (owner := await owner_of(transaction, person, room)) is None:
        return
    mark = slot_mark(transaction, slot)
    try:
        sealed = await transaction.seal(owner, "slots", "ref", mark, ref)
    except NoKey:
        return  # erased, or part of another person since
    row = {
        "slot": mark,
        "person": person,
        "room": None if person is not None else room,
        "ref": sealed,
        "at": transaction.house.clock.now(),
    }
    await transaction.run(transaction.made(_take_slot), row)


def _take_slot(transaction: Transaction) -> Executable:
    new = transaction.insert(slots)
    changed = {name: new.excluded[name] for name in ("person", "room", "ref", "at")}
    return new.on_conflict_do_update(index_elements=[slots.c.slot], set_=changed)
