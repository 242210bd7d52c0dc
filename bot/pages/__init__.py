"""Pages over HTTP for people without a chat account: what features serve (`bot.core.pages`), at one guarded address."""

from bot.pages.routes import Pages
from bot.pages.server import PagesServer

__all__ = ["Pages", "PagesServer"]
