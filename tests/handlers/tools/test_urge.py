"""The tools for an urge as a person meets them at 2 a.m., from the first tap to the last."""

import pytest

from bot.core.replies import To
from bot.core.richtext import plain_block
from tests.handlers.flows.driving import House, labels, text_of

NUMBERS = [str(n) for n in range(11)]


def kit_of(**facts):
    """Return providers of facts that say these lines to everybody."""

    def saying(lines):
        async def lines_of(person, subject, unit):
            return lines

        return lines_of

    return {name: saying(lines) for name, lines in facts.items()}


@pytest.mark.parametrize("command", ["urge", "craving"])
async def test_the_first_screen_is_one_tap_away_and_asks_for_no_typing(alice, command):
    screen = await alice.command(command)
    assert [label for label in labels(screen) if label in NUMBERS] == NUMBERS
    assert "Write" not in labels(screen)
    assert screen.to is To.ONLY_YOU
    assert screen.replace
    assert len(text_of(screen)) < 200


@pytest.mark.parametrize("strength", ["0", "10", "Skip"])
async def test_one_tap_after_it_the_screen_helps_already(alice, strength):
    await alice.command("urge")
    screen = await alice.tap(strength)
    said = text_of(screen)
    assert "breath out, slowly" in said
    assert "rises, peaks and passes" in said
    assert {"Ride it out", "Do something else", "Talk back to it", "Breathe, 1 minute", "Not safe right now"} <= {*labels(screen)}
    assert "Write" not in labels(screen)
    assert "Help now" in labels(screen)


@pytest.mark.parametrize("tapped", ["Ride it out", "Do something else", "Talk back to it", "Breathe, 1 minute"])
async def test_two_taps_from_the_command_each_tool_has_begun(alice, tapped):
    await alice.command("urge")
    screen = await alice.tap("7", tapped)
    assert "How strong" not in text_of(screen)
    assert "Write" not in labels(screen)


@pytest.mark.parametrize(
    ("command", "asks"), [("surf", "3 min"), ("ride", "3 min"), ("dents", "For now"), ("deads", "For now"), ("delay", "For now")]
)
async def test_each_tool_answers_to_its_names(alice, command, asks):
    assert asks in labels(await alice.command(command))


async def test_who_is_not_safe_gets_help_first_and_may_come_back(alice):
    await alice.command("urge")
    screen = await alice.tap("9", "Not safe right now")
    help_button = screen.buttons[0][0]
    assert help_button.press is not None
    assert (help_button.press.feature, help_button.press.action) == ("safety", "now")
    assert "Ride it out" in labels(await alice.tap("Next"))


async def test_that_somebody_was_not_safe_is_not_kept(alice):
    await alice.command("urge")
    await alice.tap("9", "Not safe right now", "Next", "Talk back to it", "Just one", "Next", "Skip", "4", "Finish", "Keep")
    [entry] = await alice.entries()
    assert "unsafe" not in entry.values()


async def test_an_urge_ridden_out_from_the_first_tap_to_the_summary(house, alice):
    await alice.command("urge")
    await alice.tap("8", "Ride it out", "3 min", "Chest", "Stomach", "Done")
    assert "Feet on the floor" in text_of(alice.screen)
    await house.time_passes(seconds=100)
    await alice.tap("6")
    posts = await house.time_passes(seconds=80)
    assert "The ride is over" in text_of(posts[-1].reply)
    alice.screen = posts[-1].reply
    screen = await alice.tap("3", "Outside", "Add a note", "Tension", "Done", "Skip")
    said = text_of(screen)
    assert "At the start: 8" in said
    assert "At the end: 3" in said
    assert "Where I felt it: Chest, Stomach" in said
    assert "Time ridden: 3:00" in said
    assert "Back to: Outside" in said
    assert "What set it off: Tension" in said
    assert said.count("At the start") == 1
    assert screen.picture is not None
    assert (screen.picture.kind, screen.picture.points) == ("wave", ((0.0, 8.0), (100 / 60, 6.0), (3.0, 3.0)))
    assert "1:40 – 6" in "\n".join(plain_block(block) for block in screen.picture.twin)
    await alice.tap("Keep")
    assert await alice.entries() == [
        {
            "tool": "urge", "before": 8, "coping": "surf", "surf.before": 8, "after": 3, "surf.minutes": "3",
            "surf.body": ["chest", "stomach"], "surf.ridden": 180, "surf.ratings": ["100 6"], "surf.after": 3,
            "surf.return": "outside", "log": "add", "triggers": ["tension"],
        }
    ]  # fmt: skip


async def test_a_delay_ends_with_one_quiet_message_that_names_nothing(house, alice):
    await alice.command("urge")
    await alice.tap("5", "Do something else", "D: delay", "T: tasks", "Done", "10 min")
    assert "wash up" in text_of(alice.screen)
    posts = await house.time_passes(minutes=30)
    assert [text_of(post.reply) for post in posts] == ["Your 10 minutes are over."]
    assert posts[0].reply.quiet
    assert house.edited == [None]
    alice.screen = posts[0].reply
    assert "How strong is it now?" in text_of(await alice.tap("Go on"))


async def test_without_delay_there_is_no_timer(alice):
    await alice.command("dents")
    screen = await alice.tap("For now", "5", "E: escape", "Done")
    assert "stand up and go" in text_of(screen)
    assert "Next" in labels(screen)


async def test_a_delay_can_be_prepared_on_a_calm_day(alice):
    await alice.command("dents")
    await alice.tap("Prepare ahead")
    for line in ("ten minutes, kettle on", "to the river"):
        await alice.writes(line)
    screen = await alice.tap("Skip", "Skip", "Skip")
    assert "D – deny or delay: ten minutes, kettle on" in text_of(screen)
    assert "E – escape: to the river" in text_of(screen)


async def test_own_prepared_lines_come_first(store, clock):
    carol = await House(store, clock, facts=kit_of(dents_lines=["D: ten minutes, kettle on"])).person("carol")
    await carol.command("urge")
    assert "D: ten minutes, kettle on" in text_of(await carol.tap("5", "Do something else"))
    assert "D: delay" in labels(await carol.tap("Next"))


async def test_reasons_and_people_are_offered_only_to_who_wrote_some(store, clock, alice):
    await alice.command("urge")
    assert not {"See my reasons", "Call someone"} & {*labels(await alice.tap("5"))}
    facts = kit_of(kit_lines=["**for** the children"], people_to_call=["Kim 030 1234"])
    carol = await House(store, clock, facts=facts).person("carol")
    await carol.command("urge")
    assert "**for** the children" in text_of(await carol.tap("5", "See my reasons"))
    assert "Kim 030 1234" in text_of(await carol.tap("Next", "6", "Try something else", "Call someone"))


async def test_talking_back_uses_own_answers_where_there_are_some(store, clock, alice):
    await alice.command("urge")
    assert "What is the urge saying?" in text_of(await alice.tap("5", "Talk back to it"))
    carol = await House(store, clock, facts=kit_of(voice_lines=["Just one: it was never one"])).person("carol")
    await carol.command("urge")
    assert "Just one: it was never one" in text_of(await carol.tap("5", "Talk back to it"))
    assert "How strong is it now?" in text_of(await carol.tap("Next"))


async def test_breathing_takes_one_tap_and_rates_again(house, alice):
    await alice.command("urge")
    assert "Breathe in" in text_of(await alice.tap("5", "Breathe, 1 minute"))
    posts = await house.time_passes(seconds=60)
    assert "How strong is it now?" in text_of(posts[-1].reply)


async def test_who_wants_is_asked_once_more_after_25_minutes(house, alice):
    await alice.command("urge")
    await alice.tap("8", "Talk back to it", "Just one", "Next", "Skip", "5", "Ask me in 25 min", "Keep")
    assert await house.time_passes(minutes=24) == []
    [post] = await house.time_passes(minutes=2)
    assert "urge" not in text_of(post.reply).lower()
    alice.screen = post.reply
    assert "How strong is it now" in text_of(await alice.tap("Look"))
    screen = await alice.tap("8")
    assert screen.buttons[0][0].press is not None
    assert screen.buttons[0][0].press.feature == "urge"
    assert await house.time_passes(days=2) == []


async def test_an_urge_begun_long_ago_is_not_gone_on_with_but_stays(house, alice):
    await alice.command("urge")
    await alice.tap("5")
    await house.time_passes(minutes=29)
    assert "rises, peaks and passes" in text_of(await alice.command("urge"))
    await house.time_passes(minutes=31)
    assert "How strong is the urge right now" in text_of(await alice.command("urge"))
    assert sum("Urge now" in label for label in labels(await alice.command("continue"))) == 2


async def test_one_in_which_nothing_was_entered_does_not_stay(house, alice):
    for _ in range(3):
        await alice.command("urge")
        await house.time_passes(minutes=31)
    await alice.command("urge")
    assert "How strong is the urge right now" in text_of(await alice.command("continue"))


@pytest.mark.parametrize("language", ["en", "de"])
async def test_every_screen_has_help_and_fits_the_narrowest_platform(house, language):
    carol = await house.person(f"carol-{language}", language=language)
    await carol.command("urge")
    screens = [carol.screen]
    for tapped in ("0", 0, 0, 0, -1, -1, 0, 0, 1, 0, -1):
        offered = [label for row in carol.screen.buttons[:-1] for label in (button.label for button in row)]
        screens.append(await carol.tap(tapped if isinstance(tapped, str) else offered[tapped].removeprefix("✓ ")))
    for screen in screens:
        pressed = [button.press for row in screen.buttons for button in row if button.press]
        assert any(press.feature == "safety" for press in pressed)
        assert all(len(press.data()) <= 64 for press in pressed)
        assert all(len(label) <= 40 for label in labels(screen))
        assert len(screen.buttons) <= 5
        assert all(len(row) <= 5 for row in screen.buttons)
