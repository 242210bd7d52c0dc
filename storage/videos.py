"""Which groups have a video chat open: a `handlers.meetings.records.VideoChats` over one transaction."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.core import ports
from bot.core.ids import CommunityId
from storage.tables.videos import video_chats
from storage.unit import concrete


class VideoRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def video_began(self, community: CommunityId, at: datetime) -> None:
        insert = self._unit.insert(video_chats).values(community=community, at=at)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[video_chats.c.community], set_={"at": at}))

    async def video_ended(self, community: CommunityId) -> None:
        await self._unit.run(delete(video_chats).where(video_chats.c.community == community))

    async def video_since(self, community: CommunityId) -> datetime | None:
        """Return when the group's video chat began; None when none is known to be open."""
        row = await self._unit.row(select(video_chats.c.at).where(video_chats.c.community == community))
        return None if row is None else row["at"]
