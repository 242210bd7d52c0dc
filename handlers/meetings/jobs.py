"""The room's moments. A late one does what still makes sense, and is silent about the rest."""

from datetime import datetime

import structlog

from bot.core.happenings import Heard
from bot.core.ids import CommunityId, OccurrenceId
from bot.core.meetings import AHEAD, OVER, SOON, Occurrence, State, When
from bot.core.moments import Due
from bot.core.ports import Unit
from handlers.meetings import lines, rules, times
from handlers.meetings.hosting import Hosting, is_hosted
from handlers.meetings.stage import Stage

log = structlog.get_logger()


class RoomJobs:
    def __init__(self, stage: Stage, hosting: Hosting) -> None:
        self._stage = stage
        self._hosting = hosting

    # Before it begins ------------------------------------------------------------------------------------------------

    async def claim(self, due: Due, now: datetime, unit: Unit) -> None:
        """Nobody hosts, a quarter of an hour before: ask who may stand in."""
        before = await self._of(due, unit)
        if before is None or before.state not in (*AHEAD, State.LOBBY) or now >= before.forgotten_at:
            return
        if before.starts_at - now > SOON:  # moved meanwhile
            await unit.due.add(When.CLAIM.due(before.starts_at - SOON, before.id))
            return
        scene = await self._stage.scene(unit, before, now)
        if scene is not None and not await is_hosted(self._stage.books(unit), before, now):
            await self._hosting.ask(unit, scene)

    async def open(self, due: Due, now: datetime, unit: Unit) -> None:
        """Open the lobby, also late; an evening that went by in downtime is closed without a word."""
        before = await self._of(due, unit)
        if before is None:
            return
        after = rules.lobby(before, now)
        if after is before:
            await self._close_missed(before, now, unit)
        elif await self._stage.books(unit).move(before, after):
            await unit.due.add(When.START.due(max(after.starts_at, now), after.id))
            await self._stage.show(unit, after, now)

    async def _close_missed(self, before: Occurrence, now: datetime, unit: Unit) -> None:
        if before.state in AHEAD and now >= before.forgotten_at:
            log.info("meeting.missed", seconds=int((now - before.starts_at).total_seconds()))
            await self._stage.finish(unit, before, now)

    async def start(self, due: Due, now: datetime, unit: Unit) -> None:
        """The start has come. A host who is there is given ten minutes to begin. Without one the meeting runs by itself, as soon
        as there is somebody; or it is not held, and the room is told when it is next."""
        before = await self._of(due, unit)
        if before is None or before.state is not State.LOBBY or now >= before.forgotten_at:
            return
        if now < before.starts_at:  # moved meanwhile
            await unit.due.add(When.START.due(before.starts_at, before.id))
            return
        scene = await self._stage.scene(unit, before, now)
        if scene is None:
            return
        patient = before.starts_at + times.PATIENCE
        if scene.hosted and now < patient:
            await unit.due.add(When.START.due(patient, before.id))
        elif scene.series.options.self_run:
            if scene.here:
                log.info("meeting.self_run", count=scene.here)
                await self._stage.change(unit, before, rules.start(before, scene.outline, now, self_run=True), now)
        elif not scene.hosted:
            await self._stage.finish(unit, before, now, aloud=lines.not_held_line)

    # While it lasts --------------------------------------------------------------------------------------------------

    async def segment(self, due: Due, now: datetime, unit: Unit) -> None:
        """A segment's time is up. The card says so, quietly; a meeting without a host goes on by itself, and ends at its end."""
        before = await self._of(due, unit)
        scene = await self._stage.scene(unit, before, now) if before is not None and before.is_live else None
        if before is None or scene is None or now >= times.close_at(before):
            return
        if not scene.is_up:  # it stands still, or was made longer
            at = times.next_moment(before, scene.outline)
            if at is not None and at > now:
                await unit.due.add(When.SEGMENT.due(at, before.id))
            return
        if not before.self_run:
            await self._stage.show(unit, before, now)
        elif not await self._stage.change(unit, before, rules.go_on(before, scene.outline, now), now):
            await self._stage.finish(unit, before, now)

    async def closing(self, due: Due, now: datetime, unit: Unit) -> None:
        """The check-out's time has come, whatever is under way."""
        before = await self._of(due, unit)
        scene = await self._stage.scene(unit, before, now) if before is not None and before.state is State.OPEN else None
        if before is None or scene is None or now >= times.close_at(before):
            return
        at = times.closing_at(before, scene.outline)
        if now < at:  # moved meanwhile
            await unit.due.add(When.CLOSING.due(at, before.id))
        else:
            await self._stage.change(unit, before, rules.check_out(before, scene.outline, now), now)

    async def close(self, due: Due, now: datetime, unit: Unit) -> None:
        """Close a room that nobody closed."""
        before = await self._of(due, unit)
        if before is None:
            return
        if before.state not in OVER and now < times.close_at(before):  # it stays longer, or was moved
            await unit.due.add(When.CLOSE.due(times.close_at(before), before.id))
        else:
            await self._stage.finish(unit, before, now)

    async def card(self, due: Due, now: datetime, unit: Unit) -> None:
        """Something on the card changed: one edit for however many people came since. What was called off is shown to be."""
        occurrence = await self._of(due, unit)
        if occurrence is not None and (occurrence.is_live or occurrence.state is State.CANCELLED):
            await self._stage.show(unit, occurrence, now)

    # What goes wrong, and after --------------------------------------------------------------------------------------

    async def lost(self, due: Due, now: datetime, unit: Unit) -> None:
        """The card could not be shown: the room is gone, or the bot may not write there."""
        await self._tell_lost(await self._of(due, unit), now, unit)

    async def room_gone(self, heard: Heard, unit: Unit) -> None:
        if heard.room is not None:
            await self._tell_lost(await self._stage.books(unit).in_room(heard.room.id), heard.at, unit)

    async def _tell_lost(self, occurrence: Occurrence | None, now: datetime, unit: Unit) -> None:
        if occurrence is None or occurrence.state in OVER or now >= occurrence.ends_at:
            return
        scene = await self._stage.scene(unit, occurrence, now)
        if scene is not None:
            log.info("meeting.room_lost")
            await self._hosting.lost(unit, scene)

    async def back(self, heard: Heard, unit: Unit) -> None:
        """The bot may write again: the cards of what is under way are brought up to date."""
        if heard.community is not None:
            await self._fresh_cards(heard.community.id, heard.at, unit)

    async def video_on(self, heard: Heard, unit: Unit) -> None:
        """The group's video chat began: who comes to a room of it reads so on the card."""
        if heard.community is not None:
            await self._stage.books(unit).video_began(heard.community.id, heard.happening.at)
            await self._fresh_cards(heard.community.id, heard.at, unit)

    async def video_off(self, heard: Heard, unit: Unit) -> None:
        """It ended, or the bot was removed and hears of it no more."""
        if heard.community is not None:
            await self._stage.books(unit).video_ended(heard.community.id)
            await self._fresh_cards(heard.community.id, heard.at, unit)

    async def _fresh_cards(self, community: CommunityId, now: datetime, unit: Unit) -> None:
        for occurrence in await self._stage.books(unit).live(community):
            await unit.due.add(When.CARD.due(now, occurrence))

    async def forget_presence(self, due: Due, now: datetime, unit: Unit) -> None:
        """A day later only the head count is left."""
        await self._stage.books(unit).forget(OccurrenceId(due.subject))

    async def _of(self, due: Due, unit: Unit) -> Occurrence | None:
        return await self._stage.books(unit).occurrence(OccurrenceId(due.subject))
