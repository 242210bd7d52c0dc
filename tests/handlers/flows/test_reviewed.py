"""A goal's log: each look at it with its day, how many steps were done, how far it was. No verdict, and nothing resets."""

from bot.core.replies import Press
from bot.core.richtext import Meter, plain
from storage.entries import Entries
from tests.handlers.flows.driving import labels, text_of

STEPS = ("call", "book", "go")


def bars(screen):
    return [(plain(block.label), block.done, block.whole) for block in screen.blocks if isinstance(block, Meter)]


async def a_goal(person, aim="swim 2 times", steps=STEPS):
    await person.command("goal")
    if person.has("A new one"):
        await person.tap("A new one")
    await person.says(aim)
    await person.tap("Skip", "8")
    await person.says(*steps)
    await person.tap("Done")
    while not person.has("Keep"):
        await person.tap(next(label for label in labels(person.screen) if label in ("Skip", "No", "Done")))
    return await person.tap("Keep")


async def looked_at(person, far, *done, more=(), on="Go on with it", **remind):
    """Go through a look that has begun, to its summary."""
    await person.tap("Leave as it is")
    await person.says(*more)
    await person.tap("Done")
    for step in done:
        await person.tap(step)
    await person.tap("Done", far, "Skip", on, "Skip")
    if remind:
        return await person.tap("Yes, on a day I choose", "In a week")
    return await person.tap("No")


async def goals(house, who):
    """Return the goals, those that were looked at last: kept at the same moment they have no order of their own."""
    kept = await house.store.transact(lambda unit: Entries(unit).all_of(who.person.id, "goal", ""))
    return sorted(kept, key=lambda goal: len(goal.looks))


async def test_the_end_of_a_look_shows_the_steps_that_are_done_as_a_bar(alice):
    await a_goal(alice)
    assert bars(await alice.tap("See how far it is")) == []
    screen = await looked_at(alice, "4", "call")
    assert bars(screen) == [("1 of 3 steps done", 1, 3)]
    assert "Looked at again" not in text_of(screen)  # it is the first


async def test_each_look_stands_in_the_goals_log(alice, house):
    await a_goal(alice)
    await alice.tap("See how far it is")
    await looked_at(alice, "4", "call")
    await alice.tap("Keep")
    await house.time_passes(days=7)
    await alice.command("goal")
    screen = await alice.tap("Go on with swim 2 times")
    assert bars(screen) == [("1 of 3 steps done", 1, 3)]
    assert "Looked at again:\n• Dec 1, 2026: 1 of 3 steps done, 4 of 10" in text_of(screen)
    (goal,) = await goals(house, alice)
    assert [(look.done, look.whole, look.far) for look in goal.looks] == [(1, 3, 4)]


async def test_the_next_look_knows_what_is_done_and_shows_the_ones_before(alice, house):
    await a_goal(alice)
    (goal,) = await goals(house, alice)
    await alice.tap("See how far it is")
    await looked_at(alice, "4", "call")
    await alice.tap("Keep")
    await house.time_passes(days=7)
    await alice.press(Press("flow", "stay", goal.id, "on"))  # the goal's last screen again
    await alice.tap("See how far it is")
    assert bars(alice.screen) == [("1 of 3 steps done", 1, 3)]
    screen = await looked_at(alice, "7", "book")
    assert bars(screen) == [("2 of 3 steps done", 2, 3)]
    assert "• Dec 1, 2026: 1 of 3 steps done, 4 of 10\n• Now: 2 of 3 steps done, 7 of 10" in text_of(screen)


async def test_a_step_that_came_to_it_is_a_step_of_the_goal(alice, house):
    await a_goal(alice)
    await alice.tap("See how far it is")
    await looked_at(alice, "4", "call", more=("rest",))
    await alice.tap("Keep")
    (goal,) = await goals(house, alice)
    assert goal.answers["steps"] == [*STEPS, "rest"]
    assert goal.looks[0].whole == 4


async def test_a_look_that_a_reminder_of_a_look_began_is_of_the_same_goal(alice, house):
    await a_goal(alice)
    await a_goal(alice, "read 3 books", ("choose", "begin"))
    await alice.tap("See how far it is")
    await looked_at(alice, "2", "choose", remind=True)
    await alice.tap("Keep")
    (post,) = await house.time_passes(days=8)
    alice.screen = post.reply
    await alice.tap("Look at it")
    assert bars(alice.screen) == [("1 of 2 steps done", 1, 2)]
    await looked_at(alice, "9", "begin")
    await alice.tap("Keep")
    swim, read = await goals(house, alice)
    assert [look.far for look in read.looks] == [2, 9]
    assert swim.looks == ()


async def test_gone_on_with_the_goal_keeps_its_log(alice, house):
    await a_goal(alice)
    await alice.tap("See how far it is")
    await looked_at(alice, "4", "call")
    await alice.tap("Keep")
    await alice.command("goal")
    await alice.tap("Go on with swim 2 times")
    while not alice.has("Keep"):
        await alice.tap(next(label for label in labels(alice.screen) if label in ("Leave as it is", "Done", "Skip", "No")))
    assert bars(alice.screen) == [("1 of 3 steps done", 1, 3)]
    await alice.tap("Keep")
    (goal,) = await goals(house, alice)
    assert len(goal.looks) == 1


async def test_when_the_goal_is_gone_the_look_is_kept_all_the_same(alice, house):
    await a_goal(alice)
    (goal,) = await goals(house, alice)
    await alice.tap("See how far it is")
    await house.store.transact(lambda unit: Entries(unit).drop(goal.id, alice.person.id))
    await looked_at(alice, "4", "call")
    await alice.tap("Keep")
    assert [entry["tool"] for entry in await alice.entries()] == ["goalreview"]


async def test_the_log_is_on_paper_and_in_the_text_too(alice, house):
    await a_goal(alice)
    await alice.tap("See how far it is")
    await looked_at(alice, "4", "call")
    await alice.tap("Keep")
    await alice.command("goal")
    await alice.tap("Look, or delete", "swim 2 times")
    assert bars(alice.screen) == [("1 of 3 steps done", 1, 3)]
    screen = await alice.tap("Send me a file", "Plain text")
    assert screen.file is not None
    assert "1 of 3 steps done, 4 of 10" in screen.file.content.decode()
