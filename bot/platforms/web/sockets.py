"""The open pages. Sending to one never waits: what a slow page does not take is bounded, and then it is cut."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Sequence

import msgspec
import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from bot.platforms.web.limits import Limits
from bot.platforms.web.records import Persona

log = structlog.get_logger()


class Connection:
    """One WebSocket, bound to one persona for its life. `locale` is the browser's language."""

    def __init__(
        self,
        persona: Persona,
        locale: str,
        socket: web.WebSocketResponse,
        transport: asyncio.Transport | None,
        limits: Limits,
    ) -> None:
        self.persona = persona
        self.locale = locale
        self._socket = socket
        self._transport = transport
        self._limits = limits
        self._waiting: deque[bytes] = deque()
        self._bytes = 0
        self._wake = asyncio.Event()
        self._cut = False
        self._tokens = float(limits.burst)
        self._counted_at = asyncio.get_running_loop().time()

    def send(self, frame: object) -> None:
        self.send_encoded(msgspec.json.encode(frame))

    def send_encoded(self, frame: bytes) -> None:
        if self._cut:
            return
        self._waiting.append(frame)
        self._bytes += len(frame)
        if len(self._waiting) > self._limits.waiting_frames or self._bytes > self._limits.waiting_bytes:
            self._give_up("queue")
        self._wake.set()

    def has_budget(self, cost: int = 1) -> bool:
        """Whether one more message from the page is within its budget, and count it."""
        now = asyncio.get_running_loop().time()
        self._tokens = min(self._limits.burst, self._tokens + (now - self._counted_at) * self._limits.refill)
        self._counted_at = now
        if self._tokens < cost:
            return False
        self._tokens -= cost
        return True

    async def write(self) -> None:
        """Hand what waits to the socket, in order, until the page is cut or gone."""
        with contextlib.suppress(ConnectionError):
            while not self._cut:
                while self._waiting:
                    frame = self._waiting.popleft()
                    self._bytes -= len(frame)
                    try:
                        async with asyncio.timeout(self._limits.stall.total_seconds()):
                            await self._socket.send_frame(frame, WSMsgType.TEXT)
                    except TimeoutError:
                        self._give_up("stalled")
                        return
                self._wake.clear()
                await self._wake.wait()

    async def close(self) -> None:
        """Say goodbye as the process ends; what still waits is in the log."""
        with contextlib.suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(1):
                await self._socket.close(code=WSCloseCode.GOING_AWAY)

    def _give_up(self, why: str) -> None:
        self._cut = True
        self._waiting.clear()
        log.info("web.page_cut", platform="web", why=why)
        if self._transport is not None:
            self._transport.abort()  # a polite close would wait for the slow page


class Audience:
    """Who is looking. A chat's frames go to its readers' connections and to nobody else's."""

    def __init__(self, personas: Sequence[Persona], limits: Limits) -> None:
        self._open: dict[str, set[Connection]] = {persona.key: set() for persona in personas}
        self._limits = limits

    @property
    def count(self) -> int:
        return sum(map(len, self._open.values()))

    @property
    def is_full(self) -> bool:
        return self.count >= self._limits.sockets

    def enter(self, connection: Connection) -> None:
        self._open[connection.persona.key].add(connection)

    def leave(self, connection: Connection) -> None:
        self._open[connection.persona.key].discard(connection)

    def tell(self, reader: str | None, frame: object) -> None:
        """Send a frame to one persona's pages, or (None) to all."""
        encoded = msgspec.json.encode(frame)
        for connection in self._of(reader):
            connection.send_encoded(encoded)

    def each(self, reader: str, make: Callable[[Connection], object]) -> None:
        """Send each of a persona's pages a frame of its own."""
        for connection in self._of(reader):
            connection.send(make(connection))

    async def close(self) -> None:
        await asyncio.gather(*(connection.close() for connection in self._of(None)))

    def _of(self, reader: str | None) -> Iterable[Connection]:
        if reader is not None:
            return tuple(self._open.get(reader, ()))
        return tuple(connection for connections in self._open.values() for connection in connections)
