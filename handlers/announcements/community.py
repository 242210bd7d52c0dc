"""What a community wants of all its announcements: quiet hours, and the week's meetings said once a week."""

from datetime import time
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.calls import Call, Community
from bot.core.errors import BadInput, BadPress
from bot.core.meetings import Series, When
from bot.core.ports import Unit
from bot.core.quiet import Quiet, quiet_from
from bot.core.replies import Reply
from handlers.announcements import panel
from handlers.announcements.desk import Desk
from handlers.announcements.digest import key_of, promised
from handlers.announcements.records import Digest

USUAL_WALL = time(10)


class UnclearHours(BadInput):
    text_key = "announcements.bad_hours"


class CommunityCommands:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def quiet(self, call: Call, unit: Unit) -> Reply:
        """Show the community's quiet hours, or change them."""
        series, community = await self._desk.pressed(call, unit)
        if not await self._desk.may(call, unit, series):
            return self._desk.refused(call)
        value, say = call.press.value, self._desk.say(call)
        now = await self._desk.books(unit).quiet(community.id)
        if not value:
            return panel.quiet_screen(say, series, now)
        if value == panel.OTHER:
            return Reply(form=panel.quiet_form(say, series, now))
        chosen = next((hours for hours in panel.QUIET if hours.replace(":", "").replace("-", "_") == value), "")
        if not chosen and value != panel.NONE:
            raise BadPress(why="hours")
        return await self._keep(call, unit, series, community, quiet_from(chosen) if chosen else None)

    async def quiet_typed(self, call: Call, unit: Unit) -> Reply:
        series, community = await self._desk.pressed(call, unit)
        if not await self._desk.may(call, unit, series):
            return self._desk.refused(call)
        typed = call.arguments.get("hours", "")
        wanted = quiet_from(typed)
        if wanted is None:
            raise UnclearHours(length=len(typed))
        return await self._keep(call, unit, series, community, wanted)

    async def _keep(self, call: Call, unit: Unit, series: Series, community: Community, quiet: Quiet | None) -> Reply:
        book = self._desk.books(unit)
        await book.keep_quiet(community.id, quiet)
        for occurrence in await book.ahead(community.id):
            await unit.due.add(When.ANNOUNCE_PLAN.due(call.at, occurrence))
        return await self._desk.shown(call, unit, series, community)

    async def digest(self, call: Call, unit: Unit) -> Reply:
        """Show when the week's meetings are said, or change it. They are said in the room where that was settled."""
        series, community = await self._desk.pressed(call, unit)
        if not await self._desk.may(call, unit, series):
            return self._desk.refused(call)
        book, audience, value = self._desk.books(unit), series.options.audience, call.press.value
        now = await book.digest(community.id, audience)
        if value == panel.OFF:
            await book.drop_digest(community.id, audience)
            await unit.due.drop(key_of(community.id, audience))
            now = None
        elif value:
            room = await self._desk.room(call, unit, community)
            wanted = now or Digest(community.id, audience, 0, USUAL_WALL, room.id if room else series.room)
            now = _changed(wanted, value)
            await book.keep_digest(now)
            await unit.due.add(promised(now, ZoneInfo(community.zone), call.at))
        return panel.digest_screen(self._desk.say(call), series, now)


def _changed(digest: Digest, value: str) -> Digest:
    """Return the digest on the day `d0` to `d6`, or at the hour `h8`. Raises BadPress."""
    if value in {f"d{day}" for day in range(7)}:
        return replace(digest, weekday=int(value[1:]))
    if value in {f"h{hour}" for hour in panel.HOURS}:
        return replace(digest, wall=time(int(value[1:])))
    raise BadPress(why="digest")
