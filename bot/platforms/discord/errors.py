"""Discord's errors become ours here, once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import aiohttp
import discord

from bot.core.errors import DoorClosed, MessageGone, PlatformBusy, PlatformDown, PlatformError, PlatformRefused, RoomGone

ALREADY_ANSWERED = 40060  # the first answer to an interaction arrived before
_ROOM_GONE = frozenset({10003, 10004, 50001, 50013, 50083})  # channel, guild, no access, no permission, archived and locked
_DOOR_CLOSED = frozenset({10013, 50007, 50278})  # unknown user, private messages closed, no server in common
# Message, webhook and interaction unknown, webhook token invalid, and an old message edited too often: none can be edited again.
_MESSAGE_GONE = frozenset({10008, 10015, 10062, 50027, 30046})
_UNKNOWN_WAIT = 60.0  # seconds, when a 429 does not say (the network's edge, not the service)

# What discord.py lets through besides its own errors. The last three: it reads fields of an answer that is not the JSON it
# expects (a proxy's page with status 200).
FOREIGN = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError, TypeError, KeyError, ValueError)


def ours(error: Exception, *, private: bool = False) -> PlatformError:
    """Return our error for one of `FOREIGN`. `private`: the target was a private chat, so a bare 403 is a closed door."""
    match error:
        case discord.RateLimited():
            return PlatformBusy(timedelta(seconds=error.retry_after))
        case discord.LoginFailure():
            return PlatformRefused(why="token")
        case discord.HTTPException():
            return _of_status(error, private)
        case aiohttp.ClientConnectorError():
            return PlatformDown(maybe_done=False, error=type(error).__name__)
    return PlatformDown(maybe_done=True, error=type(error).__name__)


def _of_status(error: discord.HTTPException, private: bool) -> PlatformError:
    if error.code in _MESSAGE_GONE:
        return MessageGone(code=error.code)
    if error.code in _DOOR_CLOSED:
        return DoorClosed(code=error.code)
    if error.code in _ROOM_GONE:
        return DoorClosed(code=error.code) if private else RoomGone(code=error.code)
    if error.status == 429:
        return PlatformBusy(timedelta(seconds=_told_wait(error)))
    if error.status == 401:
        # The token is the host's to mend: what waits must not be thrown away for it.
        return PlatformDown(maybe_done=False, why="token")
    if error.status >= 500:
        return PlatformDown(maybe_done=True, status=error.status)
    if error.status == 403:
        return DoorClosed(status=403) if private else RoomGone(status=403)
    return PlatformRefused(status=error.status, code=error.code)


def _told_wait(error: discord.HTTPException) -> float:
    for header in ("Retry-After", "X-RateLimit-Reset-After"):
        try:
            return float(error.response.headers[header])
        except (KeyError, ValueError):
            continue
    return _UNKNOWN_WAIT


@contextmanager
def as_ours(*, private: bool = False) -> Iterator[None]:
    """Turn what a call of discord.py raises into our errors."""
    try:
        yield
    except FOREIGN as error:
        raise ours(error, private=private) from error
