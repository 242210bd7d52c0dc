"""Messages that stay pinned, and messages that cannot be passed on."""

import pytest

from bot.core.calls import Account
from bot.core.ids import MessageRef
from bot.core.platform import Delivery
from bot.core.replies import File, Reply
from bot.core.richtext import Paragraph, Text
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram.decode import NAME
from tests.fakes import HeldClock
from tests.platforms.telegram.conftest import Make
from tests.platforms.telegram.test_deliver import to_room
from tests.servers.telegram.driver import TelegramDriver


@pytest.fixture
def platform(make: Make) -> TelegramPlatform:
    return make()


def board(text: str = "Coming up", **more: object) -> Reply:
    return Reply(blocks=(Paragraph((Text(text),)),), **{"pin": True, **more})  # type: ignore[arg-type]  # a test's own fields


async def hang(platform: TelegramPlatform, driver: TelegramDriver, reply: Reply, edit: MessageRef | None = None) -> MessageRef:
    delivery = to_room(driver.group, reply)
    return await platform.deliver(Delivery(delivery.key, reply, "en", room=delivery.room, edit=edit))


async def test_a_board_is_pinned_without_a_sound(driver: TelegramDriver, platform: TelegramPlatform):
    await hang(platform, driver, board())
    assert driver.pinned() == ["Coming up"]
    assert driver.api.of("pinChatMessage")[0]["disable_notification"] is True


async def test_edits_ask_for_nothing_more_within_the_hour(driver: TelegramDriver, platform: TelegramPlatform):
    ref = await hang(platform, driver, board())
    for number in range(5):
        await hang(platform, driver, board(f"Coming up {number}"), ref)
    assert len(driver.api.of("pinChatMessage")) == 1
    assert driver.api.of("getChat") == []


@pytest.mark.parametrize("text", ["Coming up", "Coming up, changed"])
async def test_a_board_that_was_unpinned_by_hand_is_pinned_by_the_hourly_mending(
    driver: TelegramDriver, platform: TelegramPlatform, clock: HeldClock, text: str
):
    ref = await hang(platform, driver, board())
    driver.unpin()
    clock.move(hours=1)
    await hang(platform, driver, board(text), ref)
    assert driver.pinned() == [text]


async def test_the_hourly_mending_of_what_is_pinned_leaves_no_line_in_the_room(
    driver: TelegramDriver, platform: TelegramPlatform, clock: HeldClock
):
    ref = await hang(platform, driver, board())
    for _ in range(3):
        clock.move(hours=1)
        await hang(platform, driver, board(), ref)
    assert len(driver.api.of("pinChatMessage")) == 1


async def test_after_a_restart_it_is_looked_at_once(driver: TelegramDriver, make: Make):
    ref = await hang(make(), driver, board())
    driver.unpin()
    again = make()
    for text in ("One", "Two"):
        await hang(again, driver, board(text), ref)
    assert driver.pinned() == ["Two"]
    assert len(driver.api.of("getChat")) == 1


async def test_a_pin_that_is_refused_leaves_the_message(driver: TelegramDriver, platform: TelegramPlatform):
    driver.take_right("can_pin_messages")
    ref = await hang(platform, driver, board())
    assert driver.group.messages[-1].text == "Coming up"
    driver.give_right("can_pin_messages")
    await hang(platform, driver, board("Later"), ref)
    assert driver.pinned() == ["Later"]


async def test_in_private_nothing_is_pinned(driver: TelegramDriver, platform: TelegramPlatform):
    ana = driver.person("Ana")
    await platform.deliver(Delivery("key", board(), "en", account=Account(NAME, str(ana.id))))
    assert driver.api.of("pinChatMessage") == []


async def test_what_is_guarded_cannot_be_passed_on(driver: TelegramDriver, platform: TelegramPlatform):
    ana = driver.person("Ana")
    await hang(platform, driver, board(pin=False, guarded=True))
    assert driver.group.messages[-1].protected
    for guarded in (True, False):
        reply = board(pin=False, guarded=guarded, file=File("a.txt", b"x", "text/plain"))
        await platform.deliver(Delivery("key", reply, "en", account=Account(NAME, str(ana.id))))
        assert driver.messages(ana)[-1].protected is guarded
