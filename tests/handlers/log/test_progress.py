"""/progress: counts that only grow, numbers from five entries up, nothing of causes, nobody to compare with."""

import re
from datetime import timedelta

from bot.core.replies import Press
from tests.handlers.flows.driving import labels, text_of


async def surfed(house, who, count, before=8, after=3):
    for n in range(count):
        await house.kept(who, "surf", house.clock.now() - timedelta(days=n), before=before, after=after, ridden=180)


async def test_with_nothing_kept_it_says_so(alice):
    assert "nothing to look back on" in text_of(await alice.command("progress"))
    assert labels(alice.screen) == ["Urge log", "Help now"]


async def test_from_five_entries_up_a_way_has_numbers(alice, house):
    await surfed(house, alice, 5)
    await surfed(house, alice, 2, before=3, after=5)
    await alice.command("progress")
    assert "7 urges noted" in text_of(alice.screen)
    text = text_of(await alice.tap("What came before a lower number"))
    assert "After riding it out, the number was lower in 5 of your 7 entries." in text
    assert "lower by at least 5" in text


async def test_each_letter_of_the_five_ways_has_its_share_from_five_uses_on(alice, house):
    now = house.clock.now()
    for n in range(9):
        pick = ["delay", "swap"] if n < 4 else ["delay"]
        await house.kept(alice, "dents", now - timedelta(days=n), before=7, after=4 if n < 6 else 8, pick=pick)
    await house.kept(alice, "dents", now, way="ahead", own={"escape": "go out"})  # prepared, not used
    await alice.command("progress")
    text = text_of(await alice.tap("What came before a lower number"))
    assert "After a delay (five ways), the number was lower in 6 of your 9 entries." in text
    assert "a swap (five ways): one more entry" in text
    assert "escape" not in text


async def test_below_five_there_is_no_number_but_how_many_it_takes(alice, house):
    await surfed(house, alice, 4)
    await alice.command("progress")
    text = text_of(await alice.tap("What came before a lower number"))
    assert "riding it out: one more entry" in text
    assert "the number was lower in" not in text
    assert not re.search(r"\b[48]\b", text)


async def test_nothing_is_said_of_causes_streaks_or_success(alice, house):
    await surfed(house, alice, 9)
    house.went = {"done": 3, "no": 2}
    await house.kept(alice, "rulers", house.clock.now(), about="x", importance=1, confidence=2)
    await alice.command("progress")
    told = [text_of(alice.screen)]
    overview = alice.screen
    for button in ("What came before a lower number", "Importance, confidence", "Plans"):
        alice.screen = overview
        told.append(text_of(await alice.tap(button)))
    said = "\n".join(told)
    assert not re.search(
        r"works|because|thanks to|success|fail|streak|in a row|goal|better|worse|well done|others|average", said, re.I
    )


async def test_ratings_stand_by_what_they_are_about_with_a_picture(alice, house):
    now = house.clock.now()
    for n in range(8):
        await house.kept(alice, "rulers", now - timedelta(days=n), about="Coffee", importance=9 - n, confidence=n)
    await alice.command("progress")
    screen = await alice.tap("Importance, confidence")
    assert "Coffee" in text_of(screen)
    assert "The last 6 of 8" in text_of(screen)
    assert screen.picture is not None
    assert (screen.picture.kind, len(screen.picture.points)) == ("trend", 16)


async def test_the_wheel_stands_beside_last_months(alice, house):
    now = house.clock.now()
    await house.kept(alice, "wheel", now - timedelta(days=30), scores={"work": "4", "rest": "2"})
    await house.kept(alice, "wheel", now, scores={"work": "6", "rest": "3"})
    await alice.command("progress")
    screen = await alice.tap("Areas of life")
    assert screen.picture is not None
    assert screen.picture.points == ((6.0, 4.0), (3.0, 2.0))
    assert screen.picture.labels == ("work", "rest")


async def test_plans_are_told_as_the_person_said_it(alice, house):
    house.went = {"done": 2, "changed": 1}
    await alice.command("progress")
    text = text_of(await alice.tap("Plans"))
    assert "Done: 2" in text
    assert "Changed: 1" in text
    assert "Not this time" not in text


async def test_what_a_relative_kept_stands_apart(alice, house):
    await house.kept(alice, "mycare", house.clock.now(), "family", happy={"health": "2", "rest": "9"})
    await alice.command("progress")
    assert "nothing to look back on" in text_of(alice.screen)
    await alice.tap("As a relative")
    screen = await alice.tap("Areas of life")
    assert screen.picture is not None
    assert len(screen.picture.labels) == 2
    assert "health" not in screen.picture.labels  # a text, not the value that is kept
    await alice.tap("Back", "For myself")
    assert "nothing to look back on" in text_of(alice.screen)


async def test_a_relatives_page_shows_nothing_of_their_own_and_the_other_way_round(alice, house):
    await surfed(house, alice, 6)
    await house.kept(alice, "wheel", house.clock.now(), scores={"work": "4"})
    for part in ("helped", "ratings", "plans"):
        screen = await alice.press(Press("progress", "part", "family", part))
        assert "6" not in text_of(screen)
    assert (await alice.press(Press("progress", "part", "family", "wheel"))).picture is None


async def test_it_is_only_ever_ones_own(alice, bob, house):
    await surfed(house, alice, 6)
    assert "nothing to look back on" in text_of(await bob.command("progress"))
    screen = await bob.press(Press("progress", "part", "own", "helped"))
    assert "After" not in text_of(screen)


async def test_what_was_kept_can_be_read_again_tool_by_tool(alice, house):
    await house.kept(alice, "abc", house.clock.now(), event="The phone rang", beliefs=["I must answer"])
    assert "can be read again" in text_of(await alice.command("progress"))
    screen = await alice.tap("What I kept")
    assert labels(screen) == ["ABC: event, thought, feeling (1)", "Back", "Help now"]
    await alice.tap("ABC: event, thought, feeling (1)")
    assert "The phone rang" in text_of(await alice.tap(labels(alice.screen)[0]))


async def test_a_tool_that_may_be_unsafe_is_not_named_there(alice, house):
    await house.kept(alice, "consequences", house.clock.now(), "family", one="x")
    await house.kept(alice, "mycare", house.clock.now(), "family", happy={"health": "5"}, act="swim")
    await alice.command("progress")
    screen = await alice.press(Press("progress", "part", "family", "kept"))
    assert labels(screen) == ["My own life (1)", "Back", "Help now"]


async def test_many_tools_are_listed_in_pages(alice, house):
    tools = ("abc", "accept", "cba", "values", "wheel", "dispute", "goal", "ifthen", "lapse", "passions")
    for n, tool in enumerate(tools):
        await house.kept(alice, tool, house.clock.now() - timedelta(days=n), x="y")
    await alice.command("progress")
    first = labels(await alice.tap("What I kept"))
    second = labels(await alice.tap("Next page"))
    assert len(first) == 8 + 3
    assert second[-3:] == ["Back", "Previous page", "Help now"]
    assert len({*first, *second} - {"Back", "Next page", "Previous page", "Help now"}) == len(tools)
