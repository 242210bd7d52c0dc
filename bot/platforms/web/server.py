"""The HTTP side: the page, its files, one WebSocket a persona, and the three plain addresses for whoever watches the process."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from aiohttp import WSMsgType, web

from bot.core.errors import BadInput, BotError
from bot.core.platform import Receiver
from bot.platforms.web.acts import Acts
from bot.platforms.web.chats import Chats
from bot.platforms.web.decode import (
    CompleteFrame,
    HistoryFrame,
    TypingFrame,
    act_id,
    decode_act,
    decode_frame,
    is_help,
    typed_so_far,
)
from bot.platforms.web.door import Door, cookie_name, guarded_headers
from bot.platforms.web.encode import encode_message
from bot.platforms.web.limits import FILE_FRAME_BYTES, FRAME_BYTES, Limits
from bot.platforms.web.pages import Pages, accepted_tags
from bot.platforms.web.records import Kept, Pane, Persona
from bot.platforms.web.sockets import Audience, Connection
from bot.platforms.web.standing import Standings

Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]
SAFE_TYPES = frozenset(("application/json", "application/pdf", "application/zip", "text/calendar", "text/csv", "text/plain"))
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class House:
    """What the server hands out and hands on."""

    personas: Mapping[str, Persona]
    pages: Pages
    chats: Chats
    standings: Standings
    state: Callable[[Connection], object]
    audience: Audience
    acts: Acts
    door: Door
    now: Callable[[], datetime]
    limits: Limits
    metrics: Callable[[], bytes] | None
    ready: Callable[[], bool]
    mount: Callable[[web.Application], None] | None = None


class Server:
    def __init__(self, house: House, receiver: Receiver) -> None:
        self._house = house
        self._receiver = receiver

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard], client_max_size=FRAME_BYTES)
        app.router.add_get("/", self._index)
        app.router.add_get("/page.json", self._start)
        app.router.add_get("/page/{name}", self._file_of_page)
        app.router.add_get("/ws", self._socket)
        app.router.add_get("/picture/{id}", self._picture)
        app.router.add_get("/file/{id}", self._download)
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/readyz", self._readiness)
        if self._house.metrics is not None:
            app.router.add_get("/metrics", self._metrics)
        if self._house.mount is not None:
            self._house.mount(app)
        app.on_response_prepare.append(self._add_headers)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handle) -> web.StreamResponse:
        if not self._house.door.knows_host(request.host):
            raise web.HTTPMisdirectedRequest
        return await handler(request)

    async def _add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        host = request.host if self._house.door.knows_host(request.host) else "localhost"
        for name, value in guarded_headers(host).items():
            response.headers.setdefault(name, value)

    async def _index(self, request: web.Request) -> web.Response:
        text = self._house.pages.index(self._language(request))
        return self._with_cookie(request, web.Response(text=text, content_type="text/html"))

    async def _start(self, request: web.Request) -> web.Response:
        body = self._house.pages.start(self._language(request))
        return self._with_cookie(request, web.Response(body=body, content_type="application/json"))

    async def _file_of_page(self, request: web.Request) -> web.Response:
        found = self._house.pages.files.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        body, content_type = found
        return web.Response(body=body, content_type=content_type, charset="utf-8")

    async def _picture(self, request: web.Request) -> web.Response:
        kept = await self._message(request)
        if kept is None or kept.picture is None:
            raise web.HTTPNotFound
        return web.Response(body=kept.picture, content_type="image/png")

    async def _download(self, request: web.Request) -> web.Response:
        kept = await self._message(request)
        if kept is None or kept.reply.file is None:
            raise web.HTTPNotFound
        file = kept.reply.file
        name = re.sub(r"[^A-Za-z0-9._-]+", "_", file.name).strip("._")[:80] or "file"
        content_type = file.media_type if file.media_type in SAFE_TYPES else "application/octet-stream"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Security-Policy": "sandbox"}
        return web.Response(body=file.content, content_type=content_type, headers=headers)

    async def _health(self, request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readiness(self, request: web.Request) -> web.Response:
        ready = self._house.ready()
        return web.Response(text="ready\n" if ready else "not ready\n", status=200 if ready else 503)

    async def _metrics(self, request: web.Request) -> web.Response:
        assert self._house.metrics is not None
        return web.Response(body=self._house.metrics(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        house = self._house
        if not (house.door.is_same_origin(request) and house.door.is_ours(request)):
            raise web.HTTPForbidden
        persona = self._persona(request)
        if house.audience.is_full:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(
            heartbeat=house.limits.heartbeat.total_seconds(), max_msg_size=FILE_FRAME_BYTES, compress=False, timeout=1
        )
        await socket.prepare(request)
        tags = accepted_tags(request.headers.get("Accept-Language", ""))
        connection = Connection(persona, tags[0] if tags else "", socket, request.transport, house.limits)
        house.audience.enter(connection)
        writer = asyncio.get_running_loop().create_task(connection.write())
        try:
            connection.send({"type": "hello", "persona": persona.key})
            connection.send(house.state(connection))
            for pane in Pane:
                await self._send_history(connection, pane, None)
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    break  # the page sends text only
                await self._take(message.data, connection)
        finally:
            house.audience.leave(connection)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
        return socket

    async def _take(self, text: str, connection: Connection) -> None:
        acts = self._house.acts
        try:
            frame = decode_frame(text)
        except BadInput:
            if connection.has_budget():
                acts.refuse(connection, act_id(text), "web.problem_bad")
            return
        match frame:
            case HistoryFrame(pane=pane, before=before):
                if connection.has_budget(self._house.limits.older if before else 1):
                    await self._send_history(connection, pane, before)
            case TypingFrame():
                if connection.has_budget():
                    self._tell_typing(connection.persona)
            case CompleteFrame():
                if connection.has_budget():
                    await self._complete(frame, connection)
            case _ if connection.has_budget() or is_help(frame):
                acts.begin(frame, connection, self._receiver)
            case _:
                acts.refuse(connection, frame.id, "web.problem_fast")

    def _tell_typing(self, writer: Persona) -> None:
        house = self._house
        if house.standings.of(writer).may_write:
            for other in house.personas.values():
                if other.key != writer.key and house.standings.of(other).may_read:
                    house.audience.tell(other.key, {"type": "typing", "name": writer.name})

    async def _complete(self, frame: CompleteFrame, connection: Connection) -> None:
        persona = connection.persona
        now, locale = self._house.now(), persona.language or connection.locale
        names = self._house.pages.commands
        incoming = decode_act(typed_so_far(frame), persona, now, locale=locale, commands=names, space_name="")
        offered = await self._receiver.complete(incoming, frame.option)
        connection.send(
            {"type": "choices", "id": frame.id, "choices": [{"value": one.value, "label": one.label} for one in offered]}
        )

    async def _send_history(self, connection: Connection, pane: Pane, before: int | None) -> None:
        try:
            chats = self._house.standings.chats(connection.persona, pane)
            found, more = await self._house.chats.latest(chats, before)
            there = {kept.id for _, kept in found}
            if before is None:
                found = [pair for pair in await self._house.chats.pinned(chats) if pair[1].id not in there] + found
        except BotError as error:
            log.warning("web.no_history", platform="web", why=type(error).__name__)
            self._house.acts.refuse(connection, "", "web.problem_storage")
            return
        messages = [encode_message(chat, kept) for chat, kept in found]
        connection.send({"type": "history", "pane": pane, "before": before, "more": more, "messages": messages})

    async def _message(self, request: web.Request) -> Kept | None:
        """Return the message of that id, if the persona who asks may see it; its id is 128 random bits besides."""
        if not self._house.door.is_ours(request):
            raise web.HTTPForbidden
        persona = self._persona(request)
        for pane in Pane:
            for chat in self._house.standings.chats(persona, pane):
                if (kept := await self._house.chats.find(chat, request.match_info["id"])) is not None:
                    return kept
        return None

    def _persona(self, request: web.Request) -> Persona:
        persona = self._house.personas.get(request.query.get("as", ""))
        if persona is None:
            raise web.HTTPNotFound
        return persona

    def _language(self, request: web.Request) -> str:
        return self._house.pages.language(request.headers.get("Accept-Language", ""))

    def _with_cookie(self, request: web.Request, response: web.Response) -> web.Response:
        if not self._house.door.is_ours(request):
            token = self._house.door.new_token()
            response.set_cookie(cookie_name(request.host), token, httponly=True, samesite="Strict", secure=request.secure, path="/")
        return response
