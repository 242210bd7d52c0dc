"""A Telegram group that became a supergroup has a new id: its community and its rooms go with it."""

from sqlalchemy import select, update

from bot.core import ports
from storage.database import concrete
from storage.tables.communities import communities, rooms


async def move_group(store: ports.Store, platform: str, old: str, new: str) -> None:
    """Rename a group's space and rooms. What is already known under the new id stays as it is."""

    async def work(unit: ports.Unit) -> None:
        ours = concrete(unit)
        if await ours.row(select(communities.c.id).where(communities.c.platform == platform, communities.c.space == new)) is None:
            moved = update(communities).where(communities.c.platform == platform, communities.c.space == old)
            await ours.run(moved.values(space=new))
        for room in await ours.rows(select(rooms).where(rooms.c.platform == platform, rooms.c.chat == old)):
            taken = select(rooms.c.id).where(rooms.c.platform == platform, rooms.c.chat == new, rooms.c.thread == room["thread"])
            if await ours.row(taken) is None:
                await ours.run(update(rooms).where(rooms.c.id == room["id"]).values(chat=new))

    await store.transact(work)
