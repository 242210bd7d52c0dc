"""The running bot: its parts, and how they start and end together."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from prometheus_client import start_http_server

from bot.compose.store import CannotStart
from bot.config.model import MetricsConfig
from bot.core.clock import Clock
from bot.core.errors import PlatformRefused
from bot.core.platform import Platform
from bot.runtime.courier import Courier
from bot.runtime.dispatch import Dispatch
from bot.runtime.metrics import Metrics
from bot.runtime.shutdown import Part, run_parts
from bot.runtime.timekeeper import Timekeeper
from storage.database import Store

if TYPE_CHECKING:
    from bot.pages import PagesServer

SETTLED = timedelta(minutes=3)  # no adapter tries to send an answer for so long
LOOKS_EVERY = timedelta(minutes=1)
NAMES = {"discord": "Discord", "telegram": "Telegram"}


@runtime_checkable
class Starts(Protocol):
    """A platform that says when people can come in."""

    @property
    def started(self) -> asyncio.Event: ...


@runtime_checkable
class HasAddress(Protocol):
    @property
    def address(self) -> str: ...


@dataclass(frozen=True)
class House:
    """`stop`, when set, ends `run`. `chores` are done at its start: what an hour's housekeeping missed while nothing ran."""

    store: Store
    dispatch: Dispatch
    timekeeper: Timekeeper
    courier: Courier
    platforms: Sequence[Platform]
    metrics: Metrics
    clock: Clock
    chores: Sequence[Callable[[], Awaitable[None]]] = ()
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    pages: "PagesServer | None" = None

    async def run(self) -> None:
        """Go on until `stop` is set: then the adapters finish their answers, claims are given back, marks are written.

        Raises CannotStart for what only the host can mend: a token that is refused, an address that is taken.
        """
        for chore in self.chores:
            await chore()
        if not self.store.is_shared:
            await self.dispatch.resume()
        parts = [Part(platform.name, partial(self._run, platform)) for platform in self.platforms]
        if self.pages is not None:
            parts.append(Part(self.pages.name, partial(self._serve, self.pages)))
        # The courier ends beside the adapters: they stay connected until what it is sending has arrived.
        parts += [Part("courier", self.courier.run), Part("timekeeper", self.timekeeper.run, stage=1)]
        if self.store.is_shared:
            parts.append(Part("answers of others", self._take_over, stage=1, vital=False))
        await run_parts(parts, self.stop, last=[self.dispatch.settle])

    async def _take_over(self) -> None:
        """Answers that a process decided which is gone. Whoever decided the newest may still be sending them."""
        while True:
            await self.dispatch.resume(SETTLED)
            await self.clock.sleep(LOOKS_EVERY.total_seconds())

    async def _run(self, platform: Platform) -> None:
        name = NAMES.get(platform.name, f"the {platform.name} page")
        try:
            await platform.run(self.dispatch)
        except PlatformRefused as error:
            raise CannotStart(f"{name} refuses this bot ({error}). openchair doctor says what to mend.") from error
        except OSError as error:
            where = f" at {platform.address}" if isinstance(platform, HasAddress) else ""
            raise CannotStart(f"{name} cannot be opened{where}: {error.strerror or error}. Is the port taken?") from error

    async def _serve(self, pages: "PagesServer") -> None:
        try:
            await pages.run()
        except OSError as error:
            said = f"The pages cannot be opened at {pages.address}: {error.strerror or error}. Is the port taken?"
            raise CannotStart(said) from error

    async def opened(self) -> None:
        """Wait until every platform that tells lets people in, and the pages are served."""
        if self.pages is not None:
            await self.pages.started.wait()
        for platform in self.platforms:
            if isinstance(platform, Starts):
                await platform.started.wait()

    def where(self) -> str:
        """Return where people find it, for the one line at the start."""
        return ", ".join(
            platform.address if isinstance(platform, HasAddress) else NAMES.get(platform.name, platform.name)
            for platform in self.platforms
        )


class _Page:
    """Metrics at an address of their own, served from a thread until left."""

    def __init__(self, host: str, port: int, metrics: Metrics) -> None:
        self._at, self._metrics = (host, port), metrics

    def __enter__(self) -> None:
        host, port = self._at
        try:
            self._server, self._thread = start_http_server(port, host, self._metrics.registry)
        except OSError as error:
            raise CannotStart(f"The metrics cannot be shown at {host}:{port}: {error.strerror}.") from error

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def metrics_page(config: MetricsConfig, metrics: Metrics) -> AbstractContextManager[None]:
    """Serve the metrics, if a port is configured."""
    return nullcontext() if config.port is None else _Page(config.host, config.port, metrics)
