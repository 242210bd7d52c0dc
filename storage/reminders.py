"""Reminders: a `handlers.reminders.records.ReminderBook` over one transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, bindparam, delete, func, literal, select, union, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import MeetingId, OccurrenceId, PersonId
from bot.core.quiet import quiet_from
from handlers.reminders.records import USUAL_QUIET, Known, Reader, Standing, Subscription, Wishes
from storage.tables.reminders import goings, remind_plans, reminder_settings, reminders
from storage.unit import concrete

KEPT_PLANS = timedelta(days=7)  # of a series' earlier evenings
_WISHES = select(reminder_settings).where(reminder_settings.c.person == bindparam("who"))  # read in every act
_COUNTING = [standing.value for standing in Standing if standing is not Standing.NOT]


class Reminders:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def of_person(self, person: PersonId) -> Sequence[Subscription]:
        query = select(reminders).where(reminders.c.person == person).order_by(reminders.c.at, reminders.c.series)
        return [
            Subscription(MeetingId(row["series"]), person, _numbers(row["leads"]), row["plain"], row["shift"])
            for row in await self._unit.rows(query)
        ]

    async def put(self, subscription: Subscription, at: datetime) -> bool:
        """Store a subscription. False when the person had it on already: then it is changed."""
        values = {
            "leads": ",".join(map(str, subscription.leads)),
            "plain": subscription.plain,
            "shift": subscription.shift,
        }
        mine = (reminders.c.series == subscription.series, reminders.c.person == subscription.person)
        if await self._unit.run(update(reminders).where(*mine).values(**values)):
            return False
        insert = self._unit.insert(reminders).values(series=subscription.series, person=subscription.person, at=at, **values)
        return await self._unit.run(insert.on_conflict_do_nothing()) == 1

    async def turn_off(self, series: MeetingId, person: PersonId) -> bool:
        """False when it was off already."""
        return await self._unit.run(delete(reminders).where(reminders.c.series == series, reminders.c.person == person)) == 1

    async def wishes(self, person: PersonId) -> Wishes:
        row = await self._unit.row(_WISHES, {"who": person})
        if row is None:
            return Wishes()
        return Wishes(row["paused_until"], quiet_from(row["quiet"]), row["list_at"], row["missed_at"])

    async def keep_wishes(self, person: PersonId, wishes: Wishes, at: datetime) -> None:
        values = {
            "paused_until": wishes.paused_until,
            "quiet": str(wishes.quiet or ""),
            "list_at": wishes.list_at,
            "missed_at": wishes.missed_at,
        }
        insert = self._unit.insert(reminder_settings).values(person=person, at=at, **values)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[reminder_settings.c.person], set_=values))

    async def leads(self, series: MeetingId) -> frozenset[int]:
        """Return the lead times that anybody wants for the series."""
        query = select(reminders.c.leads).where(reminders.c.series == series).distinct()
        return frozenset(minutes for row in await self._unit.rows(query) for minutes in _numbers(row["leads"]))

    async def readers(self, series: MeetingId, occurrence: OccurrenceId, after: str, limit: int) -> Sequence[Reader]:
        """Return up to `limit` persons who are reminded of the series, in the order of their ids, from beyond `after`."""
        persons = select(reminders.c.person).where(reminders.c.series == series, reminders.c.person > after)
        return await self._readers(persons, series, occurrence, limit)

    async def concerned(self, series: MeetingId, occurrence: OccurrenceId, after: str, limit: int) -> Sequence[Reader]:
        """Also those who have no reminder, and said that they come, may come, or wait for a place."""
        persons = select(reminders.c.person).where(reminders.c.series == series, reminders.c.person > after)
        coming = select(goings.c.person).where(
            goings.c.occurrence == occurrence, goings.c.standing.in_(_COUNTING), goings.c.person > after
        )
        both = union(persons, coming).subquery()
        return await self._readers(select(both.c.person), series, occurrence, limit)

    async def _readers(
        self, persons: Select[tuple[str]], series: MeetingId, occurrence: OccurrenceId, limit: int
    ) -> Sequence[Reader]:
        some = persons.order_by(persons.selected_columns.person).limit(limit).subquery()
        query = (
            select(
                some.c.person,
                reminders.c.leads,
                reminders.c.plain,
                reminders.c.shift,
                goings.c.standing,
                reminder_settings.c.paused_until,
                reminder_settings.c.quiet,
            )
            .select_from(some)
            .outerjoin(reminders, and_(reminders.c.series == series, reminders.c.person == some.c.person))
            .outerjoin(goings, and_(goings.c.occurrence == occurrence, goings.c.person == some.c.person))
            .outerjoin(reminder_settings, reminder_settings.c.person == some.c.person)
            .order_by(some.c.person)
        )
        return [_reader(row) for row in await self._unit.rows(query)]

    async def take_over(self, old: MeetingId, new: MeetingId) -> None:
        """Remind those of a series of the one that follows it as well; who has chosen for that one already keeps that."""
        columns = ["series", "person", "at", "leads", "plain", "shift"]
        same = (reminders.c.person, reminders.c.at, reminders.c.leads, reminders.c.plain, reminders.c.shift)
        theirs = select(literal(new).label("series"), *same).where(reminders.c.series == old)
        await self._unit.run(self._unit.insert(reminders).from_select(columns, theirs).on_conflict_do_nothing())

    async def note_shift(self, series: MeetingId, persons: Sequence[PersonId], shift: str) -> None:
        some = (reminders.c.series == series, reminders.c.person.in_(persons))
        await self._unit.run(update(reminders).where(*some).values(shift=shift))

    async def drop_series(self, series: MeetingId) -> None:
        await self._unit.run(delete(reminders).where(reminders.c.series == series))

    async def known(self, occurrence: OccurrenceId) -> Known | None:
        row = await self._unit.row(select(remind_plans).where(remind_plans.c.occurrence == occurrence))
        if row is None:
            return None
        return Known(
            occurrence,
            MeetingId(row["series"]),
            row["starts_at"],
            row["before"],
            row["cancelled"],
            row["version"],
            row["burst"],
            row["told_at"],
        )

    async def is_new(self, series: MeetingId) -> bool:
        """Whether no evening of the series was ever looked at."""
        query = select(func.count().label("seen")).select_from(remind_plans).where(remind_plans.c.series == series)
        row = await self._unit.row(query)
        return row is None or not row["seen"]

    async def keep(self, known: Known) -> None:
        """Note how people know an evening. What is known of the series' evenings that are long over goes."""
        values = {
            "series": known.series,
            "starts_at": known.starts_at,
            "cancelled": known.cancelled,
            "before": known.before,
            "version": known.version,
            "burst": known.burst,
            "told_at": known.told_at,
        }
        insert = self._unit.insert(remind_plans).values(occurrence=known.occurrence, **values)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[remind_plans.c.occurrence], set_=values))
        others = (remind_plans.c.series == known.series, remind_plans.c.occurrence != known.occurrence)
        await self._unit.run(delete(remind_plans).where(*others, remind_plans.c.starts_at < known.starts_at - KEPT_PLANS))


def _numbers(written: str) -> tuple[int, ...]:
    return tuple(int(number) for number in written.split(",") if number)


def _reader(row: RowMapping) -> Reader:
    reminded = row[reminders.c.leads] is not None
    quiet = row[reminder_settings.c.quiet]
    return Reader(
        person=PersonId(row["person"]),
        leads=_numbers(row[reminders.c.leads]) if reminded else (),
        plain=bool(row[reminders.c.plain]),
        is_reminded=reminded,
        shift=row[reminders.c.shift] or "",
        standing=Standing(row[goings.c.standing]) if row[goings.c.standing] is not None else None,
        paused_until=row[reminder_settings.c.paused_until],
        quiet=USUAL_QUIET if quiet is None else quiet_from(quiet),
    )
