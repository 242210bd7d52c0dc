"""Text files sent in private."""

import pytest

from bot.core.calls import Kind
from bot.core.replies import FILE, FILE_PROBLEM, LARGEST_FILE
from bot.platforms.telegram import TelegramPlatform
from tests.platforms.telegram.desk import Desk
from tests.servers.telegram.driver import TelegramDriver, settled

pytestmark = pytest.mark.usefixtures("platform")


async def test_a_file_arrives_as_its_text(driver: TelegramDriver, desk: Desk):
    text = "BEGIN:VCALENDAR\r\nSUMMARY:Grüße 🙂\r\n"
    await driver.upload(driver.person("Kim"), "plan.ics", text.encode())
    (act,) = desk.taken
    assert (act.kind, act.words, act.arguments) == (Kind.WORDS, "", {FILE: text})


async def test_a_byte_order_mark_is_no_part_of_it(driver: TelegramDriver, desk: Desk):
    await driver.upload(driver.person("Kim"), "plan.txt", "abc".encode("utf-8-sig"))
    assert desk.taken[0].arguments == {FILE: "abc"}


@pytest.mark.parametrize("content", [b"\xff\xfe\x00a", b"abc\0def", "Größe".encode("latin-1")])
async def test_what_is_no_text_is_said_so(driver: TelegramDriver, desk: Desk, content: bytes):
    await driver.upload(driver.person("Kim"), "plan.txt", content)
    assert desk.taken[0].arguments == {FILE_PROBLEM: "not_text"}


@pytest.mark.parametrize("kind", ["image/png", "application/pdf"])
async def test_what_says_that_it_is_no_text_is_not_fetched(driver: TelegramDriver, desk: Desk, kind: str):
    driver.send_file(driver.person("Kim"), "a", b"x", media_type=kind)
    await desk.until(lambda: desk.arrived)
    assert desk.taken[0].arguments == {FILE_PROBLEM: "not_text"}
    assert driver.api.of("getFile") == []


async def test_what_says_that_it_is_too_large_is_not_fetched(driver: TelegramDriver, desk: Desk):
    await driver.upload(driver.person("Kim"), "plan.txt", b"x" * (LARGEST_FILE + 1))
    assert desk.taken[0].arguments == {FILE_PROBLEM: "large"}
    assert driver.api.of("getFile") == []


@pytest.mark.parametrize("over", [1, 20 * LARGEST_FILE])
async def test_what_turns_out_too_large_is_not_read_on(driver: TelegramDriver, desk: Desk, over: int):
    driver.send_file(driver.person("Kim"), "plan.txt", b"x" * (LARGEST_FILE + over), told=False)
    await desk.until(lambda: desk.arrived)
    assert desk.taken[0].arguments == {FILE_PROBLEM: "large"}


async def test_the_largest_file_is_taken(driver: TelegramDriver, desk: Desk):
    await driver.upload(driver.person("Kim"), "plan.txt", b"x" * LARGEST_FILE)
    assert len(desk.taken[0].arguments[FILE]) == LARGEST_FILE


@pytest.mark.parametrize("fault", [("getFile", 502), ("getFile", 400), ("file", 404), ("file", 0), ("file", 302)])
async def test_what_cannot_be_fetched_gets_an_answer_all_the_same(driver: TelegramDriver, desk: Desk, fault: tuple[str, int]):
    driver.api.will_answer(*fault, times=2)  # a hung-up fetch is tried twice on the way
    await driver.upload(driver.person("Kim"), "plan.txt", b"abc")
    assert desk.taken[0].arguments == {FILE_PROBLEM: "not_text"}


async def test_in_a_room_no_file_is_read(driver: TelegramDriver, desk: Desk):
    driver.api.world.me["can_read_all_group_messages"] = True
    kim = driver.person("Kim")
    line = {"document": {"file_id": "x", "file_unique_id": "x", "file_name": "a.txt", "mime_type": "text/plain", "file_size": 1}}
    driver.line(line, kim, 1)
    await driver.command(kim, "/urge")
    await settled(driver.api, 0.05)
    assert [act.name for act in desk.taken] == ["urge"]
    assert driver.api.of("getFile") == []


async def test_the_token_in_a_files_address_is_in_no_log(
    driver: TelegramDriver, desk: Desk, platform: TelegramPlatform, capsys: pytest.CaptureFixture[str]
):
    driver.api.will_answer("file", 0)
    await driver.upload(driver.person("Kim"), "plan.txt", b"abc")
    assert driver.token not in capsys.readouterr().out
