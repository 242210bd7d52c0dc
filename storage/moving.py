"""A Telegram group that became a supergroup has a new id: its community and its rooms go with it."""

from sqlalchemy import select, update

from bot.core import ports
from storage.tables.communities import communities, rooms
from storage.transaction import Transaction
from storage.unit import concrete


async def move_group(store: ports.Store, platform: str, old: str, new: str) -> None:
    await store.transact(lambda unit: rename_group(concrete(unit), platform, old, new))


async def rename_group(transaction: Transaction, platform: str, old: str, new: str) -> None:
    """Rename a group's space and rooms. What is already known under the new id stays as it is."""
    taken = select(communities.c.id).where(communities.c.platform == platform, communities.c.space == new)
    if await transaction.row(taken) is None:
        moved = update(communities).where(communities.c.platform == platform, communities.c.space == old)
        await transaction.run(moved.values(space=new))
    for room in await transaction.rows(select(rooms).where(rooms.c.platform == platform, rooms.c.chat == old)):
        taken = select(rooms.c.id).where(rooms.c.platform == platform, rooms.c.chat == new, rooms.c.thread == room["thread"])
        if await transaction.row(taken) is None:
            await transaction.run(update(rooms).where(rooms.c.id == room["id"]).values(chat=new))
