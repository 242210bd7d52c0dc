"""An evening that people counted on was moved or cancelled: each is told once, of how it stands in the end.

A change soon after another corrects the message about that; a later one is a message of its own, because an edit makes no sound.
"""

from collections.abc import Callable
from datetime import datetime

import structlog
from msgspec.structs import replace

from bot.core.calendar import regular_start
from bot.core.calls import Community
from bot.core.ids import OccurrenceId
from bot.core.meetings import LATE_REMINDER, Occurrence, Series, State
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.texts import Texts
from handlers.reminders import rules, views
from handlers.reminders.jobs import AT_ONCE, MISSED, waiting_slot
from handlers.reminders.keeping import spoken
from handlers.reminders.records import Evening, EveningBook, Known, Reader, ReminderBook, Standing
from handlers.reminders.taking_over import taken_over

log = structlog.get_logger()

COUNTING = (Standing.GOING, Standing.MAYBE, Standing.WAITING, Standing.OFFERED)


class ChangeJobs:
    def __init__(self, texts: Texts, meetings: Callable[[Unit], EveningBook], reminders: Callable[[Unit], ReminderBook]) -> None:
        self._texts = texts
        self._meetings = meetings
        self._reminders = reminders

    async def changed(self, due: Due, now: datetime, unit: Unit) -> None:
        """Subject: `<occurrence>`, or `<occurrence>_<version>_<person>` to go on after one."""
        name, version, after = [*due.subject.split("_"), "", ""][:3]
        book = self._reminders(unit)
        known = await book.known(OccurrenceId(name))
        evening = await self._evening(OccurrenceId(name), known, unit)
        community = await unit.communities.get(evening.series.community) if evening else None
        if evening is None or community is None:
            return
        known = await taken_over(book, evening.series, known)
        if known is None:  # as people who know the series expect it
            start = regular_start(evening.occurrence, evening.series)
            known = Known(evening.occurrence.id, evening.series.id, start, start)
        if not version:
            if not rules.is_changed(known, evening.occurrence):
                return
            known = rules.learned(known, evening.occurrence, now)
            await book.keep(known)
        elif version != str(known.version):
            return  # it was changed again: everyone is told of that
        if rules.is_past(known, now):
            log.info("change.late", seconds=int((now - known.starts_at).total_seconds()))
            return
        readers = await book.concerned(evening.series.id, evening.occurrence.id, after, AT_ONCE)
        over = await self._is_over(unit, evening.series)
        for reader in readers:
            if _is_told(reader, known, now, over=over):
                await self._tell(unit, evening, community, reader, known, now)
        if len(readers) == AT_ONCE:
            subject = f"{name}_{known.version}_{readers[-1].person}"
            await unit.due.add(Due(f"changed_{subject}", due.kind, now, subject))

    async def _tell(self, unit: Unit, evening: Evening, community: Community, reader: Reader, known: Known, now: datetime) -> None:
        person, name = await unit.people.get(reader.person), evening.occurrence.id
        if person is None:
            return
        await unit.outbox.withdraw(waiting_slot(name, person.id))  # a reminder that waits has the time of before
        say, zone = spoken(self._texts, person, community)
        reply = views.changed(say, evening, known, zone, plain=reader.plain)
        start = known.before if known.cancelled else min(known.before, known.starts_at)
        post = Post(
            key=f"changed_{name}_{known.version}_{person.id}",
            lane=Lane.PRIVATE,
            to=ToPerson(person.id),
            reply=replace(reply, slot=f"changed_{name}_{known.burst}_{person.id}"),
            not_before=rules.news_at(now, start, reader.quiet, zone),
            too_late_at=max(known.before, known.starts_at) + LATE_REMINDER,
            failed=Due(f"missed_{name}_{known.version}_{person.id}", MISSED, now, person.id),
        )
        await unit.outbox.add(post)

    async def _is_over(self, unit: Unit, series: Series) -> bool:
        """Whether whom the series reminds is told that it was cancelled."""
        if series.cancelled_at is None:
            return False
        return rules.is_told_of_end(series, await self._meetings(unit).follower(series.id))

    async def _evening(self, name: OccurrenceId, known: Known | None, unit: Unit) -> Evening | None:
        """Return the evening. One that is there no more, after an edit of its series, is as good as cancelled."""
        occurrence, book = await self._meetings(unit).occurrence(name), self._meetings(unit)
        if occurrence is None:
            series = await book.series(known.series) if known else None
            if known is None or series is None:
                return None
            return Evening(Occurrence(name, series.id, known.starts_at, known.starts_at + series.length, State.CANCELLED), series)
        series = await book.series(occurrence.series)
        return Evening(occurrence, series) if series else None


def _is_told(reader: Reader, known: Known, now: datetime, *, over: bool) -> bool:
    """Whoever said that they come, may come, or wait is told of every change; who is only reminded, of one that is near."""
    if over and reader.is_reminded:
        return False  # they are told of the series' end
    if reader.standing in COUNTING:
        return True
    return reader.standing is not Standing.NOT and not reader.is_paused(now) and rules.is_near(known, now)
