"""How did the plan go? Asked once at the next check-in, or when somebody wants to; nothing is counted against anybody."""

import pytest

from bot.core.replies import Press
from tests.handlers.flows.driving import fits, labels, text_of
from tests.handlers.plans.conftest import make_plan


async def check_in(ana, *taps):
    await ana.press(Press("checkin", "open"))
    return await ana.tap("7", "Skip", "Skip", *taps)


async def test_the_next_check_in_asks_about_each_thing(house, ana):
    await make_plan(ana, "Walk", "Call Ben")
    house.clock.move(days=6)
    await check_in(ana)
    shown = text_of(ana.screen)
    assert "Walk" in shown
    assert "Call Ben" in shown
    await ana.tap("Next", "Done", "Changed")
    await ana.types("It rained")
    await ana.types("Walk in the mall")
    await ana.tap("Yes, into my kit", "Save")
    assert "Would you like a new plan? /plan begins one." in text_of(ana.screen)
    [plan] = await house.plans_of(ana)
    review = plan.body.review
    assert review is not None
    assert (review.went, review.gap, review.then) == ({"Walk": "done", "Call Ben": "changed"}, "It rained", "Walk in the mall")
    assert (await house.kit_of(ana)).ifthens == ("It rained → Walk in the mall",)

    house.clock.move(days=1)
    await check_in(ana)
    assert "Your check-in" in text_of(ana.screen)  # it is asked once


async def test_on_the_evening_of_the_plan_nobody_asks(house, ana):
    await make_plan(ana, "Walk")
    house.clock.move(hours=1)
    await check_in(ana)
    assert "Your check-in" in text_of(ana.screen)


async def test_everything_of_it_may_be_skipped(house, ana):
    await make_plan(ana, "Walk")
    house.clock.move(days=6)
    await check_in(ana, "Next", "Skip", "Skip", "Save")
    assert "Saved." in text_of(ana.screen)
    [plan] = await house.plans_of(ana)
    assert plan.body.review is None


async def test_alone_it_is_kept_too_and_the_plan_shows_it(house, ana):
    await make_plan(ana, "Walk", days=["Wed"], hours=["7 pm"])
    house.clock.move(days=2)
    await ana.press(Press("plans", "look"))
    await ana.tap("How did it go?", "Next", "Not", "Skip", "Keep")
    assert "Walk: not" in text_of(await ana.press(Press("plans", "look")))
    assert "What is one thing" in text_of(await ana.command("plan"))  # it is no longer the live one


async def test_no_answer_is_praised_or_blamed(house, ana):
    await make_plan(ana, "Walk")
    for answer in ("Done", "Not"):
        house.clock.move(days=1)
        [plan] = await house.plans_of(ana)
        await ana.press(Press("plans", "review", plan.id))
        await ana.tap("Next", answer, "Skip")
        summary = text_of(ana.screen)
        await ana.tap("Keep")
        assert text_of(ana.screen) == "Saved. Only you see it.\nWould you like a new plan? /plan begins one."
        assert "!" not in summary


@pytest.mark.parametrize("asked_in", ["checkin", "planreview"])
async def test_what_got_in_the_way_can_become_an_if_then_line(house, ana, asked_in):
    await make_plan(ana, "Walk")
    house.clock.move(days=6)
    if asked_in == "checkin":
        await check_in(ana, "Next", "Partly")
    else:
        [plan] = await house.plans_of(ana)
        await ana.press(Press("plans", "review", plan.id))
        await ana.tap("Next", "Partly")
    await ana.types("It rained")
    await ana.tap("Skip", "Save" if asked_in == "checkin" else "Keep")
    [plan] = await house.plans_of(ana)
    assert plan.body.review.went == {"Walk": "partly"}
    assert "You can make a line of it" in text_of(ana.screen)
    fits(ana.screen)
    await ana.tap("Make an if-then of it", "With if-then lines", "Bring in from How did the plan go?")
    assert "It rained" in text_of(ana.screen)


async def test_with_a_line_in_the_kit_nothing_more_is_offered(house, ana):
    await make_plan(ana, "Walk")
    house.clock.move(days=6)
    await check_in(ana, "Next", "Not")
    await ana.types("It rained")
    await ana.types("Walk in the mall")
    await ana.tap("Yes, into my kit", "Save")
    assert not ana.has("Make an if-then of it")


async def test_nobody_brings_in_what_got_in_anothers_way(house, ana, ben):
    await make_plan(ana, "Walk")
    house.clock.move(days=6)
    await check_in(ana, "Next", "Not")
    await ana.types("It rained")
    await ana.tap("Skip", "Save")
    await ben.command("ifthen")
    await ben.tap("With if-then lines")
    assert not any(label.startswith("Bring in") for label in labels(ben.screen))


async def test_a_plan_deleted_meanwhile_leaves_nothing_to_keep(house, ana):
    await make_plan(ana, "Walk")
    house.clock.move(days=6)
    await check_in(ana, "Next")
    [plan] = await house.plans_of(ana)
    await ana.house.store.transact(lambda unit: house.keeper.books(unit).drop(plan.id))
    await ana.tap("Done", "Skip", "Save")
    assert "Saved." in text_of(ana.screen)
    assert await house.plans_of(ana) == []


async def test_ana_is_never_asked_about_bens_plan(house, ana, ben):
    await make_plan(ben, "Bens secret")
    house.clock.move(days=6)
    await check_in(ana)
    assert "Bens secret" not in text_of(ana.screen)
