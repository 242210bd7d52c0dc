"""Long polling: what is confirmed, in which order, and what happens when Telegram misbehaves."""

import asyncio
import contextlib
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.core.calls import Role
from bot.core.errors import PlatformRefused
from bot.core.replies import To
from tests.fakes import HeldClock
from tests.platforms.telegram.conftest import Make, Run
from tests.platforms.telegram.desk import Desk, said
from tests.servers.telegram.driver import TelegramDriver, settled


async def test_an_update_is_confirmed_only_when_its_effects_are_on_disk(driver: TelegramDriver, desk: Desk, run: Run):
    alice = driver.person("Alice")
    desk.hold(str(alice.id))
    async with run():
        driver.type(alice, "/urge")
        await settled(driver.api)
        assert len(driver.api.world.waiting) == 1
        desk.let_go(str(alice.id))
        await driver.api.until(lambda: not driver.api.world.waiting)


async def test_a_crash_before_the_confirmation_brings_the_update_again(driver: TelegramDriver, desk: Desk, make: Make):
    alice = driver.person("Alice")
    desk.hold(str(alice.id))
    crashed = asyncio.create_task(make().run(desk))
    driver.type(alice, "/urge")
    await settled(driver.api)
    driver.api.will_answer("getUpdates", 500)  # the last word of a clean stop does not get through
    crashed.cancel()
    await asyncio.sleep(0)
    desk.let_go(str(alice.id))
    with contextlib.suppress(asyncio.CancelledError):
        await crashed
    again = Desk()
    running = asyncio.create_task(make().run(again))
    await again.until(lambda: again.arrived)
    assert again.taken[0].receipt == desk.taken[0].receipt
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def test_a_clean_stop_finishes_the_answers_and_confirms(driver: TelegramDriver, desk: Desk, run: Run):
    alice = driver.person("Alice")
    gate = driver.api.hold("sendMessage")
    async with run():
        driver.type(alice, "/urge")
        await driver.api.until(lambda: gate.waiting)
        asyncio.get_running_loop().call_later(0.05, gate.open)
    assert driver.screen(alice) == ["command urge"]
    assert len(desk.arrived) == 1
    assert driver.api.world.waiting == []


async def test_a_stop_does_not_wait_for_ever(driver: TelegramDriver, desk: Desk, run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.platforms.telegram.adapter._DRAIN_SECONDS", 0.05)
    alice = driver.person("Alice")
    gate = driver.api.hold("sendMessage")
    async with asyncio.timeout(3):
        async with run():
            driver.type(alice, "/urge")
            await driver.api.until(lambda: gate.waiting)
    gate.open()
    assert desk.arrived == []


async def test_two_quick_taps_are_decided_and_answered_in_order(driver: TelegramDriver, desk: Desk, run: Run):
    alice = driver.person("Alice")
    desk.rule = lambda incoming: said(f"after {incoming.press.subject}" if incoming.press else "start", "one", "two", replace=False)
    async with run():
        await driver.command(alice, "/urge")
        gate = driver.api.hold("sendMessage")
        driver.tap(alice, "one")
        driver.tap(alice, "two")
        await desk.until(lambda: len(desk.taken) == 3)
        await driver.api.until(lambda: gate.waiting)
        gate.open()
        await desk.until(lambda: len(desk.arrived) == 3)
    assert [incoming.press.subject for incoming in desk.taken if incoming.press] == ["one", "two"]
    assert driver.screen(alice) == ["start", "after one", "after two"]


async def test_nobody_waits_behind_a_slow_person(driver: TelegramDriver, desk: Desk, run: Run):
    slow, quick = driver.person("Slow"), driver.person("Quick")
    gate = driver.api.hold("sendMessage", slow.id)
    async with run():
        driver.type(slow, "/urge")
        driver.type(slow, "/privacy")
        await driver.api.until(lambda: gate.waiting)
        await driver.command(quick, "/urge")
        await driver.command(quick, "/meetings")
        assert driver.screen(quick) == ["command urge", "command meetings"]
        assert driver.screen(slow) == []
        gate.open()
        await desk.until(lambda: len(desk.arrived) == 4)
    assert driver.screen(slow) == ["command urge", "command privacy"]


async def test_nobody_waits_behind_a_person_whose_effects_take_long(driver: TelegramDriver, desk: Desk, run: Run):
    slow, quick = driver.person("Slow"), driver.person("Quick")
    desk.hold(str(slow.id))
    async with run():
        driver.type(slow, "/urge")
        driver.type(quick, "/urge")
        await driver.api.until(lambda: driver.screen(quick))
        assert [incoming.account.user for incoming in desk.taken] == [str(quick.id)]
        desk.let_go(str(slow.id))
        await driver.api.until(lambda: driver.screen(slow))


async def test_no_more_than_the_bound_are_worked_on_at_once(driver: TelegramDriver, desk: Desk, run: Run):
    people = [driver.person(f"P{number}") for number in range(9)]
    gate = driver.api.hold("sendMessage")
    async with run(concurrency=3):
        for person in people:
            driver.type(person, "/urge")
        await desk.until(lambda: len(desk.taken) == 9)
        await settled(driver.api)
        assert gate.waiting == 3
        gate.open()
        await desk.until(lambda: len(desk.arrived) == 9)


async def test_two_pollers_are_told_of_once_a_minute_and_go_on(driver: TelegramDriver, desk: Desk, run: Run, clock: HeldClock):
    alice = driver.person("Alice")
    with capture_logs() as logs:
        driver.api.will_answer("getUpdates", 409, times=9)
        async with run():
            await driver.command(alice, "/urge")
    said_so = [line for line in logs if line["event"] == "telegram.conflict"]
    waited = [length.total_seconds() for length in clock.slept]
    assert waited == [1, 2, 4, 8, 16, 30, 30, 30, 30]
    assert len(said_so) == 3  # 151 seconds


@pytest.mark.parametrize(
    ("status", "how"),
    [
        (500, {}),
        (502, {"html": True}),
        (200, {"html": True}),
        (200, {"body": b'{"ok": tr'}),
        (200, {"body": b'{"ok": true}'}),
        (0, {}),
    ],
)
async def test_nonsense_is_waited_out_with_growing_pauses(
    driver: TelegramDriver, desk: Desk, run: Run, clock: HeldClock, status: int, how: dict[str, Any]
):
    alice = driver.person("Alice")
    driver.api.will_answer("getUpdates", status, times=3, **how)
    async with run():
        await driver.command(alice, "/urge")
    assert [length.total_seconds() for length in clock.slept] == [1, 2, 4]


async def test_told_to_wait_the_poll_waits_as_long(driver: TelegramDriver, desk: Desk, run: Run, clock: HeldClock):
    driver.api.will_answer("getUpdates", 429, retry_after=7)
    async with run():
        await driver.command(driver.person("Alice"), "/urge")
    assert [length.total_seconds() for length in clock.slept] == [7]


async def test_a_token_that_is_not_valid_ends_it_with_a_clear_line(driver: TelegramDriver, desk: Desk, make: Make):
    platform = make(token="1:wrong")
    with capture_logs() as logs, pytest.raises(PlatformRefused):
        await platform.run(desk)
    assert [line["event"] for line in logs] == ["telegram.token_refused"]


async def test_telegram_being_away_at_the_start_is_waited_out(driver: TelegramDriver, desk: Desk, run: Run, clock: HeldClock):
    driver.api.will_answer("getMe", 502, html=True, times=2)
    async with run():
        await driver.command(driver.person("Alice"), "/urge")
    assert [length.total_seconds() for length in clock.slept] == [1, 2]


async def test_an_update_that_cannot_be_read_does_not_stop_the_others(driver: TelegramDriver, desk: Desk, run: Run):
    alice = driver.person("Alice")
    async with run():
        driver.api.world.waiting.append({"update_id": 1, "message": {"message_id": "?", "chat": 5}})
        await driver.command(alice, "/urge")
        await driver.api.until(lambda: not driver.api.world.waiting)
    driver.api.problems.clear()  # of that update


async def test_a_receiver_that_fails_does_not_stop_the_others(driver: TelegramDriver, desk: Desk, run: Run):
    alice, bob = driver.person("Alice"), driver.person("Bob")

    def rule(incoming):
        if incoming.account.user == str(alice.id):
            raise RuntimeError("not foreseen")
        return said("fine")

    desk.rule = rule
    async with run():
        driver.type(alice, "/urge")
        await driver.command(bob, "/urge")
    assert driver.screen(bob) == ["fine"]


async def test_a_group_that_becomes_a_supergroup_is_told_of(driver: TelegramDriver, desk: Desk, run: Run):
    told: list[tuple[str, str]] = []

    async def moved(old: str, new: str) -> None:
        told.append((old, new))

    group = driver.api.world.add_group("Small", kind="group")
    async with run(moved=moved):
        new = driver.api.migrate(group)
        await driver.api.until(lambda: not driver.api.world.waiting)
    assert told == [(str(group.id), str(new.id))]
    assert desk.taken == []


async def test_a_webhook_left_over_is_taken_away_before_polling(driver: TelegramDriver, desk: Desk, run: Run):
    driver.api.world.webhook = {"url": "http://127.0.0.1:9/old"}
    async with run():
        await driver.api.until(lambda: driver.api.of("deleteWebhook"))
        await driver.command(driver.person("Alice"), "/urge")
    assert driver.api.of("deleteWebhook") == [{"drop_pending_updates": False}]


async def test_pictures_sent_together_are_one_act(driver: TelegramDriver, desk: Desk, run: Run):
    alice = driver.person("Alice")
    async with run():
        for _ in range(3):
            photo = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
            content = {
                "message_id": 5,
                "date": 1,
                "chat": driver.api.world.chats[alice.id].as_json(driver.api.world.users),
                "from": driver.api.world.user_json(alice.id),
                "photo": [photo],
                "media_group_id": "g",
            }
            driver.api.push("message", content)
        await desk.until(lambda: desk.arrived)
        await settled(driver.api)
    assert [incoming.words for incoming in desk.taken] == [""]


async def test_an_administrator_leads_and_telegram_is_asked_once_a_minute(
    driver: TelegramDriver, desk: Desk, run: Run, clock: HeldClock
):
    boss = driver.person("Boss", facilitator=True)
    desk.rule = lambda _: said("Room", to=To.ROOM)
    async with run():
        await driver.command(boss, "/meetings", "room")
        await driver.command(boss, "/meetings", "room")
        driver.group.members[boss.id] = "member"
        clock.move(seconds=61)
        await driver.command(boss, "/meetings", "room")
        await driver.command(boss, "/meetings")
    assert [sorted(incoming.roles) for incoming in desk.taken] == [["facilitator"], ["facilitator"], [], []]
    assert len(driver.api.of("getChatMember")) == 2


async def test_where_telegram_cannot_say_nobody_leads(driver: TelegramDriver, desk: Desk, run: Run):
    boss = driver.person("Boss", facilitator=True)
    desk.rule = lambda _: said("Room", to=To.ROOM)
    driver.api.will_answer("getChatMember", 500)
    async with run():
        await driver.command(boss, "/meetings", "room")
        await driver.command(boss, "/meetings", "room")
    assert [incoming.roles for incoming in desk.taken] == [frozenset(), {Role.FACILITATOR}]
    assert [incoming.roles_known for incoming in desk.taken] == [False, True]
