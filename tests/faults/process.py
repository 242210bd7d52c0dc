"""`openchair run` in a process of its own, which a test may kill; the platforms' sides live on in the test's process."""

import asyncio
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from storage.keys import make_master_key
from tests.cli.program import ROOT, Program
from tests.evening.world import Spot, World, driver_for
from tests.faults.wire import Wire

PATIENCE = 60.0  # seconds; only a failing test takes them
ENDS_WITHIN = 10.0  # seconds after SIGTERM
_TOKENS = {"discord": "OPENCHAIR_DISCORD_TOKEN", "telegram": "OPENCHAIR_TELEGRAM_TOKEN"}


async def eventually(holds: Callable[[], bool], said: Callable[[], str]) -> None:
    """Wait for what another process does: it may have to start first, or to wait for a platform's limits."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not holds():  # noqa: ASYNC110 - what is looked at sends no event
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(said()) from None


class Side(World):
    """One platform as its persons see it. The house behind it is in another process."""

    def __init__(self, name: str, driver: Any) -> None:
        super().__init__(name, driver, cast(Any, None), cast(Any, None))

    async def command(self, person: Any, text: str, place: Spot = "private", **more: str) -> None:
        """Type a command without further words. `more`: options."""
        await self.driver.command(person, text, place, **more)


class Bot:
    """Made in a folder of its own. `start`, `kill` and `end` may follow one another as often as a test likes."""

    def __init__(self, folder: Path, *names: str) -> None:
        self.folder = folder
        self.sides = {name: Side(name, driver_for(name)) for name in names}
        self.wires = {name: Wire() for name in names}
        self._program: Program | None = None
        self._polls: dict[str, int] = {}

    async def __aenter__(self) -> "Bot":
        for name, side in self.sides.items():
            await side.driver.start()
            await self.wires[name].start(side.driver.api_base)
        make_master_key(self.folder / "master.key")
        return self

    async def __aexit__(self, *_: object) -> None:
        self.kill()
        for name, side in self.sides.items():
            await self.wires[name].stop()
            await side.driver.stop()

    @property
    def discord(self) -> Side:
        return self.sides["discord"]

    @property
    def telegram(self) -> Side:
        return self.sides["telegram"]

    @property
    def database(self) -> Path:
        return self.folder / "data" / "openchair.db"

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)

    @property
    def pid(self) -> int:
        assert self._program is not None
        return self._program._process.pid

    @property
    def said(self) -> str:
        """All that the present process wrote."""
        return self._program.seen if self._program is not None else ""

    # Life -----------------------------------------------------------------------------------------------------------

    async def start(self, *, ahead: float = 0) -> None:
        """Start it, and wait until it takes acts. `ahead`: its clock is put forward by so many seconds."""
        self.spawn(ahead=ahead)
        await self.up()

    def spawn(self, *, ahead: float = 0) -> None:
        assert self._program is None
        self._polls = {side.name: side.driver.api.polled for side in self.sides.values() if side.name == "telegram"}
        if "discord" in self.sides:
            self.discord.driver.server.gateway.ready.clear()
        (self.folder / "config.yaml").write_text(self._config())
        self._program = self.another(ahead=ahead)

    def another(self, *, ahead: float = 0) -> Program:
        """Start one more on the same configuration, whoever runs already."""
        command = ["-m", "tests.faults.ahead", str(ahead)] if ahead else ["-m", "bot", "run", "--config"]
        return Program([sys.executable, *command, "config.yaml"], self.folder, self._environment())

    async def up(self) -> None:
        """Wait until every platform is listened to."""
        await eventually(lambda: all(map(self._is_connected, self.sides)), lambda: f"never connected:\n{self.said}")

    def _is_connected(self, name: str) -> bool:
        if name == "discord":
            return bool(self.discord.driver.server.gateway.ready.is_set())
        return bool(self.telegram.driver.api.polled > self._polls[name])

    def kill(self) -> None:
        """As `kill -9` does: at once, wherever it stands."""
        if self._program is not None:
            self._program.end(signal.SIGKILL)
            self._leave()

    async def end(self, within: float = ENDS_WITHIN) -> int:
        """End it as a supervisor does; return its exit status."""
        assert self._program is not None
        status = await asyncio.to_thread(self._program.end, signal.SIGTERM, within)
        self._leave()
        return status

    def _leave(self) -> None:
        assert self._program is not None
        self._program.__exit__(None, None, None)
        self._program = None

    def _config(self) -> str:
        lines = ["community: {zone: Europe/Berlin, language: en, country: DE}", "platforms:"]
        lines += [f"  {name}: {{api_base: '{wire.base}'}}" for name, wire in self.wires.items()]
        return "\n".join(lines) + "\n"

    def _environment(self) -> dict[str, str]:
        tokens = {_TOKENS[name]: side.driver.token for name, side in self.sides.items()}
        return {"PYTHONPATH": str(ROOT), **tokens}

    # What is on its disk --------------------------------------------------------------------------------------------

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Read its database from outside, also while it runs."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=5)) as connection:
            return connection.execute(sql, values).fetchall()

    async def settled(self) -> None:
        """Wait until it has noted of every answer and message that it arrived."""
        unmarked = "SELECT count(*) FROM receipts WHERE sent_at IS NULL"
        waiting = "SELECT count(*) FROM outbox WHERE state = 'waiting'"
        await eventually(lambda: self.rows(unmarked) == self.rows(waiting) == [(0,)], lambda: f"never settled:\n{self.said}")
