"""`kill -9` in the middle of a conversation: what a person was told is kept is kept, and they go on where they stood."""

import asyncio

from tests.faults.evenings import agree, answer
from tests.faults.process import Bot


async def everywhere(bot: Bot, act):
    """Let the same be done on each platform at the same time."""
    await asyncio.gather(*(act(side, side.person("Ana")) for side in bot.sides.values()))


async def killed_and_started(bot: Bot, *, ahead: float = 0) -> None:
    await bot.settled()
    bot.kill()
    await bot.start(ahead=ahead)


async def test_a_check_in_that_is_killed_after_every_answer_goes_on_to_its_end(tmp_path):
    async with Bot(tmp_path, "discord", "telegram") as bot:
        await bot.start()

        async def begins(side, ana):
            await side.command(ana, "/checkin")
            await agree(side, ana)
            await side.offers(ana, "7")

        async def rates(side, ana):
            await side.press(ana, "7")
            await side.sees(ana, "One thing that went well?")

        async def tells(side, ana):
            await answer(side, ana, "A walk by the river")
            await side.sees(ana, "One thing that was hard?")

        async def tells_more(side, ana):
            await answer(side, ana, "A long evening")
            await side.sees(ana, "Your check-in")

        async def saves(side, ana):
            summary = await side.sees(ana, "Your check-in")
            assert all(words in summary for words in ("7", "A walk by the river", "A long evening"))
            await side.press(ana, "Save")
            await side.sees(ana, "Saved.")

        await everywhere(bot, begins)
        for step in (rates, tells, tells_more):
            await everywhere(bot, step)
            await killed_and_started(bot)
        await everywhere(bot, saves)

        for side in bot.sides.values():
            screen = "\n".join(side.screen(side.person("Ana")))
            asked = [screen.count(words) for words in ("How was your week", "went well?", "was hard?", "Saved.")]
            assert asked == ([0, 0, 0, 1] if side.name == "discord" else [0, 1, 1, 1])  # an edited message is another's place
        assert bot.rows("SELECT count(*) FROM checkins") == [(2,)]


async def test_the_end_of_a_ride_comes_once_though_it_was_killed_in_the_middle(tmp_path):
    async with Bot(tmp_path, "discord", "telegram") as bot:
        await bot.start()

        async def rides(side, ana):
            await side.command(ana, "/urge")
            await agree(side, ana)
            for label in ("8", "Ride it out", "3 min", "Chest", "Done", "6"):
                await side.offers(ana, label)
                await side.press(ana, label)
            await side.sees(ana, "Feet on the floor")

        async def hears_of_the_end(side, ana):
            await side.sees(ana, "The ride is over")

        async def ends(side, ana):
            for label in ("3", "Rest", "Finish"):
                await side.offers(ana, label)
                await side.press(ana, label)
            summary = await side.sees(ana, "At the start: 8")
            assert "At the end: 3" in summary
            assert "0:00 – 6" in summary or "0:01 – 6" in summary
            await side.press(ana, "Keep")
            await side.sees(ana, "Kept.")

        await everywhere(bot, rides)
        await killed_and_started(bot, ahead=185)
        await everywhere(bot, hears_of_the_end)
        await killed_and_started(bot, ahead=260)
        for side in bot.sides.values():
            screen = side.screen(side.person("Ana"))
            assert [words for words in screen if "ride" in words.lower()] == [screen[-1]]
        await everywhere(bot, ends)
