"""SIGTERM in the middle of answers and sends: it ends in time and in order, and the next start goes on at once."""

import asyncio

import pytest

from bot.core.meetings import When
from tests.faults.evenings import Evening, disk_of, promise
from tests.faults.process import Bot
from tests.waiting import until

SOON = "starts soon"
SENDS = f"^POST .*[mM]essages? .*{SOON}"
EVERY = [f"Evening {number}" for number in range(3)]


@pytest.fixture
async def bot(tmp_path):
    async with Bot(tmp_path, "discord", "telegram") as bot:
        yield bot


async def sending(bot, way):
    """Start it with announcements for its rooms that are due; the first of each room is held."""
    async with disk_of(bot) as store:
        for side in bot.sides.values():
            for title in EVERY:
                await promise(store, side, Evening(title, moments={When.ANNOUNCE_SOON: 0}))
    held = [wire.hold(SENDS, way) for wire in bot.wires.values()]
    await bot.start()
    await asyncio.gather(*(one.caught() for one in held))
    return held


def told(side):
    return sorted(text.split(" starts")[0] for text in side.screen(side.person("Ana"), "room") if SOON in text)


@pytest.mark.parametrize("way", ["there", "back"])
async def test_what_is_being_sent_is_finished_and_what_is_only_claimed_is_given_back(bot, way):
    held = await sending(bot, way)
    await ended(bot, meanwhile=lambda: [one.let_go() for one in held])
    assert bot.rows("SELECT state, seen, tries, count(*) FROM outbox WHERE claimed_by IS NULL GROUP BY 1 ORDER BY 1") == [
        ("sent", 0, 0, 2),
        ("waiting", 0, 0, 4),
    ]
    await bot.start()
    await bot.settled()
    assert [told(side) for side in bot.sides.values()] == [EVERY, EVERY]


@pytest.mark.parametrize("way", ["there", "back"])
async def test_an_answer_under_way_arrives_and_does_not_come_again(bot, way):
    await bot.start()
    held, asking = await asks_and_waits(bot, way)
    await ended(bot, meanwhile=lambda: [one.let_go() for one in held])
    await asyncio.gather(*asking)
    await bot.start()
    await bot.settled()
    assert [answers(side) for side in bot.sides.values()] == [1, 1]


async def test_what_hangs_is_left_in_time_and_arrives_after_the_next_start(bot):
    held = await sending(bot, "there")
    answers_held, asking = await asks_and_waits(bot, "there")
    assert await bot.end() == 0
    for one in (*held, *answers_held):
        one.lose()
    for task in asking:
        task.cancel()
    await bot.start()
    await bot.settled()
    assert [told(side) for side in bot.sides.values()] == [EVERY, EVERY]
    assert [answers(side) for side in bot.sides.values()] == [1, 1]


async def ended(bot, meanwhile):
    """End it, and do something once it has heard of that."""
    ending = asyncio.create_task(bot.end())
    await until(lambda: "stopping" in bot.said, lambda: bot.said)
    meanwhile()
    assert await ending == 0


async def asks_and_waits(bot, way):
    """Let Ana ask on each platform; her answers are held."""
    held = [
        bot.wires[name].hold(answer, way) for name, answer in (("discord", "/callback"), ("telegram", "sendMessage .*language"))
    ]
    asking = [asyncio.create_task(side.command(side.person("Ana"), "/language")) for side in bot.sides.values()]
    await asyncio.gather(*(one.caught() for one in held))
    return held, asking


def answers(side):
    return sum("language" in text for text in side.screen(side.person("Ana")))
