"""Keeping a plan and how it went, and promising its moments: what the flows `plan` and `planreview` come to."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.core.features import Ending
from bot.core.ids import PersonId
from bot.core.moments import Due
from bot.core.ports import FlowDone, Pins, Unit
from bot.core.richtext import Block
from bot.core.texts import Texts
from bot.core.whose import zone_of
from handlers.plans import rules, views
from handlers.plans.records import ASKED_FOR, Plan, PlanBook

NOTE = "timer.plan"  # the kind of both moments; it stands unencrypted on disk
ASK = "ask"


class Fact(Protocol):
    async def __call__(self, person: PersonId, subject: str, unit: Unit, /) -> Sequence[str]: ...


class PlanKeeper:
    """`now`: facts are asked for without a moment."""

    def __init__(
        self, texts: Texts, books: Callable[[Unit], PlanBook], ids: Callable[[], str], pins: Pins, now: Callable[[], datetime]
    ) -> None:
        self.texts = texts
        self.books = books
        self._ids = ids
        self._pins = pins
        self._now = now

    # The ends of flows --------------------------------------------------------------------------------------------------

    async def ended(self, done: FlowDone, unit: Unit) -> tuple[Block, ...]:
        """Keep a plan. The one before it is no longer live: its notes stop."""
        zone = await zone_of(await unit.people.get(done.person), unit)
        book, body = self.books(unit), rules.body_of(done.answers, done.at, zone)
        if not body.actions:
            return ()
        if (old := await book.newest(done.person)) is not None:
            await self.silence(old, unit)
        plan = Plan(self._ids(), done.person, done.at, body)
        await book.keep(plan)
        await self.promise(plan, done.at, unit)
        await self._pin(done, rules.ifthens(body.gaps), unit)
        return views.kept(self.texts.of(done.language), body)

    async def reviewed(self, done: FlowDone, unit: Unit) -> Ending:
        """Keep how a plan went: the newest that has one of the actions that were asked about. What got in the way, and has no line
        in the kit yet, can become one."""
        book, asked = self.books(unit), {*rules.lines(done.answers, "actions")}
        newest = await book.newest(done.person)
        plans = [newest] if newest is not None else []
        if newest is not None and not asked & _whats(newest):
            plans = [plan for plan in await book.of_person(done.person, done.at - 2 * ASKED_FOR) if asked & _whats(plan)]
        if not plans or not ("went" in done.answers or "gap" in done.answers):
            return Ending()
        plan = rules.reviewed(plans[-1], done.answers, done.at)
        await book.keep(plan)
        await self._silence_question(plan, unit)
        review = plan.body.review
        assert review is not None
        await self._pin(done, rules.ifthens(((review.gap, review.then),)), unit)
        pinned = bool(review.then) and done.answers.get("pin") == "yes"
        return views.reviewed(self.texts.of(done.language), left_open=bool(review.gap) and not pinned)

    async def _pin(self, done: FlowDone, lines: tuple[str, ...], unit: Unit) -> None:
        if lines and done.answers.get("pin") == "yes":
            await self._pins(done.person, "ifthens", lines, unit, done.at)

    # Its moments --------------------------------------------------------------------------------------------------------

    async def promise(self, plan: Plan, now: datetime, unit: Unit) -> None:
        zone = await zone_of(await unit.people.get(plan.person), unit)
        if plan.body.reminds:
            await self.promise_note(plan, 0, now, unit)
        if plan.body.asks and plan.body.review is None:
            due = Due(question_key(plan), NOTE, rules.look_back(plan.body, zone), f"{plan.id}.{ASK}")
            await unit.due.add(due, plan.person)

    async def promise_note(self, plan: Plan, n: int, now: datetime, unit: Unit) -> None:
        """Promise the plan's note of this number, or the first after it that is still to come."""
        zone = await zone_of(await unit.people.get(plan.person), unit)
        for number, note in enumerate(rules.notes(plan.body)):
            at = rules.moment(note, zone)
            if number >= n and at > now:
                await unit.due.add(Due(note_key(plan), NOTE, at, f"{plan.id}.{number}"), plan.person)
                return

    async def silence(self, plan: Plan, unit: Unit) -> None:
        """Withdraw all that was promised of a plan."""
        for key in (note_key(plan), question_key(plan)):
            await unit.due.drop(key)
            await unit.outbox.withdraw(key)

    async def _silence_question(self, plan: Plan, unit: Unit) -> None:
        await unit.due.drop(question_key(plan))
        await unit.outbox.withdraw(question_key(plan))

    # Facts --------------------------------------------------------------------------------------------------------------

    def facts(self) -> Mapping[str, Fact]:
        """What flows may ask: `plan` (a check-in asks how it went), `plan_actions` (a review), `live_plan` (a new one); and
        `planreview.gap`, what got in the way of the last one, to be brought in elsewhere."""

        async def plan(person: PersonId, subject: str, unit: Unit, /) -> Sequence[str]:
            found = await self.books(unit).newest(person)
            return _lines(found) if found is not None and rules.is_asked_about(found, self._now()) else ()

        async def plan_actions(person: PersonId, subject: str, unit: Unit, /) -> Sequence[str]:
            found = await self.books(unit).get(subject) if subject else None
            if found is None or found.person != person:
                found = await self.books(unit).newest(person)
            return _lines(found) if found is not None else ()

        async def live_plan(person: PersonId, subject: str, unit: Unit, /) -> Sequence[str]:
            found = await self.books(unit).newest(person)
            if found is None or found.body.review is not None:
                return ()
            zone = await zone_of(await unit.people.get(person), unit)
            return _lines(found) if rules.is_live(found, self._now().astimezone(zone).date()) else ()

        async def gap(person: PersonId, subject: str, unit: Unit, /) -> Sequence[str]:
            found = await self.books(unit).newest(person)
            review = found.body.review if found is not None else None
            return (review.gap,) if review is not None and review.gap else ()

        return {"plan": plan, "plan_actions": plan_actions, "live_plan": live_plan, "planreview.gap": gap}


def note_key(plan: Plan) -> str:
    """The key of the plan's next note, and the slot of its message: a new one takes the place of one that waits."""
    return f"plan.{plan.id}"


def question_key(plan: Plan) -> str:
    return f"plan.{plan.id}.{ASK}"


def _lines(plan: Plan) -> tuple[str, ...]:
    return tuple(action.what for action in plan.body.actions)


def _whats(plan: Plan) -> set[str]:
    return {*_lines(plan)}
