"""What a facilitator can do: hide a line, without knowing whose it is, and have a room told when a week's picture is there."""

from datetime import date

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.ids import RoomId
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import told
from handlers.together import desk_views, rules
from handlers.together.records import Telling
from handlers.together.seeing import At, Seeing


class Desk:
    def __init__(self, seeing: Seeing) -> None:
        self._seeing = seeing

    async def show(self, call: Call, unit: Unit) -> Reply:
        """A button of a facilitator's screen; it names the room in which that was asked for."""
        room, at = await self._at_room(call, unit)
        if not await self._seeing.leads(call, unit, at):
            return told(self._seeing.say(call), "together.refused")
        return await self._desk(call, unit, at, room)

    async def hide(self, call: Call, unit: Unit) -> Reply:
        """Hide a line from everybody, or show it again; of one that is not shown by now, or not any more, nothing changes."""
        line = await self._seeing.books(unit).line(call.press.subject)
        if line is None or not line.shared or call.press.value not in ("on", "off"):
            raise BadPress(why="line")
        at = await self._seeing.place(unit, line.community, line.body.audience)
        if not await self._seeing.leads(call, unit, at):
            return told(self._seeing.say(call), "together.refused")
        if line.monday == await self._shown_week(unit, at):
            await self._seeing.books(unit).keep_line(replace(line, hidden=call.press.value == "on"))
        return await self._desk(call, unit, at, RoomId(""))

    async def tell(self, call: Call, unit: Unit) -> Reply:
        """Have the room told each week, or no more."""
        room, at = await self._at_room(call, unit)
        if call.press.value not in ("on", "off"):
            raise BadPress(why="wish")
        if not await self._seeing.leads(call, unit, at):
            return told(self._seeing.say(call), "together.refused")
        book = self._seeing.books(unit)
        if call.press.value == "on":
            await book.tell(Telling(room, at.community.id, at.audience), call.at)
        else:
            await book.tell_no_more(room)
        return await self._desk(call, unit, at, room)

    async def _at_room(self, call: Call, unit: Unit) -> tuple[RoomId, At]:
        room = await unit.rooms.get(RoomId(call.press.subject))
        if room is None:
            raise BadPress(why="room")
        return room.id, await self._seeing.place(unit, room.community, rules.audience_of(call.press.action))

    async def _shown_week(self, unit: Unit, at: At) -> date | None:
        """Return the Monday of the week whose lines are shown; None if none is."""
        weeks = rules.shown(await self._seeing.books(unit).weeks(at.community.id, at.audience, rules.SHOWN))
        return weeks[-1][0] if weeks and weeks[-1][1] is not None else None

    async def _desk(self, call: Call, unit: Unit, at: At, room: RoomId) -> Reply:
        book, monday = self._seeing.books(unit), await self._shown_week(unit, at)
        lines = await book.shared(at.community.id, at.audience, monday) if monday else ()
        telling = await book.telling(room) if room else None
        return desk_views.desk(self._seeing.say(call), at, lines, room, telling)
