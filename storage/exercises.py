"""Group exercises: a `handlers.exercises.records.ExerciseStore` over one transaction."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.engine import RowMapping

from bot.core.ids import CommunityId, OccurrenceId, PersonId, RoomId
from bot.core.meetings import Admission
from handlers.exercises.records import Exercise, Kind, Stage
from storage.exercise_lines import LineRows
from storage.exercise_parts import PartRows
from storage.exercise_votes import VoteRows
from storage.floor import FloorBook
from storage.tables.exercises import exercise_items, exercise_lines, exercise_parts, exercise_votes, exercises
from storage.tables.meetings import presences


class Exercises(LineRows, VoteRows, PartRows):
    async def exercise(self, exercise: str) -> Exercise | None:
        row = await self._unit.row(select(exercises).where(exercises.c.id == exercise))
        return None if row is None else await self._exercise(row)

    async def running(self, occurrence: OccurrenceId) -> Exercise | None:
        mine = (exercises.c.occurrence == occurrence, exercises.c.stage != Stage.ENDED.value)
        row = await self._unit.row(select(exercises).where(*mine).order_by(exercises.c.at.desc(), exercises.c.id).limit(1))
        return None if row is None else await self._exercise(row)

    async def keep(self, exercise: Exercise) -> None:
        """Store an exercise whole. Its topic is a facilitator's words, sealed under the community."""
        changing = {
            "stage": exercise.stage.value,
            "merges": exercise.merges,
            "lines": exercise.lines,
            "asked_at": exercise.asked_at,
            "round": exercise.round,
            "until": exercise.until,
        }
        insert = self._unit.insert(exercises).values(
            id=exercise.id,
            occurrence=exercise.occurrence,
            community=exercise.community,
            room=exercise.room,
            kind=exercise.kind.value,
            script=exercise.script,
            at=exercise.at,
            topic=await self._unit.seal(exercise.community, "exercises", "topic", exercise.id, exercise.topic),
            **changing,
        )
        await self._unit.run(insert.on_conflict_do_update(index_elements=[exercises.c.id], set_=changing))

    async def ask(self, exercise: str, at: datetime) -> None:
        await self._unit.run(update(exercises).where(exercises.c.id == exercise).values(asked_at=at))

    async def forget(self, occurrence: OccurrenceId) -> None:
        """Delete the evening's exercises, with lines, items, votes and parts."""
        mine = select(exercises.c.id).where(exercises.c.occurrence == occurrence)
        for table in (exercise_votes, exercise_lines, exercise_items, exercise_parts):
            await self._unit.run(delete(table).where(table.c.exercise.in_(mine)))
        await self._unit.run(delete(exercises).where(exercises.c.occurrence == occurrence))

    async def kept_out(self, occurrence: OccurrenceId, admission: Admission, person: PersonId, now: datetime) -> bool:
        """Whether the person was muted, put out, or is not let in; with a kept door, also who never said that they are here."""
        floor = FloorBook(self._unit)
        hold = await floor.hold_of(occurrence, person)
        if hold is not None and hold.is_on:
            return True
        door = (await floor.order(occurrence)).who_waits(admission)
        if any(one.person == person for one in await floor.outside(occurrence, door, now)):
            return True
        there = select(presences.c.person).where(presences.c.occurrence == occurrence, presences.c.person == person)
        return not door.is_open and await self._unit.row(there) is None

    async def shut_by(self, occurrence: OccurrenceId, person: PersonId, now: datetime) -> str:
        """What keeps a person from speaking up just now: "calm", or "locked" for somebody new to the room; "" for nothing."""
        floor = FloorBook(self._unit)
        order = await floor.order(occurrence)
        if not (order.calm or order.locked) or await floor.leads((occurrence,), person, now):
            return ""
        if order.calm:
            return "calm"
        known = await floor.seat(occurrence, person) is not None or await floor.lets_in(occurrence, person)
        return "" if known else "locked"

    async def _exercise(self, row: RowMapping) -> Exercise:
        key, community = row["id"], CommunityId(row["community"])
        return Exercise(
            key,
            OccurrenceId(row["occurrence"]),
            community,
            RoomId(row["room"]),
            Kind(row["kind"]),
            row["at"],
            await self._unit.open(community, "exercises", "topic", key, row["topic"], str),
            Stage(row["stage"]),
            row["merges"],
            row["lines"],
            row["asked_at"],
            row["script"],
            row["round"],
            row["until"],
        )
