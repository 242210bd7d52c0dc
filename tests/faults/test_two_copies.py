"""Two copies on one SQLite file."""

import sys

from tests.cli.program import Program
from tests.faults.process import Bot


async def test_the_second_copy_says_why_it_refuses_and_the_first_goes_on(tmp_path):
    async with Bot(tmp_path, "discord", "telegram") as bot:
        await bot.start()
        ana = {name: side.person("Ana") for name, side in bot.sides.items()}
        calls = {name: len(wire.seen) for name, wire in bot.wires.items()}
        with bot.another() as second:
            assert await asyncio.to_thread(second.wait) == 1
            assert second.seen == ""
        for name, side in bot.sides.items():
            await side.command(ana[name], "/now")
            await side.sees(ana[name], "112")
