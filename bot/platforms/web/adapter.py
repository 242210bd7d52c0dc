"""The web page as a platform: what the house delivers goes into a chat, and from there to whoever may read it."""

import asyncio
import errno
import socket
from collections.abc import Callable, Sequence

import msgspec
import structlog
from aiohttp import web

from bot.core.clock import Clock
from bot.core.errors import DoorClosed, MessageGone, PlatformDown, RoomGone, StorageUnavailable
from bot.core.features import MenuEntry
from bot.core.ids import MessageRef
from bot.core.platform import Capabilities, Delivery, Finding, Painter, Receiver
from bot.core.texts import Texts
from bot.platforms.web.acts import Acts
from bot.platforms.web.chats import Change, Chats, Draft, make_ref, split_ref
from bot.platforms.web.door import Door, is_loopback
from bot.platforms.web.encode import encode_message
from bot.platforms.web.limits import CAPABILITIES, Limits
from bot.platforms.web.pages import Pages
from bot.platforms.web.records import DEMO, PLATFORM, ROOM, ChatLog, Persona, pane_of, reader_of
from bot.platforms.web.server import House, Server
from bot.platforms.web.sockets import Audience

log = structlog.get_logger()


class WebPlatform:
    """`port` 0 lets the machine choose; `address` tells which, once `started` is set. `mount` adds further pages."""

    name = PLATFORM

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 8080,
        menu: Sequence[MenuEntry],
        texts: Texts,
        clock: Clock,
        history: ChatLog,
        personas: Sequence[Persona] = DEMO,
        metrics: Callable[[], bytes] | None = None,
        ready: Callable[[], bool] | None = None,
        painter: Painter | None = None,
        limits: Limits | None = None,
        mount: Callable[[web.Application], None] | None = None,
    ) -> None:
        limits = limits or Limits()
        self.started = asyncio.Event()
        self._host, self._port, self._bound = host, port, port
        self._texts = texts
        self.personas = tuple(personas)
        self.pages = Pages(texts, menu, personas)
        self._by_key = {persona.key: persona for persona in personas}
        self.audience = Audience(personas, limits)
        self._chats = Chats(history, clock, limits, self._tell)
        commands = {entry.name for entry in menu}
        self._acts = Acts(chats=self._chats, texts=texts, clock=clock, commands=commands, limits=limits, painter=painter)
        self._house = House(
            personas=self._by_key,
            pages=self.pages,
            chats=self._chats,
            audience=self.audience,
            acts=self._acts,
            door=Door(host),
            limits=limits,
            metrics=metrics,
            ready=ready or self.started.is_set,
            mount=mount,
        )

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    @property
    def port(self) -> int:
        return self._bound

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the page."""
        host = "localhost" if self._host in ("0.0.0.0", "::") else self._host  # noqa: S104 a comparison, no binding
        return f"http://{f'[{host}]' if ':' in host else host}:{self._bound}/"

    async def run(self, receiver: Receiver) -> None:
        """Serve until cancelled; then finish the answers under way, and leave. Raises OSError when the address is taken."""
        runner = web.AppRunner(Server(self._house, receiver).app(), access_log=None, handle_signals=False, shutdown_timeout=1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self._host, self._port)
            await site.start()
            self._bound = int(runner.addresses[0][1])
            self.started.set()
            log.info("web.serving", platform=PLATFORM)
            await asyncio.get_running_loop().create_future()
        finally:
            self.started.clear()
            await self._acts.finish()
            await self.audience.close()
            await runner.cleanup()

    async def deliver(self, delivery: Delivery) -> MessageRef:
        """It is in the log when this returns; a page that is not open finds it there."""
        chat = self._chat_of(delivery)
        reply = msgspec.structs.replace(delivery.reply, form=None)  # a form is shown to who asked for it, when asked
        draft = Draft(f"delivery:{delivery.key}", reply, language=delivery.language, picture=delivery.picture)
        try:
            if delivery.edit is None:
                return await self._chats.add(chat, draft)
            edited = split_ref(delivery.edit)[0] == chat and await self._chats.edit(delivery.edit, draft)
        except StorageUnavailable as error:
            raise PlatformDown(maybe_done=False) from error
        if not edited:
            raise MessageGone(platform=PLATFORM)
        return delivery.edit

    async def check(self) -> Sequence[Finding]:
        say = self._texts.of("").label
        findings = [Finding("web", True, say("web.check_address_free"))]
        try:
            with socket.create_server((self._host, self._port)):
                pass
        except OSError as error:
            key = "web.check_address_taken" if error.errno == errno.EADDRINUSE else "web.check_address_refused"
            findings = [Finding("web", False, say(key), say("web.check_address_mend"))]
        if not is_loopback(self._host):
            findings.append(Finding("web", False, say("web.check_open"), say("web.check_open_mend")))
        return findings

    def _chat_of(self, delivery: Delivery) -> str:
        if delivery.room is not None:
            if (delivery.room.platform, delivery.room.chat) != (PLATFORM, ROOM):
                raise RoomGone(platform=PLATFORM)
            return ROOM
        persona = self._by_key.get(delivery.account.user) if delivery.account is not None else None
        if persona is None or delivery.account != persona.account:
            raise DoorClosed(platform=PLATFORM)
        return persona.private

    def _tell(self, change: Change) -> None:
        if change.kept is None:
            ids = [make_ref(change.chat, message_id) for message_id in change.gone]
            frame: dict[str, object] = {"type": "remove", "pane": pane_of(change.chat), "ids": ids}
        else:
            kind = "replace" if change.edit else "message"
            frame = {"type": kind, "message": encode_message(change.chat, change.kept)}
        self.audience.tell(reader_of(change.chat), frame)
