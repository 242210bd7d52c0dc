"""Webhook: who may post, what is answered, and when."""

from io import BytesIO

import aiohttp
import pytest

from bot.platforms.telegram import TelegramPlatform, Webhook
from bot.platforms.telegram.limits import UPDATE_BYTES
from tests.platforms.telegram.conftest import Run
from tests.platforms.telegram.desk import Desk
from tests.servers.telegram.driver import TelegramDriver, settled

SECRET = "s3cret-of_the-webhook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def hook() -> Webhook:
    return Webhook("https://example.org/tg", "127.0.0.1", 0, "/tg", SECRET)


async def reachable(driver: TelegramDriver, platform: TelegramPlatform) -> str:
    """Wait until the webhook stands, and point the server to it: the proxy of a real host does that."""
    await driver.api.until(lambda: driver.api.world.webhook)
    assert platform.listener is not None
    address = f"http://127.0.0.1:{platform.listener.port}/tg"
    driver.api.world.webhook["url"] = address
    return address


async def test_persons_are_answered(driver: TelegramDriver, desk: Desk, run: Run):
    alice = driver.person("Alice")
    async with run(webhook=hook()) as platform:
        await reachable(driver, platform)
        await driver.command(alice, "/urge")
        await driver.say(alice, "hello")
        await driver.api.until(lambda: not driver.api.world.waiting)
    assert driver.screen(alice) == ["command urge", "words"]
    told = driver.api.of("setWebhook")[0]
    assert (told["url"], told["secret_token"]) == ("https://example.org/tg", SECRET)
    assert told["allowed_updates"] == ["message", "callback_query", "my_chat_member", "chat_member"]
    assert driver.api.of("getUpdates") == []


async def test_an_update_is_accepted_only_when_its_effects_are_on_disk(driver: TelegramDriver, desk: Desk, run: Run):
    alice = driver.person("Alice")
    desk.hold(str(alice.id))
    async with run(webhook=hook()) as platform:
        await reachable(driver, platform)
        driver.type(alice, "/urge")
        await settled(driver.api)
        assert len(driver.api.world.waiting) == 1
        desk.let_go(str(alice.id))
        await driver.api.until(lambda: not driver.api.world.waiting)


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        (None, b"{}", 401),
        ("wrong", b"{}", 401),
        ("wröng", b"{}", 401),
        (SECRET, b"no json", 400),
        (SECRET, b"[]", 400),
        (SECRET, b"x" * (UPDATE_BYTES + 1), 413),
        (SECRET, b'{"update_id": 1}', 200),
    ],
)
async def test_who_may_post_what(driver: TelegramDriver, run: Run, secret: str | None, body: bytes, status: int):
    async with run(webhook=hook()) as platform:
        address = await reachable(driver, platform)
        headers = {HEADER: secret} if secret else {}
        async with aiohttp.ClientSession() as session, session.post(address, data=BytesIO(body), headers=headers) as response:
            assert response.status == status


@pytest.mark.parametrize(("secret", "path"), [("short", "/tg"), ("with spaces in it, long", "/tg"), (SECRET, "tg")])
def test_a_webhook_that_could_not_work_is_refused_at_once(secret: str, path: str):
    with pytest.raises(ValueError, match="webhook"):
        Webhook("https://example.org/tg", "127.0.0.1", 0, path, secret)
