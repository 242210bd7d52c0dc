"""Announcements: a `handlers.announcements.records.AnnouncementStore` over one transaction."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import CommunityId, MeetingId, OccurrenceId, RoomId
from bot.core.meetings import AHEAD, Audience
from bot.core.quiet import Quiet, quiet_from
from handlers.announcements.records import Digest, Moment, Said, Settings, Target
from storage.tables.announcements import (
    announce_codes,
    announce_plans,
    announce_settings,
    announce_targets,
    digests,
    quiet_hours,
)
from storage.tables.communities import rooms
from storage.tables.meetings import occurrences
from storage.tables.meetings import series as series_table
from storage.unit import concrete

_KEPT = timedelta(days=7)  # what was said of earlier evenings


class SettingsRows:
    """What each series says, and where."""

    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def settings(self, series: MeetingId) -> Settings:
        row = await self._unit.row(select(announce_settings).where(announce_settings.c.series == series))
        if row is None:
            return Settings()
        moments = tuple(Moment(name) for name in row["moments"].split(",") if name)
        return Settings(moments, row["discreet"], row["home"], row["ping"])

    async def keep_settings(self, series: MeetingId, settings: Settings) -> None:
        values = {
            "moments": ",".join(moment.value for moment in settings.moments),
            "discreet": settings.discreet,
            "home": settings.home,
            "ping": settings.ping,
        }
        insert = self._unit.insert(announce_settings).values(series=series, **values)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[announce_settings.c.series], set_=values))

    async def targets(self, series: MeetingId) -> Sequence[Target]:
        """Return the further rooms, oldest first."""
        query = (
            select(announce_targets, series_table.c.community)
            .join(series_table, series_table.c.id == announce_targets.c.series)
            .where(announce_targets.c.series == series)
            .order_by(announce_targets.c.at, announce_targets.c.room)
        )
        return [await self._target(row) for row in await self._unit.rows(query)]

    async def _target(self, row: RowMapping) -> Target:
        at = _name_of(row["series"], row["room"])
        name = await self._unit.open(row["community"], "announce_targets", "name", at, row["name"], str)
        return Target(MeetingId(row["series"]), RoomId(row["room"]), row["ping"], name)

    async def put_target(self, target: Target, at: datetime) -> None:
        owner = await self._unit.row(select(series_table.c.community).where(series_table.c.id == target.series))
        if owner is None:
            return
        place = _name_of(target.series, target.room)
        values = {
            "ping": target.ping,
            "name": await self._unit.seal(owner["community"], "announce_targets", "name", place, target.name),
        }
        insert = self._unit.insert(announce_targets).values(series=target.series, room=target.room, at=at, **values)
        keys = [announce_targets.c.series, announce_targets.c.room]
        await self._unit.run(insert.on_conflict_do_update(index_elements=keys, set_=values))

    async def drop_target(self, series: MeetingId, room: RoomId) -> None:
        await self._unit.run(delete(announce_targets).where(announce_targets.c.series == series, announce_targets.c.room == room))

    async def told_here(self, room: RoomId) -> Sequence[MeetingId]:
        """Return the series from elsewhere that are announced in a room, oldest first."""
        query = (
            select(announce_targets.c.series)
            .join(series_table, series_table.c.id == announce_targets.c.series)
            .where(announce_targets.c.room == room, series_table.c.cancelled_at.is_(None))
        )
        rows = await self._unit.rows(query.order_by(announce_targets.c.at, announce_targets.c.series))
        return [MeetingId(row["series"]) for row in rows]

    async def room_of(self, community: CommunityId, beginning: str) -> RoomId | None:
        """Return the community's one room whose id begins so."""
        query = select(rooms.c.id).where(rooms.c.community == community, rooms.c.id.startswith(beginning, autoescape=True))
        found = await self._unit.rows(query.limit(2))
        return RoomId(found[0]["id"]) if len(found) == 1 and beginning else None

    async def take_over(self, old: MeetingId, new: MeetingId, at: datetime) -> None:
        """Announce a series as the one that it follows, unless it has settings or rooms of its own."""
        own = select(announce_settings.c.series).where(announce_settings.c.series == new)
        if await self._unit.row(own) is None:
            await self.keep_settings(new, await self.settings(old))
        if not await self.targets(new):
            for target in await self.targets(old):
                await self.put_target(Target(new, target.room, target.ping, target.name), at)

    async def discreet(self, series: Sequence[MeetingId]) -> frozenset[MeetingId]:
        """Return those of some series whose announcements name no title."""
        some = (announce_settings.c.series.in_(series), announce_settings.c.discreet.is_(True))
        return frozenset(MeetingId(row["series"]) for row in await self._unit.rows(select(announce_settings.c.series).where(*some)))


class SaidRows(SettingsRows):
    """Also what was said of evenings."""

    async def ahead(self, community: CommunityId) -> Sequence[OccurrenceId]:
        """Return the evenings that are planned and not under way, of the series that are announced in the community."""
        told = (
            select(announce_targets.c.series)
            .join(rooms, rooms.c.id == announce_targets.c.room)
            .where(rooms.c.community == community)
        )
        query = (
            select(occurrences.c.id)
            .join(series_table, series_table.c.id == occurrences.c.series)
            .where(
                or_(series_table.c.community == community, series_table.c.id.in_(told)),
                occurrences.c.state.in_([state.value for state in sorted(AHEAD)]),
            )
        )
        return [OccurrenceId(row["id"]) for row in await self._unit.rows(query)]

    async def said(self, occurrence: OccurrenceId) -> Said | None:
        row = await self._unit.row(select(announce_plans).where(announce_plans.c.occurrence == occurrence))
        if row is None:
            return None
        series, room = MeetingId(row["series"]), RoomId(row["room"])
        return Said(occurrence, series, row["starts_at"], room, row["cancelled"], row["told"], row["version"])

    async def is_new(self, series: MeetingId) -> bool:
        """Whether no evening of the series was ever looked at."""
        query = select(func.count().label("seen")).select_from(announce_plans).where(announce_plans.c.series == series)
        row = await self._unit.row(query)
        return row is None or not row["seen"]

    async def keep_said(self, said: Said) -> None:
        """Note how rooms know an evening. Earlier evenings of the series go."""
        values = {
            "series": said.series,
            "starts_at": said.starts_at,
            "room": said.room,
            "cancelled": said.cancelled,
            "told": said.told,
            "version": said.version,
        }
        insert = self._unit.insert(announce_plans).values(occurrence=said.occurrence, **values)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[announce_plans.c.occurrence], set_=values))
        earlier = (announce_plans.c.series == said.series, announce_plans.c.starts_at < said.starts_at - _KEPT)
        await self._unit.run(delete(announce_plans).where(*earlier, announce_plans.c.occurrence != said.occurrence))


class Announcements(SaidRows):
    """Also codes, quiet hours and digests."""

    async def add(self, code: str, series: MeetingId, until: datetime, now: datetime) -> None:
        """Keep a code; those that ran out go."""
        await self._unit.run(delete(announce_codes).where(announce_codes.c.until <= now))
        await self._unit.run(self._unit.insert(announce_codes).values(mark=self._mark(code), series=series, until=until))

    async def use(self, code: str, now: datetime) -> MeetingId | None:
        """Return what a code is for, and forget it."""
        used = (
            delete(announce_codes)
            .where(announce_codes.c.mark == self._mark(code))
            .returning(announce_codes.c.series, announce_codes.c.until)
        )
        row = await self._unit.row(used)
        return MeetingId(row["series"]) if row is not None and now < row["until"] else None

    def _mark(self, code: str) -> str:
        return self._unit.house.keys.index_mark("announce_code", code)

    async def quiet(self, community: CommunityId) -> Quiet | None:
        row = await self._unit.row(select(quiet_hours.c.hours).where(quiet_hours.c.community == community))
        return None if row is None else quiet_from(row["hours"])

    async def keep_quiet(self, community: CommunityId, quiet: Quiet | None) -> None:
        await self._unit.run(delete(quiet_hours).where(quiet_hours.c.community == community))
        if quiet is not None:
            await self._unit.run(self._unit.insert(quiet_hours).values(community=community, hours=str(quiet)))

    async def digest(self, community: CommunityId, audience: Audience) -> Digest | None:
        row = await self._unit.row(select(digests).where(digests.c.community == community, digests.c.audience == audience.value))
        if row is None:
            return None
        return Digest(community, audience, row["weekday"], time.fromisoformat(row["wall"]), RoomId(row["room"]))

    async def keep_digest(self, digest: Digest) -> None:
        values = {"weekday": digest.weekday, "wall": f"{digest.wall:%H:%M}", "room": digest.room}
        insert = self._unit.insert(digests).values(community=digest.community, audience=digest.audience.value, **values)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[digests.c.community, digests.c.audience], set_=values))

    async def drop_digest(self, community: CommunityId, audience: Audience) -> None:
        await self._unit.run(delete(digests).where(digests.c.community == community, digests.c.audience == audience.value))


def _name_of(series: str, room: str) -> str:
    """For what a name is sealed: the row has no id of its own."""
    return f"{series}_{room}"
