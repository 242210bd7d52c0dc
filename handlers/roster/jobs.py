"""A day before an evening, and half an hour before: who leads it is reminded, or asked for. And notes that had their evening."""

from datetime import datetime, timedelta

import structlog

from bot.core.ids import MeetingId, OccurrenceId, PersonId
from bot.core.meetings import DUTY_BEFORE, OVER, When
from bot.core.moments import Due
from bot.core.ports import Unit
from handlers.roster import letters, rules
from handlers.roster.desk import Desk, is_ahead, lead_due
from handlers.roster.letters import Letters
from handlers.roster.notes import NoteKeeper
from handlers.roster.records import OnDuty, Role
from handlers.roster.rules import Was, duty_slot

log = structlog.get_logger()


class RosterJobs:
    def __init__(self, desk: Desk, writes: Letters, notes: NoteKeeper) -> None:
        self._desk = desk
        self._letters = writes
        self._notes = notes

    async def duty(self, due: Due, now: datetime, unit: Unit) -> None:
        """Subject: `<occurrence>`, `<occurrence>_<person>` after that person gave it back, or that of `duty_again`. Remind whoever
        leads it, or tell them what is different; where nobody hosts it, the roster is asked once."""
        name, _, more = due.subject.partition("_")
        was = rules.was_from(more)
        told = await self._changed(name, was, now, unit) if was is not None else frozenset()
        gave = more if was is None else ""
        found = await self._desk.planned(unit, name)
        planned = found.planned if found is not None else None
        if found is None or planned is None or not is_ahead(planned) or now >= planned.starts_at:
            return
        if planned.starts_at - now > DUTY_BEFORE:  # moved meanwhile
            await unit.due.add(When.DUTY.due(planned.starts_at - DUTY_BEFORE, planned.id))
            return
        if found.duty.persons:
            await unit.due.add(lead_due(planned, now))
        has_note = await self._notes.waits(unit, found.series, now)
        for role in Role:
            person = found.duty.of(role)
            if person is not None and person not in told:
                key = f"roster_duty_{planned.id}_{person}_{int(planned.starts_at.timestamp())}"
                slot = duty_slot(planned.id, person, planned.starts_at)
                view = letters.reminder(found, planned.id, role, slot, has_note=has_note)
                await self._letters.send(unit, person, key, view, now, planned.starts_at)
        if found.duty.host is None:
            asked = await self._letters.ask(unit, found, PersonId(gave) if gave else None, now)
            log.info("roster.host_wanted", count=asked)

    async def _changed(self, name: str, was: Was, now: datetime, unit: Unit) -> frozenset[PersonId]:
        """Tell those who were reminded of an evening, once: it is at another time, takes place after all, or does not."""
        evenings, book = self._desk.evenings(unit), self._desk.books(unit)
        planned = await evenings.occurrence(OccurrenceId(name))
        series = await evenings.series(planned.series) if planned is not None else None
        if planned is None or series is None:
            return frozenset()
        line, found = await self._desk.line(unit, series), await self._desk.found(unit, series, planned.original)
        before, duty = rules.on_duty(await book.duties(line), line, was.original), OnDuty()
        if found is not None:
            duty = found.duty
        persons = tuple(dict.fromkeys((*before.persons, *duty.persons)))
        is_on = found is not None and is_ahead(planned) and not found.evening.cancelled
        for person in persons:
            await unit.outbox.withdraw(duty_slot(planned.id, person, was.starts_at))
            role = duty.role_of(person)
            key = f"roster_changed_{planned.id}_{person}_{int(now.timestamp())}"
            if found is None or not is_on or role is None:
                view = letters.news("roster.duty_off", was.starts_at)
                await self._letters.send(unit, person, key, view, now, was.starts_at)
                continue
            slot = duty_slot(planned.id, person, planned.starts_at)
            has_note = await self._notes.waits(unit, series, now)
            if planned.starts_at - now > 2 * DUTY_BEFORE:
                slot = f"{slot}_news"  # the reminder is a message of its own; sooner, it takes the place of this one
            view = letters.reminder(found, planned.id, role, slot, has_note=has_note, is_news=True)
            await self._letters.send(unit, person, key, view, now, max(was.starts_at, planned.starts_at))
        return frozenset(persons)

    async def lead(self, due: Due, now: datetime, unit: Unit) -> None:
        """Who is on duty gets the evening's panel, as if they had claimed it. Who took it on in the room stays its host."""
        found = await self._desk.planned(unit, due.subject)
        planned = found.planned if found is not None else None
        if found is None or planned is None or planned.state in OVER or now >= planned.ends_at:
            return
        if planned.starts_at - now > rules.LEAD:  # moved meanwhile
            await unit.due.add(lead_due(planned, now))
            return
        hosts = self._desk.evenings(unit)
        for series in found.line:
            kept = planned.ends_at + timedelta(days=1)
            await self._desk.books(unit).keep_duties_until(series, found.original, kept)
        for role in Role:
            person = found.duty.of(role)
            if person is None:
                continue
            await hosts.grant(planned.id, person, planned.ends_at + rules.GRANT)
            if role is Role.HOST and await hosts.host(planned.id) is None:
                await hosts.take(planned.id, person)
            key = f"roster_lead_{planned.id}_{person}_{int(planned.starts_at.timestamp())}"
            await self._letters.send(unit, person, key, letters.panel_letter(found, planned.id, role), now, planned.ends_at)

    async def note(self, due: Due, now: datetime, unit: Unit) -> None:
        """The evening that a note is for may be over."""
        await self._notes.look(unit, MeetingId(due.subject), now)

    async def leave(self, person: PersonId, now: datetime, unit: Unit) -> None:
        """A colleague is erased: their evenings are free, and if one is near, it is looked who hosts."""
        for community in await self._desk.books(unit).communities_of(person):
            await self._desk.ended(community, person, now, unit)
