"""Who hosts what: a `handlers.roster.records.Duties` over one transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, delete, func, select, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import CommunityId, MeetingId, PersonId
from handlers.roster.records import EVERY, SEEN_DAYS, Duty, Role, day_of
from storage.tables.meetings import series as all_series
from storage.tables.roster import duties, roster
from storage.unit import concrete

NOT = "not_"
_ON_THE_ROSTER = (
    select(duties)
    .join(all_series, all_series.c.id == duties.c.series)
    .join(roster, and_(roster.c.community == all_series.c.community, roster.c.person == duties.c.person))
    .order_by(duties.c.series, duties.c.original, duties.c.role, duties.c.person)
)


class DutyRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def hold(self, *series: MeetingId) -> None:
        """Let nobody else change who hosts these until this transaction ends."""
        for one in sorted(set(series)):  # always in one order: of two who want the same two, one comes first
            await self._unit.lock(f"duties_{one}")

    async def duties(self, series: Sequence[MeetingId]) -> Sequence[Duty]:
        """Return what people who are on the roster said of the series."""
        if not series:
            return []
        return [_duty(row) for row in await self._unit.rows(_ON_THE_ROSTER.where(duties.c.series.in_(series)))]

    async def duties_of(self, community: CommunityId, person: PersonId) -> Sequence[Duty]:
        mine = (all_series.c.community == community, duties.c.person == person)
        return [_duty(row) for row in await self._unit.rows(_ON_THE_ROSTER.where(*mine))]

    async def take_duty(self, duty: Duty, at: datetime, until: datetime) -> bool:
        """False when somebody has that role there already."""
        named = {"series": duty.series, "original": duty.original, "role": _named(duty), "person": duty.person}
        insert = self._unit.insert(duties).values(**named, at=at, until=until)
        return await self._unit.run(insert.on_conflict_do_nothing()) == 1

    async def drop_duty(self, duty: Duty) -> bool:
        this = (duties.c.series == duty.series, duties.c.original == duty.original, duties.c.role == _named(duty))
        return await self._unit.run(delete(duties).where(*this, duties.c.person == duty.person)) == 1

    async def keep_duties_until(self, series: MeetingId, original: str, until: datetime) -> None:
        this = (duties.c.series == series, func.substr(duties.c.original, 1, 10) == day_of(original))
        await self._unit.run(update(duties).where(*this).values(until=until))

    async def renew_duties(self, community: CommunityId, person: PersonId, at: datetime) -> None:
        """What somebody has for every evening stands as long as they are on the roster."""
        mine = (duties.c.person == person, duties.c.original == EVERY, duties.c.series.in_(_of(community)))
        await self._unit.run(update(duties).where(*mine).values(until=at + timedelta(days=SEEN_DAYS)))

    async def drop_duties_of(self, community: CommunityId, person: PersonId) -> None:
        await self._unit.run(delete(duties).where(duties.c.person == person, duties.c.series.in_(_of(community))))


def _of(community: CommunityId) -> Select[tuple[str]]:
    return select(all_series.c.id).where(all_series.c.community == community)


def _named(duty: Duty) -> str:
    return f"{NOT}{duty.role}" if duty.away else duty.role.value


def _duty(row: RowMapping) -> Duty:
    role, away = row["role"].removeprefix(NOT), row["role"].startswith(NOT)
    return Duty(MeetingId(row["series"]), row["original"], Role(role), PersonId(row["person"]), away)
