"""Days on which nothing takes place: holidays of a community, and pauses of one series."""

from bot.core.calendar import Pause
from bot.core.calls import Call, Community, Kind
from bot.core.errors import BadPress
from bot.core.ids import CommunityId, MeetingId, new_id
from bot.core.meetings import Series, When
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.richtext import one_line
from bot.core.screens import done, number_in
from handlers.series import pauses_views, rules, views
from handlers.series.desk import Desk
from handlers.series.planning import settle, tell
from handlers.series.reading import date_of
from handlers.series.unclear import Unclear, UnknownDate


class UnknownLast(UnknownDate):
    field = "last"


class PauseCommands:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def holidays(self, call: Call, unit: Unit) -> Reply:
        """`/meeting holidays`: the community's days off."""
        community, _ = await self._desk.here(call, unit)
        await self._desk.books(unit).grant(community.id, call.who, call.at + rules.GRANT)
        return await self._screen(call, unit, community, None)

    async def show(self, call: Call, unit: Unit) -> Reply:
        found = await self._meant(call, unit, call.press.subject)
        if isinstance(found, Reply):
            return found
        return await self._screen(call, unit, *found)

    async def add(self, call: Call, unit: Unit) -> Reply:
        """Ask from when to when, or take it."""
        found = await self._meant(call, unit, call.press.subject)
        if isinstance(found, Reply):
            return found
        community, series = found
        say, subject = self._desk.say(call), call.press.subject
        if call.incoming.kind is not Kind.FORM:
            return Reply(form=pauses_views.pause_form(say, subject, {}, of_series=series is not None))
        try:
            pause = self._read(call, community, series)
        except Unclear as unclear:
            if call.modals:
                raise
            form = pauses_views.pause_form(say, subject, dict(call.arguments), of_series=series is not None)
            return views.asked_again(say, unclear.text_key, unclear.values, form, unclear.field)
        book = self._desk.books(unit)
        same = [known for known in await book.pauses(community.id) if _same(known, pause)]
        if not same:  # a form that comes twice makes one
            await book.add_pause(pause)
            await self._settle(call, unit, community, series)
        return await self._screen(call, unit, community, series, "series.pause_added")

    def _read(self, call: Call, community: Community, series: Series | None) -> Pause:
        today = call.at.astimezone(call.zone).date()
        first = date_of(call.arguments.get("date", ""), call.language, today)
        try:
            typed = call.arguments.get("last", "").strip()
            last = date_of(typed, call.language, first) if typed else first
        except UnknownDate:
            raise UnknownLast() from None
        rules.checked_range(first, last, today)
        title = one_line(call.arguments.get("pause", ""), pauses_views.LONGEST_PAUSE_TITLE)
        return Pause(new_id(), community.id, first, last, title, series.id if series else None)

    async def remove(self, call: Call, unit: Unit) -> Reply:
        """Take a pause back; gone already is as good."""
        book = self._desk.books(unit)
        pause = await book.pause(call.press.subject)
        if pause is None:
            return done(self._desk.say(call), "series.pause_gone")
        found = await self._meant(call, unit, pause.series or pause.community)
        if isinstance(found, Reply):
            return found
        community, series = found
        await book.drop_pause(pause.id)
        await self._settle(call, unit, community, series)
        return await self._screen(call, unit, community, series, "series.pause_removed")

    async def _meant(self, call: Call, unit: Unit, subject: str) -> tuple[Community, Series | None] | Reply:
        """Return the series or community of a press; a reply for who may not."""
        series = await self._desk.books(unit).series(MeetingId(subject))
        if series is not None:
            allowed = await self._desk.may(call, unit, series)
            return (await self._desk.community(unit, series), series) if allowed else self._desk.refused(call)
        community = await unit.communities.get(CommunityId(subject))
        if community is None:
            raise BadPress(why="pause")
        return (community, None) if await self._desk.may_in(call, unit, community.id, community) else self._desk.refused(call)

    async def _settle(self, call: Call, unit: Unit, community: Community, series: Series | None) -> None:
        """Bring one series in step at once; all of a community each in its own time."""
        book = self._desk.books(unit)
        if series is not None:
            await settle(unit, book, series, call.at)
        else:
            for one in await book.of_community(community.id):
                await unit.due.add(When.PLAN.due(call.at, one.id))
        await tell(unit, community.id, None, call.at)

    async def _screen(self, call: Call, unit: Unit, community: Community, series: Series | None, note: str = "") -> Reply:
        today = call.at.astimezone(call.zone).date()
        kept = await self._desk.books(unit).pauses(community.id)
        mine = series.id if series is not None else None
        found = [pause for pause in kept if pause.series == mine and pause.last >= today]
        page = number_in(call.press.value) if call.incoming.kind is Kind.PRESS else 0
        subject = series.id if series is not None else community.id
        is_series = series is not None
        return pauses_views.pauses_screen(self._desk.say(call), found, subject, page, of_series=is_series, note=note)


def _same(one: Pause, other: Pause) -> bool:
    return (one.first, one.last, one.title, one.series) == (other.first, other.last, other.title, other.series)
