"""Notes at a plan's times, and the question how it went: only for who wanted them, in private, each once."""

from datetime import datetime, timedelta

import structlog

from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.whose import PeaceOf, heard_at, language_of, zone_of
from handlers.plans import rules, views
from handlers.plans.keeping import ASK, PlanKeeper

log = structlog.get_logger()

NOTE_LATE = timedelta(hours=2)  # a note about an hour that is long over is of no use
ASK_LATE = timedelta(hours=24)


class PlanJobs:
    """`peace`: when a person does not want to be written to."""

    def __init__(self, keeper: PlanKeeper, peace: PeaceOf) -> None:
        self._keeper = keeper
        self._peace = peace

    async def come(self, due: Due, now: datetime, unit: Unit) -> None:
        """Subject: `<plan>.<number of the note>`, or `<plan>.ask`. The next note is promised when one has come."""
        name, _, which = due.subject.partition(".")
        plan = await self._keeper.books(unit).get(name)
        person = await unit.people.get(plan.person) if plan is not None else None
        if plan is None or person is None:
            return
        zone, n = await zone_of(person, unit), -1 if which == ASK else int(which)
        times = rules.notes(plan.body)
        if n >= len(times) or not (plan.body.reminds if n >= 0 else plan.body.asks and plan.body.review is None):
            return
        at = rules.moment(times[n], zone) if n >= 0 else rules.look_back(plan.body, zone)
        if at > now:  # the person lives on other clocks by now, or those were changed
            await unit.due.add(Due(due.key, due.kind, at, due.subject), person.id)
            return
        if n >= 0:
            await self._keeper.promise_note(plan, n + 1, now, unit)
        late = NOTE_LATE if n >= 0 else ASK_LATE
        if now > due.at + late:
            log.info("plan.late", kind=due.kind, seconds=int((now - due.at).total_seconds()))
            return
        peace = await self._peace(person.id, unit)
        if peace is not None and peace.are_paused(now):
            return
        heard = heard_at(peace, zone, now)
        say = self._keeper.texts.of(await language_of(person, unit))
        reply = views.note(say, plan) if n >= 0 else views.question(say, plan)
        await unit.outbox.withdraw(due.key)  # one that still waits is outdated, and one that came is not edited: this is new
        post = Post(
            key=f"{due.key}.{which}.{times[n].day if n >= 0 else ASK}",
            lane=Lane.PRIVATE,
            to=ToPerson(person.id),
            reply=reply,
            not_before=heard if heard > now else None,
            too_late_at=max(due.at, heard) + late,
            slot=due.key,
        )
        await unit.outbox.add(post)
