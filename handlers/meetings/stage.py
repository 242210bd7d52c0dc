"""What commands and jobs of the room share: gathering the scene, showing it, and bringing an evening to its end."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.core.ids import MeetingId
from bot.core.meetings import OVER, Agenda, Occurrence, Series, Tally, tally_of
from bot.core.ports import Unit
from bot.core.schedule import next_start
from bot.core.texts import Texts
from handlers.meetings import rules
from handlers.meetings.card import Scene, card_post, outline_of
from handlers.meetings.planning import forget_moments, plan_next
from handlers.meetings.records import MeetingsStore, Outline


class Stage:
    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], MeetingsStore],
        outlines: Mapping[str, Outline],
        agenda: Callable[[Unit], Agenda],
    ) -> None:
        self.texts = texts
        self.books = books
        self._outlines = outlines
        self._agenda = agenda

    async def scene(self, unit: Unit, occurrence: Occurrence) -> Scene | None:
        """All that is shown of an occurrence; None when its series or community is gone."""
        book = self.books(unit)
        series = await book.series(occurrence.series)
        community = await unit.communities.get(series.community) if series else None
        if series is None or community is None:
            return None
        over = occurrence.state in OVER
        return Scene(
            series=series,
            occurrence=occurrence,
            outline=outline_of(series, self._outlines),
            community=community,
            here=occurrence.heads if over else await book.count(occurrence.id),
            tally=tally_of(await self._agenda(unit).items(occurrence.id)) if occurrence.checkin else Tally(),
            next_at=self._next(series, occurrence) if over else None,
        )

    @staticmethod
    def _next(series: Series, occurrence: Occurrence) -> datetime | None:
        if series.cancelled_at is not None:
            return None
        return next_start(series.schedule, max(occurrence.starts_at, occurrence.since or occurrence.starts_at))

    async def outline(self, unit: Unit, series: MeetingId) -> Outline | None:
        found = await self.books(unit).series(series)
        return outline_of(found, self._outlines) if found else None

    async def show(self, unit: Unit, occurrence: Occurrence) -> None:
        """Bring the room's card up to date, in the community's language."""
        scene = await self.scene(unit, occurrence)
        if scene is not None:
            await unit.outbox.add(card_post(self.texts.of(scene.community.language), scene))

    async def finish(self, unit: Unit, before: Occurrence, now: datetime) -> Occurrence:
        """Close an occurrence, show it if the room had opened, and plan the next; all at once. Closed already: nothing."""
        book = self.books(unit)
        closed = rules.close(before, await book.count(before.id), now)
        if closed is before or not await book.move(before, closed):
            return before
        await forget_moments(unit, closed)
        await unit.due.add(rules.presence_due(closed, now))
        if before.is_live:
            await self.show(unit, closed)
        series = await book.series(closed.series)
        if series is not None:
            await plan_next(unit, book, series, closed.starts_at, now)
        return closed
