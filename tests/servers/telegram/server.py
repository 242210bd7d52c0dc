"""A local server that speaks the Bot API over HTTP: parameters and answers are held against the API's own description."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web

from tests.servers.telegram.faults import Fault, Faults, Gate
from tests.servers.telegram.methods import METHODS
from tests.servers.telegram.spec import Upload, bot_api
from tests.servers.telegram.world import ApiError, Chat, Json, World

TOKEN = "7000000001:AAE-canary_token-0123456789abcdefghij"  # made up
USERNAME = "open_chair_bot"


@dataclass(frozen=True)
class ApiCall:
    """One request, as it was understood. `ok`: the method had its effect."""

    method: str
    given: Mapping[str, Any]
    ok: bool


class BotApi:
    """`problems` collects what a request or an answer of ours had wrong; a test's fixture asserts that it is empty."""

    def __init__(self, token: str = TOKEN, username: str = USERNAME) -> None:
        self.token = token
        self.world = World(username)
        self.calls: list[ApiCall] = []
        self.problems: list[str] = []
        self._faults = Faults()
        self._spec = bot_api()
        self._waiters: set[asyncio.Future[None]] = set()
        self._polls = 0
        self._closing = False
        self._posts: set[asyncio.Task[None]] = set()
        application = web.Application(client_max_size=8 * 1024 * 1024)
        application.router.add_route("*", "/bot{token}/{method}", self._handle)
        application.router.add_get("/file/bot{token}/documents/{id}", self._file)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)

    async def start(self) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()

    async def stop(self) -> None:
        self._closing = True
        self._faults.open_all()
        self.changed()
        for post in list(self._posts):
            post.cancel()
        await asyncio.gather(*self._posts, return_exceptions=True)
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    @property
    def polled(self) -> int:
        """How often updates were asked for."""
        return self._polls

    # What a test can order and see

    def will_answer(self, method: str, status: int, body: Mapping[str, Any] | bytes | None = None, **how: Any) -> None:
        """Answer the next call(s) of a method so. `how`: retry_after, times, after_effect, html, chat; status 0 hangs up."""
        self._faults.add(Fault(method, status, body, **how))

    def hold(self, method: str, chat: int | None = None) -> Gate:
        """Hold back the answers of a method until the gate is opened."""
        return self._faults.hold(Gate(method, chat))

    def of(self, method: str) -> list[Mapping[str, Any]]:
        """Return the parameters of each call of a method, refused ones too."""
        return [call.given for call in self.calls if call.method == method]

    async def until(self, met: Callable[[], object], seconds: float = 5) -> None:
        """Wait until a condition is met; it is looked at whenever something happened. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not met():
                waiter = asyncio.get_running_loop().create_future()
                self._waiters.add(waiter)
                await waiter

    def changed(self) -> None:
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    def push(self, kind: str, content: Json) -> int:
        """Give the bot an update, and return its id (0 when the bot does not ask for such)."""
        update = self.world.queue(kind, content)
        if update is None:
            return 0
        self.problems.extend(self._spec.problems_of("Update", update))
        self.repeat(update)
        return int(update["update_id"])

    def repeat(self, update: Json) -> None:
        """Have an update that waits told (again)."""
        if self.world.webhook:
            post = asyncio.ensure_future(self._post(update))
            self._posts.add(post)
            post.add_done_callback(self._posts.discard)
        self.changed()

    def migrate(self, old: Chat) -> Chat:
        """Make a group a supergroup: the old id is told once, and refused from then on."""
        new = self.world.add_group(old.title)
        new.members, old.moved_to = old.members, new.id
        self.push(
            "message",
            {"message_id": next(old.numbers), "date": 1, "chat": old.as_json(self.world.users), "migrate_to_chat_id": new.id},
        )
        return new

    # Serving

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            return _no(ApiError(401, "Unauthorized"))
        if not self._spec.knows(method):
            return _no(ApiError(404, "Not Found"))
        given = self._spec.native(method, await _parameters(request))
        problems = self._spec.problems_of_request(method, given)
        self.problems.extend(problems)
        chat = given.get("chat_id", given.get("callback_query_id"))
        await self._pass(method, chat)
        fault = self._faults.take(method, chat)
        if fault is not None and not fault.after_effect:
            self._note(method, given, ok=False)
            return fault.answer(request)
        try:
            if problems:
                raise ApiError(400, f"Bad Request: {problems[0]}")
            result = await self._get_updates(given) if method == "getUpdates" else METHODS[method](self.world, given)
        except ApiError as error:
            self._note(method, given, ok=False)
            return _no(error)
        self.problems.extend(self._spec.problems_of_answer(method, result))
        self._note(method, given, ok=True)
        if fault is not None:
            return fault.answer(request)
        return web.Response(body=json.dumps({"ok": True, "result": result}), content_type="application/json")

    async def _file(self, request: web.Request) -> web.Response:
        fault = self._faults.take("file", None)
        if fault is not None:
            return fault.answer(request)
        content = self.world.files.get(request.match_info["id"])
        if request.match_info["token"] != self.token or content is None:
            return web.Response(status=404)
        return web.Response(body=content, content_type="application/octet-stream")

    async def _pass(self, method: str, chat: object) -> None:
        gate = self._faults.gate(method, chat)
        if gate is not None:
            gate.waiting += 1
            self.changed()
            await gate.opened.wait()
            gate.waiting -= 1

    def _note(self, method: str, given: Mapping[str, Any], *, ok: bool) -> None:
        self.calls.append(ApiCall(method, given, ok))
        self.changed()

    async def _get_updates(self, given: Mapping[str, Any]) -> list[Json]:
        if self.world.webhook:
            raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
        self._polls += 1
        mine = self._polls
        self.changed()
        offset = given.get("offset", 0)
        self.world.waiting = [one for one in self.world.waiting if one["update_id"] >= offset]
        self.world.allowed = given.get("allowed_updates", self.world.allowed)
        with contextlib.suppress(TimeoutError):
            await self.until(lambda: self.world.waiting or self._polls != mine or self._closing, given.get("timeout", 0) or 0.001)
        if self._polls != mine:
            raise ApiError(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
        return self.world.waiting[: given.get("limit", 100)]

    async def _post(self, update: Json) -> None:
        """Post an update to the webhook until it is taken."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.world.webhook.get("secret_token", "")}
        async with aiohttp.ClientSession() as session:
            while not self._closing:
                with contextlib.suppress(aiohttp.ClientError):
                    async with session.post(self.world.webhook["url"], json=update, headers=headers) as response:
                        if response.status == 200:
                            break
                await asyncio.sleep(0.02)
        self.world.waiting = [one for one in self.world.waiting if one is not update]
        self.changed()


def _no(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.Response(status=error.code, body=json.dumps(body), content_type="application/json")


async def _parameters(request: web.Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                given[name] = Upload(value.filename, value.file.read(), value.content_type)
                value.file.close()
            else:
                given[name] = value
    attached = {name: value for name, value in given.items() if isinstance(value, Upload)}
    for name, value in list(given.items()):
        if isinstance(value, str) and value.startswith("attach://"):
            given[name] = attached[value.removeprefix("attach://")]
            given.pop(value.removeprefix("attach://"), None)
    return given
