"""Looking at a plan, and what may be done with it. It is always the presser's own: another's is answered as a missing one."""

from msgspec.structs import replace

from bot.core.calls import Call, Person
from bot.core.ports import Flows, Unit
from bot.core.replies import Reply
from handlers.plans import views
from handlers.plans.calendar import calendar, has_entries
from handlers.plans.keeping import PlanKeeper
from handlers.plans.records import Plan

PLAN, REVIEW = "plan", "planreview"


class PlanCommands:
    def __init__(self, keeper: PlanKeeper, flows: Flows) -> None:
        self._keeper = keeper
        self._texts = keeper.texts
        self._flows = flows

    async def look(self, call: Call, unit: Unit) -> Reply:
        """Show the plan of this id; without one, the newest."""
        plan = await (self._mine(call, unit) if call.press.subject else self._keeper.books(unit).newest(call.who))
        return views.look(self._texts.of(call.language), plan) if plan is not None else self._gone(call)

    async def start(self, call: Call, unit: Unit) -> Reply:
        return await self._flows.begin(PLAN, "", _person(call), call.language, call.at, unit)

    async def review(self, call: Call, unit: Unit) -> Reply:
        plan = await self._mine(call, unit)
        if plan is None:
            return self._gone(call)
        return await self._flows.begin(REVIEW, plan.id, _person(call), call.language, call.at, unit)

    async def calendar(self, call: Call, unit: Unit) -> Reply:
        plan = await self._mine(call, unit)
        if plan is None or not has_entries(plan):
            return self._gone(call)
        return views.calendar_choice(self._texts.of(call.language), plan)

    async def file(self, call: Call, unit: Unit) -> Reply:
        """Send the calendar file. Value: whose words stand in it; neutral ones unless the person chose their own."""
        plan = await self._mine(call, unit)
        if plan is None or not has_entries(plan):
            return self._gone(call)
        say = self._texts.of(call.language)
        neutral = say.label("plans.calendar_title")
        titles = [action.what if call.press.value == views.OWN else neutral for action in plan.body.actions]
        return views.calendar_file(say, calendar(plan, titles))

    async def quiet(self, call: Call, unit: Unit) -> Reply:
        """Write no more about a plan."""
        plan = await self._mine(call, unit)
        if plan is None:
            return self._gone(call)
        await self._keeper.silence(plan, unit)
        await self._keeper.books(unit).keep(replace(plan, body=replace(plan.body, reminds=False, asks=False)))
        return views.quieted(self._texts.of(call.language))

    async def delete(self, call: Call, unit: Unit) -> Reply:
        plan = await self._mine(call, unit)
        return views.ask_delete(self._texts.of(call.language), plan) if plan is not None else self._gone(call)

    async def drop(self, call: Call, unit: Unit) -> Reply:
        """Delete a plan, and what was promised of it."""
        plan = await self._mine(call, unit)
        if plan is None:
            return self._gone(call)
        await self._keeper.silence(plan, unit)
        await self._keeper.books(unit).drop(plan.id)
        return views.deleted(self._texts.of(call.language))

    async def _mine(self, call: Call, unit: Unit) -> Plan | None:
        plan = await self._keeper.books(unit).get(call.press.subject) if call.press.subject else None
        return plan if plan is not None and plan.person == call.who else None

    def _gone(self, call: Call) -> Reply:
        return views.gone(self._texts.of(call.language))


def _person(call: Call) -> Person:
    assert call.person is not None
    return call.person
