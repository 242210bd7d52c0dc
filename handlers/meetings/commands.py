"""The meeting room: joining, and a facilitator's steps. A press names the segment it was made for; the second of two is a no-op."""

from collections.abc import Awaitable, Callable

from bot.core.calls import Call, Kind
from bot.core.errors import BadInput, BadPress
from bot.core.ids import OccurrenceId
from bot.core.meetings import OVER, Occurrence, State, When, zoned
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.texts import Texts
from bot.core.when import clock_time
from handlers.meetings import rules, views
from handlers.meetings.card import Scene
from handlers.meetings.create import CallInTheRoom
from handlers.meetings.panel import confirm_end, panel
from handlers.meetings.records import MeetingsStore
from handlers.meetings.stage import Stage

Step = Callable[[Call, Unit, Scene], Awaitable[tuple[Occurrence, str]]]
"""A facilitator's step: the occurrence after it, and the key of a note ("" for none)."""


class NoMeetingHere(BadInput):
    """A step was typed in a room where nothing is planned."""

    text_key = "meetings.none_here"


class RoomCommands:
    def __init__(self, texts: Texts, books: Callable[[Unit], MeetingsStore], stage: Stage, doors: Doors) -> None:
        self._texts = texts
        self._books = books
        self._stage = stage
        self._doors = doors

    # A participant ---------------------------------------------------------------------------------------------------

    async def join(self, call: Call, unit: Unit) -> Reply:
        """Count the presser in. Again is no harm."""
        book, say = self._books(unit), self._texts.of(call.language)
        occurrence = await self._pressed(call, unit)
        if not rules.may_join(occurrence, call.at):
            return await self._not_now(call, unit, occurrence)
        new = await book.join(occurrence.id, call.who, call.at)
        here = await book.count(occurrence.id)
        if new and occurrence.is_live:
            await unit.due.add(When.CARD.due(call.at, occurrence.id))
        if new and occurrence.checkin:
            due = When.CHECKIN.due(call.at, f"{occurrence.id}_{call.who}")
            await unit.due.add(due, call.who)
            return views.told(say, "meetings.joined_checkin")
        if not new or occurrence.state in (State.OPEN, State.CLOSING):
            return views.told(say, "meetings.joined_open", count=here)
        return views.told(say, "meetings.joined", count=here, when=clock_time(occurrence.starts_at, call.zone, call.language))

    async def _not_now(self, call: Call, unit: Unit, occurrence: Occurrence) -> Reply:
        say = self._texts.of(call.language)
        if occurrence.state not in OVER and call.at < occurrence.starts_at:
            return views.told(say, "meetings.not_yet", when=zoned(occurrence.starts_at, call.zone, call.language))
        scene = await self._stage.scene(unit, occurrence)
        if scene is None or scene.next_at is None:
            return views.told(say, "meetings.over")
        return views.told(say, "meetings.over_next", when=zoned(scene.next_at, call.zone, call.language))

    # A facilitator ---------------------------------------------------------------------------------------------------

    async def panel(self, call: Call, unit: Unit) -> Reply:
        return await self._step(call, unit, _look)

    async def start(self, call: Call, unit: Unit) -> Reply:
        return await self._step(call, unit, self._start)

    async def next(self, call: Call, unit: Unit) -> Reply:
        return await self._step(call, unit, self._next)

    async def checkin(self, call: Call, unit: Unit) -> Reply:
        return await self._step(call, unit, self._checkin)

    async def host(self, call: Call, unit: Unit) -> Reply:
        return await self._step(call, unit, self._host)

    async def end(self, call: Call, unit: Unit) -> Reply:
        """Ask first; a yes closes the room."""
        if call.incoming.kind is Kind.PRESS and call.press.value == "yes":
            return await self._step(call, unit, self._end)
        scene = await self._facilitated(call, unit)
        if scene is None:
            return views.refused(self._texts.of(call.language), call.place.private)
        if not scene.occurrence.is_live:
            return await self._shown(call, unit, scene.occurrence, "")
        return confirm_end(self._texts.of(call.language), scene)

    async def _start(self, call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
        after = rules.start(scene.occurrence, scene.outline, call.at)
        if after is scene.occurrence:
            return after, "meetings.already" if after.is_live else ""
        if await self._books(unit).host(after.id) is None:
            await self._books(unit).take(after.id, call.who)
        return after, ""

    async def _next(self, call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
        seen = _segment_seen(call, scene.occurrence)
        after = rules.next_segment(scene.occurrence, scene.outline, seen, call.at)
        if after is not scene.occurrence:
            return after, ""
        if not after.is_live:
            return after, ""
        if after.state is State.LOBBY:
            return after, "meetings.start_first"
        return after, "meetings.already" if seen != after.segment else "meetings.last_segment"

    async def _checkin(self, call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
        after = rules.start_checkin(scene.occurrence)
        if after is scene.occurrence:
            if not after.is_live:
                return after, ""
            return after, "meetings.checkin_runs" if after.checkin else "meetings.start_first"
        await unit.due.add(When.CHECKIN.due(call.at, after.id))
        return after, "meetings.checkin_sent"

    async def _host(self, call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
        if scene.occurrence.is_live:
            await self._books(unit).take(scene.occurrence.id, call.who)
        return scene.occurrence, ""

    async def _end(self, call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
        if not scene.occurrence.is_live:
            return scene.occurrence, ""
        return await self._stage.finish(unit, scene.occurrence, call.at), ""

    async def _step(self, call: Call, unit: Unit, step: Step) -> Reply:
        """Read, check the right, take the step, store it, show card and panel."""
        scene = await self._facilitated(call, unit)
        if scene is None:
            return views.refused(self._texts.of(call.language), call.place.private)
        before = scene.occurrence
        after, note = await step(call, unit, scene)
        if after is not before and after.state is not State.CLOSED:
            if await self._books(unit).move(before, after):
                await self._stage.show(unit, after)
            else:
                after, note = await self._books(unit).occurrence(before.id) or before, "meetings.already"
        return await self._shown(call, unit, after, note)

    async def _shown(self, call: Call, unit: Unit, occurrence: Occurrence, note: str) -> Reply:
        scene = await self._stage.scene(unit, occurrence)
        if scene is None:
            raise BadPress(why="series")
        host = await self._books(unit).host(occurrence.id)
        return panel(self._texts.of(call.language), scene, call.zone, call.who, host, note)

    async def _facilitated(self, call: Call, unit: Unit) -> Scene | None:
        """The scene of the occurrence meant, or None for somebody who may not move it."""
        occurrence = await self._meant(call, unit)
        scene = await self._stage.scene(unit, occurrence)
        if scene is None:
            raise BadPress(why="series")
        until = occurrence.ends_at + rules.GRANT
        return scene if await self._doors.may(call, unit, occurrence.id, scene.series.community, until) else None

    async def _meant(self, call: Call, unit: Unit) -> Occurrence:
        """The occurrence pressed, or for a typed command the room's."""
        if call.incoming.kind is Kind.PRESS:
            return await self._pressed(call, unit)
        if call.place.private or call.community is None:
            raise CallInTheRoom()
        room = await unit.rooms.find_or_make(call.community.id, call.place)
        occurrence = await self._books(unit).in_room(room.id)
        if occurrence is None:
            raise NoMeetingHere()
        return occurrence

    async def _pressed(self, call: Call, unit: Unit) -> Occurrence:
        occurrence = await self._books(unit).occurrence(OccurrenceId(call.press.subject))
        if occurrence is None:
            raise BadPress(why="occurrence")
        return occurrence


async def _look(call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
    return scene.occurrence, ""


def _segment_seen(call: Call, occurrence: Occurrence) -> int:
    """The segment that was on the presser's screen; a typed command means the present one."""
    if call.incoming.kind is not Kind.PRESS:
        return occurrence.segment
    return int(call.press.value) if call.press.value.isascii() and call.press.value.isdigit() else -2
