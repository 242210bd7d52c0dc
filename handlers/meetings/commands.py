"""The meeting room: joining, and a facilitator's steps. A press names what was on its screen; the second of two is a no-op."""

from collections.abc import Callable

from bot.core.calls import Call, Kind
from bot.core.errors import BadPress
from bot.core.meetings import OVER, SOON, Occurrence, State, When, zoned
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import toast
from bot.core.when import clock_time
from handlers.meetings import letters, lines, rules
from handlers.meetings.hosting import is_here, is_hosted
from handlers.meetings.panel import confirm_end
from handlers.meetings.scene import Scene
from handlers.meetings.steps import Steps

HelpCard = Callable[[str, str], Reply]
"""The first screen of help, by country and language."""


class RoomCommands:
    def __init__(self, steps: Steps, help_card: HelpCard) -> None:
        self._steps = steps
        self._texts = steps.texts
        self._books = steps.books
        self._stage = steps.stage
        self._hosting = steps.hosting
        self._help_card = help_card

    # A participant ---------------------------------------------------------------------------------------------------

    async def join(self, call: Call, unit: Unit) -> Reply:
        """Count the presser in. Again is no harm. A facilitator who is here need not be found."""
        book, say = self._books(unit), self._texts.of(call.language)
        occurrence = await self._steps.pressed(call, unit)
        series = await book.series(occurrence.series)
        if series is None:
            raise BadPress(why="series")
        leads = await self._hosting.noticed(call, unit, occurrence, series)
        if not rules.may_join(occurrence, call.at, rules.COMES_EARLY if leads else SOON):
            return await self._not_now(call, unit, occurrence)
        if not leads and not await self._stage.lets_in(unit, occurrence, call.who):
            return toast(say, "meetings.not_let_in")
        wanted = leads and not await is_hosted(book, occurrence, call.at)
        new = await book.join(occurrence.id, call.who, call.at)
        if new:
            await self._came(call, unit, occurrence)
        if new and wanted:
            await self._hosting.settled(unit, await self._steps.scene(call, unit, occurrence), call.who)
        if not leads and await self._stage.waits(unit, occurrence, call.who):
            return toast(say, "meetings.joined_waiting")  # without the link: it is the door
        here = await self._stage.here(unit, occurrence)
        if new and occurrence.checkin:
            told = toast(say, "meetings.joined_checkin")
        elif not new or occurrence.state in rules.UNDER_WAY:
            told = toast(say, "meetings.joined_open", count=here)
        else:
            start = clock_time(occurrence.starts_at, call.zone, call.language)
            told = toast(say, "meetings.joined", count=here, when=start)
        return letters.with_link(say, told, series.options.link)

    async def _came(self, call: Call, unit: Unit, occurrence: Occurrence) -> None:
        """What one more person here brings with it."""
        if occurrence.is_live:
            await unit.due.add(When.CARD.due(call.at, occurrence.id))
            await unit.due.add(When.CAME.due(call.at, occurrence.id))
        if occurrence.checkin:
            await unit.due.add(When.CHECKIN.due(call.at, f"{occurrence.id}_{call.who}"), call.who)
        if occurrence.state is State.LOBBY and call.at >= occurrence.starts_at:
            await unit.due.add(When.START.due(call.at, occurrence.id))  # the first to come to a room without a host

    async def _not_now(self, call: Call, unit: Unit, occurrence: Occurrence) -> Reply:
        say = self._texts.of(call.language)
        if occurrence.state not in OVER and call.at < occurrence.starts_at:
            return toast(say, "meetings.not_yet", when=zoned(occurrence.starts_at, call.zone, call.language))
        scene = await self._steps.scene(call, unit, occurrence)
        if scene.next_at is None:
            return toast(say, "meetings.over")
        return toast(say, "meetings.over_next", when=zoned(scene.next_at, call.zone, call.language))

    # A facilitator ---------------------------------------------------------------------------------------------------

    async def panel(self, call: Call, unit: Unit) -> Reply:
        return await self._steps.take(call, unit, _look)

    async def start(self, call: Call, unit: Unit) -> Reply:
        return await self._steps.take(call, unit, self._start)

    async def next(self, call: Call, unit: Unit) -> Reply:
        return await self._steps.take(call, unit, self._next)

    async def checkin(self, call: Call, unit: Unit) -> Reply:
        return await self._steps.take(call, unit, self._checkin)

    async def help_card(self, call: Call, unit: Unit) -> Reply:
        return await self._steps.take(call, unit, self._help)

    async def end(self, call: Call, unit: Unit) -> Reply:
        """Ask first; a yes closes the room."""
        if call.incoming.kind is Kind.PRESS and call.press.value == "yes":
            return await self._steps.take(call, unit, self._end)
        scene = await self._steps.facilitated(call, unit)
        if scene is None:
            return self._steps.refused(call)
        if not scene.occurrence.is_live:
            return await self._steps.shown(call, unit, scene.occurrence)
        return confirm_end(self._texts.of(call.language), scene)

    async def _start(self, call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
        if scene.occurrence.self_run:  # it began without them a moment ago: it is theirs now
            return await self._taken_over(call, unit, scene.occurrence), ""
        after = rules.start(scene.occurrence, scene.outline, call.at)
        if after is scene.occurrence:
            return after, "meetings.already" if after.is_live else ""
        book = self._books(unit)
        host = await book.host(after.id)
        if not scene.hosted:
            await self._hosting.settled(unit, scene, call.who)
        if host is None or not await is_here(book, after, (host,)):
            await book.take(after.id, call.who)
        return after, ""

    async def _next(self, call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
        seen = rules.segment_seen(call.press.value) if call.incoming.kind is Kind.PRESS else scene.occurrence.segment
        after = rules.next_segment(scene.occurrence, scene.outline, seen, call.at)
        if after is not scene.occurrence:
            return await self._taken_over(call, unit, after), ""
        if not after.is_live:
            return after, ""
        if after.state is State.LOBBY:
            return after, "meetings.start_first"
        return after, "meetings.already" if seen != after.segment else "meetings.last_segment"

    async def _taken_over(self, call: Call, unit: Unit, occurrence: Occurrence) -> Occurrence:
        """Who moves a meeting that went by itself hosts it."""
        if occurrence.self_run and occurrence.is_live:
            await self._books(unit).take(occurrence.id, call.who)
            return rules.hosted(occurrence)
        return occurrence

    async def _checkin(self, call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
        after = rules.start_checkin(scene.occurrence)
        if after is scene.occurrence:
            if not after.is_live:
                return after, ""
            return after, "meetings.checkin_runs" if after.checkin else "meetings.start_first"
        await unit.due.add(When.CHECKIN.due(call.at, after.id))
        return after, "meetings.checkin_sent"

    async def _help(self, call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
        if not scene.occurrence.is_live:
            return scene.occurrence, ""
        await unit.outbox.add(lines.help_line(scene, self._help_card(scene.community.country, scene.language)))
        return scene.occurrence, "meetings.help_shown"

    async def _end(self, call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
        if not scene.occurrence.is_live:
            return scene.occurrence, ""
        return await self._stage.finish(unit, scene.occurrence, call.at), ""


async def _look(call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
    return scene.occurrence, ""
