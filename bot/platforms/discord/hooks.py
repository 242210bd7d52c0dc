"""Calls that an interaction's own token allows: answering it, and changing what was answered. They are outside of the bot's limits.

They go past discord.py's webhook objects, which build each message anew from what comes back, over one HTTP session of ours.
"""

import asyncio
import json
from collections.abc import Sequence
from typing import Any, TypeVar, cast

import aiohttp
import discord
import msgspec

from bot.platforms.discord import interactions, limits
from bot.platforms.discord.interactions import Interaction
from bot.platforms.discord.parts import Attachment, Payload, form_of

_TRIES = 4  # of one call, while Discord says that it is busy or broken
_JSON = {"Content-Type": "application/json"}
_NOTHING = 204
ORIGINAL = "@original"

T = TypeVar("T")


class _Told(msgspec.Struct):
    response_message_id: str | None = None


class _Callback(msgspec.Struct):
    interaction: _Told


class _Message(msgspec.Struct):
    id: str


class Hooks:
    """`base`: the API's address. Raises what discord.py would. It has to be closed."""

    def __init__(self, base: str, agent: str) -> None:
        self._base = base.rstrip("/")
        self._session = aiohttp.ClientSession(headers={"User-Agent": agent})

    async def close(self) -> None:
        await self._session.close()

    async def first(self, to: Interaction, kind: int, data: Payload | None = None, files: Sequence[Attachment] = ()) -> str:
        """Give the first answer. Return the id of the message that it made, if it is a message."""
        body: Payload = {"type": kind} if data is None else {"type": kind, "data": data}
        path = f"/interactions/{to.id}/{to.token}/callback"
        if kind != interactions.ANSWER:
            await self._call("POST", path, body, files, None)
            return ""
        made = await self._call("POST", f"{path}?with_response=true", body, files, _Callback)
        return made.interaction.response_message_id or ""

    async def original(self, to: Interaction) -> str:
        """Return the id of the message that the first answer made."""
        return (await self._call("GET", f"/webhooks/{to.application}/{to.token}/messages/{ORIGINAL}", None, (), _Message)).id

    async def edit(self, application: int | str, token: str, message: int | str, part: Payload, files: Sequence[Attachment]) -> str:
        path = f"/webhooks/{application}/{token}/messages/{message}"
        return (await self._call("PATCH", path, part, files, _Message)).id

    async def follow(self, application: int | str, token: str, part: Payload, files: Sequence[Attachment]) -> str:
        """Send one more message and return its id."""
        return (await self._call("POST", f"/webhooks/{application}/{token}?wait=true", part, files, _Message)).id

    async def fetch(self, url: str, most: int) -> bytes:
        """Return a file that was uploaded; of one that is larger than `most` bytes, one byte more than that."""
        got = bytearray()
        async with self._session.get(url, raise_for_status=True) as response:
            while len(got) <= most and (some := await response.content.read(most + 1 - len(got))):
                got += some
        return bytes(got)

    async def _call(self, method: str, path: str, body: Payload | None, files: Sequence[Attachment], wanted: type[T] | None) -> T:
        """`wanted`: what the answer is read as; None when nothing of it is wanted."""
        sent = msgspec.json.encode(body) if body is not None and not files else None
        for tries in range(_TRIES):
            given = _form(body, files) if files and body is not None else sent
            async with self._session.request(method, self._base + path, data=given, headers=_JSON if sent else None) as response:
                said = await response.read()
            if response.ok:
                return _understood(response.status, said, wanted)
            error = _error(response, said)
            wait = _wait(error, tries)
            if wait is None or tries == _TRIES - 1:
                raise error
            await asyncio.sleep(wait)
        raise AssertionError("the last try returns or raises")


def _form(body: Payload, files: Sequence[Attachment]) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)  # Discord wants the brackets of `files[0]` as they are
    for field in form_of(body, files):
        form.add_field(**field)
    return form


def _understood(status: int, said: bytes, wanted: type[T] | None) -> T:
    """Raises ValueError for what is no answer of Discord's (a proxy's page)."""
    if wanted is None and status == _NOTHING:
        return cast(T, None)
    try:
        return msgspec.json.decode(said, type=cast("type[T]", dict) if wanted is None else wanted)
    except msgspec.MsgspecError as error:
        raise ValueError("no answer of Discord's") from error


def _error(response: aiohttp.ClientResponse, said: bytes) -> discord.HTTPException | discord.RateLimited:
    try:
        told: Any = json.loads(said)
    except ValueError:
        told = None
    known = told if isinstance(told, dict) else None
    if response.status == 429 and known and "retry_after" in known and response.headers.get("Via"):
        return discord.RateLimited(float(known["retry_after"]))
    kinds = {403: discord.Forbidden, 404: discord.NotFound}
    kind = kinds.get(response.status, discord.DiscordServerError if response.status >= 500 else discord.HTTPException)
    return kind(response, known)


def _wait(error: discord.HTTPException | discord.RateLimited, tries: int) -> float | None:
    """Return how many seconds to wait before the call is made again; None when that is of no use, or too long."""
    if isinstance(error, discord.RateLimited):
        return error.retry_after if error.retry_after <= limits.RATE_LIMIT_SECONDS else None
    return 1.0 + 2 * tries if error.status >= 500 else None
