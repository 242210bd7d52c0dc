"""What a stranger does first: clone, `make demo`, look. On the real thing: a clean clone, its own environment, a browser."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.cli.program import ROOT, Program
from tests.platforms.web.browser import Window, chromium, window

COMMAND = "make demo"
INSTALLS_WITHIN = 600.0  # seconds; a fast line and a warm cache take fifteen
ENDS_WITHIN = 10.0
SECRET = "Something only Ana wrote"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The work tree as a clone would have it: what git knows of or would, and nothing that is ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    folder = tmp_path / "openchair"
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
            (folder / name).chmod((ROOT / name).stat().st_mode)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    return folder


def test_the_readme_begins_with_this_command():
    block = re.search(r"```\w*\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    assert COMMAND in block[1].splitlines()


async def test_a_clean_clone_shows_a_meeting_keeps_private_chats_private_and_ends_in_time(clone):
    with Program([*COMMAND.split(), "PORT=0"], clone, {"VIRTUAL_ENV": "", "PYTHONPATH": "", "MAKEFLAGS": ""}) as program:
        address = program.wait_for("demo is ready: ", INSTALLS_WITHIN).split(": ", 1)[1].split()[0]
        async with chromium() as browser, window(browser, address, show="kim") as kim, window(browser, address, show="ana") as ana:
            await hold_a_meeting(kim, ana)
            await agree(ana, "ana")  # what a person types is kept only then
            await say(ana, "ana", "private", SECRET)
            await expect(ana.messages("ana", "private").get_by_text(SECRET)).to_have_count(1)
            async with window(browser, address, show="ana+ben+kim+rosa") as everybody:
                await expect(everybody.messages("ana", "private").get_by_text(SECRET)).to_have_count(1)
                for other in ("ben", "kim", "rosa"):
                    assert await everybody.seat(other).get_by_text(SECRET).count() == 0
                assert everybody.strays == []
            assert (kim.errors, ana.errors, kim.strays, ana.strays) == ([], [], [], [])
        program.end(within=ENDS_WITHIN)
        assert "Traceback" not in program.seen
    kept = b"".join(path.read_bytes() for path in (clone / "data").rglob("*") if path.is_file())
    assert SECRET.encode() not in kept


async def hold_a_meeting(kim: Window, ana: Window) -> None:
    """The demo's evening is there already; its room is open."""
    await say(kim, "kim", "room", "/meeting start")
    await ana.messages("ana", "room").get_by_text("Welcome").first.wait_for()
    await ana.pane("ana", "room").get_by_role("button", name="I am here").last.click()
    await kim.messages("kim", "room").get_by_text("One person is here").first.wait_for()
    await say(kim, "kim", "room", "/meeting checkin")
    await ana.pane("ana", "private").get_by_role("button", name="Open my check-in").wait_for()


async def agree(opened: Window, person: str) -> None:
    private = opened.pane(person, "private")
    await private.get_by_role("button", name="Open my check-in").click()
    await private.get_by_role("button", name="Yes, 18 or older").click()
    await private.get_by_text("How was your week").first.wait_for()


async def say(opened: Window, person: str, chat: str, words: str) -> None:
    field = opened.pane(person, chat).locator("textarea")
    await field.fill(words)
    await field.press("Enter")
