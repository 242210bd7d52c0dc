"""What a facilitator has for themselves: the checklist they tick, and words for moments in a meeting. Nobody else sees either."""

from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.ids import CommunityId, OccurrenceId
from bot.core.ports import Unit
from bot.core.replies import Reply
from handlers.roster import own_views, rules
from handlers.roster.desk import Desk
from handlers.roster.records import ITEMS

PHRASES = ("too_long", "advice", "off_topic", "silence", "crosstalk", "distress", "conflict", "used_today", "late", "selling")


class OwnCommands:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def training(self, call: Call, unit: Unit) -> Reply:
        community = await self._desk.community_of(call, unit)
        if not await self._leads(call, unit, community):
            return self._desk.refused(call)
        return own_views.training(self._desk.say(call), community, await self._desk.books(unit).ticks(call.who))

    async def tick(self, call: Call, unit: Unit) -> Reply:
        """Tick one item, or take its tick back."""
        community = await self._desk.community_of(call, unit)
        if not await self._leads(call, unit, community):
            return self._desk.refused(call)
        item = int(call.press.value) if call.press.value in {str(n) for n in range(1, ITEMS + 1)} else 0
        if not item:
            raise BadPress(why="item")
        ticks = (await self._desk.books(unit).ticks(call.who)).toggled(item)
        await self._desk.books(unit).keep_ticks(call.who, ticks, call.at)
        return own_views.training(self._desk.say(call), community, ticks)

    async def say(self, call: Call, unit: Unit) -> Reply:
        """Words for a moment; the press names the evening from whose panel it came, or the community, and which moment."""
        subject, evenings = call.press.subject, self._desk.evenings(unit)
        planned = await evenings.occurrence(OccurrenceId(subject))
        if planned is not None:
            series = await self._desk.series(unit, planned.series)
            until = planned.ends_at + rules.GRANT
            may = await self._desk.doors.may(call, unit, planned.id, series.community, until)
        else:
            may = await self._leads(call, unit, await self._desk.community_of(call, unit))
        if not may:
            return self._desk.refused(call)
        name = call.press.value if call.press.value in PHRASES else ""
        return own_views.phrases(self._desk.say(call), subject, name, PHRASES, from_panel=planned is not None)

    async def _leads(self, call: Call, unit: Unit, community: CommunityId) -> bool:
        return await self._desk.is_on(call, unit, community) or await self._desk.may(call, unit, community)
