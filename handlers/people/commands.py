"""The first meeting, and what is a person's own. Read, decide, write, show."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from bot.core.calls import Call
from bot.core.features import MenuEntry
from bot.core.ports import PersonalData, Unit
from bot.core.replies import Press, Reply
from bot.core.texts import Texts
from bot.core.when import day
from handlers.people import views
from handlers.people.archive import archive
from handlers.people.records import Emergency

BACKUPS_LIVE = timedelta(days=30)  # how long a copy of the keys may live in a host's backups


class PeopleCommands:
    def __init__(
        self,
        texts: Texts,
        menu: Callable[[], Sequence[MenuEntry]],
        personal: Callable[[Unit], PersonalData],
        emergency: Emergency,
        pending: Callable[[Call, Unit], Awaitable[Reply | None]],
    ) -> None:
        self._texts = texts
        self._menu = menu
        self._personal = personal
        self._emergency = emergency
        self._pending = pending

    async def start(self, call: Call, unit: Unit) -> Reply:
        """Welcome, or the question of a form that waits for an answer."""
        waiting = await self._pending(call, unit) if call.person is not None and call.place.private else None
        if waiting is not None:
            return waiting
        say = self._texts.of(call.language)
        return views.welcome(say, self._emergency(call.country, say))

    async def help(self, call: Call, unit: Unit) -> Reply:
        return views.commands(self._texts.of(call.language), self._menu(), facilitator=call.is_facilitator)

    async def privacy(self, call: Call, unit: Unit) -> Reply:
        held = await self._personal(unit).held(call.person.id, call.at) if call.person is not None else ()
        say = self._texts.of(call.language)
        return views.privacy(say, held, self._emergency(call.country, say))

    async def ask_export(self, call: Call, unit: Unit) -> Reply:
        say = self._texts.of(call.language)
        return views.ask(say, "people.export_ask", "people.export_yes", Press("people", "export", "", "yes"))

    async def export(self, call: Call, unit: Unit) -> Reply:
        """Give all that is held as one file, in private only, after one question."""
        if call.press.value != "yes":
            return await self.ask_export(call, unit)
        rows = await self._personal(unit).export(call.who)
        return views.export_ready(self._texts.of(call.language), archive(rows))

    async def ask_erase(self, call: Call, unit: Unit) -> Reply:
        say = self._texts.of(call.language)
        return views.ask(say, "people.erase_ask", "people.erase_yes", Press("people", "erase", "", "yes"))

    async def erase(self, call: Call, unit: Unit) -> Reply:
        """Delete every row and the key, after one question; the answer is the same for a person who was not known."""
        if call.press.value != "yes":
            return await self.ask_erase(call, unit)
        if call.person is not None:
            await self._personal(unit).erase(call.person.id, call.at)
        say = self._texts.of(call.language)
        return views.said(say, "people.erased", day=day(call.at + BACKUPS_LIVE, call.language))

    async def stay(self, call: Call, unit: Unit) -> Reply:
        return views.said(self._texts.of(call.language), "people.unchanged")
