"""Timed work of exercises: the room's message, the end with the meeting, and forgetting."""

from datetime import datetime

from bot.core.ids import OccurrenceId
from bot.core.meetings import OVER
from bot.core.moments import Due
from bot.core.ports import Unit
from handlers.exercises.play import Play
from handlers.exercises.records import Exercise
from handlers.exercises.stage import At, Board


class ExerciseJobs:
    def __init__(self, board: Board, play: Play) -> None:
        self._board = board
        self._play = play

    async def show(self, due: Due, now: datetime, unit: Unit) -> None:
        """Bring the room's message up to date; one that has ended has had its last."""
        exercise = await self._board.books(unit).exercise(due.subject)
        evening = await self._board.evening(unit, exercise.occurrence) if exercise else None
        if exercise is not None and evening is not None and exercise.is_on:
            await self._board.show(unit, At(exercise, evening), now)

    async def look(self, due: Due, now: datetime, unit: Unit) -> None:
        """The meeting goes on: lines that went with their author leave the room's message too, and what one of the
        two has left is not played on. It is over: so is the exercise."""
        board, book = self._board, self._board.books(unit)
        evening = await board.evening(unit, due.subject)
        if evening is None:
            return
        exercise = await book.running(evening.id)
        if exercise is None:
            return
        if evening.occurrence.state in OVER:
            await board.end(unit, At(exercise, evening), now)
            await board.forget_later(unit, evening, now)
            return
        at = At(exercise, evening)
        if await self._play.is_broken(unit, at, now):
            await self._play.stop(unit, at, now)
        elif await self._play.clear(unit, at, now) or await self._fewer(unit, exercise):
            await board.show(unit, at, now)
        await board.look_again(unit, evening, now)

    async def _fewer(self, unit: Unit, exercise: Exercise) -> bool:
        """Whether lines or people went since the room's message was made."""
        book = self._board.books(unit)
        return (await book.counts(exercise.id)).lines + len(await book.parts(exercise.id)) < exercise.lines

    async def forget(self, due: Due, now: datetime, unit: Unit) -> None:
        """A day later nothing of it is left."""
        await self._board.books(unit).forget(OccurrenceId(due.subject))
