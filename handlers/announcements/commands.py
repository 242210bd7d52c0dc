"""/meeting announce: how and where a series is announced. For facilitators."""

from msgspec.structs import replace

from bot.core.calls import Call, Community, Room
from bot.core.errors import BadInput, BadPress
from bot.core.ids import RoomId
from bot.core.meetings import Series
from bot.core.ports import Unit
from bot.core.replies import Reply
from handlers.announcements import panel, rules
from handlers.announcements.desk import GRANT, Desk
from handlers.announcements.reaching import Reaching
from handlers.announcements.records import Moment


class InARoom(BadInput):
    """Which room is to hear is known only in it."""

    text_key = "announcements.in_a_room"


class AnnounceCommands:
    def __init__(self, desk: Desk, reaching: Reaching) -> None:
        self._desk = desk
        self._reaching = reaching

    async def announce(self, call: Call, unit: Unit) -> Reply:
        """In the room of one meeting its panel; in another room, that room is to hear as well. With a code: of a meeting of
        another community. With a role: that is called here."""
        if call.place.private or call.community is None:
            raise InARoom()
        room = await unit.rooms.find_or_make(call.community.id, call.place)
        await self._desk.doors.may(call, unit, room.id, call.community.id, call.at + GRANT)
        typed = call.arguments.get("text", "").strip()
        if rules.is_code(typed):
            return await self._reaching.by_code(call, unit, room, typed)
        own, here, others = await self._around(call, unit, call.community, room)
        if typed:
            return await self._reaching.role(call, unit, room, typed, [*own, *here])
        if len(own) == 1 and not here:
            return await self._desk.shown(call, unit, own[0], call.community)
        if not own and not here and len(others) == 1:
            return await self._reaching.add(call, unit, room, others[0], call.community)
        return panel.chooser(self._desk.say(call), room, own, here, others, 0)

    async def others(self, call: Call, unit: Unit) -> Reply:
        """A further page of the meetings that could be announced in a room."""
        room = await unit.rooms.get(RoomId(call.press.subject))
        community = await unit.communities.get(room.community) if room else None
        if room is None or community is None:
            raise BadPress(why="room")
        if not await self._desk.doors.may(call, unit, room.id, community.id, call.at + GRANT):
            return self._desk.refused(call)
        _, _, others = await self._around(call, unit, community, room)
        number = int(call.press.value) if call.press.value.isascii() and call.press.value.isdigit() else 0
        return panel.chooser(self._desk.say(call), room, (), (), others, min(number, len(others) // panel.A_PAGE))

    async def _around(
        self, call: Call, unit: Unit, community: Community, room: Room
    ) -> tuple[list[Series], list[Series], list[Series]]:
        """Return the room's own series, those from elsewhere that are announced in it, and the community's others. The facilitator
        may settle the community's from their private chat, too."""
        every = [series for series in await self._desk.meetings(unit).of_community(community.id) if not series.is_over]
        told = await self._desk.books(unit).told_here(room.id)
        here = [found for name in told if (found := await self._desk.meetings(unit).series(name)) is not None]
        own = [series for series in every if series.room == room.id]
        others = [series for series in every if series.room != room.id and series.id not in told]
        for series in (*own, *others):
            if not call.place.private:
                await self._desk.may(call, unit, series)
        return own, here, others

    async def settings(self, call: Call, unit: Unit) -> Reply:
        """The panel of the pressed series."""
        series, community = await self._desk.pressed(call, unit)
        if not await self._desk.may(call, unit, series):
            return self._desk.refused(call)
        return await self._desk.shown(call, unit, series, community)

    async def when(self, call: Call, unit: Unit) -> Reply:
        """Turn one moment on or off."""
        series, community = await self._desk.pressed(call, unit)
        if not await self._desk.may(call, unit, series):
            return self._desk.refused(call)
        if call.press.value not in list(Moment):
            raise BadPress(why="moment")
        book = self._desk.books(unit)
        settings = await book.settings(series.id)
        wanted = set(settings.moments) ^ {Moment(call.press.value)}
        await book.keep_settings(series.id, replace(settings, moments=tuple(moment for moment in Moment if moment in wanted)))
        await self._desk.plan_anew(call, unit, series)
        return await self._desk.shown(call, unit, series, community)

    async def words(self, call: Call, unit: Unit) -> Reply:
        """With the title, or discreet."""
        series, community = await self._desk.pressed(call, unit)
        if not await self._desk.may(call, unit, series):
            return self._desk.refused(call)
        settings = await self._desk.books(unit).settings(series.id)
        await self._desk.books(unit).keep_settings(series.id, replace(settings, discreet=not settings.discreet))
        return await self._desk.shown(call, unit, series, community)

    async def home(self, call: Call, unit: Unit) -> Reply:
        """Also in the room where it takes place, or only elsewhere."""
        series, community = await self._desk.pressed(call, unit)
        if not await self._desk.may(call, unit, series):
            return self._desk.refused(call)
        settings = await self._desk.books(unit).settings(series.id)
        await self._desk.books(unit).keep_settings(series.id, replace(settings, home=not settings.home))
        await self._desk.plan_anew(call, unit, series)
        return await self._desk.shown(call, unit, series, community)
