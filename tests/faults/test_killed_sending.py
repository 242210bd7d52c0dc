"""`kill -9` between claim and send, and between send and mark: what arrives, and how often."""

import asyncio

import pytest

from bot.core.meetings import State, When
from storage.database import concrete
from storage.meetings import Meetings
from tests.faults.evenings import Evening, disk_of, known, promise
from tests.faults.process import Bot

REMINDER, CHECKIN, CARD = "Your reminder", "How was your week", "The room is open"


@pytest.fixture
async def bot(tmp_path):
    """Down, with an evening ahead of which Ana is reminded and whose room opens now, and one under way with Ben in it."""
    async with Bot(tmp_path, "discord", "telegram") as bot:
        async with disk_of(bot) as store:
            for side in bot.sides.values():
                ana, ben = side.person("Ana"), side.person("Ben")
                await promise(store, side, Evening(moments={When.REMIND: 0, When.OPEN: 0}, reminded=[ana]))
                await promise(store, side, Evening("Other", state=State.OPEN, checkin=True, moments={When.CHECKIN: 0}, here=[ben]))
        yield bot


async def killed(bot, way):
    """Let it run until each of its messages stands on its way there, or on the way back; then kill it, and start it again."""
    held = [wire.hold(f"^POST .*[mM]essages? .*{words}", way) for wire in bot.wires.values() for words in (REMINDER, CHECKIN, CARD)]
    await bot.start()
    await asyncio.gather(*(one.caught() for one in held))
    bot.kill()
    for one in held:
        one.lose()
    await bot.start()
    await bot.settled()
    assert bot.rows("SELECT max(tries) FROM outbox") == [(0,)]  # at once: no try failed because nothing was connected yet


def counts(side):
    private = [text for name in ("Ana", "Ben") for text in side.screen(side.person(name))]
    texts = [*private, *side.screen(side.person("Ana"), "room")]
    return {words: sum(words in text for text in texts) for words in (REMINDER, CHECKIN, CARD)}


async def test_killed_before_the_send_each_comes_once_but_in_telegram_not_what_must_never_come_twice(bot):
    await killed(bot, "there")
    assert counts(bot.discord) == {REMINDER: 1, CHECKIN: 1, CARD: 1}
    assert counts(bot.telegram) == {REMINDER: 1, CHECKIN: 0, CARD: 1}


async def test_killed_after_the_send_each_is_once_in_discord_and_in_telegram_a_check_in_is_not_repeated(bot):
    await killed(bot, "back")
    assert counts(bot.discord) == {REMINDER: 1, CHECKIN: 1, CARD: 1}
    assert counts(bot.telegram) == {REMINDER: 2, CHECKIN: 1, CARD: 2}


async def test_a_card_that_changed_before_it_was_known_to_have_arrived_is_still_one_in_discord(tmp_path):
    async with Bot(tmp_path, "discord") as bot:
        async with disk_of(bot) as store:
            evening = await promise(store, bot.discord, Evening(moments={When.OPEN: 0}))
        held = bot.wires["discord"].hold(f"^POST .*/messages .*{CARD}", "back")
        await bot.start()
        await held.caught()
        bot.kill()
        held.lose()
        async with disk_of(bot) as store:
            await store.transact(lambda unit: comes(unit, bot.discord, evening.id))
        await bot.start()
        await bot.discord.sees(bot.discord.person("Ana"), "One person is here", "room")
        await bot.settled()
        assert len(bot.discord.screen(bot.discord.person("Ana"), "room")) == 1


async def comes(unit, side, evening) -> None:
    """Somebody presses that they are here."""
    now = Bot.now()
    await Meetings(unit).join(evening, (await known(concrete(unit), side, side.person("Ben"), now)).id, now)
    await unit.due.add(When.CARD.due(now, evening))
