"""Slow callers are cut, the end loses no answer, and the pages stand where they are put."""

import asyncio
import contextlib
from datetime import timedelta

import pytest
from aiohttp import ClientSession, web

from bot.pages import Pages, PagesServer
from bot.pages.limits import Limits
from content.loader import load_texts
from tests.pages.browser import browsing
from tests.pages.desk import NoStore
from tests.waiting import until

SHORT = Limits(connection=timedelta(seconds=0.2), body=timedelta(seconds=0.05))


@pytest.mark.parametrize("begun", [b"", b"GET /desk/here HTTP/1.1\r\nHost: a\r\nX-Slow: ", b"POST /desk/here HTTP/1.1\r\n"])
async def test_who_sends_slowly_is_cut(desk, clock, begun):
    async with browsing((desk.feature,), NoStore(), clock, SHORT) as opened:
        reader, writer = await asyncio.open_connection("127.0.0.1", opened.server.port)
        writer.write(begun)
        with contextlib.suppress(ConnectionResetError):
            assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()
    assert desk.asked == []


async def test_a_body_that_does_not_come_is_not_waited_for(desk, clock):
    async with browsing((desk.feature,), NoStore(), clock, Limits(body=SHORT.body)) as opened:
        reader, writer = await asyncio.open_connection("127.0.0.1", opened.server.port)
        head = (
            "POST /desk/here HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\na"
        )
        writer.write(head.encode())
        assert (await asyncio.wait_for(reader.readline(), 5)).split()[1] == b"408"
        writer.close()
    assert desk.asked == []


async def test_an_answer_under_way_is_finished_before_the_end(desk, clock):
    pages = Pages((desk.feature,), NoStore(), load_texts(), clock)
    server = PagesServer(pages)
    running = asyncio.create_task(server.run())
    await server.started.wait()
    async with ClientSession() as session:
        asked = asyncio.create_task(session.get(f"{server.address}desk/slow"))
        await until(lambda: bool(desk.asked))
        running.cancel()
        await asyncio.sleep(0.05)
        desk.go.set()
        async with await asked as answer:
            assert answer.status == 200
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert not server.started.is_set()


async def test_an_address_that_is_taken_is_said(desk, clock, browser):
    pages = Pages((desk.feature,), NoStore(), load_texts(), clock)
    with pytest.raises(OSError, match="in use"):
        await PagesServer(pages, port=browser.server.port).run()


async def test_the_same_pages_can_be_mounted_into_another_application(desk, clock):
    app = web.Application()
    Pages((desk.feature,), NoStore(), load_texts(), clock).mount(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        async with ClientSession() as session, session.get(f"http://127.0.0.1:{site.port}/desk/here") as answer:
            assert answer.status == 200
            assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    finally:
        await runner.cleanup()
