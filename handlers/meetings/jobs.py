"""The room's moments. A late one does what still makes sense, and is silent about the rest."""

from datetime import datetime

import structlog

from bot.core.ids import OccurrenceId
from bot.core.meetings import OVER, Occurrence
from bot.core.moments import Due
from bot.core.ports import Unit
from handlers.meetings import rules
from handlers.meetings.stage import Stage

log = structlog.get_logger()


class RoomJobs:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def open(self, due: Due, now: datetime, unit: Unit) -> None:
        """Open the lobby, also late; an evening that went by in downtime is closed without a word."""
        before = await self._of(due, unit)
        if before is None:
            return
        after = rules.lobby(before, now)
        if after is before:
            await self._close_missed(before, now, unit)
        elif await self._stage.books(unit).move(before, after):
            await self._stage.show(unit, after)

    async def _close_missed(self, before: Occurrence, now: datetime, unit: Unit) -> None:
        if before.state not in OVER and now >= before.forgotten_at:
            log.info("meeting.missed", seconds=int((now - before.starts_at).total_seconds()))
            await self._stage.finish(unit, before, now)

    async def closing(self, due: Due, now: datetime, unit: Unit) -> None:
        """The check-out's time has come, whatever is under way."""
        before = await self._of(due, unit)
        outline = await self._stage.outline(unit, before.series) if before else None
        if before is None or outline is None:
            return
        after = rules.check_out(before, outline, now)
        if after is not before and await self._stage.books(unit).move(before, after):
            await self._stage.show(unit, after)

    async def close(self, due: Due, now: datetime, unit: Unit) -> None:
        """Close a room that nobody closed."""
        before = await self._of(due, unit)
        if before is not None:
            await self._stage.finish(unit, before, now)

    async def card(self, due: Due, now: datetime, unit: Unit) -> None:
        """Counts changed: one edit for however many people came since."""
        occurrence = await self._of(due, unit)
        if occurrence is not None and occurrence.is_live:
            await self._stage.show(unit, occurrence)

    async def forget_presence(self, due: Due, now: datetime, unit: Unit) -> None:
        """A day later only the head count is left."""
        await self._stage.books(unit).forget(OccurrenceId(due.subject))

    async def _of(self, due: Due, unit: Unit) -> Occurrence | None:
        return await self._stage.books(unit).occurrence(OccurrenceId(due.subject))
