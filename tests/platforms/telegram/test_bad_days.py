"""Answers on a bad day: waits, nonsense, lost replies."""

import pytest

from bot.core.calls import Incoming
from bot.core.errors import PlatformBusy, PlatformDown, RoomGone
from bot.core.replies import Reply, To
from tests.fakes import HeldClock
from tests.platforms.telegram.desk import Desk, said
from tests.servers.telegram.driver import TelegramDriver

pytestmark = pytest.mark.usefixtures("platform")


def screens(incoming: Incoming) -> Reply:
    return said(f"after {incoming.press.subject}" if incoming.press else "start", "one", "two")


async def test_a_short_wait_is_waited_and_the_answer_arrives_once(driver: TelegramDriver, desk: Desk, clock: HeldClock):
    alice = driver.person("Alice")
    driver.api.will_answer("sendMessage", 429, retry_after=2)
    await driver.command(alice, "/urge")
    assert [length.total_seconds() for length in clock.slept] == [2]
    assert driver.screen(alice) == ["command urge"]


async def test_a_long_wait_is_left_to_the_courier(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    driver.api.will_answer("sendMessage", 429, retry_after=40)
    driver.type(alice, "/urge")
    await desk.until(lambda: desk.failed)
    error = desk.failed[0][1]
    assert isinstance(error, PlatformBusy)
    assert error.retry_after.total_seconds() == 40


@pytest.mark.parametrize(("status", "html"), [(500, False), (502, True), (200, True), (0, False)])
async def test_an_answer_that_says_nothing_is_not_repeated_blindly(driver: TelegramDriver, desk: Desk, status: int, html: bool):
    alice = driver.person("Alice")
    driver.api.will_answer("sendMessage", status, html=html, after_effect=True)
    driver.type(alice, "/urge")
    await desk.until(lambda: desk.failed)
    error = desk.failed[0][1]
    assert isinstance(error, PlatformDown)
    assert error.maybe_done
    assert driver.screen(alice) == ["command urge"]


async def test_an_edit_whose_answer_was_lost_is_simply_made_again(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    desk.rule = screens
    await driver.command(alice, "/urge")
    driver.api.will_answer("editMessageText", 0, after_effect=True)
    driver.tap(alice, "one")
    await desk.until(lambda: len(desk.arrived) == 2)
    assert driver.screen(alice) == ["after one"]
    assert desk.failed == []


async def test_a_group_that_threw_the_bot_out_is_gone(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    desk.rule = lambda _: said("Room", to=To.ROOM)
    driver.group.bot_is_in = False
    driver.type(alice, "/meetings", "room")
    await desk.until(lambda: desk.failed)
    assert isinstance(desk.failed[0][1], RoomGone)


async def test_told_to_wait_between_parts_none_is_repeated(driver: TelegramDriver, desk: Desk, clock: HeldClock):
    alice = driver.person("Alice")
    desk.rule = lambda _: said("word " * 2500, "go on")
    driver.api.will_answer("sendMessage", 429, retry_after=9, skip=1)
    driver.type(alice, "/urge")
    await desk.until(lambda: desk.arrived)
    assert [length.total_seconds() for length in clock.slept] == [9]
    assert " ".join(part.text for part in driver.messages(alice)).split() == ["word"] * 2500
