"""Rounds: a `handlers.floor.round_records.Rounds` over one transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec.structs import asdict
from sqlalchemy import delete, or_, select

from bot.core import ports
from bot.core.deeds import Standing
from bot.core.ids import OccurrenceId, PersonId, new_id
from handlers.floor.records import Hand
from handlers.floor.round_records import At, Round, Turn, Way
from storage.tables.floor import round_turns, rounds, seats, standings
from storage.tables.meetings import presences
from storage.unit import concrete


class RoundBook:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def round(self, occurrence: OccurrenceId) -> Round | None:
        """Return the evening's latest round, over or not."""
        row = await self._unit.row(select(rounds).where(rounds.c.occurrence == occurrence))
        return None if row is None else Round(**{column.name: row[column] for column in rounds.c} | {"way": Way(row["way"])})

    async def keep_round(self, round_: Round) -> None:
        row = asdict(round_) | {"way": round_.way.value}
        insert = self._unit.insert(rounds).values(**row)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[rounds.c.occurrence], set_=row))

    async def turns(self, occurrence: OccurrenceId) -> Sequence[Turn]:
        """Return the turns of the round that is on, by their places."""
        query = select(round_turns).where(round_turns.c.occurrence == occurrence)
        return [
            Turn(occurrence, PersonId(row["person"]), row["number"], row["place"], At(row["stands"]), row["later"])
            for row in await self._unit.rows(query.order_by(round_turns.c.place, round_turns.c.number))
        ]

    async def keep_turns(self, turns: Sequence[Turn], at: datetime) -> None:
        insert = self._unit.insert(round_turns)
        changing = {name: insert.excluded[name] for name in ("place", "stands", "later")}
        rows = [asdict(turn) | {"id": new_id(), "at": at, "stands": turn.stands.value} for turn in turns]
        which = [round_turns.c.occurrence, round_turns.c.person]
        await self._unit.run_many(insert.on_conflict_do_update(index_elements=which, set_=changing), rows)

    async def drop_turns(self, occurrence: OccurrenceId, person: PersonId | None = None) -> None:
        """Delete the turns of an evening, or one person's."""
        gone = delete(round_turns).where(round_turns.c.occurrence == occurrence)
        await self._unit.run(gone if person is None else gone.where(round_turns.c.person == person))

    async def round_of(self, person: PersonId) -> Sequence[OccurrenceId]:
        """Return the evenings in whose round the person has a turn."""
        query = select(round_turns.c.occurrence).where(round_turns.c.person == person).order_by(round_turns.c.occurrence)
        return [OccurrenceId(row["occurrence"]) for row in await self._unit.rows(query)]

    async def gathered(self, occurrence: OccurrenceId, outside: Collection[PersonId]) -> Sequence[PersonId]:
        """Return who is in the room and may be called, in the order they came."""
        came: dict[str, datetime] = {}
        here = select(presences.c.person, presences.c.at).where(presences.c.occurrence == occurrence)
        in_voice = or_(seats.c.in_voice_since.is_not(None), seats.c.hand.in_([Hand.UP.value, Hand.SPEAKING.value]))
        seen = select(seats.c.person, seats.c.at).where(seats.c.occurrence == occurrence, in_voice)
        for row in (*await self._unit.rows(here), *await self._unit.rows(seen)):
            came[row["person"]] = min(row["at"], came.get(row["person"], row["at"]))
        away = or_(seats.c.left_at.is_not(None), seats.c.hand == Hand.LISTENING.value)
        gone = select(seats.c.person).where(seats.c.occurrence == occurrence, away)
        held = select(standings.c.person).where(standings.c.occurrence == occurrence, standings.c.standing != Standing.FREE.value)
        kept_from = {row["person"] for query in (gone, held) for row in await self._unit.rows(query)}
        some = [person for person in came if person not in kept_from and person not in outside]
        return [PersonId(person) for person in sorted(some, key=lambda person: (came[person], person))]

    async def hands(self, occurrence: OccurrenceId) -> Sequence[PersonId]:
        """Return whose hand is up, in speaking order."""
        up = select(seats.c.person).where(seats.c.occurrence == occurrence, seats.c.hand == Hand.UP.value)
        return [PersonId(row["person"]) for row in await self._unit.rows(up.order_by(seats.c.place, seats.c.number))]

    def shuffled(self, name: str, persons: Sequence[PersonId]) -> Sequence[PersonId]:
        """Return the persons in an order that nobody can foresee or choose: by keyed marks; the same for the same name."""
        mark = self._unit.house.keys.index_mark
        return sorted(persons, key=lambda person: mark("round", f"{name} {person}"))
