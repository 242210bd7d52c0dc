"""`kill -9` around what was asked of a platform besides a message: the row is there before the call, the call is repeated until it
is marked, and when the meeting is over everybody stands exactly as before it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.meetings import State, When
from tests.faults.evenings import Evening, disk_of, promise
from tests.faults.process import Bot, Side, eventually

HOLDS = {"discord": r"^PUT .*/permissions/", "telegram": "^POST .*/restrictChatMember"}
FREES = {"discord": r"^(PUT|DELETE) .*/permissions/", "telegram": HOLDS["telegram"]}
BANS = {"discord": HOLDS["discord"], "telegram": "^POST .*/banChatMember"}
OPEN = Evening(starts_in=timedelta(minutes=-10), state=State.OPEN)
EMBED, ATTACH, SEND = 1 << 14, 1 << 15, 1 << 11
OVER = 115 * 60  # seconds: by then nobody has closed it, and it closes by itself


def given_by_hand(side: Side, eve, way: str) -> None:
    """What a moderator had set for Eve before the meeting, and what is to be there again after it.

    Where the kill comes between the call and its mark (`back`), nobody knows any more what stood in the place of a mute. In Discord
    that is only what the mute itself takes; in Telegram a member's restriction is one thing, so all of it.
    """
    if side.name == "discord":
        side.driver.server.world.channels[side.driver.room.chat].overwrites[eve.id] = (1, EMBED, ATTACH)
    elif way != "back":
        side.driver.restrict_by_hand(eve, "can_send_photos", "can_send_polls")


def stands(side: Side, eve) -> object:
    """How Eve stands on the platform: what was set for her, and whether she is kept out."""
    if side.name == "discord":
        return side.driver.overwrites(side.driver.room.chat)
    return side.driver.restricted(eve), side.driver.banned(eve), eve.id in side.driver.group.members


def may_write(side: Side, eve) -> bool:
    if side.name == "discord":
        return bool(side.driver.may(eve, side.driver.room.chat, SEND))
    return bool(side.driver.may_write(eve)) and eve.id in side.driver.group.members


@pytest.fixture
async def bot(tmp_path):
    async with Bot(tmp_path, "discord", "telegram") as bot:
        yield bot


class Led:
    """An evening under way on each platform: Kim and Lou lead and are there, Eve has a seat, the third."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.evenings: dict[str, str] = {}
        self.before: dict[str, object] = {}

    async def begins(self, way: str = "") -> None:
        async with disk_of(self.bot) as store:
            for side in self.bot.sides.values():
                kim, lou = side.person("Kim", facilitator=True), side.person("Lou", facilitator=True)
                eve = side.person("Eve")
                given_by_hand(side, eve, way)
                self.before[side.name] = stands(side, eve)
                moments = {When.CARD: 0, When.CLOSE: OVER - 60}
                evening = replace(OPEN, here=[kim, lou, eve], leading=[kim, lou], moments=moments)
                self.evenings[side.name] = (await promise(store, side, evening)).id
        await self.bot.start()
        for side in self.bot.sides.values():
            await side.offers(side.person("Kim"), "I am here", "room")
        await self.bot.settled()

    async def act(self, name: str, action: str, value: str = "3") -> None:
        """A press of a facilitator's, on each platform."""
        for side in self.bot.sides.values():
            await side.press(side.person(name, facilitator=True), f"floor:{action}:{self.evenings[side.name]}:{value}", "room")

    def all_write(self, *, wanted: bool) -> bool:
        return all(may_write(side, side.person("Eve")) is wanted for side in self.bot.sides.values())

    async def comes_to(self, sql: str, wanted: object) -> None:
        await eventually(lambda: self.bot.rows(sql) == wanted, lambda: f"{self.bot.rows(sql)}, not {wanted}:\n{self.bot.said}")

    async def killed_at(self, patterns: dict[str, str], way, act=None, *, ahead: float = 0) -> None:
        """Let something be done until its call stands on its way on each platform; kill it there."""
        held = [wire.hold(patterns[name], way) for name, wire in self.bot.wires.items()]
        if act is not None:
            await act()
        else:
            await self.bot.start(ahead=ahead)
        await asyncio.gather(*(one.caught() for one in held))
        self.bot.kill()
        for one in held:
            one.lose()

    def everybody_stands_as_before(self) -> None:
        for side in self.bot.sides.values():
            assert stands(side, side.person("Eve")) == self.before[side.name], side.name


@pytest.mark.parametrize("way", ["there", "back"])
async def test_a_mute_killed_at_its_call_holds_after_the_restart_and_killed_at_its_end_ends_as_it_was_before(bot, way):
    led = Led(bot)
    await led.begins(way)
    await led.killed_at(HOLDS, way, lambda: led.act("Kim", "mute"))
    assert bot.rows("SELECT standing, confirmed_at, asks FROM standings") == [("muted", None, 1)] * 2  # the row was first

    await bot.start()
    await led.comes_to("SELECT count(*) FROM standings WHERE confirmed_at IS NOT NULL", [(2,)])
    assert led.all_write(wanted=False)

    await bot.settled()
    bot.kill()  # in mid-meeting, with a mute owed; and down beyond its end
    await led.killed_at(FREES, way, ahead=OVER)
    await bot.start(ahead=OVER)
    await led.comes_to("SELECT count(*) FROM standings", [(0,)])
    led.everybody_stands_as_before()
    assert bot.rows("SELECT count(*) FROM outbox WHERE state = 'dropped' AND key LIKE 'stand_%'") == [(0,)]


async def test_a_mute_owed_when_it_is_killed_is_undone_at_the_close_exactly_once(bot):
    led = Led(bot)
    await led.begins()
    await led.act("Kim", "mute")
    await led.comes_to("SELECT count(*) FROM standings WHERE confirmed_at IS NOT NULL", [(2,)])
    bot.kill()
    calls = {name: len(wire.seen) for name, wire in bot.wires.items()}
    await bot.start()
    await bot.settled()
    assert led.all_write(wanted=False)
    bot.kill()
    await bot.start(ahead=OVER)
    await led.comes_to("SELECT count(*) FROM standings", [(0,)])
    await bot.settled()
    bot.kill()
    await bot.start(ahead=OVER + 60)
    await bot.settled()
    led.everybody_stands_as_before()
    for name, wire in bot.wires.items():
        undone = [line for line in wire.seen[calls[name] :] if line.startswith(("PUT", "DELETE")) or "/restrict" in line]
        undone = [line for line in undone if "/permissions/" in line or "/restrict" in line]
        assert len(undone) == 1, undone


async def test_a_removal_that_waits_for_its_second_facilitator_waits_across_a_kill(bot):
    led = Led(bot)
    await led.begins()
    await led.act("Kim", "out")
    assert bot.rows("SELECT count(*) FROM motions") == [(2,)]
    assert led.all_write(wanted=True)
    bot.kill()

    await bot.start()
    for side in bot.sides.values():
        lou = side.person("Lou", facilitator=True)
        await side.offers(lou, "Yes, remove")
    await led.killed_at(BANS, "back", lambda: presses(bot, "Lou", "Yes, remove"))
    assert bot.rows("SELECT standing FROM standings") == [("out",)] * 2
    await bot.start()
    await led.comes_to("SELECT count(*) FROM standings WHERE confirmed_at IS NOT NULL", [(2,)])
    assert led.all_write(wanted=False)
    assert bot.rows("SELECT kind, hands, count(*) FROM acts GROUP BY kind, hands") == [("remove", 2, 2)]
    bot.kill()

    await bot.start(ahead=OVER)
    await led.comes_to("SELECT count(*) FROM standings", [(0,)])
    for side in bot.sides.values():
        if side.name == "telegram":
            assert side.driver.banned(side.person("Eve")) is None
        else:
            assert stands(side, side.person("Eve")) == led.before[side.name]


async def test_a_removal_that_nobody_confirmed_while_it_was_down_is_off(bot):
    led = Led(bot)
    await led.begins()
    await led.act("Kim", "out")
    bot.kill()
    await bot.start(ahead=125)
    for side in bot.sides.values():
        await side.sees(side.person("Kim", facilitator=True), "Nobody confirmed the removal")
    await bot.settled()
    assert bot.rows("SELECT count(*) FROM motions") == bot.rows("SELECT count(*) FROM standings") == [(0,)]
    led.everybody_stands_as_before()
    for side in bot.sides.values():
        asked = [text for text in side.screen(side.person("Lou", facilitator=True)) if "asks to remove" in text]
        assert len(asked) <= 1


async def presses(bot: Bot, name: str, label: str) -> None:
    for side in bot.sides.values():
        await side.press(side.person(name), label)
