"""How weeks were in a community: a `handlers.together.records.TogetherBook` over one transaction."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

import msgspec
from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import CommunityId, PersonId, RoomId, new_id
from bot.core.meetings import Audience
from handlers.together.records import Sum, Telling, Week, Yes
from storage.figures import Figures
from storage.keys import NoKey
from storage.sealing import Unopenable
from storage.tables.afterwards import met
from storage.tables.checkin import checkins
from storage.tables.together import together_lines, together_rooms, together_weeks, together_yes
from storage.together_lines import SharedLines
from storage.unit import concrete

_BREATH = 100  # check-ins that are opened in one go


class Answer(msgspec.Struct, frozen=True):
    """What is read of a check-in, and nothing else. `voice`: "" for a participant's own, "family" for a relative's."""

    rating: int | None = None
    voice: str = ""

    @property
    def audience(self) -> Audience:
        return Audience.FAMILY if self.voice else Audience.PARTICIPANTS


class Kept(msgspec.Struct, frozen=True):
    """A week's body: of the same length whether there is a sum or not."""

    sum: Sum | None


class Together(SharedLines):
    def __init__(self, unit: ports.Unit) -> None:
        super().__init__(unit)
        self._unit = concrete(unit)

    # Who agreed -------------------------------------------------------------------------------------------------------

    async def yes(self, person: PersonId, community: CommunityId) -> Yes:
        row = await self._unit.row(select(together_yes).where(*_of(person, community)))
        return Yes() if row is None else await self._unit.open(person, "together_yes", "body", row["id"], row["body"], Yes)

    async def keep_yes(self, person: PersonId, community: CommunityId, yes: Yes, at: datetime) -> None:
        """Store it anew: a row that was there is gone, so that a picture being made meanwhile is made again without it."""
        await self._unit.run(delete(together_yes).where(*_of(person, community)))
        if yes.since:
            key = new_id()
            body = await self._unit.seal(person, "together_yes", "body", key, yes)
            await self._unit.run(
                self._unit.insert(together_yes).values(id=key, person=person, community=community, at=at, body=body)
            )

    async def anyone(self, community: CommunityId) -> bool:
        return await self._unit.row(select(together_yes.c.id).where(together_yes.c.community == community).limit(1)) is not None

    async def is_known(self, person: PersonId, community: CommunityId) -> bool:
        tables = (met, together_yes, together_lines)
        there = or_(*(exists().where(one.c.person == person, one.c.community == community) for one in tables))
        return await self._unit.row(select(1).where(there)) is not None

    # Weeks ------------------------------------------------------------------------------------------------------------

    async def numbers(self, community: CommunityId, since: datetime, until: datetime) -> Mapping[Audience, Sequence[int]]:
        """One statement reads who agrees and what they answered, and holds it: of what is withdrawn or erased meanwhile, all is
        in or nothing is, and whoever was told first was right."""
        which = (checkins.c.id, checkins.c.person, checkins.c.body)
        query = (
            select(*which, together_yes.c.id.label("yes"), together_yes.c.body.label("agreed"))
            .join(together_yes, together_yes.c.person == checkins.c.person)
            .where(together_yes.c.community == community, checkins.c.at >= since, checkins.c.at < until)
            .order_by(checkins.c.at, checkins.c.id)
            .with_for_update(read=True)  # SQLite has one writer, and leaves it out
        )
        last: dict[Audience, dict[str, int]] = {audience: {} for audience in Audience}
        for n, row in enumerate(await self._unit.rows(query)):
            if n % _BREATH == _BREATH - 1:
                await asyncio.sleep(0)
            answer = await self._answer(row, until)
            if answer is not None and answer.rating is not None:
                last[answer.audience][row["person"]] = answer.rating
        return {audience: sorted(numbers.values()) for audience, numbers in last.items()}

    async def _answer(self, row: RowMapping, until: datetime) -> Answer | None:
        """Return what somebody answered, if it counts: they agreed before the week was over, to the picture it belongs to."""
        person = row["person"]
        try:
            yes = await self._unit.open(person, "together_yes", "body", row["yes"], row["agreed"], Yes)
            answer = await self._unit.open(person, "checkins", "body", row["id"], row["body"], Answer)
        except (NoKey, Unopenable):
            return None  # they are gone
        agreed = yes.since.get(answer.audience)
        return answer if agreed is not None and agreed < until else None

    async def close(self, week: Week, at: datetime) -> None:
        key = new_id()
        body = await self._unit.seal(week.community, "together_weeks", "body", key, Kept(week.sum))
        values = {"community": week.community, "audience": week.audience.value, "monday": f"{week.monday}", "at": at, "body": body}
        await self._unit.run(self._unit.insert(together_weeks).values(id=key, **values).on_conflict_do_nothing())

    async def weeks(self, community: CommunityId, audience: Audience, most: int) -> Sequence[Week]:
        of = together_weeks.c
        query = select(together_weeks).where(of.community == community, of.audience == audience.value)
        rows = await self._unit.rows(query.order_by(of.monday.desc()).limit(most))
        return [await self._week(row) for row in reversed(rows)]

    async def _week(self, row: RowMapping) -> Week:
        community = CommunityId(row["community"])
        kept = await self._unit.open(community, "together_weeks", "body", row["id"], row["body"], Kept)
        return Week(community, Audience(row["audience"]), date.fromisoformat(row["monday"]), kept.sum)

    async def audiences(self, community: CommunityId) -> Collection[Audience]:
        return await Figures(self._unit).audiences(community)

    # Rooms that are told ----------------------------------------------------------------------------------------------

    async def telling(self, room: RoomId) -> Telling | None:
        row = await self._unit.row(select(together_rooms).where(together_rooms.c.room == room))
        return None if row is None else _telling(row)

    async def tellings(self, community: CommunityId, audience: Audience) -> Sequence[Telling]:
        of = together_rooms.c
        query = select(together_rooms).where(of.community == community, of.audience == audience.value).order_by(of.at, of.room)
        return [_telling(row) for row in await self._unit.rows(query)]

    async def tell(self, telling: Telling, at: datetime) -> None:
        values = {"community": telling.community, "audience": telling.audience.value, "at": at}
        insert = self._unit.insert(together_rooms).values(room=telling.room, **values)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[together_rooms.c.room], set_=values))

    async def tell_no_more(self, room: RoomId) -> None:
        await self._unit.run(delete(together_rooms).where(together_rooms.c.room == room))


def _of(person: PersonId, community: CommunityId) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return together_yes.c.person == person, together_yes.c.community == community


def _telling(row: RowMapping) -> Telling:
    return Telling(RoomId(row["room"]), CommunityId(row["community"]), Audience(row["audience"]))
