"""SIGTERM in the middle of answers and sends: it ends in time and in order, and the next start goes on at once."""

import asyncio

import pytest

from bot.core.meetings import When
from tests.faults.evenings import Evening, disk_of, promise
from tests.faults.process import Bot
from tests.waiting import until

SOON = "starts soon"
EVERY = [f"Evening {number}" for number in range(4)]


@pytest.fixture
async def bot(tmp_path):
    """Down, with announcements for its room that are due."""
    async with Bot(tmp_path, "discord", "telegram") as bot:
        async with disk_of(bot) as store:
            for side in bot.sides.values():
                for title in EVERY:
                    await promise(store, side, Evening(title, moments={When.ANNOUNCE_SOON: 0}))
        yield bot


def told(side):
    return sorted(text.split(" starts")[0] for text in side.screen(side.person("Ana"), "room") if SOON in text)


@pytest.mark.parametrize("way", ["there", "back"])
async def test_what_is_being_sent_is_finished_and_what_is_only_claimed_is_given_back(bot, way):
    held = [wire.hold(f"^POST .*[mM]essages? .*{SOON}", way) for wire in bot.wires.values()]
    await bot.start()
    await asyncio.gather(*(one.caught() for one in held))
    ending = asyncio.create_task(bot.end())
    await until(lambda: "stopping" in bot.said, lambda: bot.said)
    for one in held:
        one.let_go()
    await ending
    assert ending.result() == 0
    print([told(side) for side in bot.sides.values()])
    print(bot.rows("SELECT platform, state, claimed_by, seen, tries FROM outbox"))
    await bot.start()
    await bot.settled()
    assert [told(side) for side in bot.sides.values()] == [EVERY, EVERY]
