"""The gateway: sessions that can be dropped and resumed without losing an event."""

import asyncio
import json
import secrets
import zlib
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.servers.discord import shapes
from tests.servers.discord.world import World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11


@dataclass(eq=False)
class Session:
    id: str
    intents: int
    sequence: int = 0
    events: list[dict[str, Any]] = field(default_factory=list)
    line: "Line | None" = None


class Line:
    """One WebSocket, compressed as a whole when the client asks so."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket, self.request = socket, request
        self._compress = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None

    async def send(self, payload: dict[str, Any]) -> None:
        text = json.dumps(payload)
        if self._compress is None:
            await self.socket.send_str(text)
            return
        await self.socket.send_bytes(self._compress.compress(text.encode()) + self._compress.flush(zlib.Z_SYNC_FLUSH))


class Gateway:
    def __init__(self, world: World, token: str) -> None:
        self._world, self._token = world, token
        self.address = ""  # set at the start
        self.sessions: dict[str, Session] = {}
        self.identified = self.resumed = 0
        self.paths: list[str] = []
        self.ready = asyncio.Event()  # a session is connected and knows the server

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        line = Line(socket, request)
        self.paths.append(request.path)
        await line.send({"op": HELLO, "d": {"heartbeat_interval": 41250}, "s": None, "t": None})
        session: Session | None = None
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            said = json.loads(message.data)
            if said["op"] == HEARTBEAT:
                await line.send({"op": ACK, "d": None, "s": None, "t": None})
            elif said["op"] in (IDENTIFY, RESUME):
                if said["d"]["token"] != self._token:
                    await socket.close(code=4004, message=b"Authentication failed.")
                    break
                begin = self._identify if said["op"] == IDENTIFY else self._resume
                session = await begin(line, said["d"]) or session
        if session is not None and session.line is line:
            session.line = None
            self.ready.clear()
        return socket

    async def _identify(self, line: Line, said: dict[str, Any]) -> Session:
        session = Session(secrets.token_hex(8), said["intents"], line=line)
        self.sessions[session.id] = session
        self.identified += 1
        ready = {
            "v": 10,
            "user": shapes.me(self._world),
            "guilds": [{"id": self._world.server, "unavailable": True}],
            "session_id": session.id,
            "resume_gateway_url": f"{self.address}/resume",
            "application": {"id": self._world.application, "flags": 0},
            **({"shard": said["shard"]} if "shard" in said else {}),
        }
        await self._tell(session, "READY", ready)
        await self._tell(session, "GUILD_CREATE", shapes.server(self._world))
        self.ready.set()
        return session

    async def _resume(self, line: Line, said: dict[str, Any]) -> Session | None:
        session = self.sessions.get(said["session_id"])
        if session is None:
            await line.send({"op": INVALID, "d": False, "s": None, "t": None})
            return None
        self.resumed += 1
        session.line = line
        for event in [event for event in session.events if event["s"] > said["seq"]]:
            await line.send(event)
        await self._tell(session, "RESUMED", {})
        self.ready.set()
        return session

    async def tell(self, event: str, data: dict[str, Any], *, intent: int = 0) -> None:
        """Send an event to every session that listens; one that is away gets it when it resumes."""
        for session in self.sessions.values():
            if not intent or session.intents & intent:
                await self._tell(session, event, data)

    async def _tell(self, session: Session, event: str, data: dict[str, Any]) -> None:
        session.sequence += 1
        payload = {"op": DISPATCH, "t": event, "s": session.sequence, "d": data}
        session.events.append(payload)
        if session.line is not None and not session.line.socket.closed:
            await session.line.send(payload)

    async def drop(self) -> None:
        """Cut every connection without a word; the sessions can be resumed."""
        self.ready.clear()
        for session in self.sessions.values():
            if session.line is not None and session.line.request.transport is not None:
                session.line.request.transport.abort()
            session.line = None

    async def invalidate(self) -> None:
        """End every session: the client must identify anew."""
        self.ready.clear()
        ended, self.sessions = self.sessions, {}
        for session in ended.values():
            if session.line is not None:
                await session.line.send({"op": INVALID, "d": False, "s": None, "t": None})
            session.line = None

    async def close(self) -> None:
        for session in self.sessions.values():
            if session.line is not None and not session.line.socket.closed:
                await session.line.socket.close(code=WSCloseCode.GOING_AWAY)
