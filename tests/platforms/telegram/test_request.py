"""The request layer: addresses, and a token that stays where it belongs."""

import asyncio
import logging
import traceback

import pytest
from structlog.testing import capture_logs

from bot.core.calls import Account
from bot.core.errors import BotError
from bot.core.platform import Delivery
from bot.platforms.telegram.addresses import bot_address, file_address
from tests.platforms.telegram.conftest import Make
from tests.platforms.telegram.desk import Desk, said
from tests.servers.telegram.driver import TelegramDriver
from tests.servers.telegram.server import TOKEN

SECRET = TOKEN.partition(":")[2]


@pytest.mark.parametrize(
    "given", ["http://host:81", "http://host:81/", "http://host:81/bot", "http://host:81/bot/", " http://host:81 "]
)
def test_an_address_may_be_given_in_any_of_these_ways(given: str):
    assert bot_address(given) == "http://host:81/bot"
    assert file_address("", given) == "http://host:81/file/bot"
    assert file_address(given, "http://other") == "http://host:81/file/bot"


@pytest.mark.parametrize("given", ["http://f/file", "http://f/file/", "http://f/file/bot"])
def test_so_may_that_of_files(given: str):
    assert file_address(given, "http://other") == "http://f/file/bot"


def test_the_default_is_telegrams_own():
    assert bot_address("") == "https://api.telegram.org/bot"


@pytest.mark.parametrize("ending", ["", "/", "/bot"])
async def test_each_of_them_works(driver: TelegramDriver, make: Make, ending: str):
    findings = await make(api_base=driver.api_base + ending).check()
    assert findings[0].ok


@pytest.mark.parametrize("status", [0, 200, 302, 400, 401, 403, 404, 409, 429, 500, 502])
async def test_the_token_is_in_no_error_and_no_log(
    driver: TelegramDriver, make: Make, desk: Desk, caplog: pytest.LogCaptureFixture, status: int
):
    """Not even when a proxy writes the address into its page."""
    caplog.set_level(logging.DEBUG)
    alice = driver.person("Alice")
    platform = make()
    page = f"<html>cannot GET /bot{TOKEN}/sendMessage</html>".encode()
    for method in ("sendMessage", "getUpdates", "getMyCommands"):
        driver.api.will_answer(method, status, page, times=2)
    told = ""
    with capture_logs() as logs:
        try:
            await platform.deliver(Delivery("key", said("Hi"), "en", account=Account("telegram", str(alice.id))))
        except BotError as error:
            told = "".join(traceback.format_exception(error)) + repr(error) + repr(error.detail)
        running = asyncio.create_task(platform.run(desk))
        await driver.api.until(lambda: len(driver.api.of("getUpdates")) > 1 or running.done())
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert told
    for text in (told, repr(logs), caplog.text, *(repr(record.args) for record in caplog.records)):
        assert SECRET not in text


async def test_an_address_that_makes_no_sense_does_not_tell_the_token(make: Make, caplog: pytest.LogCaptureFixture):
    (finding,) = await make(api_base="http://[::bad").check()
    assert SECRET not in repr(finding) + caplog.text
