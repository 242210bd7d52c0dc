"""How every step of a facilitator goes: which evening is meant, may they, the step, then card and panel."""

from collections.abc import Awaitable, Callable

from bot.core.calls import Call, Kind
from bot.core.errors import BadInput, BadPress
from bot.core.ids import OccurrenceId
from bot.core.meetings import Occurrence, State
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.texts import Texts
from handlers.meetings import rules, views
from handlers.meetings.hosting import Hosting
from handlers.meetings.panel import panel
from handlers.meetings.records import RoomStore
from handlers.meetings.scene import Scene
from handlers.meetings.stage import Stage

Step = Callable[[Call, Unit, Scene], Awaitable[tuple[Occurrence, str]]]
"""A facilitator's step: the occurrence after it, and the key of a note ("" for none)."""


class InTheRoom(BadInput):
    """A step was typed elsewhere than in a room."""

    text_key = "meetings.in_room"


class NoMeetingHere(BadInput):
    """A step was typed in a room where nothing is planned."""

    text_key = "meetings.none_here"


class Steps:
    def __init__(self, texts: Texts, books: Callable[[Unit], RoomStore], stage: Stage, doors: Doors, hosting: Hosting) -> None:
        self.texts = texts
        self.books = books
        self.stage = stage
        self.hosting = hosting
        self._doors = doors

    async def take(self, call: Call, unit: Unit, step: Step) -> Reply:
        """Read, check the right, take the step, store and show it."""
        scene = await self.facilitated(call, unit)
        if scene is None:
            return self.refused(call)
        before = scene.occurrence
        after, note = await step(call, unit, scene)
        if after is not before and after.state is not State.CLOSED and not await self.stage.change(unit, before, after, call.at):
            after, note = await self.books(unit).occurrence(before.id) or before, "meetings.already"
        return await self.shown(call, unit, after, note)

    def refused(self, call: Call) -> Reply:
        return views.refused(self.texts.of(call.language), call.place.private)

    async def shown(self, call: Call, unit: Unit, occurrence: Occurrence, note: str = "") -> Reply:
        scene = await self.scene(call, unit, occurrence)
        host = await self.books(unit).host(occurrence.id)
        return panel(self.texts.of(call.language), scene, call.zone, call.who, host, note)

    async def facilitated(self, call: Call, unit: Unit) -> Scene | None:
        """The scene of the occurrence meant, or None for somebody who may not move it."""
        scene = await self.scene(call, unit, await self._meant(call, unit))
        occurrence, community = scene.occurrence, scene.series.community
        if await self._doors.may(call, unit, occurrence.id, community, occurrence.ends_at + rules.GRANT):
            return scene
        await self.hosting.noticed(call, unit, occurrence, scene.series)
        return None

    async def scene(self, call: Call, unit: Unit, occurrence: Occurrence) -> Scene:
        scene = await self.stage.scene(unit, occurrence, call.at)
        if scene is None:
            raise BadPress(why="series")
        return scene

    async def _meant(self, call: Call, unit: Unit) -> Occurrence:
        """The occurrence pressed, or for a typed command the room's."""
        if call.incoming.kind is Kind.PRESS:
            return await self.pressed(call, unit)
        if call.place.private or call.community is None:
            raise InTheRoom()
        room = await unit.rooms.find_or_make(call.community.id, call.place)
        occurrence = await self.books(unit).in_room(room.id)
        if occurrence is None:
            raise NoMeetingHere()
        return occurrence

    async def pressed(self, call: Call, unit: Unit) -> Occurrence:
        occurrence = await self.books(unit).occurrence(OccurrenceId(call.press.subject))
        if occurrence is None:
            raise BadPress(why="occurrence")
        return occurrence
