"""Communities and their rooms."""

from sqlalchemy import bindparam, select
from sqlalchemy.engine import RowMapping

from bot.core.calls import Community, Place, Room
from bot.core.ids import CommunityId, RoomId, new_id
from storage.tables.communities import communities, rooms
from storage.transaction import Transaction

_COMMUNITY = select(communities).where(communities.c.id == bindparam("this"))
_SPACE = select(communities).where(communities.c.platform == bindparam("on"), communities.c.space == bindparam("this"))
_ROOM = select(rooms).where(rooms.c.id == bindparam("this"))
_CHAT = select(rooms).where(
    rooms.c.platform == bindparam("on"), rooms.c.chat == bindparam("this"), rooms.c.thread == bindparam("in_thread")
)


class Communities:
    """A `bot.core.ports.Communities`."""

    def __init__(self, transaction: Transaction) -> None:
        self._in = transaction

    @property
    def host_zone(self) -> str:
        return self._in.house.defaults.zone

    async def find(self, platform: str, space: str) -> Community | None:
        row = await self._in.row(_SPACE, {"on": platform, "this": space})
        return None if row is None else _community(row)

    async def find_or_make(self, platform: str, space: str) -> Community:
        if (known := await self.find(platform, space)) is not None:
            return known
        start = self._in.house.defaults
        made = Community(CommunityId(new_id()), platform, space, start.zone, start.language, start.country)
        self._in.make_key(made.id)
        await self._in.run(
            self._in.insert(communities).values(
                id=made.id, platform=platform, space=space, zone=made.zone, language=made.language, country=made.country
            )
        )
        return made

    async def get(self, community: CommunityId) -> Community | None:
        row = await self._in.row(_COMMUNITY, {"this": community})
        return None if row is None else _community(row)


class Rooms:
    """A `bot.core.ports.Rooms`."""

    def __init__(self, transaction: Transaction) -> None:
        self._in = transaction

    async def find_or_make(self, community: CommunityId, place: Place) -> Room:
        if (known := await self.find(place)) is not None:
            return known
        made = Room(RoomId(new_id()), community, place.platform, place.chat, place.thread)
        await self._in.run(
            self._in.insert(rooms).values(
                id=made.id, community=community, platform=made.platform, chat=made.chat, thread=made.thread
            )
        )
        return made

    async def find(self, place: Place) -> Room | None:
        chat = {"on": place.platform, "this": place.chat, "in_thread": place.thread}
        row = await self._in.row(_CHAT, chat)
        return None if row is None else room_from(row)

    async def get(self, room: RoomId) -> Room | None:
        row = await self._in.row(_ROOM, {"this": room})
        return None if row is None else room_from(row)


def _community(row: RowMapping) -> Community:
    return Community(CommunityId(row["id"]), row["platform"], row["space"], row["zone"], row["language"], row["country"])


def room_from(row: RowMapping) -> Room:
    return Room(
        RoomId(row[rooms.c.id]),
        CommunityId(row[rooms.c.community]),
        row[rooms.c.platform],
        row[rooms.c.chat],
        row[rooms.c.thread],
    )
