"""The web page as a platform: what the house delivers goes into a chat, and from there to whoever may read it."""

import asyncio
import contextlib
import errno
import socket
from collections.abc import Callable, Mapping, Sequence

import msgspec
import structlog
from aiohttp import web

from bot.core.clock import Clock
from bot.core.deeds import CloseTopic, Deed, Door, NativeEvent, OpenTopic, Stand, Standing
from bot.core.errors import DoorClosed, MessageGone, PersonAway, PlatformDown, PlatformRefused, RoomGone, StorageUnavailable
from bot.core.features import MenuEntry
from bot.core.ids import MessageRef
from bot.core.platform import Capabilities, Delivery, Finding, Painter, Receiver
from bot.core.texts import Texts
from bot.platforms.web.acts import Acts
from bot.platforms.web.chats import Change, Chats, Draft, make_ref, split_ref
from bot.platforms.web.door import Door as Gate
from bot.platforms.web.door import is_loopback
from bot.platforms.web.encode import encode_message
from bot.platforms.web.limits import CAPABILITIES, Limits
from bot.platforms.web.pages import Pages
from bot.platforms.web.records import DEMO, PLATFORM, ROOM, ChatLog, Persona, pane_of, reader_of
from bot.platforms.web.server import House, Server
from bot.platforms.web.sockets import Audience, Connection
from bot.platforms.web.standing import Standings

log = structlog.get_logger()


async def _close(runner: web.AppRunner) -> None:
    """Close the door, then the connections. One that came in the same moment is known to the runner only after some
    rounds of the loop: without them it would stay open behind a house that has gone."""
    for site in list(runner.sites):
        await site.stop()
    for _ in range(5):
        await asyncio.sleep(0)
    await runner.cleanup()


class WebPlatform:
    """`port` 0 lets the machine choose; `address` tells which, once `started` is set. `mount` adds further
    pages, `links` names some of them on the page, each with the key of its words."""

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
        links: Mapping[str, str] | None = None,
    ) -> None:
        limits = limits or Limits()
        self.started = asyncio.Event()
        self._host, self._port, self._bound = host, port, port
        self._texts = texts
        self.personas = tuple(personas)
        self.pages = Pages(texts, menu, personas, links)
        self._by_key = {persona.key: persona for persona in personas}
        self.audience = Audience(personas, limits)
        self._chats = Chats(history, clock, limits, self._tell)
        self._standings = Standings(history, clock)
        self._acts = Acts(
            chats=self._chats,
            standings=self._standings,
            texts=texts,
            clock=clock,
            commands=self.pages.commands,
            limits=limits,
            painter=painter,
        )
        self._house = House(
            personas=self._by_key,
            pages=self.pages,
            chats=self._chats,
            standings=self._standings,
            state=self._state_for,
            now=clock.now,
            audience=self.audience,
            acts=self._acts,
            door=Gate(host),
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
        with contextlib.suppress(StorageUnavailable):  # it is read with the first deed, then
            await self._standings.read()
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
            await _close(runner)

    async def deliver(self, delivery: Delivery) -> MessageRef:
        """It is in the log when this returns; a page that is not open finds it there."""
        if delivery.deed is not None:
            return await self._do(delivery, delivery.deed)
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

    async def _do(self, delivery: Delivery, deed: Deed) -> MessageRef:
        """Persons stand as asked, and the room's door does. There are no topics, and no calendar."""
        if delivery.room is None or self._chat_of(delivery) != ROOM:
            raise PlatformRefused(platform=PLATFORM, why="no_room")
        try:
            match deed:
                case Stand():
                    return await self._stand(delivery, deed)
                case Door():
                    await self._standings.door(deed)
                    for persona in self.personas:
                        self._tell_state(persona)
                    return MessageRef("door:room")
                case CloseTopic():
                    return delivery.edit or MessageRef("topic:none")
                case OpenTopic():
                    raise PlatformRefused(platform=PLATFORM, why="no_topics_here")
                case NativeEvent():
                    raise PlatformRefused(platform=PLATFORM, why="no_events")
        except StorageUnavailable as error:
            raise PlatformDown(maybe_done=False) from error

    async def _stand(self, delivery: Delivery, wanted: Stand) -> MessageRef:
        persona = self._by_key.get(delivery.about.user) if delivery.about is not None else None
        if persona is None:
            raise PersonAway(platform=PLATFORM)
        if persona.roles and wanted.standing is not Standing.FREE:
            raise PlatformRefused(platform=PLATFORM, why="administrator")
        could_read = self._standings.of(persona).may_read
        await self._standings.stand(persona, wanted)
        self._tell_state(persona)
        if self._standings.of(persona).may_read and not could_read:
            pinned, (latest, _) = await self._chats.pinned((ROOM,)), await self._chats.latest((ROOM,), None)
            for chat, kept in [*pinned, *latest]:
                self.audience.tell(persona.key, {"type": "message", "message": encode_message(chat, kept)})
        return MessageRef(f"stand:{persona.key}")

    def _tell_state(self, persona: Persona) -> None:
        self.audience.each(persona.key, self._state_for)

    def _state_for(self, connection: Connection) -> dict[str, object]:
        """The room as a person has it, in a sentence, for one of their pages."""
        view = self._standings.of(connection.persona)
        say = self._texts.of(connection.persona.language or connection.locale)
        told = " ".join(say.label(f"web.state_{key}") for key in view.keys)
        return {"type": "state", "standing": view.standing, "may_write": view.may_write, "may_read": view.may_read, "text": told}

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
        reader = reader_of(change.chat)
        for persona in self.personas:
            if persona.key == reader or (reader is None and self._standings.of(persona).may_read):
                self.audience.tell(persona.key, frame)
