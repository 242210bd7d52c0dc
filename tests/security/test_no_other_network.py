"""SAFETY 5, row 20; Must 30: the running bot connects to the addresses that are configured, and to nothing else in the world."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

import pytest

from bot.platforms.web.pages import FOLDER
from storage.keys import make_master_key
from tests.security.inside import YES
from tests.servers.discord.driver import DiscordDriver
from tests.servers.telegram.driver import TelegramDriver

ROOT = Path(__file__).parents[2]
CONFIG = """
data: data
community: {{zone: Europe/Berlin, country: DE}}
storage: {{master_key_file: master.key}}
platforms:
  discord: {{token_file: discord.token, api_base: {discord}, gateway: {gateway}}}
  telegram: {{token_file: telegram.token, api_base: {telegram}}}
  web: {{enabled: true, port: 0}}
metrics: {{port: 0}}
"""


@pytest.fixture
async def drivers():
    discord, telegram = DiscordDriver(), TelegramDriver()
    await discord.start()
    await telegram.start()
    yield discord, telegram
    await telegram.stop()
    await discord.stop()


async def test_it_connects_to_what_is_configured_and_to_nothing_else(tmp_path, drivers):
    discord, telegram = drivers
    make_master_key(tmp_path / "master.key")
    for driver in drivers:
        (tmp_path / f"{driver.name}.token").write_text(driver.token)
        (tmp_path / f"{driver.name}.token").chmod(0o600)
    addresses = {"discord": discord.api_base, "gateway": discord.gateway, "telegram": telegram.api_base}
    (tmp_path / "config.yaml").write_text(CONFIG.format(**addresses))
    seen = tmp_path / "seen.txt"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",  # the folder of the program is not where modules are looked for
        str(Path(__file__).with_name("audited.py")),
        str(seen),
        str(tmp_path / "config.yaml"),
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HTTPS_PROXY": "http://127.0.0.1:9",
            "HTTP_PROXY": "http://127.0.0.1:9",
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        await discord.connected()
        await telegram.connected()
        for driver in drivers:
            await lived(driver)
        process.send_signal(signal.SIGTERM)
        said, _ = await asyncio.wait_for(process.communicate(), 20)
    finally:
        if process.returncode is None:
            process.kill()
            print((await process.communicate())[0].decode())
    assert process.returncode == 0, said.decode()
    lines = seen.read_text().splitlines()
    allowed = {tuple(re.findall(r"//([\d.]+):(\d+)", address)[0]) for address in addresses.values()}
    connected = {tuple(re.findall(r"\('([^']+)', (\d+)", line)[0]) for line in lines if line.startswith("socket.connect ")}
    assert connected == allowed
    looked_up = {line.split()[1] for line in lines if line.startswith(("socket.getaddrinfo", "socket.gethostbyname"))}
    assert looked_up <= {"127.0.0.1"}
    others = [line for line in lines if not line.startswith(("socket.connect ", "socket.getaddrinfo"))]
    assert all(line.startswith(("subprocess.Popen", "os.posix_spawn", "os.exec")) and "resvg_worker" in line for line in others), (
        others
    )


async def lived(driver) -> None:
    """A ride on an urge, with its picture at the end; an export; a command in the room."""
    ana = driver.person("Ana")
    await driver.command(ana, "/start")
    await driver.command(ana, "/surf")
    await driver.press(ana, YES)
    await driver.press(ana, "3 min")
    await driver.press(ana, "7")
    await driver.press(ana, "Done")
    await driver.press(ana, "5")
    await driver.press(ana, "Done")
    await driver.press(ana, "3")
    await driver.command(ana, "/export")
    await driver.press(ana, "Send the file")
    await driver.command(ana, "/meetings", "room")


def test_the_page_names_no_other_address():
    """Its policy forbids it; and nothing in it would try."""
    for path in FOLDER.iterdir():
        found = re.findall(r"(?:https?:|wss?:)?//[\w.-]+\.\w+[^\s\"']*", path.read_text("utf-8"))
        assert [one for one in found if "www.w3.org" not in one] == [], path.name


def test_the_worker_that_draws_pictures_is_given_no_secret_and_no_network_of_its_own():
    source = (ROOT / "bot/runtime/resvg_worker.py").read_text("utf-8")
    assert not re.search(r"import (socket|urllib|http|aiohttp)|from (socket|urllib|http|aiohttp)", source)
    assert 'env={"PATH": os.defpath}' in (ROOT / "bot/runtime/worker.py").read_text("utf-8")
    assert "subprocess" not in (ROOT / "bot/runtime/pictures.py").read_text("utf-8")  # it has no other way to start one
