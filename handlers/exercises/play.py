"""How a rehearsal is played: its roles begin, are swapped, and end. Shared by commands and jobs."""

from datetime import datetime

from msgspec.structs import replace

from bot.core.ids import PersonId
from bot.core.meetings import State
from bot.core.moments import Due
from bot.core.ports import Unit
from handlers.exercises import parts as cast
from handlers.exercises import rehearsal_views, rules
from handlers.exercises.records import Exercise, Kind, Role, Stage
from handlers.exercises.stage import At, Board


class Play:
    def __init__(self, board: Board) -> None:
        self._board = board

    async def begin(self, unit: Unit, at: At, now: datetime) -> At | None:
        """Give the roles, where nobody was chosen to whoever said so first, and let it be played; None when one is free."""
        book = self._board.books(unit)
        for role in (Role.PLAYS, Role.OFFERS):
            parts = await book.parts(at.exercise.id)
            chosen = cast.chosen(parts, role)
            if chosen is None or await self.is_away(unit, at, chosen.person, now):
                return None
            for part in cast.given(parts, chosen):
                await book.keep_part(part)
        return await self._round(unit, at, replace(at.exercise, stage=Stage.PLAYING), now)

    async def swap(self, unit: Unit, at: At, now: datetime) -> At:
        """The two change: to hear how somebody else would answer, or to feel the other side."""
        return await self._round(unit, at, replace(at.exercise, round=at.exercise.round + 1), now)

    async def _round(self, unit: Unit, at: At, exercise: Exercise, now: datetime) -> At:
        at = replace(at, exercise=replace(exercise, until=now + rules.PLAY))
        await self.time(unit, at.exercise)
        offers = cast.offers(await self._board.books(unit).parts(exercise.id), exercise)
        if offers is not None:
            key = f"exercise_offer_{exercise.id}_{exercise.round}"
            await self._board.tell(unit, at, offers.person, key, rehearsal_views.begins, now)
        return replace(at, exercise=await self._board.show(unit, at, now))

    async def stop(self, unit: Unit, at: At, now: datetime) -> At:
        """It is over at once, and is talked about; the one who played finds their card."""
        at = replace(at, exercise=replace(at.exercise, stage=Stage.TALKING, until=None))
        await self._board.tell_player(unit, at, now)
        return replace(at, exercise=await self._board.show(unit, at, now))

    async def time(self, unit: Unit, exercise: Exercise) -> None:
        """Promise the word at the end of the gentle timer; a later one takes its place."""
        if exercise.until is not None:
            await unit.due.add(Due(f"exercise_time_{exercise.id}", rules.TIME, exercise.until, exercise.id))

    async def is_away(self, unit: Unit, at: At, person: PersonId, now: datetime) -> bool:
        """Whether somebody is not in the room as they were: put out, muted, sent to wait, or everybody is to be calm."""
        book, evening = self._board.books(unit), at.evening
        if await book.kept_out(evening.id, evening.series.options.admission, person, now):
            return True
        return bool(await book.shut_by(evening.id, person, now))

    async def is_broken(self, unit: Unit, at: At, now: datetime) -> bool:
        """Whether something is being played of which one has left, or that runs into everybody's way out."""
        exercise = at.exercise
        if exercise.kind is not Kind.REHEARSAL or exercise.stage is not Stage.PLAYING:
            return False
        if at.evening.occurrence.state is not State.OPEN:
            return True
        parts = await self._board.books(unit).parts(exercise.id)
        both = [cast.has(parts, role) for role in (Role.PLAYS, Role.OFFERS)]
        return any([part is None or await self.is_away(unit, at, part.person, now) for part in both])

    async def clear(self, unit: Unit, at: At, now: datetime) -> bool:
        """Before it begins: whoever was put out, or waits outside, is no longer named on the card. Return whether anybody was."""
        exercise, book, options = at.exercise, self._board.books(unit), at.evening.series.options
        if exercise.kind is not Kind.REHEARSAL or exercise.stage is not Stage.WRITING:
            return False
        named = [part for part in await book.parts(exercise.id) if part.role is not Role.WATCHES]
        gone = [part for part in named if await book.kept_out(at.evening.id, options.admission, part.person, now)]
        for part in gone:
            await book.drop_part(part.id)
        return bool(gone)
