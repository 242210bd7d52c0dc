"""What `check` finds."""

from bot.platforms.telegram import Webhook
from tests.platforms.telegram.conftest import Make
from tests.servers.telegram.driver import TelegramDriver


async def test_all_is_well(driver: TelegramDriver, make: Make):
    findings = await make().check()
    assert all(finding.ok for finding in findings)
    assert "open_chair_bot" in findings[0].said
    assert {call.method for call in driver.api.calls} == {"getMe", "getWebhookInfo"}


async def test_a_wrong_token(make: Make):
    (finding,) = await make(token="1:wrong").check()
    assert not finding.ok
    assert "BotFather" in finding.mend


async def test_a_wrong_address(make: Make):
    (finding,) = await make(api_base="http://127.0.0.1:1").check()
    assert not finding.ok
    assert "api_base" in finding.mend


async def test_what_to_mend(driver: TelegramDriver, make: Make):
    driver.api.world.me |= {"can_read_all_group_messages": True, "can_join_groups": False}
    driver.api.world.webhook = {"url": "https://example.org/other"}
    wrong = [finding for finding in await make().check() if not finding.ok]
    assert len(wrong) == 3
    assert all(finding.mend for finding in wrong)


async def test_a_webhook_that_telegram_cannot_reach(driver: TelegramDriver, make: Make):
    hook = Webhook("https://example.org/tg", "127.0.0.1", 0, "/tg", "s3cret-of_the-webhook")
    driver.api.world.webhook = {"url": hook.url, "failing": "Connection refused"}
    (wrong,) = [finding for finding in await make(webhook=hook).check() if not finding.ok]
    assert "webhook" in wrong.mend
