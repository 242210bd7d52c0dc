"""From a request to a page: the caller's budget, what was sent back, the feature in one transaction, and kind words for the rest.

No address is logged: an address may be somebody's key. No cookie is read or set.
"""

import asyncio
import re
import time
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl

import structlog
from aiohttp import web

from bot.core.clock import Clock
from bot.core.errors import BadPress, BotError, StorageUnavailable
from bot.core.features import Feature
from bot.core.pages import Asked, Serves
from bot.core.ports import Store
from bot.core.texts import Texts
from bot.pages.callers import Callers
from bot.pages.encode import HEADERS, problem, response
from bot.pages.language import chosen
from bot.pages.limits import BODY_BYTES, FIELDS, Limits

STYLE = (Path(__file__).parent / "style.css").read_bytes()
_HOST = re.compile(r"(?:[A-Za-z0-9.\-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_PAGE = re.compile(r"[a-z][a-z0-9_-]{0,31}")
log = structlog.get_logger()


class TooMuch(BotError):
    """What was sent back is larger than is read."""

    text_key = "pages.too_large"


class NoForm(BotError):
    """What was sent back is not what our pages send."""

    text_key = "pages.no_form"


class Pages:
    """Every page of the features. `address`: the public base, as `https://example.org`; "" for as the caller wrote it."""

    def __init__(
        self,
        features: Iterable[Feature],
        store: Store,
        texts: Texts,
        clock: Clock,
        *,
        address: str = "",
        limits: Limits | None = None,
    ) -> None:
        self._pages: dict[str, Serves] = {}
        for feature in features:
            for name, serves in feature.pages.items():
                if name in self._pages or not _PAGE.fullmatch(name):
                    raise ValueError(f"a page that cannot be served: {name}")
                self._pages[name] = serves
        self._store = store
        self._texts = texts
        self._address = address.rstrip("/")
        self._limits = limits or Limits()
        self._callers = Callers(clock, self._limits)
        self._under_way = 0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._pages)

    def mount(self, app: web.Application) -> None:
        """Add the pages and their style sheet to an application, as it is before it starts."""
        app.router.add_get("/style.css", self._style)
        for name in self._pages:
            handle = partial(self._page, name)
            for path in (f"/{name}", f"/{name}/{{rest:.*}}"):
                app.router.add_get(path, handle)
                app.router.add_post(path, handle)

    def app(self) -> web.Application:
        """Return an application of the pages alone."""
        app = web.Application(client_max_size=BODY_BYTES)
        self.mount(app)
        app.router.add_get("/robots.txt", self._robots)
        app.router.add_route("*", "/{rest:.*}", partial(self._page, ""))
        return app

    async def _style(self, request: web.Request) -> web.StreamResponse:
        headers = {**HEADERS, "Cache-Control": "public, max-age=86400", "Content-Type": "text/css; charset=utf-8"}
        return web.Response(body=STYLE, headers=headers)

    async def _robots(self, request: web.Request) -> web.StreamResponse:
        headers = {**HEADERS, "Cache-Control": "public, max-age=86400", "Content-Type": "text/plain; charset=utf-8"}
        return web.Response(body=b"User-agent: *\nDisallow: /\n", headers=headers)

    async def _page(self, name: str, request: web.Request) -> web.StreamResponse:
        who, began = self._callers.mark(request), time.perf_counter()
        if not self._callers.may_ask(who):  # not logged: a line each would be a flood too
            return self._problem(request, "pages.too_fast", 429, **{"Retry-After": "60"})
        if self._under_way >= self._limits.at_once:
            return self._problem(request, "pages.busy", 503, **{"Retry-After": "5"})
        self._under_way += 1
        try:
            answer = await self._answer(name, request, who)
        finally:
            self._under_way -= 1
        if answer.status == 404:
            self._callers.missed(who)
        ms = round((time.perf_counter() - began) * 1000, 1)
        log.info("pages.served", name=name or "none", outcome=str(answer.status), ms=ms)
        return answer

    async def _answer(self, name: str, request: web.Request, who: str) -> web.Response:
        serves = self._pages.get(name)
        if serves is None:
            return self._problem(request, "pages.not_found", 404)
        try:
            asked = Asked(
                rest=request.match_info.get("rest", ""),
                query=dict(request.query),
                form=await self._form(request) if request.method == "POST" else None,
                language=self._language(request),
                who=who,
                base=self._base(request),
            )
            page = await self._store.transact(lambda unit: serves(asked, unit))
        except TimeoutError:
            return self._problem(request, "pages.no_form", 408, Connection="close")
        except BotError as error:
            return self._problem(request, *_told(error))
        except Exception as error:
            log.error("pages.failed", name=name, error=type(error).__name__)  # noqa: TRY400  # a traceback may hold an address
            return self._problem(request, "error.unexpected", 500)
        if page.status == 404 and not page.body:
            return self._problem(request, "pages.not_found", 404)
        return response(page, request)

    async def _form(self, request: web.Request) -> Mapping[str, str]:
        """Return what our own page's form sends. Raises NoForm, TooMuch, or TimeoutError for who sends too slowly."""
        if request.content_type != "application/x-www-form-urlencoded":
            raise NoForm(kind="type")
        try:
            async with asyncio.timeout(self._limits.body.total_seconds()):
                body = await request.read()
            return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FIELDS))
        except web.HTTPRequestEntityTooLarge:
            raise TooMuch(limit=BODY_BYTES) from None
        except ValueError:  # no UTF-8, or too many fields
            raise NoForm(kind="fields") from None

    def _language(self, request: web.BaseRequest) -> str:
        return chosen(request.headers.get("Accept-Language", ""), self._texts.languages)

    def _base(self, request: web.BaseRequest) -> str:
        host = request.host if _HOST.fullmatch(request.host) else "localhost"
        return self._address or f"{request.scheme}://{host}"

    def _problem(self, request: web.BaseRequest, key: str, status: int, **headers: str) -> web.Response:
        return problem(self._texts.of(self._language(request)), key, status, self._base(request), **headers)


def _told(error: BotError) -> tuple[str, int]:
    """Return the text of an error, and its status. What is not there and what is not the caller's are the same."""
    match error:
        case BadPress():
            return "pages.not_found", 404
        case StorageUnavailable():
            return "pages.busy", 503
        case TooMuch():
            return error.text_key, 413
    return error.text_key, 400
