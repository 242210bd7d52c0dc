"""Telegram posts updates to us. 200 says that the effects of the update are on disk; anything else, and it is posted again."""

import asyncio
import hmac
import re
from dataclasses import dataclass

import msgspec
import structlog
from aiohttp import web

from bot.platforms.telegram import limits
from bot.platforms.telegram.intake import Intake

log = structlog.get_logger()

_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, slots=True)
class Webhook:
    """`url` is what Telegram posts to (https, with the path); `listen`, `port` and `path` are where we wait behind the proxy.

    `secret`: 16 to 256 of `A-Za-z0-9_-`, known to Telegram and us only. Raises ValueError when it is not.
    """

    url: str
    listen: str
    port: int
    path: str
    secret: str

    def __post_init__(self) -> None:
        if not _SECRET.fullmatch(self.secret):
            raise ValueError("the webhook secret must be 16 to 256 characters of A-Z, a-z, 0-9, _ and -")
        if not self.path.startswith("/"):
            raise ValueError("the webhook path must begin with /")


class Listener:
    """The server behind the webhook's address."""

    def __init__(self, webhook: Webhook, intake: Intake) -> None:
        self._webhook = webhook
        self._intake = intake
        self._closing = False
        application = web.Application(client_max_size=limits.UPDATE_BYTES)
        application.router.add_post(webhook.path, self._post)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)

    @property
    def port(self) -> int:
        """The port listened on (of use when 0 was asked for)."""
        port: int = self._runner.addresses[0][1]
        return port

    async def start(self) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, self._webhook.listen, self._webhook.port).start()

    def refuse(self) -> None:
        """Take no more: Telegram keeps what is refused and posts it again, to us or to our successor."""
        self._closing = True

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _post(self, request: web.Request) -> web.Response:
        given = request.headers.get(_HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._webhook.secret.encode()):
            log.warning("telegram.webhook_refused", platform="telegram", why="secret")
            return web.Response(status=401)
        if self._closing:
            return web.Response(status=503)
        try:
            update = msgspec.json.decode(await request.read(), type=dict[str, object])
        except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError):
            log.warning("telegram.webhook_refused", platform="telegram", why="no_json")
            return web.Response(status=400)
        # Shielded: a sender who hangs up must not undo what was begun.
        await asyncio.shield(self._intake.begin(update))
        return web.Response()
