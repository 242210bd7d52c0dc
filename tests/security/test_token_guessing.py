"""SAFETY 5, row 11; Must 21: what opens a door has 128 bits and more, is checked without a list, and ends with the process."""

import inspect
import re

import pytest
from aiohttp import ClientSession, CookieJar, WSServerHandshakeError

from bot.core.ids import new_id
from bot.platforms.telegram.webhook import Listener, Webhook
from bot.platforms.web.door import Door, cookie_name
from tests.evening.world import world


def test_a_cookie_has_144_random_bits_and_a_signature_of_128():
    tokens = {Door("127.0.0.1").new_token() for _ in range(200)}
    assert len(tokens) == 200
    assert all(re.fullmatch(r"[\w-]{24}\.[0-9a-f]{32}", token) for token in tokens)


def test_an_id_has_128_random_bits():
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch(r"[0-9a-f]{32}", one) for one in ids)


def test_tokens_are_compared_in_constant_time():
    assert "hmac.compare_digest" in inspect.getsource(Door.knows_token)
    assert "hmac.compare_digest" in inspect.getsource(Listener._post)


@pytest.mark.parametrize("secret", ["", "short", "x" * 15, "with space in the middle", "x" * 257])
def test_a_webhook_secret_that_could_be_guessed_is_refused(secret):
    with pytest.raises(ValueError, match="16 to 256"):
        Webhook("https://example.org/telegram", "127.0.0.1", 0, "/telegram", secret)


@pytest.fixture
async def here(tmp_path):
    async with world("web", tmp_path) as opened:
        yield opened


def forged(here) -> list[str]:
    """Cookies of nobody: none, another process's, one cut, one with the last letter changed, one without its signature."""
    address = here.house.platforms[0].address
    real = next(cookie.value for cookie in here.driver.session.cookie_jar)
    changed = real[:-1] + ("0" if real[-1] != "0" else "1")
    assert address
    return ["", Door("127.0.0.1").new_token(), real[:-1], changed, real.partition(".")[0] + ".", real.upper()]


async def test_without_the_cookie_of_this_process_nothing_private_is_given_out(here):
    address = here.house.platforms[0].address
    for cookie in forged(here):
        name = cookie_name(address.removeprefix("http://").rstrip("/"))
        async with ClientSession(base_url=address, cookie_jar=CookieJar(unsafe=True), cookies={name: cookie}) as stranger:
            with pytest.raises(WSServerHandshakeError, match="403"):
                await stranger.ws_connect("ws?as=ana", headers={"Origin": address.rstrip("/")})
            for path in ("file", "picture"):
                async with stranger.get(f"{path}/{new_id()}?as=ana") as answer:
                    assert answer.status == 403


async def test_with_the_cookie_another_page_gets_no_socket(here):
    for origin in ("", "null", "http://evil.example", "https://127.0.0.1", "http://127.0.0.1:1"):
        with pytest.raises(WSServerHandshakeError, match="403"):
            await here.driver.session.ws_connect("ws?as=ana", headers={"Origin": origin})


async def test_another_name_for_this_machine_is_not_answered(here):
    async with here.driver.session.get("", headers={"Host": "openchair.evil.example"}) as answer:
        assert answer.status == 421


async def test_the_cookie_is_for_the_browser_alone(here):
    async with ClientSession(base_url=here.house.platforms[0].address) as fresh, fresh.get("") as answer:
        given = answer.headers["Set-Cookie"]
    assert "HttpOnly" in given
    assert "SameSite=Strict" in given
    assert "Domain" not in given


async def test_no_address_of_the_page_carries_a_token(here):
    cookie = next(cookie.value for cookie in here.driver.session.cookie_jar)
    frames = [frame for person in ("Ana", "Kim") for frame in here.driver.tab(here.person(person)).frames]
    async with here.driver.session.get("page.json") as answer:
        shown = await answer.text() + str(frames)
    assert cookie not in shown
    assert cookie.partition(".")[0] not in shown
