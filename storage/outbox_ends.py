"""What goes with a promised message: the topic that it is for; and at its end a further promise, or another door."""

from sqlalchemy import select, update

from bot.core.calls import Account
from bot.core.ids import MessageRef, PersonId, RoomId
from bot.core.moments import Due
from bot.core.posts import Claimed, Post, ToPerson
from storage.communities import Rooms
from storage.due import DueBook
from storage.people import People
from storage.sealing import Unopenable
from storage.tables.outbox import outbox, slots
from storage.tables.people import accounts
from storage.transaction import Transaction


async def promise(transaction: Transaction, due: Due | None) -> None:
    """Promise what hangs on a message's end, in the transaction that notes the end."""
    if due is not None:
        await DueBook(transaction).add(due)


async def close_door(transaction: Transaction, claimed: Claimed) -> bool:
    """Note that the account cannot be written to. True when the person has another account that can: the row then goes there."""
    if claimed.account is None or not isinstance(claimed.post.to, ToPerson):
        return False
    mark = transaction.house.keys.account_mark(claimed.account.platform, claimed.account.user)
    now = transaction.house.clock.now()
    await transaction.run(update(accounts).where(accounts.c.mark == mark).values(door_closed_at=now))
    platform = await People(transaction).open_door(claimed.post.to.person)
    if platform is None or platform == claimed.account.platform:
        return False
    turned = {"platform": platform, "tries": 0, "seen": False, "claimed_by": None, "claimed_until": None, "not_before": now}
    moved = await transaction.run(update(outbox).where(outbox.c.id == claimed.id, outbox.c.state == "waiting").values(**turned))
    transaction.wake_outbox()
    return bool(moved)


async def about(transaction: Transaction, person: PersonId | None, platform: str) -> Account | None:
    """Return the account of the person whom a deed concerns on the room's platform; None when they have none (any more)."""
    if person is None:
        return None
    found = await People(transaction).accounts(person)
    return next((account for account in found if account.platform == platform), None)


async def topic_of(transaction: Transaction, owner: str, post: Post) -> MessageRef | None:
    """Return the topic that the post goes into; None when it is for none, or that was not opened, or is forgotten."""
    if not post.within:
        return None
    mark = transaction.house.keys.index_mark("slot", post.within)
    row = await transaction.row(select(slots.c.ref).where(slots.c.slot == mark))
    if row is None:
        return None
    try:
        return MessageRef(await transaction.open(owner, "slots", "ref", mark, row["ref"], str))
    except Unopenable:
        return None  # a slot of another owner


def reader(claimed: Claimed) -> tuple[PersonId | None, RoomId | None]:
    to = claimed.post.to
    return (to.person, None) if isinstance(to, ToPerson) else (None, to.room)


async def owner_of(transaction: Transaction, person: PersonId | None, room: RoomId | None) -> str | None:
    """Return under whose key a slot's message is kept; None when the room is gone."""
    if person is not None or room is None:
        return person
    known = await Rooms(transaction).get(room)
    return known.community if known else None
