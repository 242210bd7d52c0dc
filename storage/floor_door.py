"""Who stands at a meeting's door: those who wait, the facilitators who are there, and the strangers of the last minute."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, true

from bot.core import ports
from bot.core.calls import Account
from bot.core.deeds import Standing
from bot.core.ids import CommunityId, OccurrenceId, PersonId
from bot.core.meetings import LIVE
from handlers.floor.records import NEW, Door, Outside
from storage.tables.floor import arrivals, seats, standings
from storage.tables.meetings import hosts, occurrences, presences
from storage.tables.people import accounts, people
from storage.unit import concrete


class DoorBook:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def outside(self, occurrence: OccurrenceId, door: Door, now: datetime) -> Sequence[Outside]:
        """Return who said that they are here, or was sent to the waiting room, and is not let in, in the order they came."""
        waits = standings.c.standing == Standing.WAITING.value
        sent = select(standings.c.person, standings.c.at).where(standings.c.occurrence == occurrence, waits)
        found = {row["person"]: row["at"] for row in await self._unit.rows(sent)}
        if not door.is_open:
            for row in await self._unit.rows(self._not_let_in(occurrence, door, now)):
                found[row["person"]] = row["at"]
        return [Outside(PersonId(person), at) for person, at in sorted(found.items(), key=lambda one: (one[1], one[0]))]

    @staticmethod
    def _not_let_in(occurrence: OccurrenceId, door: Door, now: datetime) -> Select[tuple[str, datetime]]:
        reasons: list[ColumnElement[bool]] = []
        if door.lobby:
            reasons.append(presences.c.at > door.inside_until if door.inside_until is not None else true())
        if door.new_since is not None:
            reasons.append(and_(presences.c.at > door.new_since, people.c.at > door.new_since - NEW))
        let_in = exists().where(
            seats.c.occurrence == occurrence, seats.c.person == presences.c.person, seats.c.let_in_at.is_not(None)
        )
        held = exists().where(
            standings.c.occurrence == occurrence,
            standings.c.person == presences.c.person,
            standings.c.standing.in_([Standing.OUT.value, Standing.MUTED.value]),
        )
        leads = exists().where(hosts.c.subject == occurrence, hosts.c.person == presences.c.person, hosts.c.until > now)
        return (
            select(presences.c.person, presences.c.at)
            .join(people, people.c.person == presences.c.person)
            .where(presences.c.occurrence == occurrence, or_(*reasons), ~let_in, ~held, ~leads)
        )

    async def hosts_there(self, occurrence: OccurrenceId, now: datetime) -> Sequence[PersonId]:
        """Return who has a facilitator's grant for the evening and said that they are here."""
        here = and_(presences.c.occurrence == hosts.c.subject, presences.c.person == hosts.c.person)
        query = select(hosts.c.person).join(presences, here).where(hosts.c.subject == occurrence, hosts.c.until > now)
        return [PersonId(row["person"]) for row in await self._unit.rows(query.order_by(hosts.c.person))]

    async def leads(self, subjects: Sequence[str], person: PersonId, now: datetime) -> bool:
        """Whether the person has a facilitator's grant for one of the subjects."""
        which = (hosts.c.subject.in_(list(subjects)), hosts.c.person == person, hosts.c.until > now)
        return await self._unit.row(select(hosts.c.person).where(*which).limit(1)) is not None

    async def evening_of(self, person: PersonId) -> OccurrenceId | None:
        """Return the evening under way that the person is in, the latest."""
        there = exists().where(presences.c.occurrence == occurrences.c.id, presences.c.person == person)
        seated = exists().where(seats.c.occurrence == occurrences.c.id, seats.c.person == person)
        query = select(occurrences.c.id).where(_LIVE, or_(there, seated)).order_by(occurrences.c.starts_at.desc()).limit(1)
        row = await self._unit.row(query)
        return None if row is None else OccurrenceId(row["id"])

    async def arrived(self, community: CommunityId, account: Account, at: datetime, since: datetime) -> None:
        """Note that an account unknown to the house arrived, under a keyed mark; marks from before `since` are deleted."""
        await self._unit.run(delete(arrivals).where(arrivals.c.at < since))
        row = {"community": community, "mark": self._unit.house.keys.account_mark(account.platform, account.user), "at": at}
        insert = self._unit.insert(arrivals).values(**row)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[arrivals.c.community, arrivals.c.mark], set_={"at": at}))

    async def newcomers(self, occurrence: OccurrenceId, community: CommunityId, since: datetime) -> int:
        """Count whom the house did not know and who came since then, each once; facilitators are not strangers."""
        strangers = select(func.count().label("count")).where(arrivals.c.community == community, arrivals.c.at >= since)
        counted = exists().where(
            accounts.c.person == presences.c.person, accounts.c.mark == arrivals.c.mark, arrivals.c.community == community
        )
        leads = exists().where(hosts.c.subject == occurrence, hosts.c.person == presences.c.person)
        new = (
            select(func.count().label("count"))
            .select_from(presences)
            .join(people, people.c.person == presences.c.person)
            .where(presences.c.occurrence == occurrence, presences.c.at >= since, people.c.at > since - NEW, ~counted, ~leads)
        )
        return sum([int(row["count"]) for query in (strangers, new) for row in await self._unit.rows(query)])


_LIVE = occurrences.c.state.in_([state.value for state in sorted(LIVE)])
