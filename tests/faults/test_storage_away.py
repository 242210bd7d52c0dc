"""A full disk, and a database that somebody else has locked: people are told kindly, nothing is lost, and help is always there."""

import asyncio
import contextlib
import resource
import sqlite3

import pytest

from bot.core.meetings import When
from tests.faults.evenings import Evening, consented, disk_of, promise
from tests.faults.process import Bot
from tests.waiting import until

CANNOT = "I cannot save anything right now"


@contextlib.contextmanager
def full_disk(bot):
    """No file of the bot may grow beyond what its log has now."""
    _, most = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
    size = bot.database.with_name("openchair.db-wal").stat().st_size
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (most, most))


@contextlib.contextmanager
def locked(bot):
    other = sqlite3.connect(bot.database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.fixture
async def bot(tmp_path):
    """Up, with Ana before a question of her check-in, and a reminder for Ben in a moment."""
    async with Bot(tmp_path, "discord", "telegram") as bot:
        async with disk_of(bot) as store:
            for side in bot.sides.values():
                await promise(store, side, Evening(moments={When.REMIND: 3}, reminded=[side.person("Ben")]))
                await consented(store, side, side.person("Ana"))
        await bot.start()
        for side in bot.sides.values():
            await side.command(side.person("Ana"), "/checkin")
            await side.offers(side.person("Ana"), "7")
        yield bot


@pytest.mark.parametrize("away", [full_disk, locked])
async def test_a_person_is_told_and_can_go_on_later_while_help_always_answers(bot, away):
    async def everywhere(act):
        await asyncio.gather(*(act(side, side.person("Ana"), side.person("Ben")) for side in bot.sides.values()))

    async def is_told(side, ana, _):
        if side.name == "telegram":
            side.driver.tap(ana, "7")  # waits longer than the driver does
        else:
            await side.press(ana, "7")
        await side.sees(ana, CANNOT)

    async def asks_for_help(side, _, ben):
        await side.command(ben, "/now")
        await side.sees(ben, "112")

    async def goes_on(side, ana, ben):
        assert "How was your week?" in side.screen(ana)[0]
        await side.press(ana, "7")
        await side.sees(ana, "One thing that went well?")
        if side.name == "telegram":
            await side.say(ana, "A walk by the river")
        else:
            await side.press(ana, "Write")
            await side.fill(ana, {"words": "A walk by the river"})
        await side.sees(ana, "One thing that was hard?")
        await side.sees(ben, "Your reminder")

    await bot.settled()
    with away(bot):
        telling = asyncio.create_task(everywhere(is_told))
        await everywhere(asks_for_help)
        await telling
        if away is locked:
            await until(lambda: "due.waits" in bot.said, lambda: bot.said)  # the reminder's moment came meanwhile
    await everywhere(goes_on)
    await bot.settled()
    assert [sum("Your reminder" in text for text in side.screen(side.person("Ben"))) for side in bot.sides.values()] == [1, 1]


async def test_what_was_written_in_a_form_is_still_in_it_when_there_is_space_again(tmp_path):
    async with Bot(tmp_path, "discord") as bot:
        side = bot.discord
        ana = side.person("Ana")
        async with disk_of(bot) as store:
            await consented(store, side, ana)
        await bot.start()
        await side.command(ana, "/checkin")
        await side.press(ana, "7")
        await side.press(ana, "Write")
        await bot.settled()
        with full_disk(bot):
            await side.fill(ana, {"words": "A walk by the river"})
            await side.sees(ana, CANNOT)
        await side.press(ana, "Change my answers")
        await side.fill(ana, {})  # as it stands there
        await side.sees(ana, "One thing that was hard?")
        assert bot.rows("SELECT count(*) FROM flow_states") == [(1,)]
