"""Messages that are promised inside a transaction. What the courier does with them stands in `outbox_queue`."""

from sqlalchemy import ColumnElement, Executable, FromClause, and_, bindparam, delete, exists, or_, select, update

from bot.core.ids import CommunityId, PersonId, RoomId, new_id
from bot.core.posts import Post, ToPerson
from storage.communities import Rooms
from storage.people import People
from storage.tables.outbox import outbox, slots
from storage.transaction import Transaction


def _add(transaction: Transaction) -> Executable:
    return transaction.insert(outbox).on_conflict_do_nothing(index_elements=[outbox.c.key])


def _replace_older(_: Transaction) -> Executable:
    age = select(outbox.c.seq).where(outbox.c.id == bindparam("newest")).scalar_subquery()
    return (
        update(outbox)
        .where(outbox.c.state == "waiting", outbox.c.slot == bindparam("in_slot"), outbox.c.seq < age)
        .where(outbox.c.claimed_by.is_(None), ~may_be_first(outbox))
        .values(done_at=bindparam("now", type_=outbox.c.done_at.type), **_given_up("replaced"))
    )


def _given_up(why: str) -> dict[str, str | None]:
    state = "replaced" if why in ("replaced", "withdrawn") else "dropped"
    return {"state": state, "why": why, "body": None, "claimed_by": None, "claimed_until": None}


class Outbox:
    """A `bot.core.posts.Outbox`."""

    def __init__(self, transaction: Transaction) -> None:
        self._in = transaction

    async def add(self, post: Post) -> None:
        """Promise a message. To a person it goes through the door that is open, the oldest first; a person or room that is gone
        gets nothing."""
        person: PersonId | None = None
        room: RoomId | None = None
        owner: PersonId | CommunityId
        if isinstance(post.to, ToPerson):
            if (door := await People(self._in).door(post.to.person)) is None:
                return
            owner = person = post.to.person
            platform = door
        else:
            if (known := await Rooms(self._in).get(post.to.room)) is None:
                return
            owner, room, platform = known.community, known.id, known.platform
        row, now = new_id(), self._in.house.clock.now()
        slot = slot_mark(self._in, post.place) if post.place else None
        added = await self._in.run(
            self._in.made(_add),
            {
                "id": row,
                "key": self._in.house.keys.index_mark("outbox", post.key),
                "lane": int(post.lane),
                "platform": platform,
                "person": person,
                "room": room,
                "slot": slot,
                "state": "waiting",
                "why": "",
                "body": await self._in.seal(owner, "outbox", "body", row, post),
                "not_before": post.not_before or now,
                "too_late_at": post.too_late_at,
                "tries": 0,
                "seen": False,
                "at": now,
            },
        )
        if added and slot is not None:
            # What a courier holds now, or may have sent, is left to it; the new row waits for that.
            await self._in.run(self._in.made(_replace_older), {"in_slot": slot, "newest": row, "now": now})
        if added:
            self._in.wake_outbox()

    async def withdraw(self, slot: str) -> None:
        mark = slot_mark(self._in, slot)
        await close_rows(self._in, "withdrawn", outbox.c.slot == mark)
        await self._in.run(delete(slots).where(slots.c.slot == mark))


def may_be_first(row: FromClause) -> ColumnElement[bool]:
    """Whether a row may have become the first message of its slot, and nothing is known of that: a crash, or an answer lost.

    It is sent again before any newer one. A platform that knows its key tells which message it became, and that one is edited.
    """
    was_tried = or_(row.c.claimed_by.is_not(None), row.c.seen, row.c.tries > 0)
    return and_(was_tried, ~exists().where(slots.c.slot == row.c.slot).correlate(row))


def slot_mark(transaction: Transaction, slot: str) -> str:
    return transaction.house.keys.index_mark("slot", slot)


async def close_rows(transaction: Transaction, why: str, *which: ColumnElement[bool]) -> int:
    """Give up on waiting rows. Their words go at once; their keys stay for two days, so that they are not promised again."""
    waiting = update(outbox).where(outbox.c.state == "waiting", *which)
    return await transaction.run(waiting.values(done_at=transaction.house.clock.now(), **_given_up(why)))


async def replace_older(transaction: Transaction, slot: str, row: str) -> None:
    """Give up on what waits in the slot and is older than this row."""
    age = select(outbox.c.seq).where(outbox.c.id == row).scalar_subquery()
    await close_rows(transaction, "replaced", outbox.c.slot == slot, outbox.c.seq < age)
