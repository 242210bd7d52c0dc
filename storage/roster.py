"""The facilitators' roster, a `bot.core.staff.Staff`; with its other parts a `handlers.roster.records.RosterBook`."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import CommunityId, PersonId, new_id
from bot.core.staff import Colleague
from handlers.roster.records import Member
from storage.roster_duties import DutyRows
from storage.roster_notes import NoteRows
from storage.roster_swaps import SwapRows
from storage.tables.roster import roster
from storage.unit import concrete

_ALL = select(roster).where(roster.c.community == bindparam("where"))
_ONE = _ALL.where(roster.c.person == bindparam("who"))
_HAS = select(roster.c.id).where(roster.c.community == bindparam("where"), roster.c.person == bindparam("who"))


class RosterRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def of(self, community: CommunityId) -> Sequence[Colleague]:
        """Return everybody who was seen to lead there, also those who gave no name: reports are for them as well."""
        return [Colleague(one.person, one.name, one.owner) for one in await self._all(community)]

    async def has(self, community: CommunityId, person: PersonId) -> bool:
        return await self._unit.row(_HAS, {"where": community, "who": person}) is not None

    async def members(self, community: CommunityId) -> Sequence[Member]:
        """Return the community's roster by the order of names: those who came onto it."""
        return [one for one in await self._all(community) if one.name]

    async def _all(self, community: CommunityId) -> list[Member]:
        found = [await self._member(row) for row in await self._unit.rows(_ALL, {"where": community})]
        return sorted(found, key=lambda one: (one.name.casefold(), one.id))

    async def member(self, community: CommunityId, person: PersonId) -> Member | None:
        row = await self._unit.row(_ONE, {"where": community, "who": person})
        found = None if row is None else await self._member(row)
        return found if found is not None and found.name else None

    async def put(self, member: Member, at: datetime) -> None:
        """Put a person on the roster, or change their name. Whoever is on it keeps their row."""
        row = await self._unit.row(_HAS, {"where": member.community, "who": member.person})
        key = new_id() if row is None else row["id"]
        name = await self._unit.seal(member.person, "roster", "name", key, member.name)
        values = {"name": name, "leads": member.owner, "at": at}
        insert = self._unit.insert(roster).values(id=key, community=member.community, person=member.person, **values)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["id"], set_=values))

    async def seen(self, community: CommunityId, person: PersonId, at: datetime, *, owner: bool) -> None:
        mine = (roster.c.community == community, roster.c.person == person)
        if await self._unit.run(update(roster).where(*mine).values(at=at, leads=owner)):
            await DutyRows(self._unit).renew_duties(community, person, at)
        else:
            await self.put(Member("", community, person, "", owner), at)

    async def leave(self, community: CommunityId, person: PersonId) -> bool:
        """Take a person off the roster, with all that they said they do there. False when they were not on it."""
        await DutyRows(self._unit).drop_duties_of(community, person)
        await SwapRows(self._unit).drop_swaps_of(community, person)
        mine = (roster.c.community == community, roster.c.person == person)
        return await self._unit.run(delete(roster).where(*mine)) > 0

    async def communities_of(self, person: PersonId) -> Sequence[CommunityId]:
        query = select(roster.c.community).where(roster.c.person == person).order_by(roster.c.community)
        return [CommunityId(row["community"]) for row in await self._unit.rows(query)]

    async def _member(self, row: RowMapping) -> Member:
        person = PersonId(row["person"])
        name = await self._unit.open(person, "roster", "name", row["id"], row["name"], str)
        return Member(row["id"], CommunityId(row["community"]), person, name, row["leads"])


class Roster(RosterRows, DutyRows, SwapRows, NoteRows):
    """A table's rows are each one part's; what they share is the transaction."""

    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)
