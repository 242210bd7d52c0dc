"""Series: half of a `handlers.series.records.SeriesBook` over one transaction; the other half is `storage.changes`."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import msgspec
from msgspec.structs import replace
from sqlalchemy import ColumnElement, bindparam, exists, select, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import CommunityId, MeetingId, RoomId
from bot.core.meetings import Options, Series
from bot.core.schedule import Schedule
from storage.tables.meetings import is_not_over, occurrences
from storage.tables.meetings import series as table
from storage.unit import concrete

_GET = select(table).where(table.c.id == bindparam("this"))
_FOLLOWER = select(table).where(table.c.follows == bindparam("this")).order_by(table.c.at.desc(), table.c.id).limit(1)


class SeriesRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def add_series(self, series: Series) -> None:
        row = await self._values(series)
        new = {"id": series.id, "community": series.community, "at": self._unit.house.clock.now()}
        await self._unit.run(self._unit.insert(table).values(**new, **row))

    async def change_series(self, series: Series) -> None:
        """Store every value of a series anew, except its community."""
        await self._unit.run(update(table).where(table.c.id == series.id).values(**await self._values(series)))

    async def cancel_series(self, series: MeetingId, at: datetime) -> None:
        await self._unit.run(update(table).where(table.c.id == series).values(cancelled_at=at))

    async def series(self, series: MeetingId) -> Series | None:
        row = await self._unit.row(_GET, {"this": series})
        return None if row is None else await self._series(row)

    async def follower(self, series: MeetingId) -> Series | None:
        """Return the series that goes on from this one, cancelled or not; the latest made if there are several."""
        row = await self._unit.row(_FOLLOWER, {"this": series})
        return None if row is None else await self._series(row)

    async def of_community(self, community: CommunityId) -> Sequence[Series]:
        return await self._alive(table.c.community == community)

    async def of_room(self, room: RoomId) -> Sequence[Series]:
        return await self._alive(table.c.room == room)

    async def unplanned(self, after: str, limit: int) -> tuple[Sequence[Series], str]:
        """Look at `limit` series that are not cancelled, in the order of their ids, from beyond `after`. Return those of which no
        occurrence is ahead or under way, and the last that was looked at; "" when there are no more."""
        beyond = (table.c.id > after, table.c.cancelled_at.is_(None))
        looked = await self._unit.rows(select(table.c.id).where(*beyond).order_by(table.c.id).limit(limit))
        if not looked:
            return [], ""
        last = looked[-1]["id"]
        has_one = exists().where(occurrences.c.series == table.c.id, is_not_over)
        query = select(table).where(*beyond, table.c.id <= last, ~has_one).order_by(table.c.id)
        return [await self._series(row) for row in await self._unit.rows(query)], last

    async def _alive(self, which: ColumnElement[bool]) -> Sequence[Series]:
        query = select(table).where(which, table.c.cancelled_at.is_(None)).order_by(table.c.at, table.c.id)
        return [await self._series(row) for row in await self._unit.rows(query)]

    async def _values(self, series: Series) -> dict[str, object]:
        owner, link = series.community, series.options.link
        return {
            "room": series.room,
            "title": await self._unit.seal(owner, "series", "title", series.id, series.title),
            "zone": series.schedule.zone,
            "first": series.schedule.first.isoformat(),
            "wall": series.schedule.wall.isoformat(),
            "rule": series.schedule.rule,
            "minutes": int(series.length.total_seconds()) // 60,
            "cancelled_at": series.cancelled_at,
            "ended_at": series.ended_at,
            "options": msgspec.json.encode(replace(series.options, link="")).decode(),
            "link": await self._unit.seal(owner, "series", "link", series.id, link) if link else None,
            "follows": series.follows,
        }

    async def _series(self, row: RowMapping) -> Series:
        owner, key, link = row["community"], row["id"], row["link"]
        options = msgspec.json.decode(row["options"], type=Options)
        if link is not None:
            options = replace(options, link=await self._unit.open(owner, "series", "link", key, link, str))
        return Series(
            id=MeetingId(key),
            community=CommunityId(owner),
            room=RoomId(row["room"]),
            title=await self._unit.open(owner, "series", "title", key, row["title"], str),
            schedule=Schedule(row["zone"], date.fromisoformat(row["first"]), time.fromisoformat(row["wall"]), row["rule"]),
            length=timedelta(minutes=row["minutes"]),
            cancelled_at=row["cancelled_at"],
            options=options,
            follows=None if row["follows"] is None else MeetingId(row["follows"]),
            ended_at=row["ended_at"],
        )
