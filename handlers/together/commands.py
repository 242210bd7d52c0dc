"""/community together: how the weeks were, and whether one's own number counts."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.errors import BadInput
from bot.core.ports import Unit
from bot.core.replies import Reply
from handlers.together import rules, views
from handlers.together.records import Line, Sum, Yes
from handlers.together.seeing import At, Seeing


class InTheRoom(BadInput):
    """Asked by somebody of no community, where none is."""

    text_key = "together.in_room"


class TogetherCommands:
    def __init__(self, seeing: Seeing) -> None:
        self._seeing = seeing

    async def command(self, call: Call, unit: Unit) -> Reply:
        """In a room of the community, or in private for who is at home in it. A facilitator in a room gets the way to more."""
        if call.community is None:
            raise InTheRoom()
        audiences = await self._seeing.audiences(unit, call.community)
        at = At(call.community, audiences[0])
        room = ""
        if not call.place.private and await self._seeing.leads(call, unit, at):
            room = (await unit.rooms.find_or_make(call.community.id, call.place)).id
        return await self.screen(call, unit, at, room=room, replace=False)

    async def show(self, call: Call, unit: Unit) -> Reply:
        return await self.screen(call, unit, await self._seeing.pressed(call, unit))

    # One's own number -------------------------------------------------------------------------------------------------

    async def ask(self, call: Call, unit: Unit) -> Reply:
        """Say exactly what is done with a number, before anybody agrees."""
        return views.ask(self._seeing.say(call), await self._seeing.pressed(call, unit))

    async def agree(self, call: Call, unit: Unit) -> Reply:
        """From the week on that it is now."""
        at = await self._seeing.pressed(call, unit)
        book = self._seeing.books(unit)
        yes = await book.yes(call.who, at.community.id)
        if at.audience not in yes.since:
            since = {**yes.since, at.audience: call.at}
            await book.keep_yes(call.who, at.community.id, Yes(since), call.at)
            await unit.due.add(rules.closing(at.community.id, rules.monday_of(call.at, at.zone), at.zone))
        return await self.screen(call, unit, at, note="together.agreed")

    async def stop(self, call: Call, unit: Unit) -> Reply:
        """From now on none of their numbers counts, also one that was given before in a week that is not closed."""
        at = await self._seeing.pressed(call, unit)
        book = self._seeing.books(unit)
        yes = await book.yes(call.who, at.community.id)
        if at.audience in yes.since:
            since = {audience: when for audience, when in yes.since.items() if audience is not at.audience}
            await book.keep_yes(call.who, at.community.id, replace(yes, since=since), call.at)
        return await self.screen(call, unit, at, note="together.stopped")

    # The screen -------------------------------------------------------------------------------------------------------

    async def screen(self, call: Call, unit: Unit, at: At, *, room: str = "", note: str = "", replace: bool = True) -> Reply:
        book, say = self._seeing.books(unit), self._seeing.say(call)
        weeks = rules.shown(await book.weeks(at.community.id, at.audience, rules.SHOWN))
        counts = at.audience in (await book.yes(call.who, at.community.id)).since
        others = [one for one in await self._seeing.audiences(unit, at.community) if one is not at.audience]
        lines = await self._lines(unit, at, weeks)
        return views.screen(say, at, weeks, lines, others, counts=counts, room=room, note=note, replace=replace)

    async def _lines(self, unit: Unit, at: At, weeks: Sequence[tuple[date, Sum | None]]) -> Sequence[Line]:
        """The lines of the week that was closed last, if there is a picture of it."""
        if not weeks or weeks[-1][1] is None:
            return ()
        found = await self._seeing.books(unit).shared(at.community.id, at.audience, weeks[-1][0])
        return [line for line in found if not line.hidden][: rules.MOST_LINES]
