"""The same act told twice: by Telegram after a kill, by a person after "interaction failed". It is done once."""

import asyncio

import pytest

from bot.core.meetings import State
from tests.evening.test_meeting import agree, answer
from tests.faults.evenings import Evening, disk_of, promise
from tests.faults.process import Bot
from tests.waiting import until


@pytest.fixture
async def telegram(tmp_path):
    async with Bot(tmp_path, "telegram") as bot:
        await bot.start()
        yield bot


@pytest.fixture
async def discord(tmp_path):
    async with Bot(tmp_path, "discord") as bot:
        yield bot


async def killed_unconfirmed(bot, act):
    """Kill it when an act was answered, and Telegram does not know yet that it was taken; then let it be told again."""
    api = bot.telegram.driver.api
    held = bot.wires["telegram"].hold("getUpdates", "there")
    await act
    await held.caught()
    assert len(api.world.waiting) == 1
    bot.kill()
    held.lose()
    await bot.start()
    await until(lambda: not api.world.waiting, lambda: bot.said)
    await bot.settled()


async def test_an_update_that_telegram_tells_again_has_no_second_effect_and_the_same_answer(telegram):
    side = telegram.telegram
    ana = side.person("Ana")
    await side.command(ana, "/checkin")
    await agree(side, ana)
    await side.press(ana, "7")
    await killed_unconfirmed(telegram, side.say(ana, "A walk by the river"))
    assert "One thing that was hard?" in side.screen(ana)[-1]
    await side.say(ana, "A long evening")
    summary = await side.sees(ana, "Your check-in")
    assert "Went well: A walk by the river" in summary
    assert "Was hard: A long evening" in summary
    await killed_unconfirmed(telegram, side.press(ana, "Save"))
    assert "Saved." in side.screen(ana)[-1]
    assert telegram.rows("SELECT count(*) FROM checkins") == [(1,)]


async def test_a_press_repeated_after_discord_said_that_it_failed_finds_what_the_first_one_did(discord):
    side = discord.discord
    ana = side.person("Ana")
    async with disk_of(discord) as store:
        await promise(store, side, Evening(state=State.OPEN, checkin=True))
    await discord.start()
    await side.command(ana, "/checkin")
    await agree(side, ana)
    await side.offers(ana, "7")
    held = discord.wires["discord"].hold("/callback", "there")
    pressing = asyncio.create_task(side.press(ana, "7"))
    await held.caught()
    discord.kill()
    pressing.cancel()
    held.lose()
    await discord.start()
    await side.press(ana, "7")
    await discord.settled()
    print(side.screen(ana))
    await answer(side, ana, "A walk by the river")
    await side.sees(ana, "One thing that was hard?")
