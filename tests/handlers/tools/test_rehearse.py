"""A hard moment, practised: they ask, and press twice more, mildly; then a reminder, and the question how it went."""

import pytest

from tests.handlers.flows.driving import text_of


async def practised(alice, kind):
    """Answer the three times that somebody asks; return what was said to the person."""
    await alice.command("rehearse")
    await alice.fills(situation="a wedding", who="U", says="Have one with me")
    heard = [text_of(await alice.tap("Done", kind))]
    return [*heard, *[text_of(await alice.says(answer)) for answer in ("no, thanks", "no", "I am driving")]]


@pytest.mark.parametrize("kind", ["“Just one”", "“Everyone does”", "“Do it for me”", "They push my limit"])
async def test_they_press_twice_and_the_best_answer_is_chosen(alice, kind):
    first, second, third, best = await practised(alice, kind)
    assert "Have one with me" in first
    assert second.startswith("“")
    assert third.startswith("“")
    assert second != third
    assert all(answer in best for answer in ("no, thanks", "no", "I am driving"))
    await alice.tap("I am driving")
    await alice.fills(leave="a taxi at ten", plan="if he insists, I dance")
    screen = await alice.tap("Done", "No", "No, thank you")
    assert "My best line: I am driving" in text_of(screen)
    assert "My way out: a taxi at ten" in text_of(screen)


async def test_who_wants_sees_it_before_and_is_asked_afterwards(house, alice):
    await practised(alice, "“Just one”")
    await alice.tap("I am driving")
    await alice.fills(leave="a taxi at ten")
    await alice.tap("Done", "Yes", "Tomorrow", "6:00 PM", "In 3 days", "Keep")
    [before] = await house.time_passes(hours=25)
    assert "wedding" not in text_of(before.reply)
    alice.screen = before.reply
    assert "I am driving" in text_of(await alice.tap("Show it"))
    assert "a taxi at ten" in text_of(await alice.tap("Next"))
    await alice.tap("Next", "Close")
    [after] = await house.time_passes(days=2)
    alice.screen = after.reply
    assert "How did it go?" in text_of(await alice.tap("Tell"))


async def test_who_does_not_want_it_is_not_written_to(house, alice):
    await practised(alice, "“Just one”")
    await alice.tap("I am driving", "Skip", "No, thank you", "Keep")
    assert await house.time_passes(days=10) == []


async def test_a_limit_that_was_prepared_is_handed_over_to_be_practised(alice):
    await alice.command("boundary")
    await alice.says("J", "I leave when there is shouting", "peace", "speak calmly", "I go", "my sister")
    await alice.tap("On a walk", "Keep")
    said = text_of(await alice.tap("Practise it once"))
    assert "The moment: I leave when there is shouting" in said
    assert "Who: J" in said
