"""`kill -9` while people are to be told: a place on the waiting list is offered, or an evening was called off."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec.structs import replace as changed

from bot.core import ports
from bot.core.calendar import Change
from bot.core.ids import OccurrenceId
from bot.core.meetings import Options, State, When
from storage.database import concrete
from storage.meetings import Meetings
from tests.faults.evenings import Evening, disk_of, promise
from tests.faults.process import Bot, eventually

TOMORROW = Evening(starts_in=timedelta(hours=20))
OFFER, OFF, WHY = "A place is free", "Not this time", "Nobody has the key"


@pytest.fixture
async def bot(tmp_path):
    async with Bot(tmp_path, "discord", "telegram") as bot:
        yield bot


async def everywhere(
    bot: Bot,
    evening: Evening,
    *moments: When,
    going: Sequence[str] = (),
    waiting: Sequence[str] = (),
    reminded: Sequence[str] = (),
) -> dict[str, OccurrenceId]:
    """Put the evening on the disk for each platform; people by name."""
    made = {}
    async with disk_of(bot) as store:
        for side in bot.sides.values():
            promised = replace(
                evening,
                moments=dict.fromkeys(moments, 0),
                going=[side.person(name) for name in going],
                waiting=[side.person(name) for name in waiting],
                reminded=[side.person(name) for name in reminded],
            )
            made[side.name] = (await promise(store, side, promised)).id
    return made


def heard(bot: Bot, name: str, words: str) -> dict[str, int]:
    return {side.name: sum(words in text for text in side.screen(side.person(name))) for side in bot.sides.values()}


async def killed_at(bot: Bot, pattern: str, way, act=None) -> None:
    held = [wire.hold(pattern, way, every=True) for wire in bot.wires.values()]  # one person is told while another is being told
    acting = asyncio.create_task(act()) if act is not None else None
    if act is None:
        await bot.start()
    await asyncio.gather(*(one.caught() for one in held))
    bot.kill()
    for one in held:
        one.lose()
    if acting is not None:
        acting.cancel()
        await asyncio.gather(acting, return_exceptions=True)


async def presses(bot: Bot, name: str, evenings: dict[str, OccurrenceId], data: str, place="private") -> None:
    sides = bot.sides.values()
    await asyncio.gather(*(side.press(side.person(name), data.format(evenings[side.name]), place) for side in sides))


def standings(bot: Bot) -> list[tuple[str, int]]:
    return bot.rows("SELECT standing, count(*) FROM goings GROUP BY standing ORDER BY standing")


@pytest.mark.parametrize("way", ["there", "back"])
async def test_a_place_that_was_being_offered_is_offered_once_and_claimed_once(bot, way):
    full = replace(TOMORROW, options=Options(capacity=1))
    evenings = await everywhere(bot, full, When.REMIND_PLAN, going=["Ana"], waiting=["Ben", "Cleo"])
    await bot.start()
    for side in bot.sides.values():
        await side.command(side.person("Ana"), "/language")  # a screen to press on
    await bot.settled()
    await killed_at(bot, f"^POST .*[mM]essages? .*{OFFER}", way, lambda: presses(bot, "Ana", evenings, "reminders:set:{}:no"))
    assert standings(bot) == [("not", 2), ("offered", 2), ("waiting", 2)]

    await bot.start()
    await eventually(lambda: all(heard(bot, "Ben", OFFER).values()), lambda: bot.said)
    await bot.settled()
    assert heard(bot, "Ben", OFFER) == {"discord": 1, "telegram": 1 if way == "there" else 2}  # Telegram cannot be told a key
    assert heard(bot, "Cleo", OFFER) == {"discord": 0, "telegram": 0}

    claims = presses(bot, "Ben", evenings, "reminders:set:{}:yes")
    await killed_at(bot, "callback|editMessageText|answerCallbackQuery", "there", lambda: claims)
    await bot.start()
    for side in bot.sides.values():
        await side.press(side.person("Ben"), f"reminders:set:{evenings[side.name]}:yes")  # it seemed to have failed: once more
    await eventually(lambda: standings(bot) == [("going", 2), ("not", 2), ("waiting", 2)], lambda: f"{standings(bot)}\n{bot.said}")
    assert heard(bot, "Cleo", OFFER) == {"discord": 0, "telegram": 0}


async def test_an_offer_that_ran_out_while_it_was_down_goes_to_the_next_once(bot):
    full = replace(TOMORROW, options=Options(capacity=1))
    evenings = await everywhere(bot, full, When.REMIND_PLAN, going=["Ana"], waiting=["Ben", "Cleo", "Dan"])
    await bot.start()
    for side in bot.sides.values():
        await side.command(side.person("Ana"), "/language")
    await presses(bot, "Ana", evenings, "reminders:set:{}:no")
    await eventually(lambda: all(heard(bot, "Ben", OFFER).values()), lambda: bot.said)
    await bot.settled()
    bot.kill()
    await bot.start(ahead=24 * 60 * 60)  # beyond every quiet hour, and beyond the evening
    await bot.settled()
    assert heard(bot, "Cleo", OFFER) == heard(bot, "Dan", OFFER) == {"discord": 0, "telegram": 0}  # nobody is pestered afterwards


@pytest.mark.parametrize("way", ["there", "back"])
async def test_killed_between_called_off_and_telling_each_is_told_and_once(bot, way):
    evenings = await everywhere(bot, TOMORROW, When.REMIND_PLAN, going=["Ana"], reminded=["Ben"])
    await bot.start()
    planned = "SELECT count(*) FROM remind_plans"
    await eventually(lambda: bot.rows(planned) == [(2,)], lambda: bot.said)
    await bot.settled()
    bot.kill()

    async with disk_of(bot) as store:  # as the button leaves it: the evening is called off, and nobody was told yet
        for occurrence in evenings.values():

            async def calls_off(unit: ports.Unit, name: OccurrenceId = occurrence) -> None:
                before = await Meetings(unit).occurrence(name)
                assert before is not None
                await Meetings(unit).put_change(Change(before.series, before.original, cancelled=True, reason=WHY))
                assert await Meetings(unit).move(before, changed(before, state=State.CANCELLED, reason=WHY))
                for moment in (When.CHANGED, When.REMIND_PLAN, When.ANNOUNCE_PLAN):
                    await concrete(unit).due.add(moment.due(bot.now(), name))

            await store.transact(calls_off)

    await killed_at(bot, f"^POST .*[mM]essages? .*{OFF}", way)
    await bot.start()
    await eventually(
        lambda: all((*heard(bot, "Ana", OFF).values(), *heard(bot, "Ben", OFF).values())), lambda: f"not told:\n{bot.said}"
    )
    await bot.settled()
    bot.kill()
    await bot.start()
    await bot.settled()
    for name in ("Ana", "Ben"):
        counts = heard(bot, name, OFF)
        assert counts["discord"] == 1
        assert 1 <= counts["telegram"] <= (1 if way == "there" else 2)
    assert bot.rows("SELECT count(*) FROM due WHERE kind = 'room.changed'") == [(0,)]
