"""The REST API: each call is checked against the contract, before and after."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.servers.discord import rules, shapes
from tests.servers.discord.bodies import Files, numbers, read
from tests.servers.discord.contract import Contract
from tests.servers.discord.faults import Faults, body_of
from tests.servers.discord.gateway import Gateway
from tests.servers.discord.rooms import Rooms
from tests.servers.discord.rules import Refused, unknown
from tests.servers.discord.world import EPHEMERAL, LOADING, SUBMIT, TYPING, Act, Message, Person, World

Variables = dict[str, str]
Done = tuple[int, Any]
Handler = Callable[[Variables, Any, Files], Done]
_HEADERS = {"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "49", "X-RateLimit-Reset-After": "0.1", "X-RateLimit-Bucket": "b"}


class Rest:
    def __init__(self, world: World, gateway: Gateway, faults: Faults, token: str) -> None:
        self._world, self._gateway, self._faults, self._token = world, gateway, faults, token
        self._contract = Contract()
        self.calls: list[tuple[str, str, Any]] = []
        self.under_way = 0
        self.wrong: list[str] = []  # what the bot did against the contract; a test that leaves something here fails
        self.deadline = 3.0
        self.rooms = Rooms(world)
        self._handlers: dict[tuple[str, str], Handler] = {
            ("GET", "/gateway/bot"): self._gateway_bot,
            ("GET", "/users/@me"): lambda *_: (200, shapes.me(world)),
            ("GET", "/users/@me/guilds"): self._servers,
            ("POST", "/users/@me/channels"): self._open_chat,
            ("GET", "/oauth2/applications/@me"): lambda *_: (200, shapes.application(world)),
            ("GET", "/applications/@me"): lambda *_: (200, shapes.application(world)),
            ("GET", "/applications/{application_id}/commands"): lambda *_: (200, world.commands),
            ("PUT", "/applications/{application_id}/commands"): self._register,
            ("POST", "/interactions/{interaction_id}/{interaction_token}/callback"): self._first_answer,
            ("POST", "/webhooks/{webhook_id}/{webhook_token}"): self._follow_up,
            ("GET", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"): self._get_original,
            ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"): self._edit_original,
            ("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"): self._delete_original,
            ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"): self._edit_hooked,
            ("POST", "/channels/{channel_id}/messages"): self._post,
            ("GET", "/channels/{channel_id}/messages/{message_id}"): lambda at, *_: (200, self._shown(self._posted(at))),
            ("PATCH", "/channels/{channel_id}/messages/{message_id}"): self._edit,
            ("DELETE", "/channels/{channel_id}/messages/{message_id}"): self._delete,
            **self.rooms.handlers,
        }

    # One call -------------------------------------------------------------------------------------------------------

    async def handle(self, request: web.Request) -> web.Response:
        self.under_way += 1
        try:
            return await self._handle(request)
        finally:
            self.under_way -= 1

    async def _handle(self, request: web.Request) -> web.Response:
        method, path = request.method, f"/{request.match_info['path']}"
        body, files = await read(request)
        self.calls.append((method, path, body))
        fault = self._faults.take(method, path)
        if fault is not None and not fault.after_effect:
            return await self._broken(request, *_reply(fault))
        status, answer = self._do(request, method, path, body, files)
        await self.tell()
        if fault is not None:
            return await self._broken(request, *_reply(fault))
        if answer is None:
            return web.Response(status=status, headers=_HEADERS)
        return web.Response(status=status, body=json.dumps(answer).encode(), content_type="application/json", headers=_HEADERS)

    async def tell(self) -> None:
        """Send what a call or a test has made happen to those who listen."""
        while self._world.to_tell:
            event, data, intent = self._world.to_tell.pop(0)
            await self._gateway.tell(event, data, intent=intent)

    async def _broken(self, request: web.Request, status: int | None, text: str, kind: str, headers: Any) -> web.Response:
        if status is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return web.Response(status=status, body=text.encode(), content_type=kind, headers=headers)

    def _do(self, request: web.Request, method: str, path: str, body: Any, files: Files) -> Done:
        found = self._contract.find(method, path)
        if found is None or (method, found[0]) not in self._handlers:
            self.wrong.append(f"{method} {path} is no call that this server knows")
            return 404, {"code": 0, "message": "404: Not Found"}
        template, variables = found
        needs_token = not template.startswith(("/interactions", "/webhooks"))
        if needs_token and request.headers.get("Authorization") != f"Bot {self._token}":
            return 401, {"code": 0, "message": "401: Unauthorized"}
        told = numbers(body) if template.endswith("/permissions/{overwrite_id}") else body
        if why := self._contract.wrong_request(method, template, told):
            self.wrong.append(f"{method} {template}: {why}")
            return 400, {"code": 50035, "message": f"Invalid Form Body: {why}"}
        try:
            status, answer = self._handlers[method, template](variables, body, files)
        except Refused as refused:
            status, answer = refused.status, refused.body
        if template.endswith("/callback") and status == 200 and request.query.get("with_response") != "true":
            status, answer = 204, None
        if why := self._contract.wrong_answer(method, template, status, answer):
            self.wrong.append(f"OUR ANSWER to {method} {template}: {why}")
        return status, answer

    # Application ----------------------------------------------------------------------------------------------------

    def _gateway_bot(self, *_: Any) -> Done:
        starts = {"max_concurrency": 1, "remaining": 1000, "reset_after": 0, "total": 1000}
        return 200, {"url": self._gateway.address, "shards": 1, "session_start_limit": starts}

    def _servers(self, *_: Any) -> Done:
        may = self._world.bot_may
        one = {"id": self._world.server, "name": "Tuesday people", "icon": None, "banner": None}
        return 200, [{**one, "owner": False, "permissions": str(may), "features": []}]

    def _register(self, _: Variables, body: Any, __: Files) -> Done:
        self._world.commands = [shapes.registered_command(self._world, command) for command in body]
        return 200, self._world.commands

    def _open_chat(self, _: Variables, body: Any, __: Files) -> Done:
        person = self._world.by_user(body["recipient_id"])
        if person is None:
            raise unknown(10013, "User")
        return 200, shapes.private_channel(self._world, person)

    # Acts -----------------------------------------------------------------------------------------------------------

    def _first_answer(self, at: Variables, body: Any, files: Files) -> Done:
        act = self._world.acts.get(at["interaction_token"])
        if act is None or act.id != at["interaction_id"] or asyncio.get_running_loop().time() > act.sent_at + self.deadline:
            raise unknown(10062, "interaction")
        if act.answer is not None:
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        kind, payload = body["type"], body.get("data") or {}
        if (kind == 8) is not (act.kind == TYPING):
            raise Refused(400, 50035, "values are offered while a command is typed, and nothing else is")
        if kind == 8:
            act.offered = payload["choices"]
            rules.check_offered(act.offered)
        elif kind == 9:
            if act.kind == SUBMIT:
                raise Refused(400, 50035, "a form cannot be answered with a form")
            rules.check_modal(payload)
            self._world.modals[act.person] = (payload, act)
        elif kind in (6, 7):
            if act.pressed is None:
                raise Refused(400, 50035, "there is no message to update")
            act.original = act.pressed
            if kind == 7:
                self._change(act.pressed, payload, files)
        else:
            flags = int(payload.get("flags") or 0)
            if kind == 4:
                self._check(payload, files, is_new=True)
            act.original = self._world.post(act.channel, payload, files, act.person if flags & EPHEMERAL else None)
            if kind == 5:
                act.original.flags |= LOADING
            act.made.append(act.original)
        act.answer = kind
        if kind != 5:
            act.answered.set()
        return 200, shapes.callback(act, kind, self._world)

    def _of_token(self, at: Variables) -> Act:
        act = self._world.acts.get(at["webhook_token"])
        if act is None or at["webhook_id"] != self._world.application:
            raise unknown(10015, "Webhook")
        if act.is_expired:
            raise Refused(401, 50027, "Invalid Webhook Token")
        if act.answer is None:
            raise unknown(10015, "Webhook")
        return act

    def _original(self, at: Variables) -> tuple[Act, Message]:
        act = self._of_token(at)
        if act.original is None or act.original.id not in self._world.messages:
            raise unknown(10008, "Message")
        return act, act.original

    def _get_original(self, at: Variables, *_: Any) -> Done:
        return 200, self._shown(self._original(at)[1])

    def _edit_original(self, at: Variables, body: Any, files: Files) -> Done:
        act, message = self._original(at)
        self._change(message, body, files)
        act.answered.set()
        return 200, self._shown(message)

    def _delete_original(self, at: Variables, *_: Any) -> Done:
        del self._world.messages[self._original(at)[1].id]
        return 204, None

    def _edit_hooked(self, at: Variables, body: Any, files: Files) -> Done:
        act = self._of_token(at)
        message = self._world.messages.get(at["message_id"])
        if message is None or (message not in act.made and message is not act.original):
            raise unknown(10008, "Message")
        self._change(message, body, files)
        return 200, self._shown(message)

    def _follow_up(self, at: Variables, body: Any, files: Files) -> Done:
        act = self._of_token(at)
        self._check(body, files, is_new=True)
        if act.is_loading and act.original is not None:  # the first message after "wait" takes its place and its readers
            self._world.change(act.original, body, files)
            message = act.original
        else:
            only_for = act.person if int(body.get("flags") or 0) & EPHEMERAL else None
            message = self._world.post(act.channel, body, files, only_for)
            act.made.append(message)
        act.answered.set()
        return 200, self._shown(message)

    # Messages -------------------------------------------------------------------------------------------------------

    def _check(self, payload: Any, files: Files, *, is_new: bool) -> None:
        rules.check_message(payload, bool(files), is_new=is_new)
        if why := rules.unsafe(payload, is_new=is_new):
            self.wrong.append(why)

    def _change(self, message: Message, payload: Any, files: Files) -> None:
        self._check(payload, files, is_new=False)
        self._world.change(message, payload, files)

    def _shown(self, message: Message) -> Any:
        return shapes.message(self._world, message)

    def _writable(self, channel: str) -> Person | None:
        """Return the other person of a private chat, None for a room. Raises Refused where the bot may not write."""
        if channel in self._world.channels:
            self.rooms.writable(channel)
            return None
        person = self._world.by_chat(channel)
        if person is None:
            raise unknown(10003, "Channel")
        if person.is_closed:
            raise Refused(403, 50007, "Cannot send messages to this user")
        return person

    def _post(self, at: Variables, body: Any, files: Files) -> Done:
        channel = at["channel_id"]
        self._writable(channel)
        self._check(body, files, is_new=True)
        if not body.get("nonce") or not body.get("enforce_nonce"):
            self.wrong.append("a message without an enforced nonce")
        key = (channel, str(body.get("nonce")))
        if key not in self._world.by_nonce:
            self._world.by_nonce[key] = self._world.post(channel, body, files)
        return 200, self._shown(self._world.by_nonce[key])

    def _posted(self, at: Variables) -> Message:
        message = self._world.messages.get(at["message_id"])
        if message is None or message.channel != at["channel_id"] or message.only_for is not None:
            raise unknown(10008, "Message")
        return message

    def _edit(self, at: Variables, body: Any, files: Files) -> Done:
        message = self._posted(at)
        if at["channel_id"] in self._world.channels:
            self.rooms.channel(at["channel_id"])
        self._change(message, body, files)
        return 200, self._shown(message)

    def _delete(self, at: Variables, *_: Any) -> Done:
        del self._world.messages[self._posted(at).id]
        return 204, None


def _reply(fault: Any) -> tuple[int | None, str, str, dict[str, str]]:
    return (None, "", "", {}) if fault.status is None else (fault.status, *body_of(fault))
