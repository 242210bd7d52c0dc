"""After an evening: what was not reached is offered to the next, once, in private."""

from collections.abc import Callable
from datetime import datetime

import structlog
from msgspec.structs import replace

from bot.core.coming import next_start
from bot.core.held import Held, held
from bot.core.ids import OccurrenceId, PersonId, new_id
from bot.core.meetings import OVER, When
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.replies import Reply
from bot.core.texts import Say
from bot.core.whose import PeaceOf, heard_at, language_of, zone_of
from handlers.agenda import rules, views
from handlers.agenda.commands import Desk
from handlers.agenda.records import OFFERED, Becomes, Entry

log = structlog.get_logger()

MORE = "more"
AT_ONCE = 50  # persons a transaction: others' acts wait no longer than that takes


class AgendaJobs:
    """`peace`: when a person does not want to be written to."""

    def __init__(self, desk: Desk, peace: PeaceOf) -> None:
        self._desk = desk
        self._peace = peace

    async def unfinished(self, due: Due, now: datetime, unit: Unit) -> None:
        """The evening is over: whose wish was not reached is asked. Subject: `<occurrence>`, `<occurrence>_more` to go on."""
        name, _, more = due.subject.partition("_")
        evening = await held(self._desk.meetings(unit), unit, name)
        book = self._desk.books(unit)
        if evening is None or evening.occurrence.state not in OVER or not await book.has_begun(evening.occurrence):
            return  # where no check-in began, what was brought along waits on
        if not more:
            await self._close(evening, now, unit)
        entries = await book.entries(evening.occurrence)
        open_ones = [entry for entry in rules.waiting(entries) if entry.person is not None]
        after = max(evening.occurrence.starts_at, now)
        if not open_ones or await next_start(self._desk.meetings(unit), evening.series, after) is None:
            return  # there is no meeting to bring it to
        some = open_ones[:AT_ONCE]
        for entry in some:
            await self._ask(entry, evening, now, unit)
        await book.keep([replace(entry, becomes=Becomes.ASKED, own=True) for entry in some], evening.community.id)
        if len(some) < len(open_ones):
            await unit.due.add(When.UNFINISHED.due(now, f"{evening.id}_{MORE}"))
        log.info("agenda.unfinished", count=len(some))

    async def _close(self, evening: Held, now: datetime, unit: Unit) -> None:
        """What was brought along stood on this evening's agenda: from now on it is this evening's, and goes with it."""
        book = self._desk.books(unit)
        await book.keep(rules.numbered(await book.entries(evening.occurrence), now, new_id), evening.community.id)
        for carried in await book.carried_to(evening.series.id):
            await book.let_go(carried.id)
            await unit.due.drop(rules.wait_due(carried, now).key)
        await unit.due.add(Due(f"agenda_forget_{evening.id}", rules.FORGET, now + OFFERED, evening.id))

    async def _ask(self, entry: Entry, evening: Held, now: datetime, unit: Unit) -> None:
        assert entry.person is not None
        key = f"agenda_open_{evening.id}_{entry.person}"
        await self._tell(entry.person, key, lambda say: views.unfinished(say, evening.id), now, unit)

    async def forget(self, due: Due, now: datetime, unit: Unit) -> None:
        """Whoever has not said yes by now lets it go with the evening."""
        await self._desk.books(unit).forget(OccurrenceId(due.subject))

    async def wait(self, due: Due, now: datetime, unit: Unit) -> None:
        """The evening that something was kept for should be over: if it was not held, it is kept for the one after; if there is
        none, its person is told."""
        book, meetings = self._desk.books(unit), self._desk.meetings(unit)
        carried = await book.carried(due.subject)
        series = await meetings.series(carried.series) if carried is not None else None
        if carried is None or series is None:
            return
        at = await next_start(meetings, series, now)
        if at is not None:
            await unit.due.add(rules.wait_due(carried, at), carried.person)
            return
        await book.let_go(carried.id)
        await self._tell(carried.person, f"agenda_none_{carried.id}", views.no_next, now, unit)

    async def _tell(self, who: PersonId, key: str, written: Callable[[Say], Reply], now: datetime, unit: Unit) -> None:
        """Write to somebody who did not ask just now: not while they want peace."""
        person, peace = await unit.people.get(who), await self._peace(who, unit)
        if person is None or (peace is not None and peace.are_paused(now)):
            return
        heard = heard_at(peace, await zone_of(person, unit), now)
        post = Post(
            key=key,
            lane=Lane.PRIVATE,
            to=ToPerson(who),
            reply=written(self._desk.texts.of(await language_of(person, unit))),
            not_before=heard if heard > now else None,
            too_late_at=now + OFFERED,
            twice=False,
        )
        await unit.outbox.add(post)

    async def erased(self, person: PersonId, now: datetime, unit: Unit) -> None:
        """Somebody is about to be erased: the cards on which their wish stands follow."""
        for occurrence in await self._desk.books(unit).evenings_of(person):
            await unit.due.add(When.CARD.due(now, occurrence))
