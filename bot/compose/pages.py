"""Pages over HTTP: at a port of their own, in the demo's web page, or not at all. aiohttp is loaded only where they are served."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.config import Config
from bot.core.clock import Clock
from bot.core.features import Feature
from bot.core.platform import Platform
from bot.core.texts import Texts
from storage.database import Store

if TYPE_CHECKING:
    from bot.pages import Pages, PagesServer


def pages_of(config: Config, features: Sequence[Feature], store: Store, texts: Texts, clock: Clock) -> "Pages | None":
    """Return the features' pages, if there is a place to serve them at."""
    if config.pages.port is None and not config.platforms.web.enabled:
        return None
    from bot.pages import Pages

    return Pages(features, store, texts, clock, address=config.pages.address or "")


def server_of(config: Config, pages: "Pages | None") -> "PagesServer | None":
    if pages is None or config.pages.port is None:
        return None
    from bot.pages import PagesServer

    return PagesServer(pages, host=config.pages.host, port=config.pages.port)


def public_base(config: Config, web: Platform | None) -> str:
    """Return where people find the pages, without a `/` at its end; "" when nobody can be told."""
    if config.pages.address is not None and (config.pages.port is not None or web is not None):
        return config.pages.address
    address = getattr(web, "address", "")  # the demo's own; a platform of a test may have none
    return str(address).rstrip("/")
