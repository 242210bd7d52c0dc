"""Problem solving, ideas and if-then lines: from many ways to one small step."""

from tests.handlers.flows.driving import labels, text_of


async def test_ways_are_weighed_one_is_chosen_and_its_first_step_goes_to_the_plan(alice):
    await alice.command("problem")
    await alice.says("The rent is late")
    await alice.tap("Yes", "Yes", "Yes")
    await alice.says("call them", "borrow")
    await alice.tap("Done", "Little", "Much", "Much", "Some")
    said = text_of(await alice.tap("call them"))
    assert "A sudden stop can be dangerous" in said
    await alice.says("call on Monday")
    await alice.tap("No, thank you", "Keep")
    assert "call on Monday" in text_of(await alice.tap("Put the step in my 7 days"))


async def test_what_is_not_in_my_hands_leads_to_the_part_that_is(alice):
    await alice.command("solve")
    await alice.says("He drinks")
    assert "Which part of it is?" in text_of(await alice.tap("Partly", "Yes", "No"))
    await alice.command("solve")


async def test_who_wants_is_asked_on_a_day_how_it_went(house, alice):
    await alice.command("solve")
    await alice.says("The rent is late")
    await alice.tap("Yes", "Yes", "Yes", "Skip", "Skip", "Yes", "In 3 days", "Keep")
    [post] = await house.time_passes(days=3)
    assert "rent" not in text_of(post.reply)
    alice.screen = post.reply
    assert "How did it go?" in text_of(await alice.tap("Tell"))


async def test_ideas_written_while_the_time_runs_are_there_to_choose_from(house, alice):
    await alice.command("ideas")
    await alice.says("How could I spend Friday?")
    await alice.tap("3 min")
    for idea in ("walk", "cinema", "call Kim", "cook", "walk"):
        await alice.types(idea)
    posts = await house.time_passes(seconds=181)
    alice.screen = posts[-1].reply
    assert "Take out what stands there twice" in text_of(alice.screen)
    await alice.tap("Done", "walk", "cook", "Done")
    assert not alice.has("cinema")
    await alice.tap("cook", "Keep")
    assert {"Put it in my 7 days", "Weigh effort and benefit"} <= {*labels(alice.screen)}
    assert "cook" in text_of(await alice.tap("Put it in my 7 days"))


async def test_the_film_runs_on_to_the_morning_and_ends_in_if_then_lines(alice):
    await alice.command("tape")
    await alice.tap("With the film")
    await alice.says("Friday", "warm", "more", "sick", "fresh")
    await alice.tap("Someone offers", "Done")
    screen = await alice.says("I say no and get water")
    assert "Yes, to my kit" in labels(screen)
    assert "Someone offers: I say no and get water" in text_of(await alice.tap("Yes, to my kit"))


async def test_only_a_hard_trigger_is_asked_for_an_answer(alice):
    await alice.command("risks")
    await alice.tap("Being alone", "Done", "Payday", "Done", "Skip", "Low", "High")
    assert "Payday" in text_of(alice.screen)
    assert "Being alone" not in text_of(alice.screen)
    screen = await alice.says("I pay the rent first")
    assert "Yes, to my kit" in labels(screen)


async def test_before_a_known_hard_time_the_answer_is_one_tap_away(house, alice):
    await alice.command("triggers")
    await alice.tap("Skip", "Payday", "Done", "Skip", "High")
    await alice.says("I pay the rent first")
    await alice.tap("No", "Yes, remind me", "Tomorrow", "6:00 PM", "Keep")
    [post] = await house.time_passes(days=1)
    assert "Payday" not in text_of(post.reply)
    alice.screen = post.reply
    screen = await alice.tap("Look")
    assert screen.buttons[0][0].press is not None
    assert screen.buttons[0][0].press.feature == "urge"
