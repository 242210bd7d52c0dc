"""The library's request layer on aiohttp in place of httpx: one session, JSON bodies, about a tenth of the work a call.

The token is part of every address, so nothing of an address, and nothing a proxy wrote, gets into an error raised here.
"""

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

import aiohttp
import msgspec
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

T = TypeVar("T")
Timeout = Any  # the library marks "not given" with an object of its own
_NOT_GIVEN = BaseRequest.DEFAULT_NONE
_PART = 64 * 1024  # bytes of a file read at once


class Refused(TelegramError):
    """The Bot API said no, in its own words."""

    def __init__(self, code: int, description: str, retry_after: int | None = None, moved_to: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.moved_to = moved_to


class Unanswered(TelegramError):
    """No answer, or one that is not the Bot API's. `maybe_done`: the request had left, so its effect may have happened."""

    def __init__(self, why: str, *, maybe_done: bool) -> None:
        super().__init__(why)
        self.why = why
        self.maybe_done = maybe_done


class _Parameters(msgspec.Struct):
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None


class _No(msgspec.Struct):
    """An answer with `ok: false`."""

    ok: bool
    description: str = ""
    parameters: _Parameters | None = None


class _Good(msgspec.Struct):
    """An answer whose result is not looked at."""

    ok: Literal[True]
    result: msgspec.Raw


class _Chat(msgspec.Struct):
    id: int


class _Message(msgspec.Struct):
    message_id: int
    chat: _Chat


class _Sent(msgspec.Struct):
    """An answer whose result is a message, of which only the name is read."""

    ok: Literal[True]
    result: _Message


_GOOD, _SENT = msgspec.json.Decoder(_Good), msgspec.json.Decoder(_Sent)


class AiohttpRequest(BaseRequest):
    """One pool of connections. The session opens at the first call, and again after `shutdown`."""

    __slots__ = ("_bot_url", "_connect", "_connections", "_read", "_session", "_timeouts")

    def __init__(self, bot_url: str, *, connections: int, connect: float = 10, read: float = 20) -> None:
        self._bot_url = bot_url
        self._connections = connections
        self._connect = connect
        self._read = read
        self._session: aiohttp.ClientSession | None = None
        self._timeouts: dict[float | None, aiohttp.ClientTimeout] = {}

    @property
    def read_timeout(self) -> float | None:
        return self._read

    async def initialize(self) -> None:
        self._open()

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def call(self, method: str, parameters: Mapping[str, object], *, read: float | None = None) -> object:
        """Call a method and return its result as plain JSON (the library would parse a whole batch of updates or none).

        Raises Refused or Unanswered.
        """
        timeout = self._timeout(self._read if read is None else read)
        payload = await self._send(f"{self._bot_url}/{method}", timeout, json=msgspec.json.encode(parameters))
        return self.parse_json_payload(payload)["result"]

    async def send(self, method: str, parameters: Mapping[str, object]) -> tuple[int, int]:
        """Call a method that makes a message, and return its chat and number. Raises Refused or Unanswered.

        The library's own way builds an object of each button, each entity and the message that comes back: a third of an answer.
        """
        result = _read(_SENT, await self._post(method, parameters)).result
        return result.chat.id, result.message_id

    async def do(self, method: str, parameters: Mapping[str, object]) -> None:
        """Call a method whose result nobody reads. Raises Refused or Unanswered."""
        _read(_GOOD, await self._post(method, parameters))

    async def fetch(self, url: str, most: int) -> bytes:
        """Return what stands at an address, at most one byte more than `most`. Raises Refused or Unanswered."""
        try:
            async with self._open().get(url, timeout=self._timeout(self._read), allow_redirects=False) as response:
                if response.status != 200:
                    raise Refused(response.status, "no file")
                content = bytearray()
                async for part in response.content.iter_chunked(_PART):
                    content += part[: most + 1 - len(content)]
                    if len(content) > most:
                        break
                return bytes(content)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise Unanswered(type(error).__name__, maybe_done=False) from None

    async def _post(self, method: str, parameters: Mapping[str, object]) -> bytes:
        return await self._send(f"{self._bot_url}/{method}", self._timeout(self._read), json=msgspec.json.encode(parameters))

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Timeout = _NOT_GIVEN,
        write_timeout: Timeout = _NOT_GIVEN,
        connect_timeout: Timeout = _NOT_GIVEN,
        pool_timeout: Timeout = _NOT_GIVEN,
    ) -> tuple[int, bytes]:
        """Post, and return the payload of a good answer; whatever else it is, is raised as Refused or Unanswered."""
        timeout = self._timeout(self._read if read_timeout is _NOT_GIVEN else read_timeout)
        if request_data is None:
            return 200, await self._send(url, timeout, verb=method)
        if request_data.contains_files:
            return 200, await self._send(url, timeout, form=_form(request_data))
        return 200, await self._send(url, timeout, json=msgspec.json.encode(request_data.parameters))

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Decode an answer. Unlike the library's, it logs nothing: the payload may hold what a member wrote."""
        try:
            answer = msgspec.json.decode(payload)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise Unanswered("no_json", maybe_done=True) from None
        if not isinstance(answer, dict) or "result" not in answer:
            raise Unanswered("no_result", maybe_done=True)
        return answer

    async def _send(
        self,
        url: str,
        timeout: aiohttp.ClientTimeout,
        *,
        verb: str = "POST",
        json: bytes | None = None,
        form: aiohttp.FormData | None = None,
    ) -> bytes:
        headers = {"Content-Type": "application/json"} if json is not None else None
        body: bytes | aiohttp.FormData | None = json if json is not None else form
        try:
            # A redirect would carry the token to another address.
            async with self._open().request(
                verb, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                status, payload = response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise Unanswered(type(error).__name__, maybe_done=False) from None
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise Unanswered(type(error).__name__, maybe_done=True) from None
        if 200 <= status <= 299:
            return payload
        raise _no(status, payload)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=self._connections))
        return self._session

    def _timeout(self, read: float | None) -> aiohttp.ClientTimeout:
        known = self._timeouts.get(read)
        if known is None:
            known = aiohttp.ClientTimeout(total=None, connect=None, sock_connect=self._connect, sock_read=read)
            self._timeouts[read] = known
        return known


def _read(decoder: msgspec.json.Decoder[T], payload: bytes) -> T:
    try:
        return decoder.decode(payload)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError):
        raise Unanswered("no_result", maybe_done=True) from None


def _form(data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form


def _no(status: int, payload: bytes) -> TelegramError:
    try:
        said = msgspec.json.decode(payload, type=_No)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError):
        return Unanswered(f"http_{status}", maybe_done=status >= 500)
    if status >= 500:
        return Unanswered(f"http_{status}", maybe_done=True)
    parameters = said.parameters or _Parameters()
    return Refused(status, said.description, parameters.retry_after, parameters.migrate_to_chat_id)
