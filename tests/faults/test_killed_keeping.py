"""`kill -9` between Keep and its answer, of a tool with everything that can come of it: lines for the kit, a message on a later
day, another tool that it hands an answer to. All of it is there once, whoever presses again."""

import asyncio

import pytest

from tests.evening.world import PLATFORMS
from tests.faults.evenings import agree, answer
from tests.faults.process import Bot, Side

SENDS = {"discord": "^POST .*/callback .*{words}", "telegram": "^POST .*/(sendMessage|editMessageText) .*{words}"}
CHAT = [name for name in PLATFORMS if name != "web"]  # the web page's answer is the request's own
OBSTACLE, RESPONSE, CHANGE = "Friday nights", "I call my sister", "Sleep at home every night"
GOAL, TODAY = "Make a goal of it, with a day", "today is the day you chose"
WEEK = 7 * 24 * 3600 + 60


@pytest.fixture(params=CHAT)
async def bot(request, tmp_path):
    async with Bot(tmp_path, request.param) as bot:
        yield bot


def side_of(bot: Bot) -> Side:
    (side,) = bot.sides.values()
    return side


async def taps(side: Side, ana, *labels: str) -> None:
    for label in labels:
        await side.offers(ana, label)
        await side.press(ana, label)


async def planned(bot: Bot) -> None:
    """Walk a plan for a change to its summary. It is begun again in the middle: so many acts are more than a minute's."""
    side = side_of(bot)
    ana = side.person("Ana")
    await side.command(ana, "/changeplan")
    await agree(side, ana)
    await side.sees(ana, "What do you want to change?")
    await answer(side, ana, CHANGE)
    await taps(side, ana, "Something else", "8", "8")
    for asked in ("Why do you want it?", "What do you do for it?"):
        await side.sees(ana, asked)
        await taps(side, ana, "Skip")
    await taps(side, ana, "Yes, add that")
    await side.sees(ana, "Who could help")
    await bot.settled()
    bot.kill()
    await bot.start()
    await taps(side, ana, "Skip")
    await side.sees(ana, "What could get in the way?")
    await answer(side, ana, OBSTACLE)
    await taps(side, ana, "Done")
    await side.sees(ana, "what do you do then?")
    await answer(side, ana, RESPONSE)
    await taps(side, ana, "Yes, put them in my kit", "Yes, on a day I choose", "In a week")
    await side.sees(ana, "My plan for a change")
    await side.offers(ana, "Keep")
    await bot.settled()


async def killed_before_its_answer(bot: Bot, label: str, words: str) -> None:
    """Press a button; kill the program when what it did is written, and its answer is on the way."""
    side = side_of(bot)
    held = bot.wires[side.name].hold(SENDS[side.name].format(words=words), "there")
    pressing = asyncio.create_task(side.press(side.person("Ana"), label))
    await held.caught()
    bot.kill()
    pressing.cancel()
    held.lose()
    await asyncio.gather(pressing, return_exceptions=True)


def held_of(bot: Bot) -> dict[str, int]:
    """Return how many rows there are of what comes of it."""
    tables = {"entries": "", "kits": "", "flow_states": "", "due": "WHERE key LIKE 'follow%'"}
    return {name: bot.rows(f"SELECT count(*) FROM {name} {where}")[0][0] for name, where in tables.items()}


async def test_what_was_kept_is_kept_pinned_promised_and_handed_over_once(bot):
    side = side_of(bot)
    ana = side.person("Ana")
    await bot.start()
    await planned(bot)
    assert held_of(bot) == {"entries": 0, "kits": 0, "flow_states": 1, "due": 0}

    await killed_before_its_answer(bot, "Keep", "Kept")
    kept = {"entries": 1, "kits": 1, "flow_states": 0, "due": 1}
    assert held_of(bot) == kept
    await bot.start()
    await bot.settled()
    if "Keep" in side.labels(ana):  # whoever saw no answer presses again
        await side.press(ana, "Keep")
    await side.sees(ana, "Kept.")
    await bot.settled()
    assert held_of(bot) == kept
    await side.command(ana, "/kit")
    kit = await side.sees(ana, RESPONSE)
    assert (kit.count(OBSTACLE), kit.count(RESPONSE)) == (1, 1)

    await killed_before_its_answer(bot, GOAL, "What do you want to reach")
    assert held_of(bot) == {**kept, "flow_states": 1}
    await bot.start(ahead=WEEK)
    if GOAL in side.labels(ana):
        await side.press(ana, GOAL)
    await side.sees(ana, "What do you want to reach")
    await side.sees(ana, CHANGE)
    await side.sees(ana, TODAY)
    await bot.settled()
    assert held_of(bot) == {**kept, "flow_states": 1, "due": 0}
    assert sum(TODAY in text for text in side.screen(ana)) == 1
