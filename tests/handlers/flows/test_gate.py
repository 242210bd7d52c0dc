"""The gate before a family tool: asked first, asked anew after a month; without a clear no a strict tool is not there at all."""

import pytest
from msgspec.structs import replace

from bot.core.flow import mark
from bot.core.replies import Press
from tests.handlers.flows.driving import labels, text_of
from tests.handlers.flows.later_house import LaterHouse, grow

QUESTION = "Could this make things unsafe at home?"
SAFE, UNSURE, UNSAFE = "No, it is safe", "I am not sure", "Yes, it could"


@pytest.fixture
def house(store, clock, shelf):
    return LaterHouse(store, clock, shelf)


async def through(person, tool: str = "strict", answer: str = SAFE):
    await person.command(tool)
    return await person.tap(answer)


async def a_strict_one(person):
    """Keep one of the strict tool, and return the screen after Keep."""
    await through(person)
    await person.types("he shouts")
    await person.types("at night")
    return await person.tap("Keep")


def forget(house, person) -> None:
    """A month goes by since the answer."""
    said, at = house.gates.said[person.person.id]
    house.gates.said[person.person.id] = (said, at.replace(year=at.year - 1))


# The question


@pytest.mark.parametrize("tool", ["strict", "asked"])
async def test_the_question_comes_first_and_a_clear_no_goes_on_at_once(alice, tool):
    assert QUESTION in text_of(await alice.command(tool))
    assert "What" in text_of(await alice.tap(SAFE))


@pytest.mark.parametrize("answer", [UNSURE, UNSAFE])
async def test_without_a_clear_no_a_strict_one_does_not_open_and_the_other_does(alice, answer):
    screen = await through(alice, "strict", answer)
    assert "What happens?" not in text_of(screen)
    assert QUESTION in text_of(await alice.command("strict"))
    assert "What do you see?" in text_of(await alice.command("asked"))


async def test_where_only_a_clear_no_is_kept_the_question_comes_each_time_and_the_tool_after_any_answer(house, alice):
    house.gates.keeps_only_a_no = True
    assert "What do you see?" in text_of(await through(alice, "asked", UNSURE))
    assert QUESTION in text_of(await alice.command("asked"))
    assert "What do you see?" in text_of(await alice.tap(UNSAFE))


async def test_the_answer_holds_for_other_tools_and_for_thirty_days(house, alice):
    await through(alice)
    assert "What do you see?" in text_of(await alice.command("asked"))
    house.clock.move(days=29)
    assert QUESTION not in text_of(await alice.command("strict"))
    house.clock.move(days=1)
    assert QUESTION in text_of(await alice.command("strict"))
    assert QUESTION in text_of(await alice.command("asked"))


async def test_the_question_is_asked_fresh_and_does_not_wait_in_continue(house, alice):
    await alice.command("strict")
    await alice.tap("Save and stop")
    assert "Nothing is waiting" in text_of(await alice.command("continue"))
    assert QUESTION in text_of(await alice.command("strict"))
    assert await house.under_way(alice) == ["gate"]


async def test_two_taps_on_the_answer_begin_one(house, alice):
    await alice.command("strict")
    press = alice.press_of(SAFE)
    await alice.press(press)
    assert "Nothing was changed" in text_of(await alice.press(press))
    assert await house.under_way(alice) == ["strict"]


async def test_nothing_of_the_question_is_kept_as_an_entry(house, alice):
    await through(alice)
    assert await house.kept(alice) == []
    assert await house.under_way(alice) == ["strict"]


async def test_a_house_without_an_answerer_opens_nothing(house, alice):
    house.gates.said.clear()
    house.ends.clear()
    assert "What happens?" not in text_of(await through(alice))


async def test_the_answer_may_be_typed(house, alice):
    await alice.command("pick")
    house.clock.move(minutes=1)
    await alice.command("strict")
    assert "What happens?" in text_of(await alice.types(SAFE))


# Without a pass nothing of a strict one is reachable


async def test_an_unfinished_one_is_hidden_until_passed_and_is_not_lost(house, alice):
    await through(alice)
    await alice.types("he shouts")
    resume, skip = alice.press_of("Save and stop"), alice.press_of("Skip")
    forget(house, alice)
    assert "Nothing is waiting" in text_of(await alice.command("continue"))
    for press in (resume, skip, replace(resume, action="resume"), replace(resume, action="file")):
        assert "Nothing was changed" in text_of(await alice.press(press))
    for action in house.feature.presses:
        for value in ("", mark("more"), f"{mark('more')}_0", "end", "on"):
            screen = await alice.press(Press("flow", action, resume.subject, value))
            assert "he shouts" not in text_of(screen)
            assert "What else?" not in text_of(screen)
    assert "What else?" in text_of(await through(alice))


async def test_typed_words_do_not_reach_a_hidden_one(house, alice):
    await through(alice)
    forget(house, alice)
    await alice.types("not for this")
    assert "not for this" not in text_of(await through(alice))


async def test_a_hidden_one_is_not_listed_beside_others(house, alice):
    await through(alice)
    await alice.command("pick")
    await alice.command("breath")
    forget(house, alice)
    assert "Strict" not in str(labels(await alice.command("continue")))
    assert len(labels(alice.screen)) == 3


async def test_a_kept_one_cannot_be_reopened_nor_handed_on(house, alice):
    await a_strict_one(alice)
    hand = alice.press_of("Grow it")
    forget(house, alice)
    for action, value in (("reopen", ""), ("hand", "grow"), ("followed", "next"), ("stay", "on"), ("unfollow", "")):
        screen = await alice.press(Press("flow", action, hand.subject, value))
        assert "Nothing was changed" in text_of(screen), action
        assert "he shouts" not in str(screen)
    assert QUESTION in text_of(await alice.command("strict"))
    assert "Go on with" in str(labels(await alice.tap(SAFE)))


async def test_another_tool_does_not_offer_to_go_on_with_it(house, alice):
    house.gates.said[alice.person.id] = ("no", house.clock.now())
    await alice.command("grow")
    await grow(alice)
    assert "Go further" in labels(alice.screen)
    hand = alice.press_of("Go further")
    forget(house, alice)
    assert "Go further" not in labels(await alice.tap("Keep until I delete it"))
    assert "Nothing was changed" in text_of(await alice.press(hand))


async def test_its_lines_are_not_offered(house, alice):
    await a_strict_one(alice)
    await alice.press(Press("aim", "family"))
    await alice.tap("Skip")
    assert "Bring in from Strict" in labels(alice.screen)
    bring = alice.press_of("Bring in from Strict")
    forget(house, alice)
    assert "he shouts" not in str(await alice.press(bring))
    assert "Bring in from Strict" not in labels(alice.screen)


async def test_its_messages_do_not_come(house, alice):
    await a_strict_one(alice)
    forget(house, alice)
    assert await house.time_passes(days=2) == []


async def test_with_a_pass_its_messages_come(house, alice):
    await a_strict_one(alice)
    assert [text_of(post.reply) for post in await house.time_passes(days=1)] == ["A day later."]


async def test_after_an_unsure_answer_what_was_open_is_hidden_at_once(house, alice):
    await through(alice)
    going = alice.press_of("Skip")
    house.gates.said[alice.person.id] = ("unsure", house.clock.now())
    assert "Nothing was changed" in text_of(await alice.press(going))


# What the question was asked for goes on


async def test_what_is_handed_over_waits_for_the_answer(house, alice):
    await alice.command("grow")
    await grow(alice, why="for us")
    assert QUESTION in text_of(await alice.tap("Look closer"))
    assert "for us" in text_of(await alice.tap(SAFE))


async def test_a_kept_one_goes_on_after_the_question(house, alice):
    await a_strict_one(alice)
    forget(house, alice)
    await alice.command("strict")
    assert "Go on with" in str(labels(await alice.tap(SAFE)))


async def test_after_a_restart_between_question_and_answer_it_goes_on(house, alice):
    await alice.command("strict")
    house.restart()
    assert "What happens?" in text_of(await alice.tap(SAFE))


async def test_a_foreign_answer_changes_nothing(house, alice, bob):
    await alice.command("strict")
    press = alice.press_of(SAFE)
    assert "Nothing was changed" in text_of(await bob.press(press))
    assert house.gates.said == {}
