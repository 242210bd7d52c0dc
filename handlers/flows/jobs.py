"""Timers of flows: edits of a ride's message, and the one quiet message at the end of a wait."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.flow import Timer
from bot.core.flow_advance import advance
from bot.core.flow_state import Tick
from bot.core.ids import FlowId
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from handlers.flows import views
from handlers.flows.runner import Runner

SOON = timedelta(seconds=30)  # an edit of a ride that could not leave by then would only confuse


class FlowJobs:
    def __init__(self, runner: Runner) -> None:
        self._run = runner

    async def tick(self, due: Due, now: datetime, unit: Unit) -> None:
        """A timer's moment came. A flow that is gone, stopped or elsewhere by now wants nothing."""
        states = self._run.states(unit)
        under_way = await states.get(FlowId(due.subject))
        if under_way is None or under_way.state.timer is None or under_way.state.flow not in self._run.flows:
            return
        flow = self._run.flows[under_way.state.flow]
        outcome = advance(flow, under_way.state, Tick(), now, await self._run.facts(under_way, unit))
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
                self._run.screen(flow, after, outcome)
                if watched
                else views.over(self._run.texts.of(language), flow, after.id, outcome)
            )
            if not watched:
                await unit.outbox.withdraw(views.slot(after.id))  # a new message, that is noticed; not an edit
            post = Post(f"flow.{after.id}.{outcome.state.turn}", Lane.PRIVATE, ToPerson(after.person), replace(reply, quiet=True))
            await unit.outbox.add(post)
        elif outcome.wake is not None:
            reply = replace(self._run.screen(flow, after, outcome), quiet=True)
            key = f"flow.{after.id}.{outcome.state.turn}.{outcome.view.elapsed}"
            await unit.outbox.add(
                Post(key, Lane.PRIVATE, ToPerson(after.person), reply, too_late_at=min(outcome.wake, now + SOON), twice=False)
            )
