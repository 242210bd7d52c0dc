"""Pairs for a week: a `handlers.pairs.records.PairBook` over one transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import CommunityId, PersonId
from bot.core.meetings import Audience
from handlers.pairs.records import APART_DAYS, Note, NoteBody, Side, SideBody, Stage
from storage.keys import NoKey
from storage.sealing import Unopenable
from storage.tables.pairs import pair_marks, pair_notes, pair_sides, pair_traces
from storage.tables.people import accounts
from storage.unit import concrete


class Pairs:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def hold(self) -> None:
        await self._unit.lock("pairs")

    # Sides --------------------------------------------------------------------------------------------------------------

    async def mine(self, person: PersonId) -> Side | None:
        row = await self._unit.row(select(pair_sides).where(pair_sides.c.person == person))
        return None if row is None else await self._side(row)

    async def side(self, side: str) -> Side | None:
        row = await self._unit.row(select(pair_sides).where(pair_sides.c.id == side))
        return None if row is None else await self._side(row)

    async def keep(self, side: Side, code: str = "") -> None:
        body = await self._unit.seal(side.person, "pair_sides", "body", side.id, side.body)
        changing = {
            "community": side.community,
            "stage": side.stage.value,
            "slot": self._slot(side.community, side.body.audience) if side.stage is Stage.LOOKING else None,
            "mark": self._code(code) if code else None,
            "at": side.at,
            "until": side.until,
            "body": body,
        }
        insert = self._unit.insert(pair_sides).values(id=side.id, person=side.person, **changing)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[pair_sides.c.id], set_=changing))

    async def drop(self, side: str) -> None:
        await self.clear(side)
        await self._unit.run(delete(pair_sides).where(pair_sides.c.id == side))

    async def leave(self, person: PersonId) -> None:
        await self._unit.run(delete(pair_notes).where(pair_notes.c.person == person))
        await self._unit.run(delete(pair_sides).where(pair_sides.c.person == person))

    async def offered(self, code: str, now: datetime) -> Side | None:
        which = (pair_sides.c.mark == self._code(code), pair_sides.c.stage == Stage.CODE.value, pair_sides.c.until > now)
        row = await self._unit.row(select(pair_sides).where(*which))
        return None if row is None else await self._side(row)

    async def looking(self, community: CommunityId, audience: Audience, now: datetime) -> Sequence[Side]:
        which = (pair_sides.c.slot == self._slot(community, audience), pair_sides.c.until > now)
        rows = await self._unit.rows(select(pair_sides).where(*which).order_by(pair_sides.c.at, pair_sides.c.id))
        opened = [await self._side(row) for row in rows]
        return [side for side in opened if side is not None]

    async def platforms(self, person: PersonId) -> frozenset[str]:
        rows = await self._unit.rows(select(accounts.c.platform).where(accounts.c.person == person))
        return frozenset(row["platform"] for row in rows)

    async def _side(self, row: RowMapping) -> Side | None:
        key, person = row["id"], PersonId(row["person"])
        try:
            body = await self._unit.open(person, "pair_sides", "body", key, row["body"], SideBody)
        except (NoKey, Unopenable):
            return None
        return Side(key, person, CommunityId(row["community"]), row["at"], Stage(row["stage"]), row["until"], body)

    def _slot(self, community: CommunityId, audience: Audience) -> str:
        return self._unit.house.keys.index_mark("pair_looking", f"{community}|{audience.value}")

    def _code(self, code: str) -> str:
        return self._unit.house.keys.token_mark(f"pair {code}")

    # Notes --------------------------------------------------------------------------------------------------------------

    async def add(self, note: Note) -> bool:
        body = await self._unit.seal(note.person, "pair_notes", "body", note.id, note.body)
        insert = self._unit.insert(pair_notes).values(
            id=note.id, side=note.side, person=note.person, day=note.day, at=note.at, until=note.until, body=body
        )
        return await self._unit.run(insert.on_conflict_do_nothing()) == 1

    async def note(self, note: str) -> Note | None:
        row = await self._unit.row(select(pair_notes).where(pair_notes.c.id == note))
        return None if row is None else await self._note(row)

    async def notes_of(self, side: str) -> Sequence[Note]:
        query = select(pair_notes).where(pair_notes.c.side == side).order_by(pair_notes.c.at, pair_notes.c.id)
        opened = [await self._note(row) for row in await self._unit.rows(query)]
        return [note for note in opened if note is not None]

    async def keep_note(self, note: Note) -> None:
        body = await self._unit.seal(note.person, "pair_notes", "body", note.id, note.body)
        await self._unit.run(update(pair_notes).where(pair_notes.c.id == note.id).values(body=body))

    async def clear(self, side: str) -> None:
        await self._unit.run(delete(pair_notes).where(pair_notes.c.side == side))

    async def _note(self, row: RowMapping) -> Note | None:
        person = PersonId(row["person"])
        try:
            body = await self._unit.open(person, "pair_notes", "body", row["id"], row["body"], NoteBody)
        except (NoKey, Unopenable):
            return None
        return Note(row["id"], row["side"], person, row["day"], row["at"], row["until"], body)

    # Marks --------------------------------------------------------------------------------------------------------------

    async def part(self, one: PersonId, other: PersonId, at: datetime) -> None:
        insert = self._unit.insert(pair_marks).values(mark=self._both(one, other), at=at)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[pair_marks.c.mark], set_={"at": at}))

    async def are_apart(self, one: PersonId, other: PersonId, now: datetime) -> bool:
        since = now - timedelta(days=APART_DAYS)
        query = select(pair_marks.c.at).where(pair_marks.c.mark == self._both(one, other), pair_marks.c.at > since)
        return await self._unit.row(query) is not None

    async def trace(self, pair: str, community: CommunityId, both: Collection[PersonId], at: datetime) -> None:
        for mark in (self._pair(pair), *(self._in_pair(pair, one) for one in both)):
            insert = self._unit.insert(pair_traces).values(mark=mark, community=community, at=at)
            await self._unit.run(insert.on_conflict_do_nothing())

    async def traced(self, pair: str) -> CommunityId | None:
        row = await self._unit.row(select(pair_traces.c.community).where(pair_traces.c.mark == self._pair(pair)))
        return None if row is None else CommunityId(row["community"])

    async def were_in(self, pair: str, some: Collection[PersonId]) -> frozenset[PersonId]:
        marks = {self._in_pair(pair, one): one for one in some}
        rows = await self._unit.rows(select(pair_traces.c.mark).where(pair_traces.c.mark.in_(marks)))
        return frozenset(marks[row["mark"]] for row in rows)

    def _both(self, one: PersonId, other: PersonId) -> str:
        return self._unit.house.keys.index_mark("pair_apart", "|".join(sorted((one, other))))

    def _pair(self, pair: str) -> str:
        return self._unit.house.keys.index_mark("pair", pair)

    def _in_pair(self, pair: str, person: PersonId) -> str:
        return self._unit.house.keys.index_mark("pair_of", f"{pair}|{person}")
