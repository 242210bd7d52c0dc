"""Anyone checks a code: with /verify, or on the page of that name. Who guesses is held up; no name is there to be told."""

from collections.abc import Callable
from datetime import datetime

from bot.core.calls import Call
from bot.core.codes import read_code
from bot.core.errors import BadInput
from bot.core.misses import Misses
from bot.core.pages import Asked, Page
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import told
from bot.core.texts import Texts
from handlers.receipts import documents, rules, views
from handlers.receipts.records import AttendanceBook, Attended

PAGE = "verify"


class TooOften(BadInput):
    """Too many codes that are not there."""

    text_key = "receipts.too_often"


class Checking:
    """`now`: the time for a page, whose request says none."""

    def __init__(self, texts: Texts, books: Callable[[Unit], AttendanceBook], now: Callable[[], datetime]) -> None:
        self._texts = texts
        self._books = books
        self._now = now
        self._misses = Misses()

    async def verify(self, call: Call, unit: Unit) -> Reply:
        """`/verify <code>`, of anybody; nothing is stored."""
        say, typed = self._texts.of(call.language), call.arguments.get("code", "") or call.arguments.get("text", "")
        if not typed.strip():
            return told(say, "receipts.verify_how")
        account = call.incoming.account
        who = f"{account.platform}:{account.user}"
        if self._misses.too_many(who, call.at):
            raise TooOften()
        found = await self._found(typed, call.at, unit)
        if found is None:
            self._misses.add(who, call.at)
        return views.verified(say, found)

    async def page(self, asked: Asked, unit: Unit) -> Page:
        """The form, or what it says of a code. A code that is not there is a miss, which the pages count."""
        say = self._texts.of(asked.language)
        typed = (asked.form or {}).get("code", "") or asked.query.get("code", "") or asked.rest
        if not typed.strip():
            return Page(documents.form(say, asked.base))
        found = await self._found(typed, self._now(), unit)
        return Page(documents.result(say, asked.base, found), status=200 if found is not None else 404)

    async def _found(self, typed: str, now: datetime, unit: Unit) -> Attended | None:
        """Return what a code confirms. What cannot be a code is looked for as well: it takes as long."""
        found = await self._books(unit).of_code(read_code(typed))
        return found if rules.is_good(found, now) else None
