"""A plan for a change: the line about stopping suddenly comes where it may matter, and questions only where a part is missing."""

import pytest

from tests.handlers.flows.driving import labels, text_of

CARE = "A sudden stop can be dangerous"


@pytest.mark.parametrize("way", ["Stop", "Do less of it", "Not decided yet", "Skip"])
async def test_who_may_want_to_stop_sees_the_line_about_it_before_anything_is_planned(alice, way):
    await alice.command("changeplan")
    await alice.types("Less wine")
    assert CARE in text_of(await alice.tap(way))
    assert "How much does this change matter" in text_of(await alice.tap("Next"))


@pytest.mark.parametrize("way", ["Make it safer", "Something else"])
async def test_it_is_not_said_where_it_does_not_fit(alice, way):
    await alice.command("changeplan")
    await alice.types("More sleep")
    assert "How much does this change matter" in text_of(await alice.tap(way))


@pytest.mark.parametrize(("confidence", "asks"), [("6", "one higher"), ("7", "Why do you want it"), ("Skip", "Why do you want it")])
async def test_only_who_is_not_sure_is_asked_what_would_make_them_surer(alice, confidence, asks):
    await alice.command("changeplan")
    assert asks in text_of(await alice.tap("Skip", "Make it safer", "8", confidence))


async def test_what_gets_in_the_way_becomes_if_then_lines(alice):
    await alice.command("changeplan")
    await alice.tap("Skip", "Make it safer", "8", "8", "Skip", "Skip", "Yes, add that", "Skip")
    await alice.types("Friday nights\nPayday")
    assert "Friday nights" in text_of(await alice.tap("Done"))
    await alice.types("I call Kim")
    screen = await alice.tap("Skip")
    assert "Friday nights: I call Kim" in text_of(screen)
    await alice.tap("No", "No", "Keep")
    assert (await alice.entries())[0]["response"] == {"Friday nights": "I call Kim"}


async def test_nobody_is_reminded_who_did_not_ask_for_it(house, alice):
    await alice.command("changeplan")
    await alice.types("Less wine")
    await alice.tap("Make it safer", "8", "8", "Skip", "Skip", "No, this is enough", "No", "Keep")
    assert await house.time_passes(days=40) == []


async def test_the_reminder_of_the_chosen_day_names_nothing(house, alice):
    await alice.command("changeplan")
    await alice.types("Less wine")
    await alice.tap("Make it safer", "8", "8", "Skip", "Skip", "No, this is enough", "Yes, on a day I choose", "In 2 weeks", "Keep")
    assert await house.time_passes(days=13) == []
    posts = await house.time_passes(days=2)
    assert len(posts) == 1
    assert "wine" not in text_of(posts[0].reply)
    assert "plan" not in text_of(posts[0].reply).lower()
    assert "Look at it" in labels(posts[0].reply)
