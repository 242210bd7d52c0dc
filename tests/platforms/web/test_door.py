"""Who may come in, what they may send, and what every answer of the server carries."""

import contextlib
import json

import pytest
from aiohttp import ClientSession, CookieJar, WSMsgType, WSServerHandshakeError

from bot.platforms.web.door import cookie_name
from bot.platforms.web.limits import FILE_FRAME_BYTES, FRAME_BYTES, Limits
from tests.servers.web.driver import WebDriver

pytestmark = pytest.mark.asyncio(loop_scope="module")


def origin(page: WebDriver) -> str:
    return page.platform.address.rstrip("/")


async def refused(session: ClientSession, path: str, headers: dict[str, str]) -> int:
    with pytest.raises(WSServerHandshakeError) as failed:
        await session.ws_connect(path, headers=headers)
    return failed.value.status


@pytest.mark.parametrize("foreign", ["http://evil.example", "http://127.0.0.1:1", "null", "", "https://127.0.0.1.evil.example"])
async def test_a_socket_is_opened_from_our_own_origin_only(page, foreign):
    headers = {"Origin": foreign} if foreign else {}
    assert await refused(page.session, "ws?as=ana", headers) == 403


async def test_a_socket_needs_the_cookie_of_this_process(page, opened):
    async with ClientSession(base_url=page.platform.address) as stranger:
        assert await refused(stranger, "ws?as=ana", {"Origin": origin(page)}) == 403
    other = await opened()
    jar = CookieJar(unsafe=True)
    jar.update_cookies({cookie_name(f"x:{page.platform.port}"): next(iter(other.session.cookie_jar)).value})
    async with ClientSession(base_url=page.platform.address, cookie_jar=jar) as forger:
        assert await refused(forger, "ws?as=ana", {"Origin": origin(page)}) == 403


async def test_the_cookie_is_for_this_site_alone_and_not_for_scripts(page):
    async with ClientSession(base_url=page.platform.address) as stranger, stranger.get("") as answer:
        (cookie,) = answer.headers.getall("Set-Cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    async with page.session.get("") as answer:
        assert "Set-Cookie" not in answer.headers, "a page that is open keeps the one it has"


async def test_nobody_is_the_persona_that_is_not_there(page):
    assert await refused(page.session, "ws?as=mallory", {"Origin": origin(page)}) == 404
    assert await refused(page.session, "ws", {"Origin": origin(page)}) == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "bad host", "a'b"])
async def test_on_loopback_only_loopback_names_are_answered(page, host):
    async with page.session.get("", headers={"Host": host}) as answer:
        assert answer.status in (400, 421)
    async with page.session.get("healthz", headers={"Host": f"localhost:{page.platform.port}"}) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("path", ["", "page/chat.js", "page/chat.css", "page.json", "healthz", "nothing", "picture/x", "ws"])
async def test_every_answer_is_guarded(page, path):
    async with page.session.get(path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "require-trusted-types-for 'script'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"


async def test_the_page_has_no_inline_script_or_style_and_parses_no_html(page):
    async with page.session.get("") as answer:
        index = await answer.text()
    assert "<style" not in index
    assert " style=" not in index
    assert index.count("<script") == index.count('<script type="module" src=') == 1
    assert "{{" not in index
    for name in page.platform.pages.files:
        async with page.session.get(f"page/{name}") as answer:
            script = await answer.text()
            assert answer.status == 200
        for parser in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "DOMParser"):
            assert parser not in script


async def test_the_plain_addresses_tell_how_the_process_is(opened):
    ready = [False]
    page = await opened(metrics=lambda: b"openchair_acts_total 1\n", ready=lambda: ready[0])
    for path, status, body in (
        ("healthz", 200, "ok\n"),
        ("readyz", 503, "not ready\n"),
        ("metrics", 200, "openchair_acts_total 1\n"),
    ):
        async with page.session.get(path) as answer:
            assert (answer.status, await answer.text()) == (status, body)
    ready[0] = True
    async with page.session.get("readyz") as answer:
        assert answer.status == 200


async def test_without_metrics_there_is_no_such_address(page):
    async with page.session.get("metrics") as answer:
        assert answer.status == 404
    async with page.session.get("readyz") as answer:
        assert answer.status == 200


async def test_files_and_pictures_are_given_to_their_person_with_a_cookie_only(page):
    ana, ben = page.person("Ana"), page.person("Ben")
    await page.command(ana, "/export", "room")
    await page.command(ana, "/picture")
    file, picture = page.messages(ana, "room")[-1]["file"]["url"][1:], page.messages(ana)[-1]["picture"]["url"][1:]
    async with page.session.get(f"{file}?as=ana") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Disposition"] == 'attachment; filename="mine.zip"'
        assert answer.headers["Content-Security-Policy"] == "sandbox"
        assert (await answer.read()).startswith(b"PK")
    async with page.session.get(f"{picture}?as=ana") as answer:
        assert (answer.status, answer.content_type) == (200, "image/png")
    for path in (file, picture):
        async with page.session.get(f"{path}?as={ben.persona.key}") as answer:
            assert answer.status == 404
        async with ClientSession(base_url=page.platform.address) as stranger, stranger.get(f"{path}?as=ana") as answer:
            assert answer.status == 403


FORGED_FRAMES = [
    "",
    "[]",
    "{}",
    "null",
    "\x00",
    "{" * 5_000,
    '{"type":"words"}',
    '{"type":"nothing","id":"0123456789abcdef"}',
    '{"type":"words","pane":"kitchen","text":"x","id":"0123456789abcdef"}',
    '{"type":"words","pane":"room","text":["x"],"id":"0123456789abcdef"}',
    '{"type":"words","pane":"room","text":"x","id":"../../etc"}',
    json.dumps({"type": "words", "pane": "room", "text": "x" * 10_001, "id": "0123456789abcdef"}),
    json.dumps(
        {"type": "form", "pane": "room", "data": "a:b", "id": "0123456789abcdef", "fields": {str(n): "" for n in range(26)}}
    ),
    '{"type":"press","pane":"private","data":"Feature:act","id":"0123456789abcdef"}',
    '{"type":"press","pane":"private","data":"count","id":"0123456789abcdef"}',
    json.dumps({"type": "press", "pane": "private", "data": "count:to:" + "x" * 60, "id": "0123456789abcdef"}),
    '{"type":"form","pane":"private","data":"<script>","fields":{},"id":"0123456789abcdef"}',
]


@pytest.mark.parametrize("frame", FORGED_FRAMES)
async def test_a_forged_frame_reaches_nobody_and_gets_a_kind_answer(page, house, frame):
    ana = page.person("Ana")
    await page.tab(ana).socket.send_str(frame)
    await page.until(lambda: len(page.problems(ana)) == 1)
    assert page.problems(ana)[0].startswith("That button or message is not one this page knows.")
    assert house.seen == []
    await page.command(ana, "/start")
    assert len(page.screen(ana)) == 1


@pytest.mark.parametrize("frame", [{"type": "words", "text": "x"}, {"type": "form", "data": "a:b", "fields": {"words": "x"}}])
async def test_only_a_file_may_be_long(page, house, frame):
    ana = page.person("Ana")
    await page.tab(ana).socket.send_str(json.dumps({**frame, "id": "a" * 8, "pane": "room"}).replace("x", "x" * FRAME_BYTES))
    await page.until(lambda: len(page.problems(ana)) == 1)
    assert house.seen == []


async def test_a_frame_too_large_ends_the_connection_and_only_that(page, house):
    ana, ben = page.person("Ana"), page.person("Ben")
    with contextlib.suppress(ConnectionError):  # it may be cut off while it is still being sent
        await page.tab(ana).socket.send_str(json.dumps({"type": "words", "text": "x" * FILE_FRAME_BYTES}))
    await page.until(lambda: page.tab(ana).socket.closed)
    assert page.tab(ana).socket.close_code == 1009
    await page.command(ben, "/start")
    assert [incoming.account.user for incoming in house.seen] == ["ben"]


async def test_bytes_are_no_way_to_speak(page):
    ana = page.person("Ana")
    await page.tab(ana).socket.send_bytes(b"{}")
    await page.until(lambda: page.tab(ana).socket.closed)


async def test_a_press_on_anothers_message_is_a_press_on_none(page, house):
    ana, ben = page.person("Ana"), page.person("Ben")
    await page.command(ana, "/count")
    foreign = page.messages(ana)[0]["id"]
    await page.act(ben, {"type": "press", "pane": "private", "data": "count:to::9", "message": foreign})
    assert house.seen[-1].message is None
    assert house.seen[-1].place.chat == "private_ben"
    assert page.screen(ana) == ["Count 0"]
    assert page.screen(ben) == ["Count 9"]
    await page.act(ben, {"type": "form", "pane": "private", "data": "checkin:save", "fields": {"rating": "1"}, "message": foreign})
    assert house.seen[-1].message is None
    assert page.screen(ana) == ["Count 0"]


@pytest.mark.parametrize("ref", ["private_ana/none", "private_ana", "room/", "/", "only_ben/x", "private_ana/../room", "x" * 200])
async def test_a_made_up_message_is_no_message(page, house, ref):
    ana = page.person("Ana")
    await page.act(ana, {"type": "press", "pane": "private", "data": "count:to::9", "message": ref})
    assert page.screen(ana) == ["Count 9"]


async def test_the_place_of_a_press_is_that_of_its_message_and_not_what_the_page_says(page, house):
    ana = page.person("Ana")
    await page.command(ana, "/count")
    await page.act(ana, {"type": "press", "pane": "room", "data": "count:to::1", "message": page.messages(ana)[0]["id"]})
    assert house.seen[-1].place.private


async def test_a_flood_is_turned_away_and_help_is_not(opened, house):
    page = await opened(limits=Limits(burst=8, refill=0.0))
    ana, ben = page.person("Ana"), page.person("Ben")
    for number in range(20):
        frame = {"type": "words", "pane": "private", "text": "again", "id": f"flood-{number:04}"}
        await page.tab(ana).socket.send_str(json.dumps(frame))
    await page.until(lambda: len(page.tab(ana).acknowledged) == 20)
    assert len(house.seen) == 8
    assert page.problems(ana)[0].startswith("That was a lot at once.")
    frame = {"type": "press", "pane": "private", "data": "safety:now", "id": "help-0000"}
    await page.tab(ana).socket.send_str(json.dumps(frame))
    await page.until(lambda: "112" in page.screen(ana)[-1])
    frame = {"type": "command", "pane": "private", "line": "/start", "id": "calm-0000"}
    await page.tab(ben).socket.send_str(json.dumps(frame))
    await page.until(lambda: len(page.screen(ben)) == 1)


async def test_more_waiting_acts_than_a_lane_holds_are_turned_away(opened, house):
    page = await opened(limits=Limits(waiting_acts=3))
    ana = page.person("Ana")
    house.gate.clear()
    for number in range(5):
        frame = {"type": "command", "pane": "private", "line": "/start", "id": f"flood-{number:04}"}
        await page.tab(ana).socket.send_str(json.dumps(frame))
    await page.until(lambda: len(page.problems(ana)) == 2)
    house.gate.set()
    await page.until(lambda: len(page.screen(ana)) == 3)


async def test_more_pages_than_there_is_room_for_wait_outside(opened):
    page = await opened(limits=Limits(sockets=4))
    assert await refused(page.session, "ws?as=ana", {"Origin": origin(page)}) == 503


async def test_a_page_that_does_not_read_is_cut_and_others_go_on(opened, house):
    page = await opened(limits=Limits(waiting_frames=10, waiting_bytes=200_000, burst=10_000))
    ana, ben = page.person("Ana"), page.person("Ben")
    cookie = next(iter(page.session.cookie_jar))
    async with ClientSession() as session:  # its socket is opened and then never read
        headers = {"Origin": origin(page), "Cookie": f"{cookie.key}={cookie.value}"}
        slow = await session.ws_connect(f"{page.platform.address}ws?as=rosa", headers=headers)
        connection = slow._response.connection
        assert connection is not None
        assert connection.transport is not None
        connection.transport.pause_reading()
        for _ in range(400):
            await page.act(ana, {"type": "words", "pane": "room", "text": "\U0001f642" * 9_000})
            if page.platform.audience.count == 4:
                break
        assert page.platform.audience.count == 4, "the slow page was cut"
        connection.transport.resume_reading()
        while (await slow.receive()).type is WSMsgType.TEXT:
            pass
    await page.command(ben, "/start")
    assert len(page.screen(ben)) == 1
