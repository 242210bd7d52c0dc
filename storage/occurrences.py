"""Occurrences: a `handlers.series.records.EveningBook` over one transaction, but for presence and hosts."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, delete, exists, func, select, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.calendar import original_of
from bot.core.ids import CommunityId, MeetingId, OccurrenceId, RoomId
from bot.core.meetings import AHEAD, LIVE, Occurrence, State
from storage.tables.meetings import is_not_over, occurrences, series
from storage.unit import concrete

_ROOM = func.coalesce(occurrences.c.room, series.c.room).label("in_room")
_ALL = select(occurrences, _ROOM, series.c.community).join(series, series.c.id == occurrences.c.series)
_IN_TIME = (occurrences.c.starts_at, occurrences.c.id)
_THIS: BindParameter[str] = bindparam("this")
_GET = _ALL.where(occurrences.c.id == _THIS)
_NAMED = _ALL.where(occurrences.c.series == _THIS, occurrences.c.original == bindparam("named"))
_AHEAD_OF = _ALL.where(occurrences.c.series == _THIS, is_not_over).order_by(*_IN_TIME)
_NEXT_OF = _AHEAD_OF.limit(1)
_IN_ROOM = _ALL.where(is_not_over, occurrences.c.room == _THIS).order_by(*_IN_TIME)
_KEPT = ("original", "room")  # an occurrence that does not say them keeps what is stored
_SERIES = select(series.c.room, series.c.zone, series.c.community).where(series.c.id == _THIS)


class OccurrenceRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def plan(self, occurrence: Occurrence) -> Occurrence:
        """Store an occurrence, or return the one that the series has for that `original` already, whatever became of it.

        One without an `original` gets that of its start, one without a room its series'. Raises LookupError if the series is gone.
        """
        of = await self._unit.row(_SERIES, {"this": occurrence.series})
        if of is None:
            raise LookupError("an evening of a series that is not there")
        values = _row(occurrence)
        values["reason"] = await self._sealed(of["community"], occurrence)
        values["room"] = occurrence.room or of["room"]
        named = occurrence.original or _named(occurrence.starts_at, of["zone"])
        values["original"] = named
        insert = self._unit.insert(occurrences).values(id=occurrence.id, **values)
        await self._unit.run(insert.on_conflict_do_nothing(index_elements=["series", "original"]))
        found = await self.occurrence_at(occurrence.series, named)
        return occurrence if found is None else found

    async def unplan(self, before: Occurrence) -> bool:
        """Delete an evening that the rule no longer gives, if its state is still that of `before`: planned or announced."""
        if before.state not in AHEAD:
            return False
        mine = (occurrences.c.id == before.id, occurrences.c.state == before.state.value)
        return await self._unit.run(delete(occurrences).where(*mine)) == 1

    async def occurrence(self, occurrence: OccurrenceId) -> Occurrence | None:
        row = await self._unit.row(_GET, {"this": occurrence})
        return None if row is None else await self._occurrence(row)

    async def occurrence_at(self, series: MeetingId, original: str) -> Occurrence | None:
        row = await self._unit.row(_NAMED, {"this": series, "named": original})
        return None if row is None else await self._occurrence(row)

    async def move(self, before: Occurrence, after: Occurrence) -> bool:
        """Store a changed occurrence, if its state and segment are still those of `before`, and no other evening of the series has
        the `original` that it gets."""
        values = {name: value for name, value in _row(after).items() if value is not None or name not in _KEPT}
        if after.reason != before.reason:
            of = await self._unit.row(_SERIES, {"this": after.series})
            values["reason"] = None if of is None else await self._sealed(of["community"], after)
        change = update(occurrences).where(
            occurrences.c.id == before.id,
            occurrences.c.state == before.state.value,
            occurrences.c.segment == before.segment,
        )
        if (before.series, before.original) != (after.series, after.original):
            change = change.where(~_taken(after))
        return await self._unit.run(change.values(**values)) == 1

    async def next_of(self, series: MeetingId) -> Occurrence | None:
        row = await self._unit.row(_NEXT_OF, {"this": series})
        return None if row is None else await self._occurrence(row)

    async def ahead_of(self, series: MeetingId) -> Sequence[Occurrence]:
        return [await self._occurrence(row) for row in await self._unit.rows(_AHEAD_OF, {"this": series})]

    async def since(self, series: Sequence[MeetingId], start: datetime) -> Sequence[Occurrence]:
        if not series:
            return []
        query: Select[tuple[object, ...]] = _ALL.where(occurrences.c.series.in_(series), occurrences.c.starts_at >= start)
        return [await self._occurrence(row) for row in await self._unit.rows(query.order_by(*_IN_TIME))]

    async def in_room(self, room: RoomId) -> Occurrence | None:
        """Return the occurrence in the room that is under way (the latest), else the next one planned there."""
        rows = await self._unit.rows(_IN_ROOM, {"this": room})
        live = [row for row in rows if State(row[occurrences.c.state]) in LIVE]
        row = live[-1] if live else next(iter(rows), None)
        return None if row is None else await self._occurrence(row)

    async def live(self, community: CommunityId) -> Sequence[OccurrenceId]:
        """Return the community's evenings that are under way."""
        states = [state.value for state in sorted(LIVE)]
        which = (series.c.community == community, occurrences.c.state.in_(states))
        query = select(occurrences.c.id).join(series, series.c.id == occurrences.c.series).where(*which)
        return [OccurrenceId(row["id"]) for row in await self._unit.rows(query.order_by(occurrences.c.id))]

    async def _sealed(self, community: str, occurrence: Occurrence) -> bytes | None:
        if not occurrence.reason:
            return None
        return await self._unit.seal(community, "occurrences", "reason", occurrence.id, occurrence.reason)

    async def _occurrence(self, row: RowMapping) -> Occurrence:
        key, reason = row[occurrences.c.id], row[occurrences.c.reason]
        owner = row[series.c.community]
        return Occurrence(
            id=OccurrenceId(key),
            series=MeetingId(row[occurrences.c.series]),
            starts_at=row[occurrences.c.starts_at],
            ends_at=row[occurrences.c.ends_at],
            state=State(row[occurrences.c.state]),
            segment=row[occurrences.c.segment],
            since=row[occurrences.c.since],
            checkin=row[occurrences.c.checkin],
            heads=row[occurrences.c.heads],
            original=row[occurrences.c.original] or "",
            room=RoomId(row[_ROOM]),
            paused_at=row[occurrences.c.paused_at],
            extra=row[occurrences.c.extra],
            self_run=row[occurrences.c.self_run],
            reason="" if reason is None else await self._unit.open(owner, "occurrences", "reason", key, reason, str),
        )


def _named(starts_at: datetime, zone: str) -> str:
    return original_of(starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None))


def _taken(after: Occurrence) -> ColumnElement[bool]:
    other = occurrences.alias("other")
    same = (other.c.series == after.series, other.c.original == after.original)
    return exists(select(other.c.id).where(*same, other.c.id != after.id))


def _row(occurrence: Occurrence) -> dict[str, object]:
    return {
        "series": occurrence.series,
        "original": occurrence.original or None,
        "room": occurrence.room or None,
        "starts_at": occurrence.starts_at,
        "ends_at": occurrence.ends_at,
        "state": occurrence.state.value,
        "segment": occurrence.segment,
        "since": occurrence.since,
        "checkin": occurrence.checkin,
        "heads": occurrence.heads,
        "paused_at": occurrence.paused_at,
        "extra": occurrence.extra,
        "self_run": occurrence.self_run,
    }
