"""Making a weekly meeting, and cancelling it. Every bad value is one sentence; nothing is changed then."""

from collections.abc import Callable
from datetime import timedelta

from bot.core.calls import Call, Community
from bot.core.errors import BadInput, BadPress
from bot.core.ids import MeetingId, RoomId, new_id
from bot.core.meetings import Series, When
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToRoom
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.texts import Texts
from handlers.meetings import parsing, rules, views
from handlers.meetings.planning import forget_moments, plan_next
from handlers.meetings.records import MeetingsStore
from handlers.meetings.stage import Stage


class CallInTheRoom(BadInput):
    """A meeting takes place in the room where it was made."""

    text_key = "meetings.create_in_room"


class CreateCommands:
    def __init__(self, texts: Texts, books: Callable[[Unit], MeetingsStore], stage: Stage, doors: Doors) -> None:
        self._texts = texts
        self._books = books
        self._stage = stage
        self._doors = doors

    async def create(self, call: Call, unit: Unit) -> Reply:
        """Ask for the meeting with a form, or take it from one line."""
        community = call.community
        if call.place.private or community is None:
            raise CallInTheRoom()
        room = await unit.rooms.find_or_make(community.id, call.place)
        await self._books(unit).grant(room.id, call.who, call.at + rules.GRANT)
        say = self._texts.of(call.language)
        line = call.arguments.get("text", "").strip()
        if not line:
            return Reply(form=views.create_form(say, room.id, community.zone))
        wanted = parsing.from_line(line, call.language, community.zone)
        return await self._save(call, unit, community, room.id, wanted)

    async def save(self, call: Call, unit: Unit) -> Reply:
        """Take the form's answers. The room is the one where the form was asked for."""
        room = await unit.rooms.get(RoomId(call.press.subject))
        community = await unit.communities.get(room.community) if room else None
        if room is None or community is None:
            raise BadPress(why="room")
        say = self._texts.of(call.language)
        if not await self._doors.may(call, unit, room.id, community.id):
            return views.refused(say, call.place.private)
        try:
            wanted = parsing.from_form(call.arguments, call.language, community.zone)
        except parsing.Unclear as unclear:
            if call.modals:
                raise  # dispatch offers the form again, as it was filled in
            clear = {name: given for name, given in call.arguments.items() if name != unclear.field}
            form = views.create_form(say, room.id, community.zone, clear)
            return views.asked_again(say, unclear.text_key, unclear.values, form, unclear.field)
        return await self._save(call, unit, community, room.id, wanted)

    async def _save(self, call: Call, unit: Unit, community: Community, room: RoomId, wanted: parsing.Wanted) -> Reply:
        book = self._books(unit)
        series = Series(
            id=MeetingId(new_id()),
            community=community.id,
            room=room,
            title=wanted.title,
            schedule=wanted.schedule(call.at),
            length=timedelta(minutes=wanted.minutes),
        )
        await book.add_series(series)
        await book.grant(series.id, call.who, call.at + rules.GRANT)
        first = await plan_next(unit, book, series, call.at, call.at)
        assert first is not None
        return views.saved(self._texts.of(call.language), series, first.starts_at, call.zone)

    async def which(self, call: Call, unit: Unit) -> Reply:
        """`/meeting cancel`: the series of this room, each with its button."""
        community = call.community
        if call.place.private or community is None:
            raise CallInTheRoom()
        room = await unit.rooms.find_or_make(community.id, call.place)
        book = self._books(unit)
        found = [series for series in await book.of_community(community.id) if series.room == room.id]
        for series in found:
            await book.grant(series.id, call.who, call.at + rules.GRANT)
        return views.which_to_cancel(self._texts.of(call.language), found)

    async def cancel(self, call: Call, unit: Unit) -> Reply:
        """Cancel a series, once a facilitator said yes to it. An evening under way goes on to its end."""
        book = self._books(unit)
        series = await book.series(MeetingId(call.press.subject))
        if series is None:
            raise BadPress(why="series")
        say = self._texts.of(call.language)
        if not await self._doors.may(call, unit, series.id, series.community):
            return views.refused(say, call.place.private)
        if series.cancelled_at is not None:
            return views.cancelled(say, series)
        if call.press.value != "yes":
            return views.confirm_cancel(say, series)
        await book.cancel_series(series.id, call.at)
        await self._take_down(call, unit, book, series)
        return views.cancelled(say, series)

    async def keep(self, call: Call, unit: Unit) -> Reply:
        """No, do not cancel."""
        return views.kept(self._texts.of(call.language))

    async def _take_down(self, call: Call, unit: Unit, book: MeetingsStore, series: Series) -> None:
        """Cancel the evening that is ahead, tell the room, and those whom it would have reminded."""
        before = await book.next_of(series.id)
        if before is not None:
            after = rules.cancel(before, call.at)
            if after is not before and await book.move(before, after):
                await forget_moments(unit, after)
                if before.is_live:
                    await self._stage.show(unit, after, call.at)
        await unit.due.add(When.SERIES_OVER.due(call.at, series.id))
        community = await unit.communities.get(series.community)
        if community is not None:
            reply = views.series_over(self._texts.of(community.language), series)
            await unit.outbox.add(Post(f"series_over_{series.id}", Lane.NEWS, ToRoom(series.room), reply))
