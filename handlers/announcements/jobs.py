"""Announcements and reminders at their moments, or the rule for when they come late."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from msgspec.structs import replace

from bot.core.calls import Community
from bot.core.ids import MeetingId, OccurrenceId, PersonId
from bot.core.meetings import AHEAD, LATE_REMINDER, OVER, SOON, MeetingBook, Occurrence, Series, State, When
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson, ToRoom
from bot.core.texts import Texts
from handlers.announcements import rules, views
from handlers.announcements.records import ReminderBook

log = structlog.get_logger()

AT_ONCE = 100  # persons a transaction: others' acts wait no longer than that takes
NEWS_OF_THE_END = timedelta(days=7)


class AnnouncementJobs:
    def __init__(self, texts: Texts, meetings: Callable[[Unit], MeetingBook], reminders: Callable[[Unit], ReminderBook]) -> None:
        self._texts = texts
        self._meetings = meetings
        self._reminders = reminders

    async def day_before(self, due: Due, now: datetime, unit: Unit) -> None:
        """Tell the room quietly; not at all once the second announcement is due."""
        found = await self._ahead(due, unit)
        if found is None:
            return
        occurrence, series, community = found
        if rules.day_is_late(occurrence, now):
            return _dropped(due, occurrence, now)
        await self._meetings(unit).move(occurrence, replace(occurrence, state=State.ANNOUNCED))
        await self._announce(unit, occurrence, series, community, due.kind)

    async def soon(self, due: Due, now: datetime, unit: Unit) -> None:
        """Tell the room a quarter of an hour before; not at all once it has begun."""
        found = await self._ahead(due, unit)
        if found is None:
            return
        occurrence, series, community = found
        if rules.soon_is_late(occurrence, now):
            return _dropped(due, occurrence, now)
        await self._meetings(unit).move(occurrence, replace(occurrence, state=State.ANNOUNCED))
        await self._announce(unit, occurrence, series, community, due.kind)

    async def _announce(self, unit: Unit, occurrence: Occurrence, series: Series, community: Community, kind: str) -> None:
        first = kind == When.ANNOUNCE_DAY.kind
        say, zone = self._texts.of(community.language), ZoneInfo(community.zone)
        key = "announcements.day_before" if first else "announcements.soon"
        post = Post(
            key=f"{(When.ANNOUNCE_DAY if first else When.ANNOUNCE_SOON).value}_{occurrence.id}",
            lane=Lane.NEWS,
            to=ToRoom(series.room),
            reply=views.room_news(say, key, series, occurrence.starts_at, zone, quiet=first),
            too_late_at=occurrence.starts_at - SOON if first else occurrence.starts_at,
        )
        await unit.outbox.add(post)

    async def remind(self, due: Due, now: datetime, unit: Unit) -> None:
        """Remind each person who asked for it. Subject: `<occurrence>`, or `<occurrence>_<person>` to go on after one."""
        name, _, after = due.subject.partition("_")
        occurrence = await self._meetings(unit).occurrence(OccurrenceId(name))
        if occurrence is None or occurrence.state in OVER:
            return
        if rules.reminder_is_late(occurrence, now):
            return _dropped(due, occurrence, now)
        series = await self._meetings(unit).series(occurrence.series)
        community = await unit.communities.get(series.community) if series else None
        if series is None or community is None:
            return
        persons = await self._reminders(unit).persons(series.id, after, AT_ONCE)
        for person in persons:
            await self._remind(unit, occurrence, community, person, now)
        if len(persons) == AT_ONCE:
            await unit.due.add(When.REMIND.due(now, f"{occurrence.id}_{persons[-1]}"))

    async def _remind(self, unit: Unit, occurrence: Occurrence, community: Community, who: PersonId, now: datetime) -> None:
        person = await unit.people.get(who)
        if person is None:
            return
        say, zone = self._texts.of(person.language or community.language), ZoneInfo(person.zone or community.zone)
        reply = views.reminder(say, occurrence, zone, now)
        late = occurrence.starts_at + LATE_REMINDER
        await unit.outbox.add(Post(f"remind_{occurrence.id}_{who}", Lane.PRIVATE, ToPerson(who), reply, too_late_at=late))

    async def series_over(self, due: Due, now: datetime, unit: Unit) -> None:
        """A series was cancelled: those whom it would have reminded are told, and their reminders go."""
        name, _, after = due.subject.partition("_")
        series = await self._meetings(unit).series(MeetingId(name))
        community = await unit.communities.get(series.community) if series else None
        persons = await self._reminders(unit).persons(MeetingId(name), after, AT_ONCE) if community else ()
        for who in persons:
            person = await unit.people.get(who)
            if person is not None and community is not None:
                reply = views.reminder_over(self._texts.of(person.language or community.language))
                key = f"remind_over_{name}_{who}"
                await unit.outbox.add(Post(key, Lane.PRIVATE, ToPerson(who), reply, too_late_at=now + NEWS_OF_THE_END))
        if len(persons) == AT_ONCE:
            await unit.due.add(When.SERIES_OVER.due(now, f"{name}_{persons[-1]}"))
        else:
            await self._reminders(unit).drop_series(MeetingId(name))

    async def _ahead(self, due: Due, unit: Unit) -> tuple[Occurrence, Series, Community] | None:
        """The occurrence that is still to be announced; once its room is open, the card says more."""
        occurrence = await self._meetings(unit).occurrence(OccurrenceId(due.subject))
        if occurrence is None or occurrence.state not in AHEAD:
            return None
        series = await self._meetings(unit).series(occurrence.series)
        community = await unit.communities.get(series.community) if series else None
        return (occurrence, series, community) if series and community else None


def _dropped(due: Due, occurrence: Occurrence, now: datetime) -> None:
    log.info("announcement.late", kind=due.kind, seconds=int((now - occurrence.starts_at).total_seconds()))
