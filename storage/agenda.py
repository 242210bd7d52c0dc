"""Agendas: a `handlers.agenda.records.AgendaStore` over one transaction."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import delete, func, select
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.agenda import AgendaItem, Tally, tally_of
from bot.core.ids import CommunityId, MeetingId, OccurrenceId, PersonId
from bot.core.meetings import LIVE, Occurrence
from handlers.agenda.records import Becomes, Carried, Entry
from storage.keys import NoKey
from storage.sealing import Unopenable
from storage.tables.agenda import agenda_added, agenda_carried, agenda_points
from storage.tables.checkin import checkins
from storage.tables.meetings import occurrences, series
from storage.unit import concrete

_LAST = 1 << 30
_CHAIN = 12  # how often a series may have been edited "from here on" while something was brought along


class AgendaRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    # An evening's ----------------------------------------------------------------------------------------------------

    async def tally(self, occurrence: Occurrence) -> Tally:
        found = await self.entries(occurrence)
        now = next((entry.item for entry in found if entry.becomes is Becomes.NOW), None)
        done = select(func.count().label("done")).select_from(checkins).where(checkins.c.occurrence == occurrence.id)
        row = await self._unit.row(done)
        waiting = [entry.item for entry in found if entry.becomes is Becomes.WAITING]
        return tally_of(int(row["done"]) if row is not None else 0, now, waiting)

    async def entries(self, occurrence: Occurrence) -> Sequence[Entry]:
        """Return all items of the evening in their order, whatever became of them."""
        found = await self._wishes(occurrence)
        for entry in await self._points(occurrence.id):
            assert entry.person is not None
            wish = found.get(entry.person)
            if wish is None and not entry.own:
                continue  # the check-in that it was about is there no more, or says nothing of the agenda
            if wish is None or entry.said_at >= wish.said_at:
                item = entry.item if entry.own or wish is None else wish.item
                at = entry.at if wish is None else min(entry.at, wish.at)
                found[entry.person] = replace(entry, item=item, at=at)
            else:  # they checked in once more since: it is a new wish in the old one's place
                found[entry.person] = replace(wish, at=entry.at, id=entry.id, number=entry.number, place=entry.place)
        every = [*found.values(), *await self._added(occurrence.id)]
        return sorted(every, key=lambda entry: (entry.place or _LAST, entry.at, entry.id))

    async def _wishes(self, occurrence: Occurrence) -> dict[PersonId, Entry]:
        """What is brought along, and what this evening's check-ins say; of a person who did both, the check-in's."""
        found = dict[PersonId, Entry]()
        for carried in await self.carried_to(occurrence.series) if await self.has_begun(occurrence) else ():
            found[carried.person] = Entry(occurrence.id, carried.item, carried.at, carried.at, carried.person, own=True)
        query = select(checkins.c.id, checkins.c.person, checkins.c.at, checkins.c.agenda)
        for row in await self._unit.rows(query.where(checkins.c.occurrence == occurrence.id).order_by(checkins.c.at)):
            person, at = PersonId(row["person"]), row["at"]
            item = await self._opened(person, "checkins", "agenda", row["id"], row["agenda"])
            if item is not None and item.topic:
                since = found[person].at if person in found else at
                found[person] = Entry(occurrence.id, item, since, at, person)
        return found

    async def has_begun(self, occurrence: Occurrence) -> bool:
        """Whether the evening's check-in has begun; of one that is over, whether anybody checked in or said a wish."""
        if occurrence.checkin:
            return True
        for table in (checkins, agenda_points):
            if await self._unit.row(select(table.c.id).where(table.c.occurrence == occurrence.id).limit(1)) is not None:
                return True
        return False

    async def _points(self, occurrence: OccurrenceId) -> list[Entry]:
        points = list[Entry]()
        for row in await self._unit.rows(select(agenda_points).where(agenda_points.c.occurrence == occurrence)):
            person, own = PersonId(row["person"]), row["body"] is not None
            item = await self._opened(person, "agenda_points", "body", row["id"], row["body"]) if own else AgendaItem()
            if item is not None:
                points.append(_entry(row, item, row["said_at"], person, own=own))
        return points

    async def _added(self, occurrence: OccurrenceId) -> list[Entry]:
        added = list[Entry]()
        for row in await self._unit.rows(select(agenda_added).where(agenda_added.c.occurrence == occurrence)):
            item = await self._opened(row["community"], "agenda_added", "body", row["id"], row["body"])
            if item is not None:
                added.append(_entry(row, item, row["at"], None, own=True))
        return added

    async def keep(self, entries: Sequence[Entry], community: CommunityId) -> None:
        """Store what became of items: each is given a number and an id before. An item's words are stored where it is its `own`."""
        people, added = list[dict[str, object]](), list[dict[str, object]]()
        for entry in entries:
            row: dict[str, object] = {
                "id": entry.id,
                "occurrence": entry.occurrence,
                "at": entry.at,
                "number": entry.number,
                "place": entry.place,
                "becomes": entry.becomes.value,
            }
            if entry.person is None:
                body = await self._unit.seal(community, "agenda_added", "body", entry.id, entry.item)
                added.append({**row, "community": community, "body": body})
            else:
                sealed = await self._unit.seal(entry.person, "agenda_points", "body", entry.id, entry.item) if entry.own else None
                people.append({**row, "person": entry.person, "said_at": entry.said_at, "body": sealed})
        points = self._unit.insert(agenda_points)
        which = [agenda_points.c.occurrence, agenda_points.c.person]
        changing = {name: points.excluded[name] for name in ("id", "said_at", "place", "becomes", "body")}
        await self._unit.run_many(points.on_conflict_do_update(index_elements=which, set_=changing), people)
        more = self._unit.insert(agenda_added)
        changing = {name: more.excluded[name] for name in ("place", "becomes")}
        await self._unit.run_many(more.on_conflict_do_update(index_elements=[agenda_added.c.id], set_=changing), added)

    async def forget(self, occurrence: OccurrenceId) -> None:
        """Delete what is left of an evening's agenda."""
        for table in (agenda_points, agenda_added):
            await self._unit.run(delete(table).where(table.c.occurrence == occurrence))

    async def evenings_of(self, person: PersonId) -> Sequence[OccurrenceId]:
        """Return the evenings under way on whose agenda something of the person may stand."""
        live = occurrences.c.state.in_([state.value for state in sorted(LIVE)])
        checked = select(checkins.c.occurrence).where(checkins.c.person == person)
        noted = select(agenda_points.c.occurrence).where(agenda_points.c.person == person)
        query = select(occurrences.c.id).where(live, occurrences.c.id.in_(checked.union(noted))).order_by(occurrences.c.id)
        return [OccurrenceId(row["id"]) for row in await self._unit.rows(query)]

    # What is brought along -------------------------------------------------------------------------------------------

    async def carry(self, carried: Carried) -> None:
        """Keep it for the next evening, in place of what the person keeps for that series already."""
        mine = (agenda_carried.c.person == carried.person, agenda_carried.c.series == carried.series)
        await self._unit.run(delete(agenda_carried).where(*mine))
        body = await self._unit.seal(carried.person, "agenda_carried", "body", carried.id, carried.item)
        row = {"id": carried.id, "person": carried.person, "series": carried.series, "at": carried.at, "body": body}
        await self._unit.run(self._unit.insert(agenda_carried).values(**row))

    async def carried(self, id_: str) -> Carried | None:
        return next(
            iter(await self._carried(await self._unit.rows(select(agenda_carried).where(agenda_carried.c.id == id_)))), None
        )

    async def carried_to(self, series_: MeetingId) -> Sequence[Carried]:
        """Return what is brought to an evening of a series, also from one that it goes on from."""
        chain, name = list[str](), series_ or None
        while name is not None and len(chain) < _CHAIN and name not in chain:
            chain.append(name)
            row = await self._unit.row(select(series.c.follows).where(series.c.id == name))
            name = row["follows"] if row is not None else None
        query = select(agenda_carried).where(agenda_carried.c.series.in_(chain))
        return await self._carried(await self._unit.rows(query.order_by(agenda_carried.c.at, agenda_carried.c.id)))

    async def let_go(self, id_: str) -> None:
        await self._unit.run(delete(agenda_carried).where(agenda_carried.c.id == id_))

    async def _carried(self, rows: Sequence[RowMapping]) -> list[Carried]:
        found = list[Carried]()
        for row in rows:
            person = PersonId(row["person"])
            item = await self._opened(person, "agenda_carried", "body", row["id"], row["body"])
            if item is not None:
                found.append(Carried(row["id"], person, MeetingId(row["series"]), item, row["at"]))
        return found

    async def _opened(self, owner: str, table: str, column: str, row: str, sealed: bytes) -> AgendaItem | None:
        """An item that cannot be opened any more is no item: the others are of use without it."""
        try:
            return await self._unit.open(owner, table, column, row, sealed, AgendaItem)
        except (NoKey, Unopenable):
            return None


def _entry(row: RowMapping, item: AgendaItem, said_at: datetime, person: PersonId | None, *, own: bool) -> Entry:
    return Entry(
        OccurrenceId(row["occurrence"]),
        item,
        row["at"],
        said_at,
        person,
        row["id"],
        row["number"],
        row["place"],
        Becomes(row["becomes"]),
        own,
    )
