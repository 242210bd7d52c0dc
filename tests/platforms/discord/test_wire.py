"""discord.py over real sockets: acts come in, answers go out."""

from bot.core.calls import Kind, Role
from bot.core.replies import To
from tests.platforms.discord.conftest import Running, said


async def test_a_command_in_a_room_is_answered_to_the_person_alone(bot: Running):
    ann, ben = bot.driver.person("ann"), bot.driver.person("ben")
    bot.house.decide = lambda act: said("How strong is it?", "Next")
    await bot.driver.command(ann, "/urge", "room")
    assert bot.driver.screen(ann, "room") == ["How strong is it?"]
    assert bot.driver.screen(ben, "room") == []
    assert bot.driver.buttons(ann, "room") == ["Next"]
