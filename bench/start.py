"""From nothing to ready, on an empty database, with all three platforms; and what it then holds in memory."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, Size, median
from bench.processes import PATIENCE, ROOT, Child, memory_of
from storage.keys import make_master_key

READY_GOAL, MEMORY_GOAL = 1.2, 110.0  # seconds, MB
SETTLED = 0.5  # seconds until memory is read
_NEEDED = ("bot.cli.running", "bot.compose", "bot.platforms.discord.adapter", "bot.platforms.telegram", "bot.platforms.web.adapter")
IMPORTS = f"import gc; gc.disable(); import {', '.join(_NEEDED)}"
_CONFIG = """
data: {folder}/data
platforms:
  discord:
    api_base: {discord}
  telegram:
    api_base: {telegram}
  web:
    enabled: true
    port: 0
storage:
  master_key_file: {folder}/master.key
"""


def start(size: Size) -> list[Figure]:
    rounds = [(_imports(), *_two_starts()) for _ in range(size.rounds)]
    imports, first, first_memory, later, memory = (median(column) for column in zip(*rounds, strict=True))
    name, limit, peer = "Start to ready, three platforms", f"<= {READY_GOAL} s", f"{imports:.2f} s imports alone"
    return [
        Figure(f"{name}: empty database", f"{later:.2f} s", peer, later / imports, limit, later <= READY_GOAL),
        Figure(f"{name}: the first, which makes it", f"{first:.2f} s", peer, first / imports, limit, first <= READY_GOAL),
        Figure(
            "Memory, three platforms",
            f"{memory:.0f} MB ({first_memory:.0f} at first)",
            f"{MEMORY_GOAL:.0f} MB",
            memory / MEMORY_GOAL,
            "<= 1",
            memory <= MEMORY_GOAL,
        ),
    ]


def _imports() -> float:
    """Return the seconds in which Python starts and imports all that a start needs."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", IMPORTS], cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
    return time.monotonic() - began


def _two_starts() -> tuple[float, float, float, float]:
    """Return seconds and MB of a first start, which makes the database, and of the next."""
    with tempfile.TemporaryDirectory(prefix="openchair-bench-") as folder:
        make_master_key(Path(folder) / "master.key")
        return (*_ready(Path(folder)), *_ready(Path(folder)))


def _ready(folder: Path) -> tuple[float, float]:
    """Return seconds until both services are connected and the page is open, and MB some time after."""
    with Child("bench.services.telegram") as telegram, Child("bench.services.discord") as discord:
        config = folder / "config.yaml"
        config.write_text(_CONFIG.format(folder=folder, discord=discord.said["url"], telegram=telegram.said["url"]))
        tokens = {"OPENCHAIR_DISCORD_TOKEN": discord.said["token"], "OPENCHAIR_TELEGRAM_TOKEN": telegram.said["token"]}
        began = time.monotonic()
        bot = subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "--config", str(config)],
            cwd=ROOT,
            env={**os.environ, **tokens},
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("BENCH_SHOW_LOGS") else subprocess.DEVNULL,
            text=True,
        )
        try:
            assert bot.stdout is not None
            if "ready" not in bot.stdout.readline():
                raise RuntimeError("the bot did not start; BENCH_SHOW_LOGS=1 shows why")
            opened = time.monotonic()
            ready = max(opened, telegram.ask("connected")["at"], discord.ask("connected")["at"]) - began
            time.sleep(SETTLED)
            return ready, memory_of(bot.pid)
        finally:
            bot.terminate()
            bot.wait(PATIENCE)
