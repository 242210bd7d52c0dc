"""A full disk, and a database that somebody else has locked: people are told kindly, nothing is lost, and help is always there.

The full disk is a limit on the sizes of the process's files, so it is in a process of its own.
"""

import asyncio
import contextlib
import resource
import sqlite3

import pytest

from bot.core.meetings import When
from tests.evening.world import world
from tests.faults.evenings import Evening, consented, disk_of, promise
from tests.faults.process import Bot

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
    with locked_file(bot.database):
        yield


@contextlib.contextmanager
def locked_file(path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.fixture
async def bot(tmp_path):
    """Up, with Ana before a question of her check-in."""
    async with Bot(tmp_path, "discord", "telegram") as bot:
        async with disk_of(bot) as store:
            for side in bot.sides.values():
                await consented(store, side, side.person("Ana"))
        await bot.start()
        for side in bot.sides.values():
            await side.command(side.person("Ana"), "/checkin")
            await side.offers(side.person("Ana"), "7")
        yield bot


@pytest.mark.parametrize("away", [full_disk, locked])
async def test_a_person_is_told_and_can_go_on_later_while_help_always_answers(bot, away):
    async def everywhere(act):
        await asyncio.gather(*(act(side, side.person("Ana")) for side in bot.sides.values()))

    async def is_told(side, ana):
        if side.name == "telegram":
            side.driver.tap(ana, "7")  # waits longer than the driver does
        else:
            await side.press(ana, "7")
        await side.sees(ana, CANNOT)

    async def asks_for_help(side, _):
        ben = side.person("Ben")
        await side.command(ben, "/now")
        await side.sees(ben, "112")

    async def goes_on(side, ana):
        assert "How was your week?" in side.screen(ana)[0]
        await side.press(ana, "7")
        await side.sees(ana, "One thing that went well?")
        if side.name == "telegram":
            await side.say(ana, "A walk by the river")
        else:
            await side.press(ana, "Write")
            await side.fill(ana, {"words": "A walk by the river"})
        await side.sees(ana, "One thing that was hard?")

    await bot.settled()
    with away(bot):
        telling = asyncio.create_task(everywhere(is_told))
        await everywhere(asks_for_help)
        await telling
    await everywhere(goes_on)


async def test_a_moment_that_comes_while_the_database_is_locked_is_kept_afterwards(tmp_path):
    async with world("telegram", tmp_path) as here:
        ana, ben = here.person("Ana"), here.person("Ben")
        evening = Evening(moments={When.REMIND: 60, When.OPEN: 60}, reminded=[ben])
        await promise(here.house.store, here, evening, here.clock.now())
        with locked_file(tmp_path / "data" / "openchair.db"):
            here.clock.move(seconds=60)
            here.driver.type(ana, "/language")
            await here.sees(ana, CANNOT)
            assert here.screen(ben) == here.screen(ben, "room") == []
        here.clock.move(seconds=5)  # until it tries again
        await here.sees(ben, "Your reminder")
        await here.sees(ben, "The room is open", "room")


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
