"""Closing a week: once, a day after its end, however late it is done."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.core.calls import Community
from bot.core.happenings import Heard
from bot.core.meetings import Audience
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToRoom
from bot.core.texts import Texts
from handlers.together import desk_views, rules
from handlers.together.records import TogetherBook, Week

log = structlog.get_logger()


class TogetherJobs:
    def __init__(self, texts: Texts, books: Callable[[Unit], TogetherBook]) -> None:
        self._texts = texts
        self._books = books

    async def close(self, due: Due, now: datetime, unit: Unit) -> None:
        """Make the week's two pictures of the answers that count now, and promise the next. It goes on as long as anybody's number
        counts, or anything is to be seen."""
        name, monday = rules.week_in(due.subject)
        community = await unit.communities.get(name)
        if community is None:
            return
        zone, book = ZoneInfo(community.zone), self._books(unit)
        begins, ends, closes = rules.begins(monday, zone), rules.ends(monday, zone), rules.closes(monday, zone)
        if now < closes:  # the zone's clocks were set otherwise since it was promised
            await unit.due.add(rules.closing(name, monday, zone))
            return
        if now < begins + rules.STALE:
            numbers = await book.numbers(name, begins, ends)
            for audience in Audience:
                week = Week(name, audience, monday, rules.sum_of(numbers.get(audience, ())))
                await book.close(week, now)
                if week.sum is not None and now < closes + rules.NEWS:
                    await self._tell(unit, community, week, closes)
            log.info("together.closed")
        await book.drop_drafts(name, rules.after(monday))
        if await book.anyone(name) or await self._has_pictures(book, community):
            await unit.due.add(rules.closing(name, rules.after(monday), zone))

    async def _has_pictures(self, book: TogetherBook, community: Community) -> bool:
        for audience in Audience:
            if rules.shown(await book.weeks(community.id, audience, rules.SHOWN)):
                return True
        return False

    async def _tell(self, unit: Unit, community: Community, week: Week, closes: datetime) -> None:
        say = self._texts.of(community.language)
        for telling in await self._books(unit).tellings(community.id, week.audience):
            post = Post(
                key=f"together_{telling.room}_{week.monday}",
                lane=Lane.NEWS,
                to=ToRoom(telling.room),
                reply=desk_views.news(say, community.id, week.audience),
                too_late_at=closes + rules.NEWS,
                twice=False,
            )
            await unit.outbox.add(post)

    async def room_gone(self, heard: Heard, unit: Unit) -> None:
        if heard.room is not None:
            await self._books(unit).tell_no_more(heard.room.id)
