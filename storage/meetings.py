"""Meetings: a `handlers.meetings.records.MeetingsStore` over one transaction."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import CommunityId, MeetingId, OccurrenceId, PersonId, RoomId
from bot.core.meetings import LIVE, OVER, Occurrence, Series, State
from bot.core.schedule import Schedule
from storage.tables.meetings import hosts, occurrences, presences
from storage.tables.meetings import series as series_table
from storage.unit import concrete

_NOT_OVER = occurrences.c.state.not_in([state.value for state in sorted(OVER)])


class SeriesBook:
    """Series and their occurrences."""

    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def add_series(self, series: Series) -> None:
        await self._unit.run(
            self._unit.insert(series_table).values(
                id=series.id,
                community=series.community,
                room=series.room,
                title=await self._unit.seal(series.community, "series", "title", series.id, series.title),
                zone=series.schedule.zone,
                first=series.schedule.first.isoformat(),
                wall=series.schedule.wall.isoformat(),
                rule=series.schedule.rule,
                minutes=int(series.length.total_seconds()) // 60,
                at=self._unit.house.clock.now(),
                cancelled_at=series.cancelled_at,
            )
        )

    async def cancel_series(self, series: MeetingId, at: datetime) -> None:
        await self._unit.run(update(series_table).where(series_table.c.id == series).values(cancelled_at=at))

    async def series(self, series: MeetingId) -> Series | None:
        row = await self._unit.row(select(series_table).where(series_table.c.id == series))
        return None if row is None else await self._series(row)

    async def of_community(self, community: CommunityId) -> Sequence[Series]:
        query = (
            select(series_table)
            .where(series_table.c.community == community, series_table.c.cancelled_at.is_(None))
            .order_by(series_table.c.at, series_table.c.id)
        )
        return [await self._series(row) for row in await self._unit.rows(query)]

    async def _series(self, row: RowMapping) -> Series:
        title = await self._unit.open(row["community"], "series", "title", row["id"], row["title"], str)
        schedule = Schedule(row["zone"], date.fromisoformat(row["first"]), time.fromisoformat(row["wall"]), row["rule"])
        return Series(
            MeetingId(row["id"]),
            CommunityId(row["community"]),
            RoomId(row["room"]),
            title,
            schedule,
            timedelta(minutes=row["minutes"]),
            row["cancelled_at"],
        )

    async def plan(self, occurrence: Occurrence) -> Occurrence:
        """Store an occurrence, or return the one that the series has at that start already."""
        insert = self._unit.insert(occurrences).values(id=occurrence.id, **_row(occurrence))
        await self._unit.run(insert.on_conflict_do_nothing(index_elements=[occurrences.c.series, occurrences.c.starts_at]))
        query = select(occurrences).where(
            occurrences.c.series == occurrence.series, occurrences.c.starts_at == occurrence.starts_at
        )
        row = await self._unit.row(query)
        return occurrence if row is None else _occurrence(row)

    async def occurrence(self, occurrence: OccurrenceId) -> Occurrence | None:
        row = await self._unit.row(select(occurrences).where(occurrences.c.id == occurrence))
        return None if row is None else _occurrence(row)

    async def move(self, before: Occurrence, after: Occurrence) -> bool:
        """Store a changed occurrence, if its state and segment are still those of `before`."""
        change = update(occurrences).where(
            occurrences.c.id == before.id,
            occurrences.c.state == before.state.value,
            occurrences.c.segment == before.segment,
        )
        return await self._unit.run(change.values(**_row(after))) == 1

    async def next_of(self, series: MeetingId) -> Occurrence | None:
        query = select(occurrences).where(occurrences.c.series == series, _NOT_OVER).order_by(occurrences.c.starts_at)
        row = await self._unit.row(query.limit(1))
        return None if row is None else _occurrence(row)

    async def unplanned(self, after: str, limit: int) -> tuple[Sequence[Series], str]:
        """Look at `limit` series that are not cancelled, in the order of their ids, from beyond `after`. Return those of which no
        occurrence is ahead or under way, and the last that was looked at; "" when there are no more."""
        beyond = (series_table.c.id > after, series_table.c.cancelled_at.is_(None))
        looked = await self._unit.rows(select(series_table.c.id).where(*beyond).order_by(series_table.c.id).limit(limit))
        if not looked:
            return [], ""
        last = looked[-1]["id"]
        has_one = exists().where(occurrences.c.series == series_table.c.id, _NOT_OVER)
        query = select(series_table).where(*beyond, series_table.c.id <= last, ~has_one).order_by(series_table.c.id)
        return [await self._series(row) for row in await self._unit.rows(query)], last

    async def in_room(self, room: RoomId) -> Occurrence | None:
        """Return the room's occurrence that is under way (the latest), else the next one planned."""
        query = (
            select(occurrences)
            .join(series_table, series_table.c.id == occurrences.c.series)
            .where(series_table.c.room == room, _NOT_OVER)
            .order_by(occurrences.c.starts_at)
        )
        found = [_occurrence(row) for row in await self._unit.rows(query)]
        live = [occurrence for occurrence in found if occurrence.state in LIVE]
        return live[-1] if live else next(iter(found), None)


class Meetings(SeriesBook):
    """Also who is there, and who hosts."""

    async def join(self, occurrence: OccurrenceId, person: PersonId, at: datetime) -> bool:
        """Note a person as present. False when they were already."""
        insert = self._unit.insert(presences).values(occurrence=occurrence, person=person, at=at)
        return await self._unit.run(insert.on_conflict_do_nothing()) == 1

    async def count(self, occurrence: OccurrenceId) -> int:
        query = select(func.count().label("here")).select_from(presences).where(presences.c.occurrence == occurrence)
        row = await self._unit.row(query)
        return int(row["here"]) if row is not None else 0

    async def some(self, occurrence: OccurrenceId, after: str, limit: int) -> Sequence[PersonId]:
        query = (
            select(presences.c.person)
            .where(presences.c.occurrence == occurrence, presences.c.person > after)
            .order_by(presences.c.person)
            .limit(limit)
        )
        return [PersonId(row["person"]) for row in await self._unit.rows(query)]

    async def forget(self, occurrence: OccurrenceId) -> None:
        """Delete who was present in the occurrence, and who may host it."""
        await self._unit.run(delete(presences).where(presences.c.occurrence == occurrence))
        await self._unit.run(delete(hosts).where(hosts.c.subject == occurrence))

    async def grant(self, subject: str, person: PersonId, until: datetime) -> None:
        insert = self._unit.insert(hosts).values(subject=subject, person=person, until=until, hosting=False)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[hosts.c.subject, hosts.c.person], set_={"until": until}))

    async def drop(self, subject: str, person: PersonId) -> None:
        await self._unit.run(delete(hosts).where(hosts.c.subject == subject, hosts.c.person == person))

    async def may(self, subject: str, person: PersonId, now: datetime) -> bool:
        query = select(hosts.c.person).where(hosts.c.subject == subject, hosts.c.person == person, hosts.c.until > now)
        return await self._unit.row(query) is not None

    async def take(self, subject: str, person: PersonId) -> None:
        """Make the person the one who hosts, in place of whoever did. They need a grant."""
        await self._unit.run(update(hosts).where(hosts.c.subject == subject).values(hosting=hosts.c.person == person))

    async def host(self, subject: str) -> PersonId | None:
        query = select(hosts.c.person).where(hosts.c.subject == subject, hosts.c.hosting.is_(True))
        row = await self._unit.row(query.limit(1))
        return None if row is None else PersonId(row["person"])


def _row(occurrence: Occurrence) -> dict[str, object]:
    return {
        "series": occurrence.series,
        "starts_at": occurrence.starts_at,
        "ends_at": occurrence.ends_at,
        "state": occurrence.state.value,
        "segment": occurrence.segment,
        "since": occurrence.since,
        "checkin": occurrence.checkin,
        "heads": occurrence.heads,
    }


def _occurrence(row: RowMapping) -> Occurrence:
    return Occurrence(
        OccurrenceId(row[occurrences.c.id]),
        MeetingId(row[occurrences.c.series]),
        row[occurrences.c.starts_at],
        row[occurrences.c.ends_at],
        State(row[occurrences.c.state]),
        row[occurrences.c.segment],
        row[occurrences.c.since],
        row[occurrences.c.checkin],
        row[occurrences.c.heads],
    )
