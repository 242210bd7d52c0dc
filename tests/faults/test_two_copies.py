"""Two copies on one SQLite file."""

import asyncio

from tests.faults.process import Bot


def logins(bot: Bot) -> list[str]:
    return [call for wire in bot.wires.values() for call in wire.seen if "getMe" in call or "/users/@me " in call]


async def test_the_second_copy_says_why_it_refuses_and_the_first_goes_on(tmp_path):
    async with Bot(tmp_path, "discord", "telegram") as bot:
        await bot.start()
        assert len(logins(bot)) == 2
        with bot.another() as second:
            assert await asyncio.to_thread(second.wait) == 1
            said = second.seen.splitlines()[-1]
        assert said.startswith("Another Openchair is running on ")
        assert said.endswith("Stop it first, or give this one a database of its own.")
        assert len(logins(bot)) == 2  # no platform has heard of it
        for side in bot.sides.values():
            ana = side.person("Ana")
            await side.command(ana, "/language")
            await side.press(ana, "Deutsch")
            await side.sees(ana, "Gespeichert: Deutsch")
