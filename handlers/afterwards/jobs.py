"""Once an evening is closed: one private message to each who was there, and the debrief to the one who hosted."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.core.calls import Community
from bot.core.ids import OccurrenceId, PersonId
from bot.core.meetings import Occurrence, Series, When
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.replies import Reply
from bot.core.texts import Texts
from handlers.afterwards import rules, views
from handlers.afterwards.following import next_start
from handlers.afterwards.records import AfterBook, EveningBook

AT_ONCE = 50  # persons a transaction: others' acts wait no longer than that takes
FROM = "from"
log = structlog.get_logger()


class AfterJobs:
    def __init__(self, texts: Texts, meetings: Callable[[Unit], EveningBook], books: Callable[[Unit], AfterBook]) -> None:
        self._texts = texts
        self._meetings = meetings
        self._books = books

    async def after(self, due: Due, now: datetime, unit: Unit) -> None:
        """Subject: `<occurrence>`, or `<occurrence>_from_<person>` to go on after one."""
        name, *rest = due.subject.split("_")
        found = await self._of(name, unit)
        if found is None:
            return
        occurrence, series, community = found
        persons = await self._meetings(unit).some(occurrence.id, rest[-1] if rest[:1] == [FROM] else "", AT_ONCE)
        if len(persons) == AT_ONCE:
            await unit.due.add(When.AFTER.due(now, f"{occurrence.id}_{FROM}_{persons[-1]}"))
        fresh = rules.is_fresh(occurrence, now)
        next_at = await next_start(self._meetings(unit), series, occurrence)
        for person in persons:
            if fresh:
                await self._tell(unit, person, occurrence, community, next_at)
            await self._books(unit).meet(person, community.id, now)

    async def _tell(
        self, unit: Unit, who: PersonId, occurrence: Occurrence, community: Community, next_at: datetime | None
    ) -> None:
        """Offer a newcomer the card, and a plan to everyone who has not made one this evening."""
        person, book = await unit.people.get(who), self._books(unit)
        met = await book.met(who, community.id)
        if person is None or (met is not None and met.quiet):
            return
        leads = await self._meetings(unit).may(occurrence.id, who, occurrence.ends_at)
        new = met is None and not leads
        plan = not await book.has_plan(who, occurrence.starts_at)
        if not (new or plan):
            return
        say = self._texts.of(person.language or community.language)
        zone = ZoneInfo(person.zone or community.zone)
        reply = views.after(say, occurrence, community.id, next_at, zone, new=new, plan=plan)
        await unit.outbox.add(_post(f"after_{occurrence.id}_{who}", who, reply, occurrence))

    async def debrief(self, due: Due, now: datetime, unit: Unit) -> None:
        """Ask the host, once. Not done is not asked again."""
        found = await self._of(due.subject, unit)
        if found is None or not rules.is_fresh(found[0], now):
            return
        occurrence, _, community = found
        host = await self._meetings(unit).host(occurrence.id)
        person = await unit.people.get(host) if host is not None else None
        if person is None:
            return
        reply = views.debrief(self._texts.of(person.language or community.language), occurrence)
        await unit.outbox.add(_post(f"debrief_{occurrence.id}_{person.id}", person.id, reply, occurrence))

    async def _of(self, name: str, unit: Unit) -> tuple[Occurrence, Series, Community] | None:
        book = self._meetings(unit)
        occurrence = await book.occurrence(OccurrenceId(name))
        series = await book.series(occurrence.series) if occurrence is not None else None
        community = await unit.communities.get(series.community) if series is not None else None
        if occurrence is None or series is None or community is None:
            return None
        return occurrence, series, community


def _post(key: str, who: PersonId, reply: Reply, occurrence: Occurrence) -> Post:
    return Post(key, Lane.PRIVATE, ToPerson(who), reply, too_late_at=rules.stale_at(occurrence), twice=False)
