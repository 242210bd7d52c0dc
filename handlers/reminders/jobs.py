"""Reminders at their moments, or the rule for when they come late. Many people are reminded a few at a time: others act between."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from msgspec.structs import replace

from bot.core.calls import Community
from bot.core.ids import MeetingId, OccurrenceId, PersonId
from bot.core.meetings import LATE_REMINDER, OVER, State
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.quiet import after_quiet
from bot.core.schedule import starts
from bot.core.texts import Texts
from handlers.reminders import clocks, rules, views
from handlers.reminders.keeping import Keeping, spoken
from handlers.reminders.records import Evening, EveningBook, GoingBook, Known, Reader, ReminderBook, Standing
from handlers.reminders.taking_over import taken_over

log = structlog.get_logger()

AT_ONCE = 100  # persons a transaction: others' acts wait no longer than that takes
AGAIN, MISSED, CLOCKS = "reminders.again", "reminders.missed", "reminders.clocks"
SHIFT_IS_LATE = timedelta(days=2)
NEWS_OF_THE_END = timedelta(days=7)


class ReminderJobs:
    def __init__(
        self,
        texts: Texts,
        meetings: Callable[[Unit], EveningBook],
        reminders: Callable[[Unit], ReminderBook],
        goings: Callable[[Unit], GoingBook],
        keeping: Keeping,
    ) -> None:
        self._texts = texts
        self._meetings = meetings
        self._reminders = reminders
        self._goings = goings
        self._keeping = keeping

    async def plan(self, due: Due, now: datetime, unit: Unit) -> None:
        """An evening was planned, moved or cancelled: promise its reminders at their new times, or withdraw them."""
        evening = await self._evening(OccurrenceId(due.subject), unit)
        if evening is None:
            return
        occurrence, book = evening.occurrence, self._reminders(unit)
        series = evening.series
        known = await taken_over(book, series, await book.known(occurrence.id))
        if known is None:
            cancelled = occurrence.state is State.CANCELLED
            known = Known(occurrence.id, series.id, occurrence.starts_at, occurrence.starts_at, cancelled)
        await book.keep(known)
        promised, dropped = rules.promises(occurrence, await book.leads(series.id), now)
        for one in promised:
            await unit.due.add(one)
        for key in dropped:
            await unit.due.drop(key)
        clock_key = f"clocks_{occurrence.id}"
        if occurrence.state in OVER:
            await unit.due.drop(clock_key)
            return
        await unit.due.add(Due(clock_key, CLOCKS, max(now, occurrence.starts_at - clocks.WEEK_BEFORE), occurrence.id))
        await self._goings(unit).move(occurrence.id, occurrence.ends_at)
        await self._keeping.review(unit, evening, now)

    async def remind(self, due: Due, now: datetime, unit: Unit) -> None:
        """Remind each person who asked for it so long before. Subject: see `rules.parse_subject`."""
        name, minutes, after = rules.parse_subject(due.subject)
        evening = await self._evening(name, unit)
        if evening is None or evening.occurrence.state in OVER:
            return
        occurrence, series = evening.occurrence, evening.series
        if rules.is_late(minutes, (), occurrence.starts_at, now):
            log.info("reminder.late", kind=due.kind, seconds=int((now - occurrence.starts_at).total_seconds()))
            return
        community = await unit.communities.get(series.community)
        readers = await self._reminders(unit).readers(series.id, occurrence.id, after, AT_ONCE)
        for reader in readers if community is not None else ():
            assert community is not None
            if _wants(reader, minutes, evening, now):
                await self._remind(unit, evening, community, reader, minutes, now)
        if len(readers) == AT_ONCE:
            subject = f"{occurrence.id}_{minutes}_{readers[-1].person}"
            await unit.due.add(Due(f"remind_{subject}", due.kind, now, subject))

    async def _remind(
        self, unit: Unit, evening: Evening, community: Community, reader: Reader, minutes: int, now: datetime
    ) -> None:
        person = await unit.people.get(reader.person)
        if person is None:
            return
        say, zone = spoken(self._texts, person, community)
        occurrence, start = evening.occurrence, evening.occurrence.starts_at
        waits = rules.not_before(minutes, now, reader.quiet, zone)
        again = rules.may_snooze(start, now)
        reply = views.reminder(say, evening, zone, waits or now, minutes, plain=reader.plain, again=again)
        later = [start - rules.lead(other) for other in reader.leads if other < minutes]
        post = Post(
            key=f"remind_{occurrence.id}_{minutes}_{int(start.timestamp())}_{reader.person}",
            lane=Lane.PRIVATE,
            to=ToPerson(reader.person),
            reply=replace(reply, slot=waiting_slot(occurrence.id, reader.person)) if waits else reply,
            not_before=waits,
            too_late_at=min(later, default=start + LATE_REMINDER),
            failed=_missed(f"{occurrence.id}_{minutes}", reader.person, now),
        )
        await unit.outbox.add(post)

    async def again(self, due: Due, now: datetime, unit: Unit) -> None:
        """Ten minutes after somebody asked for that. Subject: `<occurrence>_<person>`."""
        name, _, who = due.subject.partition("_")
        evening = await self._evening(OccurrenceId(name), unit)
        person = await unit.people.get(PersonId(who))
        community = await unit.communities.get(evening.series.community) if evening else None
        if evening is None or person is None or community is None or evening.occurrence.state in OVER:
            return
        start = evening.occurrence.starts_at
        if rules.is_late(0, (), start, now):
            log.info("reminder.late", kind=due.kind, seconds=int((now - start).total_seconds()))
            return
        mine = await self._reminders(unit).of_person(person.id)
        plain = any(one.plain for one in mine if one.series == evening.series.id)
        say, zone = spoken(self._texts, person, community)
        minutes = int((start - now).total_seconds()) // 60
        reply = views.reminder(say, evening, zone, now, minutes, plain=plain, again=rules.may_snooze(start, now))
        key = f"remind_again_{evening.occurrence.id}_{int(due.at.timestamp())}_{person.id}"
        failed = _missed(f"{evening.occurrence.id}_again", person.id, now)
        late = start + LATE_REMINDER
        await unit.outbox.add(Post(key, Lane.PRIVATE, ToPerson(person.id), reply, too_late_at=late, failed=failed))

    async def missed(self, due: Due, now: datetime, unit: Unit) -> None:
        """A reminder reached nobody, through no door: the person is told with the next thing they ask. Subject: the person."""
        if await unit.people.get(PersonId(due.subject)) is None:
            return
        book = self._reminders(unit)
        wishes = await book.wishes(PersonId(due.subject))
        await book.keep_wishes(PersonId(due.subject), replace(wishes, missed_at=now), now)
        log.info("reminder.missed", kind=due.kind)

    async def clocks(self, due: Due, now: datetime, unit: Unit) -> None:
        """The week before a clock change moves the meeting for somebody in another zone, they are told, once a change."""
        name, _, after = due.subject.partition("_")
        evening = await self._evening(OccurrenceId(name), unit)
        community = await unit.communities.get(evening.series.community) if evening else None
        if evening is None or community is None or evening.occurrence.state in OVER:
            return
        series = evening.series
        dates = clocks.near(starts(series.schedule, now - clocks.LOOK_BACK), now)
        readers = await self._reminders(unit).readers(series.id, evening.occurrence.id, after, AT_ONCE) if dates else ()
        warned: dict[str, list[PersonId]] = {}
        for reader in readers:
            if not reader.is_paused(now) and (shift := await self._warn(unit, evening, community, reader, dates, now)):
                warned.setdefault(shift, []).append(reader.person)
        for shift, persons in warned.items():
            await self._reminders(unit).note_shift(series.id, persons, shift)
        if len(readers) == AT_ONCE:
            subject = f"{name}_{readers[-1].person}"
            await unit.due.add(Due(f"clocks_{subject}", CLOCKS, now, subject))

    async def _warn(
        self, unit: Unit, evening: Evening, community: Community, reader: Reader, dates: Sequence[datetime], now: datetime
    ) -> str:
        """Return the name of the shift that the person is told of; "" for none, or one that they know of."""
        person = await unit.people.get(reader.person)
        if person is None:
            return ""
        series = evening.series
        say, zone = spoken(self._texts, person, community)
        shift = clocks.shift(dates, ZoneInfo(series.schedule.zone), zone)
        if shift is None or shift.name <= reader.shift:
            return ""
        post = Post(
            key=f"shift_{series.id}_{shift.name}_{person.id}",
            lane=Lane.PRIVATE,
            to=ToPerson(person.id),
            reply=views.shifted(say, series, shift, zone, plain=reader.plain),
            not_before=after_quiet(now, reader.quiet, zone),
            too_late_at=min(shift.first, now + SHIFT_IS_LATE),
            failed=_missed(f"{series.id}_shift", person.id, now),
        )
        await unit.outbox.add(post)
        return shift.name

    async def places(self, due: Due, now: datetime, unit: Unit) -> None:
        """An offered place may have run out. Subject: the occurrence."""
        evening = await self._evening(OccurrenceId(due.subject), unit)
        if evening is not None and evening.occurrence.state not in OVER:
            await self._keeping.review(unit, evening, now)

    async def untaken(self, due: Due, now: datetime, unit: Unit) -> None:
        """An offer could not reach its person. Subject: `<occurrence>_<person>`."""
        name, _, who = due.subject.partition("_")
        evening = await self._evening(OccurrenceId(name), unit)
        if evening is not None and evening.occurrence.state not in OVER:
            await self._keeping.untaken(unit, evening, PersonId(who), now)

    async def series_over(self, due: Due, now: datetime, unit: Unit) -> None:
        """A series ended: its reminders go over to the one that follows it, else those it would have reminded are told."""
        name, _, after = due.subject.partition("_")
        book, series = self._reminders(unit), await self._meetings(unit).series(MeetingId(name))
        community = await unit.communities.get(series.community) if series else None
        if series is None or community is None:
            await book.drop_series(MeetingId(name))
            return
        later = await self._meetings(unit).follower(series.id)
        if later is not None and not rules.is_told_of_end(series, later):
            if await book.is_new(later.id):  # else they went over when its first evening was looked at
                await book.take_over(series.id, later.id)
            await book.drop_series(series.id)
            return
        readers = await book.readers(series.id, OccurrenceId(""), after, AT_ONCE)
        for reader in readers:
            person = await unit.people.get(reader.person)
            if person is not None:
                say, _ = spoken(self._texts, person, community)
                key, late = f"remind_over_{name}_{person.id}", now + NEWS_OF_THE_END
                await unit.outbox.add(Post(key, Lane.PRIVATE, ToPerson(person.id), views.series_over(say), too_late_at=late))
        if len(readers) == AT_ONCE:
            subject = f"{name}_{readers[-1].person}"
            await unit.due.add(Due(f"series_over_{subject}", due.kind, now, subject))
        else:
            await book.drop_series(series.id)

    async def _evening(self, occurrence: OccurrenceId, unit: Unit) -> Evening | None:
        found = await self._meetings(unit).occurrence(occurrence)
        series = await self._meetings(unit).series(found.series) if found else None
        return Evening(found, series) if found and series else None


def waiting_slot(occurrence: OccurrenceId, who: PersonId) -> str:
    """The name of a reminder that waits for the end of quiet hours, by which it is withdrawn when the evening changes."""
    return f"remind_waits_{occurrence}_{who}"


def _wants(reader: Reader, minutes: int, evening: Evening, now: datetime) -> bool:
    if minutes not in reader.leads or reader.is_paused(now) or reader.standing is Standing.NOT:
        return False
    return not rules.is_late(minutes, reader.leads, evening.occurrence.starts_at, now)


def _missed(what: str, who: PersonId, now: datetime) -> Due:
    return Due(f"missed_{what}_{who}", MISSED, now, who)
