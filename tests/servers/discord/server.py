"""The server as a test holds it: start it, act as a person, look at a screen."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.servers.discord import markdown, shapes
from tests.servers.discord.faults import Fault, Faults
from tests.servers.discord.gateway import Gateway
from tests.servers.discord.rest import Rest
from tests.servers.discord.world import COMMAND, PRESS, SUBMIT, TYPING, Act, Message, Person, World

TOKEN = "MTA.test.token"  # a made-up one
_PATIENCE = 8.0  # seconds until a test is told that an answer never came
_DIRECT_MESSAGES = 1 << 12  # the intent


class DiscordServer:
    def __init__(self) -> None:
        self.world = World()
        self.faults = Faults()
        self.gateway = Gateway(self.world, TOKEN)
        self.rest = Rest(self.world, self.gateway, self.faults, TOKEN)
        self._runner: web.AppRunner | None = None
        self._port = 0

    # Life -----------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        application = web.Application(client_max_size=2**24)
        application.router.add_get("/gateway{rest:.*}", self.gateway.handle)
        application.router.add_route("*", "/api/v10/{path:.*}", self.rest.handle)
        application.router.add_get("/cdn/{id}", self._uploaded)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.gateway.address = f"ws://127.0.0.1:{self._port}/gateway"

    async def stop(self) -> None:
        """Stop, and fail when the bot broke the contract."""
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()
        if self.rest.wrong:
            raise AssertionError("\n".join(self.rest.wrong))

    @property
    def api_base(self) -> str:
        return f"http://127.0.0.1:{self._port}/api/v10"

    def will_answer(
        self,
        method: str,
        path: str,
        status: int | None,
        body: Any = None,
        headers: dict[str, str] | None = None,
        *,
        times: int = 1,
        after_effect: bool = False,
        pass_first: int = 0,
    ) -> None:
        """Answer the next `times` calls so; see `Fault`."""
        self.faults.add(Fault(method, path, status, body, headers or {}, times, after_effect, pass_first))

    def calls(self, method: str, path: str) -> list[Any]:
        """Return the bodies of the calls whose path ends so."""
        return [body for called, at, body in self.rest.calls if called == method and at.endswith(path)]

    async def _uploaded(self, request: web.Request) -> web.Response:
        return web.Response(body=self.world.uploads[request.match_info["id"]]["content"])

    # Acts of people -------------------------------------------------------------------------------------------------

    async def command(self, person: Person, channel: str, name: str, **options: str) -> Act:
        return await self._act(COMMAND, person, channel, shapes.command_data(self.world, name, options))

    async def press(self, person: Person, message: Message, custom_id: str) -> Act:
        """Press a button, or claim to: the data may be forged."""
        return await self._act(PRESS, person, message.channel, {"custom_id": custom_id, "component_type": 2}, message)

    async def type(self, person: Person, channel: str, name: str, option: str, **options: str) -> Act:
        """Type in an option of a command; `options` holds what stands there so far."""
        return await self._act(TYPING, person, channel, shapes.command_data(self.world, name, options, option))

    async def submit(self, person: Person, values: dict[str, str], file: tuple[str, bytes] | None = None) -> Act:
        """Send the person's open form, each field found by its name or its label. `file`: name and content, for a file's field."""
        modal, opened = self.world.modals.pop(person)
        parts, attached = [], dict[str, Any]()
        for number, part in enumerate(modal["components"]):
            if "component" not in part:
                parts.append({"type": part["type"], "id": number})
                continue
            field = part["component"]
            value = values.get(field["custom_id"], values.get(part["label"], field.get("value") or ""))
            if field["type"] == 19:
                attached = self._upload(*file) if file else {}
                answer: dict[str, Any] = {"values": list(attached)}
            else:
                answer = {"values": [value] if value else []} if field["type"] == 3 else {"value": value}
            inner = {"type": field["type"], "id": 100 + number, "custom_id": field["custom_id"], **answer}
            parts.append({"type": 18, "id": number, "component": inner})
        resolved = {"resolved": {"attachments": attached}} if attached else {}
        data = {"custom_id": modal["custom_id"], "components": parts, **resolved}
        return await self._act(SUBMIT, person, opened.channel, data, opened.pressed)

    def _upload(self, name: str, content: bytes) -> dict[str, Any]:
        id_ = self.world.new_id()
        self.world.uploads[id_] = {"content": content}
        url = self.world.claimed_url or f"http://127.0.0.1:{self._port}/cdn/{id_}"
        size = len(content) if self.world.claimed_size is None else self.world.claimed_size
        about = {"id": id_, "filename": name, "size": size, "url": url, "proxy_url": url, "ephemeral": True}
        return {id_: about}

    async def say(self, person: Person, text: str) -> None:
        """Write in the private chat with the bot."""
        message = Message(self.world.new_id(), person.chat, person.id, text)
        self.world.messages[message.id] = message
        await self.gateway.tell("MESSAGE_CREATE", shapes.message(self.world, message), intent=_DIRECT_MESSAGES)

    async def _act(self, kind: int, person: Person, channel: str, data: dict[str, Any], pressed: Message | None = None) -> Act:
        act = self.begin(kind, person, channel, pressed)
        await self.gateway.tell("INTERACTION_CREATE", shapes.interaction(self.world, act, data))
        async with asyncio.timeout(_PATIENCE):
            await act.answered.wait()
        await self.settle()
        return act

    def begin(self, kind: int, person: Person, channel: str, pressed: Message | None = None) -> Act:
        act = self.world.act(kind, person, channel, pressed)
        act.sent_at = asyncio.get_running_loop().time()
        return act

    async def settle(self) -> None:
        """Wait until the bot has been still for a moment: what belongs to an answer is all there."""
        still, seen = 0, -1
        while still < 4:
            await asyncio.sleep(0.005)
            now = len(self.rest.calls)
            still = still + 1 if now == seen and not self.rest.under_way else 0
            seen = now

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(_PATIENCE):
            while not holds():  # noqa: ASYNC110  # what is waited for is anything a test can see
                await asyncio.sleep(0.005)

    # Screens --------------------------------------------------------------------------------------------------------

    def screen(self, person: Person, channel: str) -> list[str]:
        return [markdown.plain(message.content) for message in self.world.seen(person, channel)]
