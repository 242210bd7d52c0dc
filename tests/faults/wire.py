"""The line between the bot and a platform. A test can stop a call on its way there, or its answer on the way back."""

import asyncio
import re
from dataclasses import dataclass, field
from typing import Literal

import aiohttp
from aiohttp import web
from yarl import URL

Way = Literal["there", "back"]
_OURS = frozenset({"host", "content-length", "transfer-encoding", "connection", "content-encoding"})  # of one connection alone


@dataclass
class Held:
    """The next call of which `pattern` is found in "METHOD /path body" stops until it is let go, or lost on the way; with
    `every`, each such call that comes until then."""

    pattern: str
    way: Way
    every: bool = False
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    gone_on: asyncio.Event = field(default_factory=asyncio.Event)
    is_lost: bool = False

    def catches(self, line: str) -> bool:
        is_free = not (self.gone_on if self.every else self.stopped).is_set()
        return is_free and re.search(self.pattern, line) is not None

    async def caught(self) -> None:
        """Wait until a call stands here."""
        async with asyncio.timeout(60):
            await self.stopped.wait()

    def let_go(self) -> None:
        self.gone_on.set()

    def lose(self) -> None:
        self.is_lost = True
        self.gone_on.set()


class Wire:
    """Whoever calls `base` reaches the platform's own."""

    def __init__(self) -> None:
        self._held: list[Held] = []
        self.seen: list[str] = []

    async def start(self, target: str) -> None:
        self._target = URL(target)
        application = web.Application(client_max_size=2**24)
        application.router.add_route("*", "/{path:.*}", self._pass)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._session = aiohttp.ClientSession(auto_decompress=False)

    async def stop(self) -> None:
        for held in self._held:
            held.lose()
        await self._session.close()
        await self._runner.cleanup()

    @property
    def base(self) -> str:
        return str(self._target.with_port(self._runner.addresses[0][1])).rstrip("/")

    def hold(self, pattern: str, way: Way, *, every: bool = False) -> Held:
        held = Held(pattern, way, every)
        self._held.append(held)
        return held

    async def _pass(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        line = f"{request.method} {request.path} {body.decode(errors='replace')}"
        self.seen.append(line)
        held = next((one for one in self._held if one.catches(line)), None)
        if held is not None and held.way == "there" and not await self._goes_on(held):
            return web.Response(status=504)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _OURS}
        try:
            async with self._session.request(
                request.method, self._target.join(request.rel_url), data=body, headers=headers
            ) as answer:
                payload = await answer.read()
        except (aiohttp.ClientError, RuntimeError):  # hung up over there, or the test is over: so here too
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=502)
        if held is not None and held.way == "back" and not await self._goes_on(held):
            return web.Response(status=504)
        told = {name: value for name, value in answer.headers.items() if name.lower() not in _OURS | {"content-type"}}
        response = web.Response(status=answer.status, body=payload, headers=told)
        response.content_type = answer.content_type
        return response

    async def _goes_on(self, held: Held) -> bool:
        held.stopped.set()
        await held.gone_on.wait()
        return not held.is_lost
