"""/log: the urges that were noted, the newest first, with pictures and files. It keeps nothing itself."""

from collections.abc import Callable, Mapping

from bot.core.calls import Call
from bot.core.features import Handler
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import number_in
from bot.core.texts import Texts
from handlers.log import files, rules, views
from handlers.log.pictures import PICTURES, TREND
from handlers.log.records import Logbook

FAR = 20  # pages that are looked through, one by one, for the last that has something
OWN = ""  # the voice: a relative's entries are not among these


class LogCommands:
    def __init__(self, texts: Texts, books: Callable[[Unit], Logbook]) -> None:
        self._texts = texts
        self._books = books

    def presses(self) -> Mapping[str, Handler]:
        return {"show": self.turn, "picture": self.picture, "file": self.choose_file, "file_as": self.file}

    async def command(self, call: Call, unit: Unit) -> Reply:
        """Show the newest, in a message of its own."""
        return await self._page(call, unit, 0, replace=False)

    async def turn(self, call: Call, unit: Unit) -> Reply:
        """Show a page. Value: its number."""
        return await self._page(call, unit, number_in(call.press.value), replace=True)

    async def picture(self, call: Call, unit: Unit) -> Reply:
        """Show one of the pictures. Value: its kind."""
        kind = call.press.value if call.press.value in PICTURES else TREND
        return views.picture(self._texts.of(call.language), await self._all(call, unit), call.zone, kind)

    async def choose_file(self, call: Call, unit: Unit) -> Reply:
        return views.choose_file(self._texts.of(call.language))

    async def file(self, call: Call, unit: Unit) -> Reply:
        """Send the whole log. Value: "csv" or "pdf"."""
        say, urges = self._texts.of(call.language), await self._all(call, unit)
        made = files.as_paper(say, urges, call.zone) if call.press.value == "pdf" else files.as_table(say, urges, call.zone)
        return views.sent(say, made)

    async def _page(self, call: Call, unit: Unit, page: int, *, replace: bool) -> Reply:
        found = await self._books(unit).newest(call.who, rules.TOOLS, OWN, page * views.PAGE, views.PAGE)
        if not found.used and page:  # what stood there was deleted; and no button names a page far beyond
            return await self._page(call, unit, page - 1 if page <= FAR else 0, replace=replace)
        urges = rules.urges_of(found.used, call.zone)[::-1]
        return views.lines(self._texts.of(call.language), urges, call.zone, page, more=found.more, replace=replace)

    async def _all(self, call: Call, unit: Unit) -> list[rules.Urge]:
        return rules.urges_of(await self._books(unit).all_of(call.who, rules.TOOLS, OWN), call.zone)
