"""/urge is the front door: one tap to the first screen that helps. And whoever leaves it comes back to where they were."""

import pytest

from bot.core.flow import Choice, Many, Scale, Show, Timer
from tests.evening.world import PLATFORMS
from tests.tools_walked.houses import Houses
from tests.tools_walked.screens import FLOWS, Someone
from tests.tools_walked.walking import Walk

TAPS = [  # platform, what helps, taps after the command until it is there
    *((platform, option, taps) for platform in PLATFORMS for option, taps in (("strength", 0), ("choose", 1), ("breathe", 2))),
]


@pytest.mark.parametrize(("platform", "helps", "taps"), TAPS)
async def test_taps_from_urge_to_help(houses: Houses, platform: str, helps: str, taps: int):
    """The first screen says that it passes; one tap later stand the ways through it, and Help now was there all the time."""
    person = await Someone.of(await houses.on(platform))
    try:
        agreed = Walk(person, FLOWS["urge"])
        await agreed.begin()
        await agreed.tap("common.discard")
        before = person.taps
        await person.types("/urge")
        if taps:
            assert person.has("common.help_now")
            await person.press("8")
        if taps > 1:
            await person.press(person.say.label("urge.choose_breathe"))
        state = await agreed.state()
        assert state.at == helps
        assert person.taps - before - 1 == taps
        assert person.has("common.help_now")
        if helps == "choose":
            step = FLOWS["urge"].steps["choose"]
            assert isinstance(step, Choice)
            ways = [option.value for option in step.options if option.value not in ("reasons", "call")]
            assert all(agreed.shows(agreed.label(f"urge.choose_{way}")) for way in ways)
    finally:
        await person.leave()


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_no_way_through_an_urge_asks_for_typing(houses: Houses, platform: str):
    """Whatever is tapped first, the next screen helps or is tapped too."""
    person = await Someone.of(await houses.on(platform))
    try:
        walk = Walk(person, FLOWS["urge"])
        for way in ("surf", "dents", "talk", "breathe", "unsafe"):
            await walk.begin()
            await person.press("8")
            await person.press(walk.label(f"urge.choose_{way}"))
            step = walk.flow.places[(await walk.state()).at]
            assert isinstance(step, Show | Timer | Scale | Choice | Many), way
            await walk.tap("common.save_stop")
            person.shared.clock.move(minutes=31)  # begun again later than that, it starts anew
    finally:
        await person.leave()


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_several_unfinished_ones_wait_side_by_side(houses: Houses, platform: str):
    person = await Someone.of(await houses.on(platform))
    try:
        stopped = []
        for tool in ("questions", "goal", "talk"):
            walk = Walk(person, FLOWS[tool])
            await walk.begin()
            await walk.step(await walk.state())
            stopped.append((walk, await walk.state()))
            await walk.tap("common.save_stop")
        for walk, left in stopped:
            await person.types("/continue")
            title = person.say.label(f"{walk.flow.name}.title")
            await person.press(next(label for label in person.buttons() if label.startswith(title[:8])))
            now = await walk.state()
            assert (now.at, now.answers) == (left.at, left.answers)
            walk.stands(now)
            assert walk.words[next(iter(walk.words))][0] in now.answers.values()
    finally:
        await person.leave()


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("tool", ["urge", "changeplan", "values"])
async def test_who_killed_the_app_and_came_back_a_week_later_goes_on(houses: Houses, platform: str, tool: str):
    """The house was shut meanwhile, too; the device is another one, where nothing is on the screen but what the chat keeps."""
    shared = await houses.on(platform)
    person = await Someone.of(shared)
    try:
        walk = Walk(person, FLOWS[tool])
        await walk.begin()
        for _ in range(3):
            await walk.step(await walk.state())
        left = await walk.state()
        await person.leave()
        await shared.restart()
        shared.clock.move(days=7)
        await person.sit_down()
        await person.types("/continue")
        now = await walk.state()
        assert (now.at, now.answers, now.past) == (left.at, left.answers, left.past)
        walk.stands(now)
        await walk.to_summary()
        await walk.keeps()
        (entry,) = await person.entries()
        walk.as_told(entry.answers)
    finally:
        await person.leave()


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_timer_outlives_the_house_and_stop_ends_it_at_once(houses: Houses, platform: str):
    shared = await houses.on(platform)
    person = await Someone.of(shared)
    try:
        walk = Walk(person, FLOWS["surf"])
        await walk.begin()
        while not isinstance(walk.flow.places[(await walk.state()).at], Timer):
            await walk.step(await walk.state())
        await shared.restart()
        await person.sit_down()
        await person.here.pass_time(seconds=50)
        await person.sees(person.say.label("surf.ride_2").split(".")[0])
        await walk.tap("common.save_stop")
        stopped, shown = await walk.state(), person.screen()
        await person.here.pass_time(minutes=20)
        await person.types("/privacy")
        assert (await walk.state()) == stopped
        assert person.screen()[: len(shown)] == shown
    finally:
        await person.leave()
