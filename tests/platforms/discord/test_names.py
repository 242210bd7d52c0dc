"""What the platform shows of a person."""

import pytest

from tests.platforms.discord.conftest import Running


@pytest.mark.parametrize(
    ("nick", "shown"), [(None, "ann"), ("Ann of\u202e the\n\nHill", "Ann of the Hill"), ("\u200b\u200b", ""), ("x" * 500, "x" * 64)]
)
async def test_an_act_carries_the_name_that_is_shown_there_cleaned(bot: Running, nick: str | None, shown: str):
    ann = bot.driver.person("ann")
    ann.nick = nick
    await bot.driver.command(ann, "/urge", "room")
    await bot.driver.command(ann, "/urge")
    assert [act.shown_name for act in bot.house.taken] == [shown, "ann"]
