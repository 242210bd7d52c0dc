"""The tools for an urge as a person meets them at 2 a.m., from the first tap to the last."""

import pytest

from bot.core.replies import To
from bot.core.richtext import plain_block
from tests.handlers.flows.driving import House, labels, text_of

NUMBERS = [str(n) for n in range(11)]


@pytest.mark.parametrize("command", ["urge", "craving"])
async def test_the_first_screen_is_one_tap_away_and_asks_for_no_typing(alice, command):
    screen = await alice.command(command)
    assert [label for label in labels(screen) if label in NUMBERS] == NUMBERS
    assert "Write" not in labels(screen)
    assert screen.to is To.ONLY_YOU
    assert screen.replace
    assert len(text_of(screen)) < 200


@pytest.mark.parametrize(("command", "asks"), [("surf", "3 min"), ("dents", "7"), ("deads", "7"), ("delay", "7")])
async def test_each_tool_answers_to_its_names(alice, command, asks):
    assert asks in labels(await alice.command(command))


async def test_who_is_not_safe_gets_help_first_and_may_come_back(alice):
    await alice.command("urge")
    screen = await alice.tap("9", "No, or not sure")
    help_button = screen.buttons[0][0]
    assert help_button.press is not None
    assert (help_button.press.feature, help_button.press.action) == ("safety", "now")
    assert "Ride it out" in labels(await alice.tap("Next"))


async def test_an_urge_ridden_out_from_the_first_tap_to_the_summary(house, alice):
    await alice.command("urge")
    await alice.tap("8", "Yes", "Ride it out", "3 min", "Chest", "Stomach", "Done")
    assert "Feet on the floor" in text_of(alice.screen)
    await house.time_passes(seconds=100)
    await alice.tap("6")
    posts = await house.time_passes(seconds=80)
    assert "The ride is over" in text_of(posts[-1].reply)
    alice.screen = posts[-1].reply
    screen = await alice.tap("3", "Add a note", "Tension", "Done", "Skip")
    said = text_of(screen)
    assert "At the start: 8" in said
    assert "At the end: 3" in said
    assert "Where I felt it: Chest, Stomach" in said
    assert "Time ridden: 3:00" in said
    assert "What set it off: Tension" in said
    assert said.count("At the start") == 1
    assert screen.picture is not None
    assert (screen.picture.kind, screen.picture.points) == ("wave", ((0.0, 8.0), (100 / 60, 6.0), (3.0, 3.0)))
    assert "1:40 – 6" in "\n".join(plain_block(block) for block in screen.picture.twin)
    await alice.tap("Keep")
    assert await alice.entries() == [
        {
            "tool": "urge", "before": 8, "safe": "yes", "choose": "surf", "surf.before": 8, "after": 3, "surf.minutes": "3",
            "surf.body": ["chest", "stomach"], "surf.ridden": 180, "surf.ratings": ["100 6"], "surf.after": 3, "log": "add",
            "triggers": ["tension"],
        }
    ]  # fmt: skip


async def test_a_delay_ends_with_one_quiet_message_that_names_nothing(house, alice):
    await alice.command("urge")
    await alice.tap("5", "Yes", "Do something else", "D: delay", "T: tasks", "Done", "10 min")
    assert "wash up" in text_of(alice.screen)
    posts = await house.time_passes(minutes=30)
    assert [text_of(post.reply) for post in posts] == ["Your 10 minutes are over."]
    assert posts[0].reply.quiet
    assert house.edited == [None]
    alice.screen = posts[0].reply
    assert "How strong is it now?" in text_of(await alice.tap("Go on"))


async def test_without_delay_there_is_no_timer(alice):
    await alice.command("dents")
    screen = await alice.tap("5", "E: escape", "Done")
    assert "stand up and go" in text_of(screen)
    assert "Next" in labels(screen)


async def test_reasons_are_offered_only_to_who_pinned_some(store, clock, alice):
    await alice.command("urge")
    assert "See my reasons" not in labels(await alice.tap("5", "Yes"))

    async def pinned(person, subject, unit):
        return ["**for** the children"]

    carol = await House(store, clock, facts={"pinned_reasons": pinned}).person("carol")
    await carol.command("urge")
    assert "**for** the children" in text_of(await carol.tap("5", "Yes", "See my reasons"))


async def test_breathing_takes_one_tap_and_rates_again(alice):
    await alice.command("urge")
    assert "Breathe in" in text_of(await alice.tap("5", "Yes", "Breathe, 1 minute"))
    assert "How strong is it now?" in text_of(await alice.tap("Next"))


async def test_an_urge_begun_long_ago_is_not_gone_on_with_but_stays(house, alice):
    await alice.command("urge")
    await alice.tap("5")
    await house.time_passes(minutes=29)
    assert "Are you safe" in text_of(await alice.command("urge"))
    await house.time_passes(minutes=31)
    assert "How strong is the urge right now" in text_of(await alice.command("urge"))
    assert sum("Urge now" in label for label in labels(await alice.command("continue"))) == 2


@pytest.mark.parametrize("language", ["en", "de"])
async def test_every_screen_has_help_and_fits_the_narrowest_platform(house, language):
    carol = await house.person(f"carol-{language}", language=language)
    await carol.command("urge")
    screens = [carol.screen]
    for tapped in ("0", 0, 0, 0, 0, -1, -1, 0, 1, 0, -1):
        offered = [label for row in carol.screen.buttons[:-1] for label in (button.label for button in row)]
        screens.append(await carol.tap(tapped if isinstance(tapped, str) else offered[tapped].removeprefix("✓ ")))
    for screen in screens:
        pressed = [button.press for row in screen.buttons for button in row if button.press]
        assert any(press.feature == "safety" for press in pressed)
        assert all(len(press.data()) <= 64 for press in pressed)
        assert all(len(label) <= 40 for label in labels(screen))
        assert len(screen.buttons) <= 5
        assert all(len(row) <= 5 for row in screen.buttons)
