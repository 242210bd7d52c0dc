"""Notes: only where somebody wanted them, in private, each once, and none of a plan that is gone."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.moments import Due
from bot.core.posts import Lane, Post
from bot.core.quiet import quiet_from
from bot.core.replies import Press, To
from handlers.plans.keeping import NOTE
from handlers.reminders.records import Wishes
from tests.handlers.flows.driving import text_of
from tests.handlers.plans.conftest import make_plan


async def at_each(house, days):
    """Return the moments at which something came, over so many days."""
    came: list[tuple[datetime, Post]] = []
    end = house.clock.at + timedelta(days=days)
    while (at := await house.store.due_queue.next_at()) is not None and at <= end:
        came.extend((house.clock.at, post) for post in await house.time_passes(seconds=(at - house.clock.at).total_seconds()))
    house.clock.at = end
    return came


async def test_no_is_plain_and_nothing_comes(house, ana):
    await make_plan(ana, "Walk", days=["Wed"], hours=["7 pm"])
    assert await house.time_passes(days=12) == []


async def test_a_note_comes_at_its_hour_and_names_nothing(house, ana):
    await make_plan(ana, "Walk past the bar", days=["Wed"], hours=["7 pm"], remind="At these times")
    [(at, post)] = await at_each(house, 12)
    assert at == datetime(2026, 12, 2, 19, 0, tzinfo=UTC)
    assert (post.lane, post.reply.to) == (Lane.PRIVATE, To.PRIVATE)
    assert text_of(post.reply) == "You asked me to write at this time."


async def test_each_day_has_its_own_new_message(house, ana):
    await make_plan(ana, "Walk", days=["Every day"], hours=["9 am"], remind="At these times")
    came = await at_each(house, 12)
    assert [at.day for at, _ in came] == [2, 3, 4, 5, 6, 7, 8]
    assert {at.hour for at, _ in came} == {9}
    assert house.edited == [None] * 7


async def test_the_hour_is_that_of_the_persons_own_clocks_even_after_a_journey(house, ana):
    await house.live_in(ana, "Europe/Berlin")
    await make_plan(ana, "Walk", days=["Wed", "Thu"][:1], hours=["9 am"], remind="At these times")
    await house.live_in(ana, "America/New_York")
    [(at, _)] = await at_each(house, 12)
    assert at == datetime(2026, 12, 2, 14, 0, tzinfo=UTC)


async def test_the_question_comes_once_after_the_seven_days(house, ana):
    await make_plan(ana, "Walk", days=["Wed"], hours=["9 am"], remind="Once, at the end")
    [(at, post)] = await at_each(house, 20)
    assert at == datetime(2026, 12, 8, 18, 0, tzinfo=UTC)
    await ana.press(post.reply.buttons[0][0].press)
    assert "This was in your last plan" in text_of(ana.screen)


async def test_quiet_hours_are_kept_and_a_pause_too(house, ana):
    house.wishes = Wishes(quiet=quiet_from("22:00-10:00"))
    await make_plan(ana, "Walk", days=["Wed"], hours=["9 am"], remind="At these times")
    assert await house.time_passes(hours=15) == []  # it is 9:00
    house.clock.move(hours=1)
    [post] = await house.sent()
    assert post.not_before == datetime(2026, 12, 2, 10, 0, tzinfo=UTC)

    house.wishes = Wishes(quiet=None, paused_until=house.clock.now() + timedelta(days=30))
    await make_plan(ana, "Rest", days=["Thu"], hours=["9 am"], remind="Both")
    assert await house.time_passes(days=12) == []


async def test_a_new_plan_silences_the_old_one(house, ana):
    await make_plan(ana, "Old", days=["Wed"], hours=["9 am"], remind="Both")
    await make_plan(ana, "New", days=["Thu"], hours=["9 am"], remind="At these times")
    assert [at.day for at, _ in await at_each(house, 12)] == [3]


async def test_a_tap_stops_them(house, ana):
    await make_plan(ana, "Walk", days=["Every day"], hours=["9 am"], remind="Both")
    [post] = await house.time_passes(days=1)
    await ana.press(post.reply.buttons[0][1].press)
    assert text_of(ana.screen) == "No more notes about this plan."
    assert await house.time_passes(days=12) == []


async def test_it_comes_once_also_when_the_process_was_killed_between(house, ana):
    await make_plan(ana, "Walk", days=["Wed"], hours=["9 am"], remind="At these times")
    [plan] = await house.plans_of(ana)
    due = Due(f"plan.{plan.id}", NOTE, datetime(2026, 12, 2, 9, 0, tzinfo=UTC), f"{plan.id}.0")
    house.clock.at = due.at

    async def killed(unit):
        await house.feature.jobs[NOTE](due, due.at, unit)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await house.store.transact(killed)
    assert len(await house.time_passes(seconds=1)) == 1
    await house.store.transact(lambda unit: house.feature.jobs[NOTE](due, due.at, unit))  # a claim that was taken twice
    assert await house.sent() == []


async def test_after_a_long_sleep_only_what_is_still_of_use_comes(house, ana):
    await make_plan(ana, "Walk", days=["Every day"], hours=["9 am"], remind="At these times")
    house.clock.move(days=3)  # 18:00 on Friday: three notes were missed
    assert await house.moments() == []
    assert [at.day for at, _ in await at_each(house, 12)] == [5, 6, 7, 8]


async def test_a_forgotten_plans_moment_is_no_harm(house):
    due = Due("plan.x", NOTE, house.clock.now(), "x.0")
    await house.store.transact(lambda unit: house.feature.jobs[NOTE](due, due.at, unit))
    assert await house.sent() == []


async def test_a_reviewed_plan_is_not_asked_about_again(house, ana):
    await make_plan(ana, "Walk", days=["Wed"], hours=["9 am"], remind="Once, at the end")
    house.clock.move(days=2)
    await ana.press(Press("plans", "look"))
    await ana.tap("How did it go?", "Next", "Done", "Skip", "Keep")
    assert await house.time_passes(days=12) == []
