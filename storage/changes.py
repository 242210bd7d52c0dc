"""What is different about single evenings, and pauses: a `bot.core.calendar.Calendar`, and its writing, over one transaction."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace
from sqlalchemy import bindparam, delete, select
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.calendar import Change, Pause
from bot.core.ids import CommunityId, MeetingId, PersonId, RoomId
from storage.tables.meetings import series, series_changes, series_pauses, stand_ins
from storage.unit import concrete

A_DAY = timedelta(days=1)  # with it a wall-clock time read as UTC is past in every zone
_OWNER = select(series.c.community).where(series.c.id == bindparam("this"))
_PAUSE = select(series_pauses).where(series_pauses.c.id == bindparam("this"))
_PAUSES = (
    select(series_pauses)
    .where(series_pauses.c.community == bindparam("this"))
    .order_by(series_pauses.c.first, series_pauses.c.last, series_pauses.c.id)
)
_CHANGES = (
    select(series_changes, stand_ins.c.person, series.c.community)
    .join(series, series.c.id == series_changes.c.series)
    .outerjoin(stand_ins)
    .order_by(series_changes.c.series, series_changes.c.original)
)


class ChangeRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def changes(self, series: Sequence[MeetingId]) -> Sequence[Change]:
        """Return what is different about evenings of some series, by the series and the evenings' own days."""
        if not series:
            return []
        query = _CHANGES.where(series_changes.c.series.in_(series))
        return [await self._change(row) for row in await self._unit.rows(query)]

    async def put_change(self, change: Change) -> None:
        """Store a change whole, in place of the evening's earlier one. Raises LookupError when the series is gone."""
        owner = await self._unit.row(_OWNER, {"this": change.series})
        if owner is None:
            raise LookupError("a change of a series that is not there")
        name = {"series": change.series, "original": change.original}
        until = _over(datetime.fromisoformat(max(change.original, change.starts or "")))
        reason = change.reason
        values: dict[str, object] = {
            "starts": change.starts,
            "minutes": change.minutes,
            "room": change.room,
            "cancelled": change.cancelled,
            "reason": await self._unit.seal(owner["community"], *_place(change), reason) if reason else None,
            "until": until,
        }
        insert = self._unit.insert(series_changes).values(**name, **values)
        await self._unit.run(insert.on_conflict_do_update(index_elements=list(name), set_=values))
        await self._unit.run(delete(stand_ins).filter_by(**name))
        if change.host is not None:
            await self._unit.run(self._unit.insert(stand_ins).values(**name, person=change.host, until=until))

    async def drop_change(self, series: MeetingId, original: str) -> None:
        await self._unit.run(delete(series_changes).where(series_changes.c.series == series, series_changes.c.original == original))

    async def pauses(self, community: CommunityId) -> Sequence[Pause]:
        """Return the community's pauses and those of its series, the earliest first."""
        return [await self._pause(row) for row in await self._unit.rows(_PAUSES, {"this": community})]

    async def pause(self, pause: str) -> Pause | None:
        row = await self._unit.row(_PAUSE, {"this": pause})
        return None if row is None else await self._pause(row)

    async def add_pause(self, pause: Pause) -> None:
        values = {
            "id": pause.id,
            "community": pause.community,
            "series": pause.series,
            "first": pause.first.isoformat(),
            "last": pause.last.isoformat(),
            "title": await self._unit.seal(pause.community, "series_pauses", "title", pause.id, pause.title),
            "until": _over(datetime(pause.last.year, pause.last.month, pause.last.day) + A_DAY),  # noqa: DTZ001  # a wall-clock time
        }
        await self._unit.run(self._unit.insert(series_pauses).values(**values).on_conflict_do_nothing(index_elements=["id"]))

    async def drop_pause(self, pause: str) -> None:
        await self._unit.run(delete(series_pauses).where(series_pauses.c.id == pause))

    async def _change(self, row: RowMapping) -> Change:
        change = Change(
            series=MeetingId(row["series"]),
            original=row["original"],
            starts=row["starts"],
            minutes=row["minutes"],
            room=None if row["room"] is None else RoomId(row["room"]),
            host=None if row["person"] is None else PersonId(row["person"]),
            cancelled=row["cancelled"],
        )
        if row["reason"] is None:
            return change
        return replace(change, reason=await self._unit.open(row["community"], *_place(change), row["reason"], str))

    async def _pause(self, row: RowMapping) -> Pause:
        owner, key = row["community"], row["id"]
        return Pause(
            id=key,
            community=CommunityId(owner),
            first=date.fromisoformat(row["first"]),
            last=date.fromisoformat(row["last"]),
            title=await self._unit.open(owner, "series_pauses", "title", key, row["title"], str),
            series=None if row["series"] is None else MeetingId(row["series"]),
        )


def _place(change: Change) -> tuple[str, str, str]:
    """Where a reason is sealed: its table, column and row."""
    return "series_changes", "reason", f"{change.series} {change.original}"


def _over(wall: datetime) -> datetime:
    return wall.replace(tzinfo=UTC) + A_DAY
