"""From nothing to ready, on an empty database, with all three platforms; and what it then holds in memory."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, Size, median
from bench.processes import ROOT, Child
from storage.keys import make_master_key

READY_GOAL, MEMORY_GOAL = 1.2, 110.0  # seconds, MB
SETTLED = 0.5  # seconds until memory is read
IMPORTS = "import bot.cli.running, bot.compose, bot.platforms.discord.adapter, bot.platforms.telegram, bot.platforms.web.adapter"
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
    rounds = [(_imports(), *_ready()) for _ in range(size.rounds)]
    imports, seconds, memory = (median(column) for column in zip(*rounds, strict=True))
    ratio = median(ready / alone for alone, ready, _ in rounds)
    return [
        Figure(
            "Start to ready, three platforms",
            f"{seconds:.2f} s",
            f"{imports:.2f} s imports alone",
            ratio,
            "<= 1.2 s",
            seconds <= READY_GOAL,
        ),
        Figure(
            "Memory, three platforms",
            f"{memory:.0f} MB",
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


def _ready() -> tuple[float, float]:
    """Return seconds until both services are connected and the page is open, and MB some time after."""
    with tempfile.TemporaryDirectory(prefix="openchair-bench-") as name, Child("bench.services.telegram") as telegram:
        with Child("bench.services.discord") as discord:
            folder = Path(name)
            make_master_key(folder / "master.key")
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
                status = Path(f"/proc/{bot.pid}/status").read_text(encoding="ascii")
            finally:
                bot.send_signal(signal.SIGTERM)
                bot.wait(30)
            return ready, next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024
