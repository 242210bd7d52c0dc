"""Both sides of one thing: the good ones may be left out, an urge shows only costs and gains, and no line is lost as it grows."""

import pytest

from tests.handlers.flows.driving import labels, text_of
from tests.handlers.tools.conftest import filled

LISTS = {"gives": ["Calm"], "loses": ["A treat"], "costs": ["Money", "Trust"], "gains": ["More time"]}


async def test_the_good_sides_come_with_a_warning_and_can_be_left_out(alice):
    await alice.command("cba")
    screen = await alice.tap("Skip")
    assert "can wake an urge" in text_of(screen)
    assert "Skip" in labels(screen)
    assert "What would you miss" in text_of(await alice.tap("Skip"))


async def test_only_costs_and_gains_can_be_what_an_urge_shows(alice):
    await alice.command("cba")
    await alice.tap("Skip", *filled(LISTS))
    screen = await alice.tap("Not now")
    assert "Which one matters most" in text_of(screen)
    offered = labels(screen)
    assert {"Money", "Trust", "More time"} <= set(offered)
    assert not {"Calm", "A treat"} & set(offered)


async def test_without_costs_and_gains_nothing_is_pinned(alice):
    await alice.command("cba")
    await alice.tap("Skip", "Calm", "Done", "Skip", "Skip", "Skip")
    screen = await alice.tap("Not now")
    assert "Keep" in labels(screen)


@pytest.mark.parametrize(("way", "weighed"), [("Sort them: short or long term", False), ("Sort them, and weigh them 1 to 5", True)])
async def test_it_grows_and_asks_only_about_what_is_new(alice, way, weighed):
    await alice.command("cba")
    await alice.tap("Skip", *filled(LISTS), way, *["Short term"] * 5, *(["3"] * 5 if weighed else []), "Money", "No", "Keep")
    await alice.command("cba")
    again = next(label for label in labels(alice.screen) if label not in ("Help now", "Back") and "new" not in label.lower())
    await alice.tap(again, "Skip", "Done", "Done", "Health", "Done")
    screen = await alice.tap("Done")
    assert "Health" in text_of(screen)
    await alice.tap("Long term", *(["5"] if weighed else []), "Health", "No", "Keep")
    kept = await alice.entries()
    assert len(kept) == 1
    terms = {"Calm": "short", "A treat": "short", "Money": "short", "Trust": "short", "More time": "short", "Health": "long"}
    assert kept[0]["term"] == terms
    assert kept[0]["costs"] == ["Money", "Trust", "Health"]
    assert ("weight" in kept[0]) is weighed
