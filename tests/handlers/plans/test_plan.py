"""The 7-day plan: two screens are enough; closer, each thing has its day and hour, and what could get in the way."""

from bot.core.replies import Press
from bot.core.richtext import plain_block
from tests.handlers.flows.driving import labels, text_of
from tests.handlers.plans.conftest import make_plan


async def test_one_thing_and_that_is_enough(house, ana):
    await ana.command("plan")
    await ana.types("Walk before work")
    await ana.tap("Done")
    assert "That can be enough" in text_of(ana.screen)
    await ana.tap("That is enough")
    shown = text_of(ana.screen)
    assert "My next 7 days" in shown
    assert "Walk before work" in shown
    assert "!" not in shown
    await ana.tap("Keep")
    assert "Only you see it" in text_of(ana.screen)
    [plan] = await house.plans_of(ana)
    assert [action.what for action in plan.body.actions] == ["Walk before work"]
    assert await ana.entries() == []
    assert await house.time_passes(days=10) == []


async def test_closer_it_has_days_hours_and_what_could_get_in_the_way(house, ana):
    await ana.command("plan")
    await ana.says("Walk", "Call Ben")
    await ana.tap("Done", "Plan it closer")
    await ana.tells("Wed", "Every day", "7 am", "Any time")
    await ana.types("It rains")
    await ana.tap("Done")
    await ana.tells("Walk in the mall")
    await ana.tap("Yes, into my kit")
    await ana.types("Ben")
    await ana.tap("5")
    await ana.types("With Ben")
    await ana.tap("No")
    picture = ana.screen.picture
    assert picture is not None
    assert len(picture.labels) == 7
    assert ("7:00\u202fAM", "Walk") in picture.rows
    assert len(picture.rows) == 8
    await ana.tap("Keep")
    [plan] = await house.plans_of(ana)
    walk, call = plan.body.actions
    assert [day.isoformat() for day in walk.days] == ["2026-12-02"]
    assert len(call.days) == 7
    assert (plan.body.gaps, plan.body.helper, plan.body.sure, plan.body.easier) == (
        (("It rains", "Walk in the mall"),),
        "Ben",
        5,
        "With Ben",
    )
    assert (await house.kit_of(ana)).ifthens == ("It rains → Walk in the mall",)


async def test_without_a_yes_nothing_goes_into_the_kit(house, ana):
    await ana.command("plan")
    await ana.types("Walk")
    await ana.tap("Done", "Plan it closer", "Skip")
    await ana.types("It rains")
    await ana.tap("Done")
    await ana.tells("The mall")
    await ana.tap("No", "Skip", "Skip")
    assert "Shall I ask you once" in text_of(ana.screen)  # it has no times to write at
    await ana.tap("No", "Keep")
    assert (await house.kit_of(ana)).ifthens == ()


async def test_a_sudden_stop_is_spoken_of_before_anything_is_asked(ana):
    """Must 7: the withdrawal line comes before any day is chosen."""
    first = text_of(await ana.command("plan"))
    assert "see a doctor first" in first
    assert "Mon" not in labels(ana.screen)


async def test_the_button_of_a_message_goes_on_with_what_was_begun(ana):
    await ana.press(Press("plan", "start"))
    await ana.types("Walk")
    assert "Walk" in text_of(await ana.press(Press("plan", "start")))


async def test_a_plan_begun_days_ago_does_not_stand_in_the_way(ana):
    await ana.command("plan")
    await ana.types("Old")
    ana.house.clock.move(days=2)
    assert "Old" not in text_of(await ana.command("plan"))


async def test_the_plan_that_is_live_is_shown_first_and_opens_as_a_week(house, ana):
    await make_plan(ana, "Walk", days=["Wed"], hours=["7 pm"])
    assert "Walk" in text_of(await ana.command("week"))
    await ana.tap("Open it")
    shown = text_of(ana.screen)
    assert "Walk: Wed, Dec 2, 7:00\u202fPM" in shown
    picture = ana.screen.picture
    assert picture is not None
    assert [plain_block(block) for block in picture.twin] == ["• Walk: Wed, Dec 2, 7:00\u202fPM"]
    assert (picture.points, picture.rows, picture.labels[1]) == (((1.0, 0.0),), (("7:00\u202fPM", "Walk"),), "2 Wed")
    house.clock.move(days=8)
    assert "What is one thing" in text_of(await ana.command("plan"))


async def test_a_deleted_plan_is_gone_with_its_notes(house, ana):
    await make_plan(ana, "Walk", days=["Wed"], hours=["7 pm"], remind="Both")
    await ana.press(Press("plans", "look"))
    await ana.tap("Delete it")
    assert len(await house.plans_of(ana)) == 1
    await ana.tap("Delete it")
    assert await house.plans_of(ana) == []
    assert await house.time_passes(days=10) == []


async def test_anothers_plan_is_answered_as_a_missing_one(house, ana, ben):
    await make_plan(ana, "Walk", days=["Wed"], hours=["7 pm"], remind="Both")
    [plan] = await house.plans_of(ana)
    missing = await ben.press(Press("plans", "look", "0" * 32))
    for action in ("look", "review", "calendar", "file", "quiet", "delete", "drop"):
        assert await ben.press(Press("plans", action, plan.id)) == missing
    assert [one.body.reminds for one in await house.plans_of(ana)] == [True]
