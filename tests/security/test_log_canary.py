"""SAFETY 5, row 13; Must 19: tokens, login cookies and names are in no log line, whatever a library says and whatever breaks."""

import logging
import re

import aiohttp
import pytest
import structlog

from bot.runtime.logs import failure, without_secrets
from bot.runtime.metrics import Metrics
from tests.evening.world import PLATFORMS, world
from tests.security.between import NAME, TITLE, between, lived_between
from tests.security.canaries import CANARY
from tests.security.evenings import quiet
from tests.security.inside import HERE

TELEGRAM = "123456789:AAF0_abcdefghijklmnopqrstuvwxyz-12345"
DISCORD = "MTA5ODc2NTQzMjEwOTg3NjU0.GabcDe.abcdefghijklmnopqrstuvwxyz0123456789AB"


async def lived(here) -> None:
    """Some acts, and the platform's worst answers to them: each with an address that holds the token."""
    ana = here.person("Ana")
    await here.command(ana, "/start")
    await here.command(ana, "/language")
    if here.name == "telegram":
        for status in (500, 0):  # 0: it hangs up
            here.driver.api.will_answer("sendMessage", status)
            here.driver.type(ana, "/help")
            await here.sees(ana, "Type a command")
    elif here.name == "discord":
        here.driver.server.will_answer("POST", "/callback", 500, {"message": "no"})
        await here.driver.server.gateway.drop()
        await here.driver.connected()
    await here.command(ana, "/privacy")
    await here.sees(ana, "Settings and consent")
    await quiet(here)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_with_every_library_talking_no_line_has_a_token_a_cookie_or_a_name(platform, tmp_path, lines):
    async with world(platform, tmp_path) as here:
        await lived(here)
        cookies = [cookie.value for cookie in here.driver.session.cookie_jar] if platform == "web" else []
        secret = cookies or [here.driver.token]
        account = here.person("Ana")
    printed = lines.getvalue()
    assert "command.done" in printed
    for value in secret:
        for part in {value, value.rpartition(":")[2], value.partition(".")[0]}:
            assert part not in printed
    assert getattr(account, "id", "nobody's id") not in [word for word in re.findall(r"\w+", printed)]
    assert "Ana" not in printed


async def test_the_days_between_meetings_leave_no_word_name_or_id_in_any_line(tmp_path, clock, lines):
    """Prompts, pairs, reports, the roster, topics, the agenda; and rooms that are lost."""
    async with between(tmp_path, clock) as house:
        await lived_between(house, "en", CANARY)
        people = [*house.known, *(who.account.user for who in house.known.values())]
        metrics = house.house.metrics.text().decode()
    printed = lines.getvalue()
    assert printed.count("command.done") > 60
    assert {event for event in ("prompt.room_lost", "topics.room_lost", "roster.host_wanted") if event not in printed} == set()
    for said in (printed, metrics):
        words = set(re.findall(r"\w+", said))
        assert not [one for one in (*people, HERE, f"room{HERE}") if one in words]
        for told in (CANARY, NAME, TITLE, "Ravensburg"):
            assert told.lower() not in said.lower()


def test_errors_that_carry_an_address_are_told_by_type_and_place(lines):
    url = f"https://api.telegram.org/bot{TELEGRAM}/sendMessage"
    for error in (aiohttp.InvalidURL(url), ValueError(url), aiohttp.ClientConnectionError(f"Cannot connect to {url}")):
        try:
            raise error
        except Exception as caught:
            failure("thing.failed", caught)
            logging.getLogger("aiohttp.client").exception("request to %s failed", url)
            logging.getLogger("anything").warning(f"request to {url} failed with {DISCORD}")
            logging.getLogger("asyncio").warning("Task exception was never retrieved", exc_info=caught)
            structlog.get_logger().warning("x", why=url, error=str(caught), url=url, token=TELEGRAM, words="I drank")
    printed = lines.getvalue()
    assert printed.count("\n") >= 12
    for secret in (TELEGRAM, TELEGRAM.partition(":")[2], DISCORD, "I drank"):
        assert secret not in printed


def test_values_of_a_broken_statement_are_not_in_its_error():
    from sqlalchemy.exc import IntegrityError

    hidden = IntegrityError("INSERT INTO x VALUES (?)", ("I drank",), ValueError("unique"), hide_parameters=True)
    assert "I drank" not in str(hidden)


@pytest.mark.parametrize("cookie", ["x" * 24 + "." + "0123456789abcdef" * 2])
def test_a_login_cookie_is_struck_out(cookie):
    assert cookie not in without_secrets(f"cookie {cookie} refused")
    assert "0123456789abcdef" not in without_secrets(f"cookie {cookie} refused")


def test_metrics_have_labels_of_fixed_sets_only():
    metrics = Metrics()
    for value in ("telegram", "Ana", TELEGRAM, "-100123", "I drank"):
        metrics.act(value, value, 0.1)
        metrics.sending(value, value)
        metrics.moment(value)
        metrics.told_to_wait(value)
        metrics.holding(value, 1)
    labels = set(re.findall(r'(\w+)="([^"]*)"', metrics.text().decode()))
    assert {name for name, _ in labels} == {"platform", "outcome", "le"}
    assert {value for name, value in labels if name == "platform"} == {"telegram", "other"}
    assert {value for name, value in labels if name == "outcome"} == {"other"}
