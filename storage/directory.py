"""What the list of meetings asks beside the meetings: a `handlers.directory.records.DirectoryBook` over one transaction."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, func, or_, select

from bot.core import ports
from bot.core.ids import CommunityId, MeetingId, OccurrenceId, PersonId
from storage.tables.meetings import occurrences, presences, series
from storage.tables.reminders import goings, reminders
from storage.unit import concrete

_TAKES = ("going", "offered")  # handlers.reminders.records.Standing: these hold a place
_MOST = 10  # communities to choose from

_REMINDED = select(reminders.c.series).where(reminders.c.person == bindparam("who"))
_WAS_AT = (
    select(occurrences.c.series)
    .join(presences, presences.c.occurrence == occurrences.c.id)
    .where(presences.c.person == bindparam("who"))
)
_KNOWN = (
    select(series.c.id, series.c.community, series.c.title)
    .where(or_(series.c.id.in_(_REMINDED), series.c.id.in_(_WAS_AT)), series.c.cancelled_at.is_(None))
    .order_by(series.c.at, series.c.id)
)


class Directories:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def taken(self, occurrences: Sequence[OccurrenceId]) -> Mapping[OccurrenceId, int]:
        """Return how many places of each evening are taken; an evening that is left out has none."""
        query = (
            select(goings.c.occurrence, func.count().label("taken"))
            .where(goings.c.occurrence.in_(occurrences), goings.c.standing.in_(_TAKES))
            .group_by(goings.c.occurrence)
        )
        return {OccurrenceId(row["occurrence"]): row["taken"] for row in await self._unit.rows(query)}

    async def reminded_of(self, person: PersonId) -> frozenset[MeetingId]:
        return frozenset(MeetingId(row["series"]) for row in await self._unit.rows(_REMINDED, {"who": person}))

    async def known_to(self, person: PersonId) -> Mapping[CommunityId, str]:
        """Return the communities whose meetings the person is reminded of or was at lately, each with the title of one of those."""
        known: dict[CommunityId, str] = {}
        for row in await self._unit.rows(_KNOWN, {"who": person}):
            community = CommunityId(row["community"])
            if community not in known and len(known) < _MOST:
                known[community] = await self._unit.open(community, "series", "title", row["id"], row["title"], str)
        return known
