"""The pages at an address of their own. Every connection has an end: who reads or writes slowly is cut."""

import asyncio

import structlog
from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from bot.pages.limits import Limits
from bot.pages.routes import Pages

log = structlog.get_logger()


class PagesServer:
    """`port` 0 lets the machine choose; `address` tells which, once `started` is set."""

    name = "pages"

    def __init__(self, pages: Pages, *, host: str = "127.0.0.1", port: int = 0, limits: Limits | None = None) -> None:
        self._pages = pages
        self._host, self._port, self._bound = host, port, port
        self._limits = limits or Limits()
        self.started = asyncio.Event()

    @property
    def port(self) -> int:
        return self._bound

    @property
    def address(self) -> str:
        """Where a proxy on this machine finds the pages."""
        return f"http://{f'[{self._host}]' if ':' in self._host else self._host}:{self._bound}/"

    async def run(self) -> None:
        """Serve until cancelled; then finish the answers under way, and leave. Raises OSError when the address is taken."""
        seconds = self._limits.goodbye.total_seconds()
        runner = web.AppRunner(
            self._pages.app(), access_log=None, handle_signals=False, shutdown_timeout=seconds, keepalive_timeout=10
        )
        await runner.setup()
        server = runner.server
        assert server is not None
        loop, longest = asyncio.get_running_loop(), self._limits.connection.total_seconds()

        def connected() -> RequestHandler:
            protocol = server()
            seconds = 0.0 if len(server.connections) >= self._limits.connections else longest
            loop.call_later(seconds / 2, protocol.close)  # a busy one ends with the answer under way
            loop.call_later(seconds, _cut, protocol)
            return protocol

        try:
            listening = await loop.create_server(connected, self._host, self._port)
            try:
                self._bound = int(listening.sockets[0].getsockname()[1])
                self.started.set()
                log.info("pages.serving")
                await loop.create_future()
            finally:
                self.started.clear()
                listening.close()
        finally:
            await runner.cleanup()


def _cut(connection: RequestHandler) -> None:
    if connection.transport is not None:
        connection.transport.abort()
