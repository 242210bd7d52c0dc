"""The pages of the whole house: at a port of their own, in the demo's web page, or nowhere."""

import asyncio
import socket
from pathlib import Path

import aiohttp
import pytest

from bot.compose import CannotStart, House, openchair
from bot.compose.pages import public_base
from bot.config import Config
from bot.config.model import PagesConfig, PlatformsConfig, StorageConfig, WebConfig
from bot.core.calls import Incoming, Kind, Role
from bot.core.replies import Press
from bot.core.richtext import plain_block
from bot.platforms.web.records import DEMO, Pane, place_of
from storage.keys import make_master_key


def config_of(folder: Path, pages: PagesConfig, *, web: bool) -> Config:
    make_master_key(folder / "master.key")
    platforms = PlatformsConfig(web=WebConfig(enabled=web, port=0))
    storage = StorageConfig(master_key_file=folder / "master.key")
    return Config(data=folder / "data", platforms=platforms, storage=storage, pages=pages)


async def fetched(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, answer.headers.get("Content-Security-Policy", "")


async def public_address(house: House, clock) -> str:
    kim = next(persona for persona in DEMO if Role.FACILITATOR in persona.roles)
    press = Press("calendars", "public", "participants", "on")
    act = Incoming(Kind.PRESS, "1", kim.account, place_of(kim, Pane.ROOM), clock.now(), press=press, roles=kim.roles)
    answer = await house.dispatch.take(act)
    said = "\n".join(plain_block(block) for block in answer.reply.blocks)
    return next(word for word in said.split() if word.endswith(".ics"))


async def test_the_demo_serves_them_in_its_own_page(tmp_path, clock):
    async with openchair(config_of(tmp_path, PagesConfig(), web=True), clock=clock) as house:
        assert house.pages is None
        running = asyncio.create_task(house.run())
        await house.opened()
        try:
            address = await public_address(house, clock)
            assert address.startswith(house.where().rstrip("/"))
            status, policy = await fetched(address)
            assert (status, "script-src" in policy) == (200, False)
            chat, policy = await fetched(house.where())
            assert (chat, "script-src 'self'" in policy) == (200, True)
        finally:
            house.stop.set()
            await running


async def test_at_a_port_of_their_own_they_run_beside_the_others_and_end_with_them(tmp_path, clock):
    pages = PagesConfig(port=0, address="https://example.org/chair")
    async with openchair(config_of(tmp_path, pages, web=True), clock=clock) as house:
        assert house.pages is not None
        running = asyncio.create_task(house.run())
        await house.opened()
        try:
            address = await public_address(house, clock)
            assert address.startswith("https://example.org/chair/calendar/c/")
            path = address.removeprefix("https://example.org/chair/")
            assert (await fetched(f"{house.pages.address}{path}"))[0] == 200
        finally:
            house.stop.set()
            await running
        with pytest.raises(aiohttp.ClientConnectorError):
            await fetched(house.pages.address)


async def test_a_port_that_is_taken_stops_the_start_with_one_sentence(tmp_path, clock):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        pages = PagesConfig(port=taken.getsockname()[1])
        async with openchair(config_of(tmp_path, pages, web=False), clock=clock) as house:
            with pytest.raises(CannotStart, match="Is the port taken"):
                await house.run()


def test_an_address_is_given_out_only_where_something_is_served(tmp_path):
    named = PagesConfig(address="https://example.org")
    assert public_base(config_of(tmp_path, named, web=False), None) == ""
    served = Config(pages=PagesConfig(port=0, address="https://example.org"))
    assert public_base(served, None) == "https://example.org"
    assert public_base(Config(pages=PagesConfig(port=0)), None) == ""


def test_doctor_says_that_nobody_can_be_told_the_address():
    from bot.cli.examination import pages

    assert pages(Config()) == []
    lacking, whole = pages(Config(pages=PagesConfig(port=1))), pages(Config(pages=PagesConfig(port=1, address="https://a.example")))
    assert [finding.ok for finding in (*lacking, *whole)] == [False, True]
    assert "pages.address" in lacking[0].mend
