"""Powers in force, removals that wait for a second facilitator, and the record of acts."""

import hmac
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.deeds import Standing
from bot.core.ids import CommunityId, OccurrenceId, PersonId, RoomId
from handlers.floor.records import Act, Hold, Kind, Motion
from storage.tables.floor import acts, motions, standings
from storage.unit import concrete


class PowerBook:
    """A `handlers.floor.records.Powers`."""

    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    # Over a person ---------------------------------------------------------------------------------------------------

    async def hold(self, hold: str) -> Hold | None:
        return next(iter(await self._holds(standings.c.id == hold)), None)

    async def hold_of(self, occurrence: OccurrenceId, person: PersonId) -> Hold | None:
        return next(iter(await self._holds(standings.c.occurrence == occurrence, standings.c.person == person)), None)

    async def holds(self, occurrence: OccurrenceId) -> Sequence[Hold]:
        return await self._holds(standings.c.occurrence == occurrence)

    async def holds_on(self, person: PersonId) -> Sequence[Hold]:
        """Return all that is in force over a person, or is still to be undone, in any meeting."""
        return await self._holds(standings.c.person == person)

    async def _holds(self, *which: ColumnElement[bool]) -> Sequence[Hold]:
        rows = await self._unit.rows(select(standings).where(*which).order_by(standings.c.at, standings.c.id))
        return [_hold(row) for row in rows]

    async def keep_hold(self, hold: Hold) -> None:
        changing = {
            "standing": hold.standing.value,
            "asked_by": hold.by,
            "at": hold.asked_at,
            "confirmed_at": hold.confirmed_at,
            "until": hold.until,
            "asks": hold.asks,
            "owed": hold.owed,
        }
        fixed = {
            "id": hold.id,
            "occurrence": hold.occurrence,
            "person": hold.person,
            "community": hold.community,
            "room": hold.room,
        }
        insert = self._unit.insert(standings).values(**fixed, **changing)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[standings.c.id], set_=changing))

    async def strike(self, hold: str) -> None:
        await self._unit.run(delete(standings).where(standings.c.id == hold))

    # Two facilitators ------------------------------------------------------------------------------------------------

    async def motion(self, motion: str) -> Motion | None:
        return await self._motion(motions.c.id == motion)

    async def motion_on(self, occurrence: OccurrenceId, person: PersonId) -> Motion | None:
        return await self._motion(motions.c.occurrence == occurrence, motions.c.person == person)

    async def _motion(self, *which: ColumnElement[bool]) -> Motion | None:
        row = await self._unit.row(select(motions).where(*which))
        if row is None:
            return None
        by = PersonId(row["asked_by"]) if row["asked_by"] else None
        return Motion(row["id"], OccurrenceId(row["occurrence"]), PersonId(row["person"]), by, row["at"])

    async def keep_motion(self, motion: Motion) -> None:
        row = {"id": motion.id, "occurrence": motion.occurrence, "person": motion.person, "asked_by": motion.by, "at": motion.at}
        await self._unit.run(self._unit.insert(motions).values(**row))

    async def drop_motion(self, motion: str) -> None:
        await self._unit.run(delete(motions).where(motions.c.id == motion))

    # What was done ---------------------------------------------------------------------------------------------------

    async def note(self, act: Act, by: PersonId) -> None:
        """Keep an act. Of who acted only a keyed mark stays, until it was reviewed."""
        row = {
            "id": act.id,
            "community": act.community,
            "occurrence": act.occurrence,
            "at": act.at,
            "kind": act.kind.value,
            "hands": act.hands,
            "review_by": act.review_by,
            "reviewed_at": act.reviewed_at,
            "mark": self._mark(act.id, by) if act.review_by else "",
        }
        await self._unit.run(self._unit.insert(acts).values(**row))

    async def to_review(self, community: CommunityId) -> Sequence[Act]:
        return await self._acts(acts.c.community == community, acts.c.review_by.is_not(None), acts.c.reviewed_at.is_(None))

    async def acts(self, community: CommunityId, limit: int) -> Sequence[Act]:
        """Return the latest acts, the newest first."""
        return await self._acts(acts.c.community == community, limit=limit)

    async def review(self, act: str, community: CommunityId, by: PersonId, at: datetime) -> bool:
        """Note that an owner looked at an act. False for whoever did it themselves, and for an act that is not there."""
        which = (acts.c.id == act, acts.c.community == community, acts.c.review_by.is_not(None), acts.c.reviewed_at.is_(None))
        row = await self._unit.row(select(acts.c.mark).where(*which))
        if row is None or hmac.compare_digest(row["mark"], self._mark(act, by)):
            return False
        return await self._unit.run(update(acts).where(*which).values(reviewed_at=at, mark="")) == 1

    async def _acts(self, *which: ColumnElement[bool], limit: int | None = None) -> Sequence[Act]:
        rows = await self._unit.rows(select(acts).where(*which).order_by(acts.c.at.desc(), acts.c.id).limit(limit))
        return [
            Act(
                row["id"],
                CommunityId(row["community"]),
                OccurrenceId(row["occurrence"]),
                row["at"],
                Kind(row["kind"]),
                row["hands"],
                row["review_by"],
                row["reviewed_at"],
            )
            for row in rows
        ]

    def _mark(self, act: str, by: PersonId) -> str:
        return self._unit.house.keys.index_mark("act", f"{act} {by}")


def _hold(row: RowMapping) -> Hold:
    return Hold(
        row["id"],
        OccurrenceId(row["occurrence"]),
        PersonId(row["person"]),
        CommunityId(row["community"]),
        RoomId(row["room"]),
        Standing(row["standing"]),
        row["at"],
        PersonId(row["asked_by"]) if row["asked_by"] else None,
        row["confirmed_at"],
        row["until"],
        row["asks"],
        row["owed"],
    )
