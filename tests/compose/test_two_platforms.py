"""One house on two platforms at once, over real sockets: a person links their accounts, and a reminder finds the open door."""

import asyncio
import re
from types import SimpleNamespace

import pytest

from bot.compose import openchair
from bot.config.model import PlatformsConfig
from tests.evening.times import RunningAlarm, RunningClock
from tests.evening.world import World, config_for
from tests.security.evenings import SEVEN, plan
from tests.servers.discord.driver import DiscordDriver
from tests.servers.telegram.driver import TelegramDriver

YES = "Yes, 18 or older. Go on"


@pytest.fixture
async def both(tmp_path):
    clock = RunningClock()
    async with TelegramDriver() as telegram, DiscordDriver() as discord:
        configs = [config_for(driver.name, tmp_path, driver) for driver in (telegram, discord)]
        platforms = PlatformsConfig(telegram=configs[0].platforms.telegram, discord=configs[1].platforms.discord)
        config = configs[0].model_copy(update={"platforms": platforms})
        async with openchair(config, clock=clock, alarm=RunningAlarm(clock)) as house:
            running = asyncio.create_task(house.run())
            try:
                await telegram.connected()
                await discord.connected()
                yield SimpleNamespace(
                    telegram=World("telegram", telegram, house, clock), discord=World("discord", discord, house, clock)
                )
            finally:
                house.stop.set()
                await running


async def linked(both, ana_there, ana_here):
    """Ana makes a code in Telegram, and types it in Discord."""
    there, here = both.telegram, both.discord
    await there.command(ana_there, "/link")
    await there.press(ana_there, "Make a code")
    await there.press(ana_there, YES)
    shown = await there.sees(ana_there, "Your code: ")
    code = re.search(r"(\w{4}-){6}\w{4}", shown)
    assert code is not None
    await here.command(ana_here, f"/link {code[0]}")
    await here.sees(ana_here, "becomes part of the person who made the code")
    await here.press(ana_here, "Yes, link them")
    await here.press(ana_here, YES)
    await here.sees(ana_here, "are one person to me now")
    await there.sees(ana_there, "Your account on Discord is linked to this one now")
    return code[0]


async def test_a_reminder_that_one_platform_cannot_bring_is_brought_by_the_other(both):
    there, here = both.telegram, both.discord
    ana_there, ana_here, kim = there.person("Ana"), here.person("Ana"), there.person("Kim", facilitator=True)
    await plan(there, kim, "Tuesday evening")
    await there.sees(kim, "Saved: Tuesday evening")
    await there.command(ana_there, "/meetings", "room")
    await there.command(ana_there, "/remind")
    await there.sees(ana_there, "This is how a reminder looks")
    await linked(both, ana_there, ana_here)

    ana_there.blocked = True
    assert not any("Your reminder" in text for text in here.screen(ana_here))
    await there.pass_time(to=SEVEN.replace(hour=17, minute=45, second=1))
    reminder = await here.sees(ana_here, "Your reminder")
    assert "Tuesday" not in reminder
    room = "\n".join(there.screen(kim, "room"))
    assert "Ana" not in room
    assert "Discord" not in room


async def test_separated_again_each_account_has_its_own(both):
    there, here = both.telegram, both.discord
    ana_there, ana_here = there.person("Ana"), here.person("Ana")
    await linked(both, ana_there, ana_here)
    await there.command(ana_there, "/timezone New York")
    await there.sees(ana_there, "Saved: New York")
    await there.command(ana_there, "/link")
    await there.press(ana_there, "Separate Discord")
    await there.sees(ana_there, "It becomes a new person, with nothing saved")
    await there.press(ana_there, "Yes, separate it")
    await there.sees(ana_there, "stands by itself now. What is saved stays here")
    await here.sees(ana_here, "Nothing is saved for it")
