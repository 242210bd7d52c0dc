"""One evening with all that is needed to act in it: its row, its series, and whose it is."""

import msgspec

from bot.core.calls import Community
from bot.core.ids import OccurrenceId, RoomId
from bot.core.meetings import MeetingBook, Occurrence, Series
from bot.core.ports import Unit


class Held(msgspec.Struct, frozen=True):
    occurrence: Occurrence
    series: Series
    community: Community

    @property
    def id(self) -> OccurrenceId:
        return self.occurrence.id

    @property
    def room(self) -> RoomId:
        return self.occurrence.room or self.series.room

    @property
    def language(self) -> str:
        """What the whole room reads."""
        return self.series.options.language or self.community.language


async def held(book: MeetingBook, unit: Unit, occurrence: OccurrenceId | str) -> Held | None:
    """Return the evening; None when it, its series or its community is gone."""
    found = await book.occurrence(OccurrenceId(occurrence))
    series = await book.series(found.series) if found else None
    community = await unit.communities.get(series.community) if series else None
    return Held(found, series, community) if found and series and community else None
