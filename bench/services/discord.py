"""Discord's gateway and as much of its REST API as answers to interactions need. The shapes are those of the tests' server."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from aiohttp import web

from bench.obedience import obey, say
from bench.services.crowd import Crowd, chosen
from tests.servers.discord import shapes
from tests.servers.discord.gateway import Gateway
from tests.servers.discord.world import COMMAND, EPHEMERAL, PRESS, Act, Message, Person, World

TOKEN = "MTA.bench.token"
_DEFERRED, _UPDATE = (5, 6), 7  # kinds of a first answer


class Service:
    def __init__(self) -> None:
        self.world = World()
        self.gateway = Gateway(self.world, TOKEN)
        self.crowd = Crowd(self._act)
        self.ready_at = 0.0
        self._registered = asyncio.Event()
        self._people: dict[int, Person] = {}
        self._numbers: dict[str, int] = {}
        self._shown: dict[int, Message] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def _person(self, number: int) -> Person:
        if number not in self._people:
            person = self._people[number] = self.world.person(f"person {number}")
            self._numbers[person.id] = number
        return self._people[number]

    def _act(self, number: int, act: str) -> None:
        person, message = self._person(number), None
        if act[0] == "/":
            data = shapes.command_data(self.world, act[1:], {})
        else:
            message = self._shown[number]
            buttons = [(one["label"], one.get("custom_id", "")) for one in message.buttons]
            data = {"custom_id": chosen(buttons, act), "component_type": 2}
        made = self.world.act(PRESS if message else COMMAND, person, person.chat, message)
        told = self.gateway.tell("INTERACTION_CREATE", shapes.interaction(self.world, made, data))
        task = asyncio.ensure_future(told)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # Serving

    async def rest(self, request: web.Request) -> web.Response:
        path = request.match_info["path"].split("/")
        if path[0] == "interactions":
            answer = self._first_answer(path[2], msgspec.json.decode(await request.read()))
            return answer if request.query.get("with_response") == "true" else web.Response(status=204)
        if path[-1] == "commands":
            if request.method == "PUT":
                wanted = msgspec.json.decode(await request.read())
                self.world.commands = [shapes.registered_command(self.world, one) for one in wanted]
                self._registered.set()
            return _json(self.world.commands)
        if path == ["gateway", "bot"]:
            starts = {"max_concurrency": 1, "remaining": 1000, "reset_after": 0, "total": 1000}
            return _json({"url": self.gateway.address, "shards": 1, "session_start_limit": starts})
        if path == ["users", "@me"]:
            return _json(shapes.me(self.world))
        return _json(shapes.application(self.world))

    def _first_answer(self, token: str, body: dict[str, Any]) -> web.Response:
        act, kind, data = self.world.acts.pop(token), body["type"], body.get("data") or {}
        if kind not in _DEFERRED:
            act.original = self._post(act, kind, data)
            number = self._numbers[act.person.id]
            self._shown[number] = act.original
            self.crowd.answered(number, {key: data[key] for key in ("content", "components") if key in data})
        return _json(shapes.callback(act, kind, self.world))

    def _post(self, act: Act, kind: int, data: dict[str, Any]) -> Message:
        if kind == _UPDATE and act.pressed is not None:
            self.world.change(act.pressed, data, [])
            return act.pressed
        only_for = act.person if int(data.get("flags") or 0) & EPHEMERAL else None
        message = self.world.post(act.channel, data, [], only_for)
        self.world.messages.clear()  # the newest of each person is held here
        return message

    # What the benchmark asks

    async def connected(self) -> dict[str, Any]:
        await self.gateway.ready.wait()
        await self._registered.wait()
        return {"at": self.ready_at}

    async def closed(self, **load: Any) -> dict[str, Any]:
        for session in self.gateway.sessions.values():
            session.events.clear()  # nobody resumes here
        return await self.crowd.closed(**load)

    async def answers(self) -> dict[str, Any]:
        return self.crowd.answers

    async def note_ready(self) -> None:
        await self.gateway.ready.wait()
        self.ready_at = time.monotonic()


def _json(answer: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(answer), content_type="application/json")


def on(service: Service) -> web.Application:
    application = web.Application(client_max_size=2**24)
    application.router.add_get("/gateway{rest:.*}", service.gateway.handle)
    handle: Callable[[web.Request], Awaitable[web.StreamResponse]] = service.rest
    application.router.add_route("*", "/api/v10/{path:.*}", handle)
    return application


async def main() -> None:
    service = Service()
    runner = web.AppRunner(on(service), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"127.0.0.1:{runner.addresses[0][1]}"
    service.gateway.address = f"ws://{address}/gateway"
    say({"url": f"http://{address}/api/v10", "gateway": service.gateway.address, "token": TOKEN})
    async with asyncio.TaskGroup() as group:
        noted = group.create_task(service.note_ready())
        await obey({name: getattr(service, name) for name in ("connected", "closed", "answers")})
        noted.cancel()


if __name__ == "__main__":
    asyncio.run(main())
