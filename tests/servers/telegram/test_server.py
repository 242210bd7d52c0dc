"""The local server is strict where Telegram is, and stricter where a mistake of ours would pass unseen."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.servers.telegram.driver import TelegramDriver
from tests.servers.telegram.spec import bot_api
from tests.servers.telegram.texts import problems_of_entities, slice_units, with_found

Json = dict[str, Any]


@pytest.fixture
async def driver() -> AsyncIterator[TelegramDriver]:
    driver = TelegramDriver()
    await driver.start()
    yield driver
    driver.api.problems.clear()  # made on purpose
    await driver.stop()


async def call(driver: TelegramDriver, method: str, **given: Any) -> Json:
    address = f"{driver.api_base}/bot{driver.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(address, json=given) as response:
        answer: Json = await response.json()
        return answer


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"chat_id": 1}, "sendMessage.text: missing"),
        ({"chat_id": 1, "text": "x", "silent": True}, "sendMessage.silent: unknown"),
        ({"chat_id": 1, "text": 5}, "sendMessage.text: no String"),
        ({"chat_id": 1, "text": "x", "entities": [{"type": "bold", "offset": 0}]}, "sendMessage.entities[0].length: missing"),
        ({"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "a"}]]}}, "text: missing"),
    ],
)
async def test_requests_are_held_against_the_description(driver: TelegramDriver, given: Json, problem: str):
    assert (await call(driver, "sendMessage", **given))["ok"] is False
    assert any(found.endswith(problem) for found in driver.api.problems)


def test_answers_are_held_against_it_too():
    assert bot_api().problems_of_answer("getMe", {"id": 1, "first_name": "x"}) == ["getMe().is_bot: missing"]
    assert bot_api().problems_of_answer("editMessageText", True) == []


async def test_forms_and_queries_are_understood(driver: TelegramDriver):
    alice = driver.person("Alice")
    address = f"{driver.api_base}/bot{driver.token}/sendMessage"
    form = {"chat_id": str(alice.id), "text": "12", "reply_markup": '{"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}'}
    async with aiohttp.ClientSession() as session:
        async with session.post(address, data=form) as response:
            assert response.status == 200
        async with session.get(address, params={"chat_id": alice.id, "text": "13"}) as response:
            assert response.status == 200
    assert driver.screen(alice) == ["12", "13"]
    assert driver.api.problems == []


async def test_updates_come_again_until_they_are_confirmed(driver: TelegramDriver):
    driver.type(driver.person("Alice"), "hello")
    first = (await call(driver, "getUpdates"))["result"]
    assert (await call(driver, "getUpdates"))["result"] == first
    assert (await call(driver, "getUpdates", offset=first[0]["update_id"] + 1))["result"] == []


async def test_of_two_pollers_the_first_is_sent_away(driver: TelegramDriver):
    first = asyncio.create_task(call(driver, "getUpdates", timeout=5))
    await driver.api.until(lambda: driver.api.polled)
    driver.api.world.waiting.clear()
    second = asyncio.create_task(call(driver, "getUpdates", timeout=1))
    assert (await first)["error_code"] == 409
    driver.type(driver.person("Alice"), "hello")
    assert len((await second)["result"]) == 1


async def test_nobody_is_written_to_who_did_not_press_start(driver: TelegramDriver):
    answer = await call(driver, "sendMessage", chat_id=driver.person("Alice", started=False).id, text="x")
    assert answer["description"] == "Forbidden: bot can't initiate conversation with a user"


@pytest.mark.parametrize("length", [0, 4097])
async def test_the_length_of_a_text_is_checked(driver: TelegramDriver, length: int):
    assert (await call(driver, "sendMessage", chat_id=driver.person("Alice").id, text="x" * length))["ok"] is False


def test_entities_are_counted_in_utf16():
    bold = {"type": "bold", "offset": 0, "length": 2}
    assert problems_of_entities("🙂x", [bold]) == []
    assert problems_of_entities("🙂x", [{**bold, "length": 1}]) == ["bold parts a character"]
    assert problems_of_entities("🙂x", [{**bold, "length": 4}]) == ["bold lies outside of the text"]
    assert problems_of_entities("abcd", [bold, {"type": "italic", "offset": 1, "length": 2}]) == ["italic overlaps bold"]


def test_what_looks_active_is_found():
    text = "see example.org, @alice and /urge"
    assert [(one["type"], slice_units(text, one["offset"], one["length"])) for one in with_found(text, [])[1]] == [
        ("url", "example.org"),
        ("mention", "@alice"),
        ("bot_command", "/urge"),
    ]


@pytest.mark.parametrize(("seconds", "is_for_ever"), [(10, True), (31, False), (366 * 86_400 + 9, True)])
async def test_an_end_too_near_or_too_far_is_none(driver: TelegramDriver, seconds: int, is_for_ever: bool):
    driver.api.world.now = lambda: 1_000_000.0
    eve = driver.person("Eve")
    given = {"chat_id": driver.group.id, "user_id": eve.id, "until_date": 1_000_000 + seconds}
    await call(driver, "restrictChatMember", permissions={}, **given)
    restriction = driver.restricted(eve)
    assert restriction is not None
    assert (restriction.until == 0) is is_for_ever


async def test_permissions_imply_others_unless_they_are_independent(driver: TelegramDriver):
    for more, may in (({}, True), ({"use_independent_chat_permissions": True}, False)):
        await call(driver, "setChatPermissions", chat_id=driver.group.id, permissions={"can_add_web_page_previews": True}, **more)
        assert driver.permissions()["can_send_messages"] is may


async def test_only_who_knows_the_token_gets_a_file(driver: TelegramDriver):
    driver.send_file(driver.person("Kim"), "a.txt", b"abc")
    (name,) = driver.api.world.files
    path = (await call(driver, "getFile", file_id=name))["result"]["file_path"]
    async with aiohttp.ClientSession() as session:
        for token, status in ((driver.token, 200), ("1:wrong", 404)):
            async with session.get(f"{driver.api_base}/file/bot{token}/{path}") as response:
                assert response.status == status
