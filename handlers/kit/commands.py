"""`/kit`: look at it, add to it, take lines out, begin anew."""

from bot.core.calls import Call
from bot.core.ports import Flows, Unit
from bot.core.replies import Reply
from bot.core.texts import Texts
from handlers.kit import rules, views
from handlers.kit.records import LISTS, Kit
from handlers.kit.shelf import Shelf

FLOW = "kit"


class KitCommands:
    def __init__(self, texts: Texts, shelf: Shelf, flows: Flows) -> None:
        self._texts = texts
        self._shelf = shelf
        self._flows = flows

    async def command(self, call: Call, unit: Unit) -> Reply:
        """Show what is in it; an empty one is filled first."""
        kit = await self._shelf.of(call.who, unit)
        return views.look(self._texts.of(call.language), kit) if rules.together(kit) else await self.add(call, unit)

    async def look(self, call: Call, unit: Unit) -> Reply:
        return views.look(self._texts.of(call.language), await self._shelf.of(call.who, unit))

    async def add(self, call: Call, unit: Unit) -> Reply:
        assert call.person is not None
        return await self._flows.begin(FLOW, "", call.person, call.language, call.at, unit)

    async def lists(self, call: Call, unit: Unit) -> Reply:
        """Ask from which list a line is to go."""
        kit = await self._shelf.of(call.who, unit)
        return views.which_list(self._texts.of(call.language), kit) if rules.together(kit) else await self.look(call, unit)

    async def list(self, call: Call, unit: Unit) -> Reply:
        """Show the lines of one list. Subject: its name."""
        kit = await self._shelf.of(call.who, unit)
        return await self._of_list(call, kit, unit)

    async def out(self, call: Call, unit: Unit) -> Reply:
        """Take a line out. Subject: the list, value: the line's mark. Tapped twice, it is gone once."""
        kit = rules.without(await self._shelf.of(call.who, unit), call.press.subject, call.press.value)
        await self._shelf.keep(call.who, kit, call.at, unit)
        return await self._of_list(call, kit, unit)

    async def anew(self, call: Call, unit: Unit) -> Reply:
        return views.ask_anew(self._texts.of(call.language))

    async def empty(self, call: Call, unit: Unit) -> Reply:
        await self._shelf.keep(call.who, Kit(), call.at, unit)
        return views.look(self._texts.of(call.language), Kit())

    async def _of_list(self, call: Call, kit: Kit, unit: Unit) -> Reply:
        name = call.press.subject
        if name not in LISTS or not kit.of(name):
            return await self.look(call, unit)
        return views.which_line(self._texts.of(call.language), kit, name)
