"""A feature with pages, for the tests of their server."""

import asyncio

from bot.core.errors import BadInput, BadPress, StorageUnavailable
from bot.core.features import Feature
from bot.core.pages import Asked, Page


class NoStore:
    """Transactions without a database: these pages read nothing."""

    async def transact(self, work):
        return await work(None)


class Desk:
    """A feature with one page of each kind; `asked` is what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.go = asyncio.Event()

    async def serve(self, asked: Asked, unit) -> Page:
        self.asked.append(asked)
        match asked.rest:
            case "kept":
                return Page(b"BEGIN", "text/calendar; charset=utf-8", file_name="../a b.ics", keep=60, etag="one")
            case "odd":
                return Page(b"x", "text/html\r\nSet-Cookie: a=b", etag='"\r\nX: y')
            case "broken":
                raise RuntimeError("secret words")
            case "bad":
                raise BadInput()
            case "away":
                raise StorageUnavailable()
            case "slow":
                await self.go.wait()
            case "here":
                pass
            case _:
                raise BadPress(why="page")
        return Page(b"<!doctype html><p>here</p>")

    @property
    def feature(self) -> Feature:
        return Feature("desk", pages={"desk": self.serve})
