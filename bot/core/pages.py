"""Pages over HTTP: calendar feeds, the check of a receipt. A feature serves them as it serves calls."""

from collections.abc import Awaitable, Callable, Mapping

import msgspec

from bot.core.ports import Unit


class Asked(msgspec.Struct, frozen=True):
    """A request for `/<page>/<rest>`. `form`: what was sent back (POST), at most 64 KiB. `who` is a short-lived keyed mark of the
    caller's address, to count misses by; the address itself goes nowhere. `base`: the public address of the pages, without `/`."""

    rest: str = ""
    query: Mapping[str, str] = {}
    form: Mapping[str, str] | None = None
    language: str = "en"
    who: str = ""
    base: str = ""


class Page(msgspec.Struct, frozen=True):
    """`media_type` with its charset. A `text/html` body is a whole document without script or style of its own (a strict policy
    and the house's style sheet `/style.css` apply). `keep`: seconds a cache may keep it; 0 for never. `etag` answers 304."""

    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    file_name: str = ""
    keep: int = 0
    etag: str = ""


Serves = Callable[[Asked, Unit], Awaitable[Page]]
"""Read, decide, show; awaits only the unit. What it raises becomes a plain page with a kind sentence."""
