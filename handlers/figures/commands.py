"""/figures: for a community's facilitators. Participants' and families' evenings are never in one figure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core.calls import Call, Community
from bot.core.errors import BadInput, BadPress
from bot.core.ids import CommunityId
from bot.core.meetings import Audience
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.screens import told
from bot.core.texts import Say, Texts
from handlers.figures import rules, table, views
from handlers.figures.records import Evening, FigureBook

GRANT = timedelta(hours=3)
MOST_SERIES = 10


class InTheRoom(BadInput):
    """Asked where no community is."""

    text_key = "figures.in_room"


class FigureCommands:
    def __init__(self, texts: Texts, books: Callable[[Unit], FigureBook], doors: Doors) -> None:
        self._texts = texts
        self._books = books
        self._doors = doors

    async def command(self, call: Call, unit: Unit) -> Reply:
        if call.community is None or call.place.private:
            raise InTheRoom()
        if not await self._may(call, unit, call.community):
            return told(self._say(call), "figures.refused")
        audiences = await self._audiences(unit, call.community)
        return await self._screen(call, unit, call.community, (audiences or [Audience.PARTICIPANTS])[0], "", replace=False)

    async def show(self, call: Call, unit: Unit) -> Reply:
        community, audience, code = await self._pressed(call, unit)
        if not await self._may(call, unit, community):
            return told(self._say(call), "figures.refused")
        return await self._screen(call, unit, community, audience, code, replace=True)

    async def series(self, call: Call, unit: Unit) -> Reply:
        community, audience, _ = await self._pressed(call, unit)
        if not await self._may(call, unit, community):
            return told(self._say(call), "figures.refused")
        found = await self._of_series(unit, (await self._read(call, unit, community, audience))[1])
        return views.series(self._say(call), community.id, audience, found[:MOST_SERIES])

    async def file(self, call: Call, unit: Unit) -> Reply:
        community, audience, _ = await self._pressed(call, unit)
        if not await self._may(call, unit, community):
            return told(self._say(call), "figures.refused")
        months, evenings = await self._read(call, unit, community, audience)
        say = self._say(call)
        return views.file(say, table.table(say, months, await self._of_series(unit, evenings)))

    async def _screen(self, call: Call, unit: Unit, community: Community, audience: Audience, code: str, *, replace: bool) -> Reply:
        months, _ = await self._read(call, unit, community, audience)
        chosen = next((month for month in months if month.code == code), list(months)[-1])
        audiences = await self._audiences(unit, community)
        return views.screen(self._say(call), community.id, audience, audiences, months, chosen, replace=replace)

    async def _read(
        self, call: Call, unit: Unit, community: Community, audience: Audience
    ) -> tuple[Mapping[rules.Month, rules.Tally], Sequence[Evening]]:
        zone = ZoneInfo(community.zone)
        shown = rules.months(call.at, zone)
        since, until = shown[0].starts(zone), shown[-1].after.starts(zone)
        evenings = await self._books(unit).evenings(community.id, audience, since, until)
        return rules.by_month(evenings, shown, zone), evenings

    async def _of_series(self, unit: Unit, evenings: Sequence[Evening]) -> list[tuple[str, rules.Tally]]:
        found = rules.by_series(evenings)
        titles = await self._books(unit).titles(list(found))
        return [(titles[name], tally) for name, tally in found.items() if name in titles]

    async def _audiences(self, unit: Unit, community: Community) -> list[Audience]:
        there = await self._books(unit).audiences(community.id)
        return [audience for audience in Audience if audience in there]

    async def _pressed(self, call: Call, unit: Unit) -> tuple[Community, Audience, str]:
        community, wish = await unit.communities.get(CommunityId(call.press.subject)), rules.wish_in(call.press.value)
        if community is None or wish is None:
            raise BadPress(why="figures")
        return community, *wish

    async def _may(self, call: Call, unit: Unit, community: Community) -> bool:
        return await self._doors.may(call, unit, community.id, community.id, call.at + GRANT)

    def _say(self, call: Call) -> Say:
        return self._texts.of(call.language)
