"""Plans for seven days, on both databases."""

from datetime import date, time, timedelta

from bot.core.ids import new_id
from handlers.plans.records import KEPT_DAYS, Action, Plan, PlanBody, Review
from storage.plans import Plans
from storage.privacy import PersonalRows, prune
from storage.tables.plans import plans
from tests.storage.people import BEN, meet

CANARY = "walk past the bakery"
DAY = date(2026, 12, 2)


def plan_of(person, at, what=CANARY):
    return Plan(new_id(), person.id, at, PlanBody(DAY, (Action(what, (DAY,), time(18)),), (("rain", "the mall"),), "Sam", 7))


async def test_a_plan_is_read_as_it_was_kept_and_takes_its_review(store, clock):
    ana = await meet(store, clock)
    plan = plan_of(ana, clock.now())
    looked_back = Plan(plan.id, ana.id, plan.at, PlanBody(DAY, plan.body.actions, review=Review(clock.now(), {CANARY: "done"})))

    async def work(unit):
        book = Plans(unit)
        await book.keep(plan)
        assert await book.get(plan.id) == plan
        await book.keep(looked_back)
        assert await book.newest(ana.id) == looked_back
        await book.drop(plan.id)
        return await book.get(plan.id), await book.newest(ana.id)

    assert await store.transact(work) == (None, None)


async def test_the_newest_is_the_persons_own(store, clock):
    ana, ben = await meet(store, clock), await meet(store, clock, BEN)

    async def work(unit):
        book = Plans(unit)
        for n, person in enumerate((ana, ana, ben)):
            await book.keep(plan_of(person, clock.now() + timedelta(hours=n), f"plan {n}"))
        newest = await book.newest(ana.id)
        found = await book.of_person(ana.id, clock.now() + timedelta(minutes=1))
        assert newest is not None
        return newest.body.actions[0].what, [plan.body.actions[0].what for plan in found]

    assert await store.transact(work) == ("plan 1", ["plan 1"])


async def test_words_are_on_the_disk_only_sealed(store, clock):
    ana = await meet(store, clock)

    async def work(unit):
        await Plans(unit).keep(plan_of(ana, clock.now()))
        return [row["body"] for row in await unit.rows(plans.select())]

    [body] = await store.transact(work)
    assert CANARY.encode() not in body


async def test_it_is_exported_goes_after_its_days_and_with_the_person(store, clock):
    ana = await meet(store, clock)
    await store.transact(lambda unit: Plans(unit).keep(plan_of(ana, clock.now())))
    exported = await store.transact(lambda unit: PersonalRows(unit).export(ana.id))
    assert CANARY in str(exported["plans"])
    await prune(store, clock.now() + timedelta(days=KEPT_DAYS - 1))
    assert await store.transact(lambda unit: Plans(unit).newest(ana.id)) is not None
    await prune(store, clock.now() + timedelta(days=KEPT_DAYS + 1))
    assert await store.transact(lambda unit: Plans(unit).newest(ana.id)) is None
    await store.transact(lambda unit: Plans(unit).keep(plan_of(ana, clock.now())))
    await store.transact(lambda unit: PersonalRows(unit).erase(ana.id, clock.now()))
    assert await store.transact(lambda unit: unit.rows(plans.select())) == []
