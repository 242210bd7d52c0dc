"""Pages behind the real server at a port of its own, and aiohttp's client before it."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientResponse, ClientSession

from bot.core.clock import Clock
from bot.core.features import Feature
from bot.core.ports import Store
from bot.pages import Pages, PagesServer
from bot.pages.limits import Limits
from content.loader import load_texts


@dataclass
class Seen:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Browser:
    session: ClientSession
    server: PagesServer

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    async def get(self, address: str, **how) -> Seen:
        async with self.session.get(address if "://" in address else f"{self.base}/{address}", **how) as answer:
            return await seen(answer)

    async def post(self, path: str, **how) -> Seen:
        async with self.session.post(f"{self.base}/{path}", **how) as answer:
            return await seen(answer)


async def seen(answer: ClientResponse) -> Seen:
    return Seen(answer.status, answer.headers.copy(), await answer.read())


@asynccontextmanager
async def browsing(features: Sequence[Feature], store: Store, clock: Clock, limits: Limits | None = None) -> AsyncIterator[Browser]:
    pages = Pages(features, store, load_texts(), clock, limits=limits)
    server = PagesServer(pages, limits=limits)
    running = asyncio.create_task(server.run())
    try:
        await server.started.wait()
        async with ClientSession() as session:
            yield Browser(session, server)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
