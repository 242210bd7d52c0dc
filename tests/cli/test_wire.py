"""`run` and `doctor` in a process of their own, against servers that speak the platforms' protocols."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.cli.program import ROOT
from tests.servers.discord.driver import DiscordDriver
from tests.servers.telegram.driver import TelegramDriver

PATIENCE = 60.0


@asynccontextmanager
async def openchair(folder, environment, *words) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "250", **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def said(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        content = await process.stdout.read()
        await process.wait()
    return content.decode()


@pytest.fixture(params=["discord", "telegram"])
async def platform(request):
    driver = {"discord": DiscordDriver, "telegram": TelegramDriver}[request.param]()
    await driver.start()
    yield driver
    await driver.stop()


@pytest.fixture
def environment(platform, typed):
    """What a host has after `init`: a master key, and the token in the environment."""
    assert typed("init", "--zone", "Berlin", "--country", "DE").exit_code == 0
    name = platform.name.upper()
    return {f"OPENCHAIR_{name}_TOKEN": platform.token, f"OPENCHAIR_PLATFORMS__{name}__API_BASE": platform.api_base}


async def test_doctor_finds_token_clock_and_permissions_right_and_shows_no_token(platform, environment, folder):
    async with openchair(folder, environment, "doctor") as process:
        text = await said(process)
    assert process.returncode == 0, text
    assert f"within 5 s of {platform.name}'s" in text
    assert platform.token not in text


async def test_doctor_says_how_to_mend_a_token_that_is_refused(platform, environment, folder):
    wrong = platform.token[:-3] + "xyz"
    async with openchair(folder, {**environment, f"OPENCHAIR_{platform.name.upper()}_TOKEN": wrong}, "doctor") as process:
        text = await said(process)
    assert process.returncode == 1, text
    assert platform.name in text
    assert wrong not in text


async def test_run_with_a_token_that_is_refused_ends_with_one_sentence_and_no_token(platform, environment, folder):
    wrong = platform.token[:-3] + "xyz"
    async with openchair(folder, {**environment, f"OPENCHAIR_{platform.name.upper()}_TOKEN": wrong}, "run") as process:
        text = await said(process)
    assert process.returncode == 1, text
    assert "refuses this bot" in text
    assert "Traceback" not in text
    assert wrong not in text


async def test_run_connects_says_so_once_and_ends_on_a_signal(platform, environment, folder):
    async with openchair(folder, {**environment, "OPENCHAIR_LOG__LEVEL": "error"}, "run") as process:
        async with asyncio.timeout(PATIENCE):
            assert process.stdout is not None
            assert await process.stdout.readline() == f"Openchair is ready: {platform.name.title()}\n".encode()
            await platform.connected()
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            await process.wait()
        assert process.returncode == 0
        rest = (await process.stdout.read()).decode()
        assert "ready" not in rest
        assert "Traceback" not in rest
        assert platform.token not in rest
