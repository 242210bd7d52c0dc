"""The Bot API, as far as a bot needs it to answer: long polling, messages, edits, presses. Optionally slow, optionally strict."""

import asyncio
import itertools
import json
import time
from collections import deque
from typing import Any

import msgspec
from aiohttp import web

from bench.obedience import obey, say
from bench.services.crowd import Crowd, chosen
from bench.services.groups import Groups

TOKEN = "7000000001:AAE-canary_token-0123456789abcdefghij"  # made up
ME = {"id": 7_000_000_001, "is_bot": True, "first_name": "Chair", "username": "open_chair_bot"}
_NO_HOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
_ANSWERS: dict[str, Any] = {"getMe": ME, "getWebhookInfo": _NO_HOOK, "getMyCommands": []}
_ANSWERS["getChatMember"] = {"status": "member", "user": {"id": 1, "is_bot": False, "first_name": "Ana"}}
_SHOWN = ("text", "entities", "reply_markup")


class BotApi:
    """`limit`: at most so many messages in any second; more are refused with 429. `delay`: seconds every call takes."""

    def __init__(self) -> None:
        self.crowd = Crowd(self._act)
        self.delay = 0.0
        self.limit = 0
        self.sent: deque[float] = deque(maxlen=100_000)  # when messages arrived that no act asked for
        self.refused = 0
        self._wanted, self._all_sent = 0, asyncio.Event()
        self.polled = asyncio.Event()
        self.polled_at = 0.0
        self._waiting: deque[dict[str, Any]] = deque()
        self._poll: asyncio.Event = asyncio.Event()
        self._buttons: dict[int, tuple[int, list[tuple[str, str]]]] = {}
        self._updates, self._messages = itertools.count(1), itertools.count(1)
        self._acting: set[int] = set()
        self.groups = Groups()

    def _act(self, person: int, act: str) -> None:
        self._acting.add(person)
        update: dict[str, Any] = {"update_id": next(self._updates)}
        user = {"id": person, "is_bot": False, "first_name": "Ana", "language_code": "en"}
        if act[0] == "/":
            update["message"] = self._message(person, {"text": act, "from": user})
            update["message"]["entities"] = [{"type": "bot_command", "offset": 0, "length": len(act)}]
        else:
            number, buttons = self._buttons[person]
            message = {**self._message(person, {"text": "as it was", "from": ME}), "message_id": number}
            pressed = {"id": str(update["update_id"]), "from": user, "chat_instance": "1", "data": chosen(buttons, act)}
            update["callback_query"] = {**pressed, "message": message}
        self._waiting.append(update)
        self._poll.set()

    def _message(self, person: int, more: dict[str, Any]) -> dict[str, Any]:
        chat = {"id": person, "type": "private", "first_name": "Ana"}
        return {"message_id": next(self._messages), "date": int(time.time()), "chat": chat, **more}

    # Serving

    async def handle(self, request: web.BaseRequest) -> web.Response:
        method = request.path.rpartition("/")[2]
        given = await _given(request)
        if method == "getUpdates":
            return _good(await self._get_updates(given))
        if method == "answerCallbackQuery":
            self.groups.answered(str(given["callback_query_id"]))
        shown = method in ("sendMessage", "editMessageText")
        answer = self._shown(given) if shown else _good(_ANSWERS.get(method, True))
        if self.delay:
            await asyncio.sleep(self.delay)
        return answer

    async def _get_updates(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        if not self.polled.is_set():
            self.polled_at = time.monotonic()
            self.polled.set()
        if not self._waiting:
            self._poll.clear()
            try:
                async with asyncio.timeout(float(given.get("timeout", 0)) or 0.001):
                    await self._poll.wait()
            except TimeoutError:
                return []
        batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), int(given.get("limit", 100))))]
        return batch

    def _shown(self, given: dict[str, Any]) -> web.Response:
        person = int(given["chat_id"])
        if person in self._acting:
            self._acting.discard(person)
        elif not (self.groups.admits(person) and self._admitted()):
            self.refused += 1
            body = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1"}
            return web.Response(status=429, body=json.dumps({**body, "parameters": {"retry_after": 1}}).encode())
        message = self._message(person, {"from": ME, **{key: given[key] for key in _SHOWN if key in given}})
        if "message_id" in given:
            message["message_id"] = int(given["message_id"])
        rows = given.get("reply_markup", {}).get("inline_keyboard", [])
        self._buttons[person] = message["message_id"], [(one["text"], one.get("callback_data", "")) for row in rows for one in row]
        self.groups.shown(person, given["text"], message["message_id"], self._buttons[person][1])
        self.crowd.answered(person, {key: given[key] for key in _SHOWN if key in given})
        return _good(message)

    def _admitted(self) -> bool:
        now = time.monotonic()
        if self.limit and len(self.sent) >= self.limit and now - self.sent[-self.limit] < 1:
            return False
        self.sent.append(now)
        if len(self.sent) >= self._wanted:
            self._all_sent.set()
        return True

    # What the benchmark asks

    async def connected(self) -> dict[str, Any]:
        await self.polled.wait()
        return {"at": self.polled_at}

    async def closed(self, **load: Any) -> dict[str, Any]:
        return await self.crowd.closed(**load)

    async def steady(self, **load: Any) -> dict[str, Any]:
        return await self.crowd.steady(**load)

    async def come(self, chat: int, first: int, persons: int, seconds: float, grace: float) -> dict[str, Any]:
        """So many persons press "I am here" under a group's card, evenly within `seconds`; `grace`: until the card has all."""
        number, data = await self.groups.card(chat)

        def press(person: int) -> str:
            update = next(self._updates)
            user = {"id": person, "is_bot": False, "first_name": "Ana", "language_code": "en"}
            where = {"id": chat, "type": "supergroup", "title": "Room"}
            message = {"message_id": number, "date": int(time.time()), "chat": where, "text": "as it was", "from": ME}
            query = {"id": str(update), "from": user, "chat_instance": "1", "data": data, "message": message}
            self._waiting.append({"update_id": update, "callback_query": query})
            self._poll.set()
            return str(update)

        return await self.groups.come(chat, press, range(first, first + persons), seconds, grace)

    async def be(self, delay: float = 0.0, limit: int = 0) -> dict[str, Any]:
        self.delay, self.limit = delay, limit
        return {}

    async def answers(self) -> dict[str, Any]:
        return self.crowd.answers

    async def until_sent(self, count: int) -> dict[str, Any]:
        """Wait until so many messages arrived that no act asked for."""
        self._wanted = count
        if len(self.sent) < count:
            self._all_sent.clear()
        await self._all_sent.wait()
        return await self.counts()

    async def counts(self) -> dict[str, Any]:
        return {"sent": list(self.sent), "refused": self.refused}


async def _given(request: web.BaseRequest) -> dict[str, Any]:
    body = await request.read()
    if request.content_type == "application/json":
        given: dict[str, Any] = msgspec.json.decode(body)
        return given
    form = await request.post() if body else {}
    return {name: _decoded(str(value)) for name, value in form.items()}


def _decoded(value: str) -> Any:
    try:
        return msgspec.json.decode(value) if value[:1] in "{[" else value
    except msgspec.DecodeError:
        return value


def _good(result: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode({"ok": True, "result": result}), content_type="application/json")


async def main() -> None:
    api = BotApi()
    runner = web.ServerRunner(web.Server(api.handle, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    say({"url": f"http://127.0.0.1:{runner.addresses[0][1]}", "token": TOKEN})
    commands = ("connected", "closed", "steady", "be", "answers", "counts", "until_sent", "come")
    await obey({name: getattr(api, name) for name in commands})


if __name__ == "__main__":
    asyncio.run(main())
