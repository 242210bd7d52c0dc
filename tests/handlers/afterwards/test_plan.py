"""The 7-day plan: one thing, its days, what could come between, in a minute; kept as other tools are."""

import pytest

from bot.core.replies import Press
from tests.handlers.flows.driving import House, labels, text_of
from tests.stores import storage_for_tests


@pytest.fixture
async def ana(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as store:
        yield await House(store, clock).person("ana")


async def test_four_questions_at_most_and_the_end_shows_it(ana):
    await ana.command("plan")
    assert "1 of 4" in text_of(ana.screen)
    await ana.types("Walk before work")
    await ana.tap("Mon", "Wed", "Done")
    await ana.types("It rains")
    await ana.types("Walk in the mall")
    shown = text_of(ana.screen)
    assert "My next 7 days" in shown
    for piece in ("Walk before work", "Mon, Wed", "It rains", "Walk in the mall"):
        assert piece in shown
    assert "!" not in shown
    await ana.tap("Keep")
    assert await ana.entries() == [
        {"tool": "plan", "thing": "Walk before work", "days": ["mon", "wed"], "gap": "It rains", "then": "Walk in the mall"}
    ]


async def test_what_could_come_between_may_be_skipped(ana):
    await ana.command("plan")
    await ana.types("Call Ben")
    await ana.tap("Done", "Skip", "Skip", "Keep")
    [entry] = await ana.entries()
    assert entry["thing"] == "Call Ben"


async def test_a_sudden_stop_is_spoken_of_before_anything_is_asked(ana):
    """Must 7: the withdrawal line comes before any day is chosen."""
    first = text_of(await ana.command("plan"))
    assert "see a doctor first" in first
    assert "Mon" not in labels(ana.screen)


async def test_the_button_of_a_message_goes_on_with_what_was_begun(ana):
    await ana.press(Press("plan", "start"))
    await ana.types("Walk")
    assert "On which days?" in text_of(await ana.press(Press("plan", "start")))


async def test_a_plan_begun_days_ago_does_not_stand_in_the_way(ana):
    await ana.command("plan")
    await ana.types("Old")
    ana.house.clock.move(days=2)
    await ana.command("plan")
    assert "What is one thing" in text_of(ana.screen)
