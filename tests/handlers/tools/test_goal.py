"""A goal asks for the part that is missing and for no other, and hands its first step and itself on."""

import pytest

from tests.handlers.flows.driving import labels, text_of


async def test_the_line_about_stopping_suddenly_stands_before_a_day_is_set(alice):
    assert "A sudden stop can be dangerous" in text_of(await alice.command("goal"))


@pytest.mark.parametrize(("aim", "asks"), [("Walk 3 times a week", "By which day"), ("Be calmer", "How could you tell")])
async def test_a_goal_with_a_number_is_not_asked_for_one(alice, aim, asks):
    await alice.command("goal")
    assert asks in text_of(await alice.types(aim))


@pytest.mark.parametrize(("sure", "asks"), [("6", "What smaller version"), ("7", "Which steps lead there")])
async def test_only_an_unsure_one_is_asked_for_a_smaller_one(alice, sure, asks):
    await alice.command("goal")
    await alice.types("Walk 3 times a week")
    assert asks in text_of(await alice.tap("Tomorrow", sure))


async def _made(alice, *last):
    await alice.command("goal")
    await alice.types("Walk 3 times a week")
    await alice.tap("In a month", "8")
    await alice.types("Buy shoes\nAsk Kim")
    await alice.tap("Done", "Ask Kim", "Health", "Done", *last, "Keep")


async def test_its_first_step_goes_into_the_next_seven_days(alice):
    await _made(alice, "No")
    assert "Ask Kim" in text_of(await alice.tap("Put the first step into the next 7 days"))


async def test_how_it_goes_is_asked_on_the_chosen_day_with_its_own_steps(house, alice):
    await _made(alice, "Yes, on a day I choose", "In a week")
    posts = await house.time_passes(days=8)
    assert len(posts) == 1
    assert "Walk" not in text_of(posts[0].reply)
    alice.screen = posts[0].reply
    assert "Walk 3 times a week" in text_of(await alice.tap("Look at it"))
    await alice.tap("Leave as it is")
    screen = await alice.tap("Done")
    assert "Which of them are done" in text_of(screen)
    assert {"Buy shoes", "Ask Kim"} <= set(labels(screen))
    await alice.tap("Ask Kim", "Done", "4", "Skip")
    assert {"Go on with it", "Change it", "It is reached", "Let it rest"} <= set(labels(alice.screen))
    assert "Keep" in labels(await alice.tap("Let it rest"))


async def test_an_answer_to_the_five_questions_becomes_a_goal(alice):
    await alice.command("questions")
    await alice.tap("Skip", "Skip", "Skip")
    await alice.types("Go out twice a day")
    await alice.tap("Skip", "Keep", "Make a goal of what I could do")
    assert "Go out twice a day" in text_of(alice.screen)
