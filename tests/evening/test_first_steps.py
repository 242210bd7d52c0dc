"""The first minutes of a person, on each platform."""

import pytest

from tests.evening.world import PLATFORMS, world


@pytest.fixture(params=PLATFORMS)
async def here(request, tmp_path):
    async with world(request.param, tmp_path) as opened:
        yield opened


async def test_start_says_what_it_is_and_what_it_is_not(here):
    ana = here.person("Ana")
    await here.command(ana, "/start")
    screen = await here.sees(ana, "I am a program")
    assert "not a crisis service" in screen
    assert "not affiliated" in screen
    assert "Help now" in here.buttons(ana)


async def test_help_now_shows_numbers_without_any_question(here):
    ana = here.person("Ana")
    await here.command(ana, "/now")
    screen = await here.sees(ana, "112")
    assert "0800 111 0 111" in screen


async def test_an_urge_is_one_question_and_one_tap_away(here):
    ana = here.person("Ana")
    await here.command(ana, "/urge")
    await here.sees(ana, "18 or older")
    await here.press(ana, "Yes, 18 or older. Go on")
    await here.offers(ana, "7")
    await here.press(ana, "7")
    await here.offers(ana, "Help now")


async def test_language_zone_and_country_are_the_persons_own(here):
    ana = here.person("Ana")
    await here.command(ana, "/language")
    await here.press(ana, "Deutsch")
    await here.sees(ana, "Gespeichert: Deutsch")
    await here.command(ana, "/help")
    await here.sees(ana, "Tippe einen Befehl")


async def test_privacy_counts_what_is_held_and_erase_leaves_nothing(here):
    ana = here.person("Ana")
    await here.command(ana, "/language")
    await here.press(ana, "English")
    await here.command(ana, "/privacy")
    await here.sees(ana, "Settings and consent")
    await here.command(ana, "/erase")
    await here.press(ana, "Delete everything")
    await here.sees(ana, "nothing about you is kept here any more")
    await here.command(ana, "/privacy")
    await here.sees(ana, "Nothing is kept about you now")
