"""The same act told twice: by Telegram after a kill, by a person after "interaction failed". It is done once."""

import asyncio

import pytest

from bot.core.meetings import When
from tests.faults.evenings import Evening, agree, answer, disk_of, promise
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
    await until(lambda: not api.world.waiting, lambda: bot.said)  # it waits for the next one
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


async def killed_unanswered(bot, press):
    """Kill it when a press had its effect and its answer was on the way: Discord says that it failed."""
    held = bot.wires["discord"].hold("/callback", "there")
    pressing = asyncio.create_task(press())
    await held.caught()
    bot.kill()
    pressing.cancel()
    held.lose()
    await bot.start()
    await bot.settled()


async def test_a_press_repeated_after_discord_said_that_it_failed_finds_what_the_first_one_did(discord):
    side = discord.discord
    server, ana = side.driver.server, side.person("Ana")
    async with disk_of(discord) as store:
        await promise(store, side, Evening(moments={When.OPEN: 0}))
    await discord.start()
    await side.command(ana, "/checkin")
    await agree(side, ana)
    await side.offers(ana, "7")
    [message] = server.world.seen(ana, ana.chat)
    seven = next(button["custom_id"] for button in message.buttons if button["label"] == "7")
    await killed_unanswered(discord, lambda: server.press(ana, message, seven))
    await server.press(ana, message, seven)
    assert [text.splitlines()[0] for text in side.screen(ana)] == ["One thing that went well? Small is fine."]
    await answer(side, ana, "A walk by the river")
    await side.sees(ana, "One thing that was hard?")

    await killed_unanswered(discord, lambda: side.press(ana, "I am here", "room"))
    await side.press(ana, "I am here", "room")
    assert "One person is here" in side.screen(ana, "room")[-1]
    assert discord.rows("SELECT count(*) FROM presences") == [(1,)]
