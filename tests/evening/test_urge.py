"""A person alone with an urge, on each platform: to the end, with timers, over a restart of the house."""

import pytest

from tests.evening.times import RunningClock
from tests.evening.world import PLATFORMS, World, driver_for, world


@pytest.fixture(params=PLATFORMS)
async def here(request, tmp_path):
    async with world(request.param, tmp_path) as opened:
        yield opened


async def begin(here: World, ana, strength="8"):
    """Type /urge, agree, rate."""
    await here.command(ana, "/urge")
    await here.press(ana, "Yes, 18 or older. Go on")
    await here.offers(ana, strength)
    await here.press(ana, strength)
    await here.offers(ana, "Ride it out")


async def test_an_urge_is_ridden_out_on_one_message_and_kept(here):
    ana = here.person("Ana")
    await begin(here, ana)
    messages = len(here.screen(ana))
    await here.press(ana, "Ride it out")
    await here.press(ana, "3 min")
    await here.press(ana, "Chest")
    await here.press(ana, "Done")
    await here.sees(ana, "Feet on the floor")
    await here.pass_time(seconds=50)
    await here.sees(ana, "Go to the place where you feel it")
    await here.press(ana, "6")
    await here.pass_time(minutes=3)
    await here.sees(ana, "The ride is over")
    assert len(here.screen(ana)) == messages
    await here.press(ana, "2")
    await here.press(ana, "Rest")
    await here.press(ana, "Finish")
    await here.sees(ana, "This urge")
    shown = await here.sees(ana, "At the end")
    assert "8" in shown
    assert "2" in shown
    assert await pictures(here, ana) == 1
    await here.press(ana, "Keep")
    await here.sees(ana, "Kept.")
    await here.command(ana, "/privacy")
    await here.sees(ana, "Tool entries: 1")


async def test_who_is_not_safe_is_led_to_help_first(here):
    ana = here.person("Ana")
    await here.command(ana, "/urge")
    await here.press(ana, "Yes, 18 or older. Go on")
    await here.press(ana, "8")
    await here.press(ana, "Not safe right now")
    await here.sees(ana, "Help is one tap away")
    await here.press(ana, "Help now")
    await here.sees(ana, "0800 111 0 111")


async def test_the_delay_ends_with_one_quiet_message(here):
    ana = here.person("Ana")
    await begin(here, ana)
    await here.press(ana, "Do something else")
    await here.press(ana, "D: delay")
    await here.press(ana, "Done")
    await here.press(ana, "10 min")
    await here.sees(ana, "The timer runs")
    before = len(here.screen(ana))
    await here.pass_time(minutes=10, seconds=1)
    await here.sees(ana, "Your 10 minutes are over")
    assert len(here.screen(ana)) == before + 1
    await here.pass_time(minutes=10)
    assert sum("minutes are over" in text for text in here.screen(ana)) == 1


async def test_stop_ends_the_timer_at_once(here):
    ana = here.person("Ana")
    await begin(here, ana)
    await here.press(ana, "Do something else")
    await here.press(ana, "D: delay")
    await here.press(ana, "Done")
    await here.press(ana, "5 min")
    await here.sees(ana, "The timer runs")
    await here.press(ana, "Save and stop")
    await here.sees(ana, "You can go on within 30 days")
    await here.pass_time(minutes=6)
    await here.command(ana, "/continue")
    assert not any("minutes are over" in text for text in here.screen(ana))


@pytest.mark.parametrize("name", ["discord", "telegram"])
async def test_after_a_restart_the_conversation_goes_on_where_it_stood(name, tmp_path):
    clock, driver = RunningClock(), driver_for(name)
    await driver.start()
    try:
        async with world(name, tmp_path, clock, driver) as here:
            ana = here.person("Ana")
            await begin(here, ana)
            await here.press(ana, "Ride it out")
            await here.press(ana, "5 min")
        clock.move(minutes=2)
        async with world(name, tmp_path, clock, driver) as here:
            await here.press(ana, "Chest")
            await here.press(ana, "Done")
            await here.sees(ana, "Feet on the floor")
            await here.pass_time(minutes=6)
            await here.sees(ana, "The ride is over")
    finally:
        await driver.stop()


async def pictures(here: World, ana) -> int:
    """Return how many pictures the person has before them: the wave is one, beside its twin in words."""
    if here.name == "discord":
        return sum(len(message.attachments) for message in here.driver.server.world.seen(ana, ana.chat))
    if here.name == "telegram":
        return len(here.driver.api.of("sendPhoto"))
    return sum(bool(message.get("picture")) for message in here.driver.messages(ana))
