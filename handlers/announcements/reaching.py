"""Further rooms: of the same community by a button there, of another community or platform by a code typed there."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.core.calls import Call, Community, Room
from bot.core.errors import BadInput, BadPress
from bot.core.ids import RoomId, new_id
from bot.core.meetings import Series
from bot.core.ports import Unit
from bot.core.replies import Reply
from handlers.announcements import panel, rules
from handlers.announcements.desk import GRANT, Desk
from handlers.announcements.records import Target

MOST_ROOMS = 20


class BadCode(BadInput):
    """A code that is not known, was used, or is too old: the same answer for all."""

    text_key = "announcements.bad_code"


class TooManyRooms(BadInput):
    text_key = "announcements.too_many_rooms"


class Reaching:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def here(self, call: Call, unit: Unit) -> Reply:
        """Announce the pressed series in a room of its own community."""
        series, community = await self._desk.pressed(call, unit)
        if not await self._desk.may(call, unit, series):
            return self._desk.refused(call)
        name = await self._desk.books(unit).room_of(community.id, call.press.value)
        room = await unit.rooms.get(name) if name else None
        if room is None:
            raise BadPress(why="room")
        return await self.add(call, unit, room, series, community)

    async def add(self, call: Call, unit: Unit, room: Room, series: Series, community: Community) -> Reply:
        """`community`: the series' own. Whoever is of another one sees no more than that it was done."""
        if room.id != series.room:
            await self._put(call, unit, series, Target(series.id, room.id, name=call.incoming.space_name[:100]))
        if room.community != series.community:
            return panel.told(self._desk.say(call), "added")
        return await self._desk.shown(call, unit, series, community, "added")

    async def _put(self, call: Call, unit: Unit, series: Series, target: Target) -> None:
        book = self._desk.books(unit)
        known = {one.room for one in await book.targets(series.id)}
        if target.room not in known and len(known) >= MOST_ROOMS:
            raise TooManyRooms(count=len(known))
        await book.put_target(target, call.at)
        await self._desk.plan_anew(call, unit, series)

    async def code(self, call: Call, unit: Unit) -> Reply:
        """Show a code for a room of another community: 128 random bits, once, ten minutes, to this facilitator alone."""
        series, _ = await self._desk.pressed(call, unit)
        if not await self._desk.may(call, unit, series):
            return self._desk.refused(call)
        made = new_id()
        await self._desk.books(unit).add(made, series.id, call.at + rules.CODE_LASTS, call.at)
        return panel.coded(self._desk.say(call), series, made)

    async def by_code(self, call: Call, unit: Unit, room: Room, typed: str) -> Reply:
        """A facilitator of this room typed a code."""
        name = await self._desk.books(unit).use(typed.strip().lower(), call.at)
        series = await self._desk.meetings(unit).series(name) if name else None
        community = await unit.communities.get(series.community) if series else None
        if series is None or community is None or series.cancelled_at is not None:
            raise BadCode()
        return await self.add(call, unit, room, series, community)

    async def away(self, call: Call, unit: Unit) -> Reply:
        """Announce a series in a room no longer: from the series' side, or from the room's."""
        series, community = await self._desk.pressed(call, unit)
        room = await self._target_room(call, unit, series)
        if room is None:
            return panel.told(self._desk.say(call), "removed")
        if not await self._may_either(call, unit, series, room):
            return self._desk.refused(call)
        await self._desk.books(unit).drop_target(series.id, room.id)
        await self._desk.plan_anew(call, unit, series)
        if call.community is not None and call.community.id == series.community:
            return await self._desk.shown(call, unit, series, community, "removed")
        return replace(panel.told(self._desk.say(call), "removed"), replace=True)

    async def _target_room(self, call: Call, unit: Unit, series: Series) -> Room | None:
        beginning = call.press.value
        found = [
            one.room for one in await self._desk.books(unit).targets(series.id) if beginning and one.room.startswith(beginning)
        ]
        return await unit.rooms.get(RoomId(found[0])) if len(found) == 1 else None

    async def _may_either(self, call: Call, unit: Unit, series: Series, room: Room) -> bool:
        doors, until = self._desk.doors, call.at + GRANT
        for subject, community in ((room.id, room.community), (series.id, series.community)):
            try:
                if await doors.may(call, unit, subject, community, until):
                    return True
            except BadPress:
                continue  # of neither, it is as if it were not there
        return False

    async def role(self, call: Call, unit: Unit, room: Room, typed: str, found: Sequence[Series]) -> Reply:
        """Call a role in this room with the announcements of its one series; of several, the facilitator says which."""
        role = rules.role_of(typed, call.place.space, room.platform)
        if not found:
            return panel.told(self._desk.say(call), "nothing")
        if len(found) == 1:
            await self._call(call, unit, room, found[0], role)
            return panel.told(self._desk.say(call), "role_set")
        return panel.which_ping(self._desk.say(call), found, role)

    async def ping(self, call: Call, unit: Unit) -> Reply:
        """Call the chosen role in this room, or none any more."""
        series, community = await self._desk.pressed(call, unit)
        room = await unit.rooms.find(call.place) if not call.place.private else await unit.rooms.get(series.room)
        if room is None:
            raise BadPress(why="room")
        if not await self._may_either(call, unit, series, room):
            return self._desk.refused(call)
        role = call.press.value and rules.role_of(rules.unpacked(call.press.value), call.place.space, room.platform)
        await self._call(call, unit, room, series, role)
        if role or room.community != series.community:
            return panel.told(self._desk.say(call), "role_set" if role else "removed")
        return await self._desk.shown(call, unit, series, community)

    async def _call(self, call: Call, unit: Unit, room: Room, series: Series, role: str) -> None:
        """In a further room, or where it takes place. Raises BadPress in a room of elsewhere where it is not announced."""
        book = self._desk.books(unit)
        if (target := await self._desk.target(unit, series, room.id)) is not None:
            await book.put_target(replace(target, ping=role), call.at)
        elif room.community != series.community:
            raise BadPress(why="room")
        else:
            await book.keep_settings(series.id, replace(await book.settings(series.id), ping=role))
