"""The rooms that hear of a series, by community: each community has its own language, zone and quiet hours."""

import msgspec

from bot.core.calls import Community
from bot.core.ids import RoomId
from bot.core.meetings import Series
from bot.core.ports import Unit
from handlers.announcements.records import AnnouncementBook


class Hearer(msgspec.Struct, frozen=True):
    """A room, and the role that is called there ("" for none)."""

    room: RoomId
    ping: str = ""


async def hearers(unit: Unit, book: AnnouncementBook, series: Series, room: RoomId) -> dict[Community, list[Hearer]]:
    """Return the rooms by community; the series' own community is there even without one. `room`: where it takes place."""
    settings = await book.settings(series.id)
    wanted = [Hearer(room, settings.ping)] if settings.home else []
    wanted += [Hearer(target.room, target.ping) for target in await book.targets(series.id) if target.room != room]
    own = await unit.communities.get(series.community)
    found: dict[Community, list[Hearer]] = {own: []} if own else {}
    for hearer in wanted:
        known = await unit.rooms.get(hearer.room)
        community = await unit.communities.get(known.community) if known else None
        if community is not None:
            found.setdefault(community, []).append(hearer)
    return found
