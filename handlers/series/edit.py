"""Finding a series, choosing how far a change reaches, and cancelling all of it."""

import structlog
from msgspec.structs import replace

from bot.core.calendar import next_evening, original_from
from bot.core.calls import Call, Community, Kind
from bot.core.errors import BadPress
from bot.core.ids import MeetingId, RoomId, new_id
from bot.core.meetings import Series, When
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToRoom
from bot.core.replies import Press, Reply
from bot.core.richtext import Words
from bot.core.screens import done, number_in, told
from bot.core.screens import page as page_of
from handlers.series import rules, series_views, telling, views
from handlers.series.desk import Desk
from handlers.series.drafts import Draft, Sheet
from handlers.series.planning import call_off, settle, tell

log = structlog.get_logger()

SHOWN = 3  # dates on the screen of a series


class EditCommands:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def edit(self, call: Call, unit: Unit) -> Reply:
        """`/meeting edit`: the series of this room, or the only one at once."""
        community, room = await self._desk.here(call, unit)
        await self._desk.keep(call, unit, replace(await self._desk.sheet(call, unit), room=room.id))
        for subject in (room.id, community.id):
            await self._desk.books(unit).grant(subject, call.who, call.at + rules.GRANT)
        found = await self._of(call, unit, room.id)
        if len(found) == 1:
            return await self._screen(call, unit, found[0])
        return await self._page(call, unit, found, room.id, 0)

    async def browse(self, call: Call, unit: Unit) -> Reply:
        """A page of the series of a room, or of the community."""
        subject = call.press.subject
        room = await unit.rooms.get(RoomId(subject)) if subject else None
        community = await unit.communities.get(room.community) if room else call.community
        if community is None or (subject and room is None):
            raise BadPress(why="room")
        if not await self._desk.may_in(call, unit, subject or community.id, community):
            return self._desk.refused(call)
        found = await self._of(call, unit, room.id) if room else await self._of_all(unit, community)
        return await self._page(call, unit, found, subject, number_in(call.press.value))

    async def _of(self, call: Call, unit: Unit, room: RoomId) -> list[Series]:
        """Return the room's series, without those that ended because another goes on from them."""
        book, found = self._desk.books(unit), []
        for series in await book.of_room(room):
            changes, pauses = await book.changes([series.id]), await book.pauses(series.community)
            is_over = next_evening(series, changes, pauses, call.at) is None
            if not is_over or await book.follower(series.id) is None:
                found.append(series)
        return found

    async def _of_all(self, unit: Unit, community: Community) -> list[Series]:
        book = self._desk.books(unit)
        found = await book.of_community(community.id)
        return [one for one in found if one.ended_at is None or await book.follower(one.id) is None]

    async def _page(self, call: Call, unit: Unit, found: list[Series], room: str, page: int, *, action: str = "show") -> Reply:
        shown = page_of(found, page, series_views.SERIES_A_PAGE)
        for series in shown.some:
            await self._desk.books(unit).grant(series.id, call.who, call.at + rules.GRANT)
        return series_views.listed(self._desk.say(call), shown, room, action=action)

    async def show(self, call: Call, unit: Unit) -> Reply:
        found = await self._meant(call, unit)
        return found if isinstance(found, Reply) else await self._screen(call, unit, found)

    async def _meant(self, call: Call, unit: Unit) -> Series | Reply:
        """Return the series of the press; a reply for who may not, or when it is cancelled."""
        series = await self._desk.series(unit, call.press.subject)
        if not await self._desk.may(call, unit, series):
            return self._desk.refused(call)
        if series.cancelled_at is not None:
            return done(self._desk.say(call), "series.cancelled_already")
        return series

    async def _screen(self, call: Call, unit: Unit, series: Series, note: str = "") -> Reply:
        book = self._desk.books(unit)
        await book.grant(series.id, call.who, call.at + rules.GRANT)
        coming = await self._desk.coming(unit, series, call, SHOWN)
        community = await self._desk.community(unit, series)
        second = telling.second_zone(series.schedule.zone, call.zone, community.zone, coming[0].starts_at if coming else call.at)
        pauses = [pause for pause in await book.pauses(series.community) if pause.series == series.id]
        room = (await self._desk.sheet(call, unit)).room
        may_hold_here = room is not None and room != series.room and await self._is_of(unit, room, series)
        return series_views.series_screen(
            self._desk.say(call), series, coming, second, pauses, may_hold_here=may_hold_here, note=note
        )

    async def _is_of(self, unit: Unit, room: RoomId, series: Series) -> bool:
        found = await unit.rooms.get(room)
        return found is not None and found.community == series.community

    # How far a change reaches ------------------------------------------------------------------------------------------

    async def dates(self, call: Call, unit: Unit) -> Reply:
        """Choose one evening."""
        return await self._choose(call, unit, "evening")

    async def later(self, call: Call, unit: Unit) -> Reply:
        """Choose the evening from which on the series changes."""
        return await self._choose(call, unit, "from")

    async def _choose(self, call: Call, unit: Unit, action: str) -> Reply:
        found = await self._meant(call, unit)
        if isinstance(found, Reply):
            return found
        page, size = number_in(call.press.value), series_views.EVENINGS_A_PAGE
        shown = await self._desk.coming(unit, found, call, size + 1, page * size)
        return series_views.dates_screen(self._desk.say(call), found, shown[:size], page, more=len(shown) > size, action=action)

    async def every(self, call: Call, unit: Unit) -> Reply:
        found = await self._meant(call, unit)
        return found if isinstance(found, Reply) else await self._begin(call, unit, rules.draft_of_all(found))

    async def later_from(self, call: Call, unit: Unit) -> Reply:
        found = await self._meant(call, unit)
        if isinstance(found, Reply):
            return found
        original = original_from(call.press.value)
        if not original or original not in {one.original for one in await self._desk.coming(unit, found, call, 200)}:
            return await self._screen(call, unit, found, "series.no_such_evening")
        return await self._begin(call, unit, rules.draft_of_later(found, original, MeetingId(new_id())))

    async def _begin(self, call: Call, unit: Unit, draft: Draft) -> Reply:
        """Keep what the series is now, to notice if somebody else changes it; then ask."""
        sheet = await self._desk.sheet(call, unit)
        await self._desk.keep(call, unit, replace(sheet, draft=draft))
        community = await self._desk.community(unit, draft.series)
        press = Press(views.FEATURE, "fill", draft.id)
        return Reply(form=views.series_form(self._desk.say(call), press, community.zone, draft.series))

    async def hold_here(self, call: Call, unit: Unit) -> Reply:
        """Move a whole series to the room in which the facilitator began."""
        found = await self._meant(call, unit)
        if isinstance(found, Reply):
            return found
        room = (await self._desk.sheet(call, unit)).room
        if room is None or not await self._is_of(unit, room, found):
            return told(self._desk.say(call), "series.begin_in_room")
        if room != found.room:
            book, after = self._desk.books(unit), replace(found, room=room)
            await book.change_series(after)
            await settle(unit, book, after, call.at, news=True)
            await tell(unit, after.community, None, call.at)
            found = after
        return await self._screen(call, unit, found, "series.held_here")

    # The end of a series -------------------------------------------------------------------------------------------------

    async def which(self, call: Call, unit: Unit) -> Reply:
        """`/meeting cancel`: the series of this room, each with its button."""
        if call.incoming.kind is Kind.PRESS and call.press.feature == views.FEATURE:
            return await self._which_more(call, unit)
        community, room = await self._desk.here(call, unit)
        await self._desk.keep(call, unit, Sheet(room.id, (await self._desk.sheet(call, unit)).draft))
        for subject in (room.id, community.id):
            await self._desk.books(unit).grant(subject, call.who, call.at + rules.GRANT)
        return await self._page(call, unit, await self._of(call, unit, room.id), room.id, 0, action="cancel")

    async def _which_more(self, call: Call, unit: Unit) -> Reply:
        """Another page of them."""
        room = await unit.rooms.get(RoomId(call.press.subject))
        community = await unit.communities.get(room.community) if room else None
        if room is None or community is None:
            raise BadPress(why="room")
        if not await self._desk.may_in(call, unit, room.id, community):
            return self._desk.refused(call)
        return await self._page(
            call, unit, await self._of(call, unit, room.id), room.id, number_in(call.press.value), action="cancel"
        )

    async def cancel(self, call: Call, unit: Unit) -> Reply:
        """Cancel a series, once a facilitator said yes to it. An evening under way goes on to its end."""
        series = await self._desk.series(unit, call.press.subject)
        say = self._desk.say(call)
        if not await self._desk.may(call, unit, series):
            return self._desk.refused(call)
        if series.cancelled_at is None:
            if call.incoming.kind is not Kind.PRESS or call.press.value != "yes":
                return series_views.confirm_cancel(say, series)
            await self._cancel(call, unit, series)
        return done(say, "series.cancelled", title=Words(series.title))

    async def keep(self, call: Call, unit: Unit) -> Reply:
        """No, do not cancel."""
        return done(self._desk.say(call), "series.kept")

    async def _cancel(self, call: Call, unit: Unit, series: Series) -> None:
        """Call off the evenings that are ahead, tell the room, and those whom it would have reminded."""
        book = self._desk.books(unit)
        await book.cancel_series(series.id, call.at)
        for before in await book.ahead_of(series.id):
            await call_off(unit, book, before, "", call.at)
        await unit.due.drop(When.PLAN.key(series.id))
        await unit.due.add(When.SERIES_OVER.due(call.at, series.id))
        await tell(unit, series.community, None, call.at)
        community = await self._desk.community(unit, series)
        reply = views.series_over(self._desk.texts.of(community.language), series)
        await unit.outbox.add(Post(f"series_over_{series.id}", Lane.NEWS, ToRoom(series.room), reply))
        log.info("series.cancelled")
