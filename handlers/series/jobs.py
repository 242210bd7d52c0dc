"""The moment to plan a series' next evening, or to look at a planned one again."""

from datetime import datetime

import structlog
from msgspec.structs import replace

from bot.core.ids import MeetingId
from bot.core.meetings import Series, When
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToRoom
from handlers.series import views
from handlers.series.desk import Desk
from handlers.series.planning import settle, tell
from handlers.series.rules import ended_lately

log = structlog.get_logger()


class SeriesJobs:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def plan(self, due: Due, now: datetime, unit: Unit) -> None:
        """Plan the next evening. That the rule gives none any more is noted and said once; not where another series goes on."""
        book = self._desk.books(unit)
        series = await book.series(MeetingId(due.subject))
        if series is None or series.cancelled_at is not None:
            return
        following = await settle(unit, book, series, now)
        await tell(unit, series.community, None, now)
        if following is not None or await book.ahead_of(series.id):
            if series.ended_at is not None:  # days off were taken back
                await book.change_series(replace(series, ended_at=None))
            return
        if series.ended_at is not None:
            return
        await book.change_series(replace(series, ended_at=now))
        if await book.follower(series.id) is not None:
            await unit.due.add(When.SERIES_OVER.due(now, series.id))
        elif ended_lately(series, now):
            await self._say_over(unit, series, now)

    async def _say_over(self, unit: Unit, series: Series, now: datetime) -> None:
        community = await unit.communities.get(series.community)
        if community is None:
            return
        await unit.due.add(When.SERIES_OVER.due(now, series.id))
        reply = views.series_over(self._desk.texts.of(community.language), series, ended=True)
        await unit.outbox.add(Post(f"series_ended_{series.id}", Lane.NEWS, ToRoom(series.room), reply))
        log.info("series.ended")
