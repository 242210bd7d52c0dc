"""Timed work of flows: edits of a ride's message, the one quiet message at the end of a wait, and messages after a tool."""

from datetime import datetime, timedelta

import structlog
from msgspec.structs import replace

from bot.core.flow import Timer
from bot.core.flow_advance import advance
from bot.core.flow_state import Tick
from bot.core.ids import FlowId
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.whose import PeaceOf, language_of, zone_of
from handlers.flows import after_views, follow, views
from handlers.flows.goes import GoesJobs
from handlers.flows.runner import Runner

log = structlog.get_logger()

SOON = timedelta(seconds=30)  # an edit of a ride that could not leave by then would only confuse
SPARE = timedelta(hours=1)  # for a message that waited for the end of quiet hours, to leave then


class FlowJobs:
    def __init__(self, runner: Runner) -> None:
        self._run = runner

    async def tick(self, due: Due, now: datetime, unit: Unit) -> None:
        """A timer's moment came. A flow that is gone, stopped, hidden or elsewhere by now wants nothing."""
        states = self._run.states(unit)
        under_way = await states.get(FlowId(due.subject))
        if under_way is None or under_way.state.timer is None:
            return
        if await self._run.doors.is_hidden(under_way.state.flow, under_way.person, now, unit):
            return
        flow = self._run.flows[under_way.state.flow]
        outcome = advance(flow, under_way.state, Tick(), now, await self._run.facts(under_way, now, unit))
        person = await unit.people.get(under_way.person)
        language = (person.language if person is not None else "") or under_way.language
        after = replace(under_way, state=outcome.state, language=language, at=now if outcome.over else under_way.at)
        if outcome.changed:
            await states.keep(after)
        await self._run.promise(after, outcome, unit, timed=True)
        if outcome.over:
            step = flow.places[outcome.over]
            watched = isinstance(step, Timer) and step.every > 0 and not outcome.late
            reply = (
                await self._run.screen(flow, after, outcome, unit)
                if watched
                else views.over(self._run.texts.of(language), flow, after.id, outcome)
            )
            if not watched:
                await unit.outbox.withdraw(views.slot(after.id))  # a new message, that is noticed; not an edit
            post = Post(f"flow.{after.id}.{outcome.state.turn}", Lane.PRIVATE, ToPerson(after.person), replace(reply, quiet=True))
            await unit.outbox.add(post)
        elif outcome.wake is not None:
            reply = replace(await self._run.screen(flow, after, outcome, unit), quiet=True)
            key = f"flow.{after.id}.{outcome.state.turn}.{outcome.view.elapsed}"
            await unit.outbox.add(
                Post(key, Lane.PRIVATE, ToPerson(after.person), reply, too_late_at=min(outcome.wake, now + SOON), twice=False)
            )


class FollowJobs:
    """`peace`: when a person does not want to be written to."""

    def __init__(self, runner: Runner, peace: PeaceOf) -> None:
        self._run = runner
        self._peace = peace
        self._goes = GoesJobs(runner)

    async def follow(self, due: Due, now: datetime, unit: Unit) -> None:
        """A message that was asked for is due. Where the entry, the person, the message or what it begins is gone or hidden, there
        is nothing to send. Subject: see `follow.parse_subject`."""
        name_of_entry, number, n = follow.parse_subject(due.subject)
        entry = await self._run.entries(unit).get(name_of_entry)
        person = await unit.people.get(entry.person) if entry is not None else None
        flow = self._run.flows.get(entry.tool) if entry is not None else None
        one = next(iter(flow.beside.follow[number : number + 1]), None) if flow is not None else None
        if entry is not None and entry.goes is not None:
            return await self._goes.go(due, now, unit)
        if entry is None or person is None or flow is None or one is None:
            return None
        for reached in (entry.tool, one.begin):
            if await self._run.doors.is_hidden(reached, person.id, now, unit):
                return
        zone, peace = await zone_of(person, unit), await self._peace(person.id, unit)
        moments = follow.moments(one, entry.answers, entry.at, zone)
        if n >= len(moments):
            return  # it is no longer asked for
        if moments[n] > now:  # the person lives on other clocks by now, or those were changed
            await unit.due.add(Due(due.key, due.kind, moments[n], due.subject), person.id)
            return
        too_late = due.at + follow.lateness(one)
        if now > too_late:
            log.info("follow.late", kind=due.kind, seconds=int((now - due.at).total_seconds()))
            return
        if peace is not None and peace.are_paused(now):
            return
        waits = follow.waits_until(one, now, peace.quiet if peace is not None else None, zone)
        reply = after_views.later(self._run.texts.of(await language_of(person, unit)), flow, one, entry)
        reply = replace(reply, slot=due.key)  # by which it is withdrawn while it waits
        key = f"{due.key}.{int(due.at.timestamp())}"
        too_late = max(too_late, waits + SPARE) if waits is not None else too_late
        post = Post(key, Lane.PRIVATE, ToPerson(person.id), reply, not_before=waits, too_late_at=too_late)
        await unit.outbox.add(post)
