"""/meeting export and /meeting import."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.calls import Call, Community, Kind
from bot.core.errors import BadInput, BadPress
from bot.core.ids import MeetingId, RoomId
from bot.core.meetings import Audience, Options, Series, When
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.schedule import Schedule, starts
from bot.core.screens import told
from bot.core.texts import Say, Texts
from bot.core.zones import zones_for
from handlers.calendars import import_views, views
from handlers.calendars.almanac import Almanac
from handlers.calendars.commands import GRANT
from handlers.calendars.guide import guide, is_weekly
from handlers.calendars.importing import read
from handlers.calendars.records import CalendarBooks, Prepared, Read, SeriesBook, Skipped
from handlers.calendars.wording import exported_wording


class InTheRoom(BadInput):
    """Meetings take place in the room where they were read in."""

    text_key = "calendars.in_the_room"


class NothingGiven(BadInput):
    text_key = "calendars.nothing_given"


class UnknownZone(BadInput):
    text_key = "calendars.unknown_zone"


class TransferCommands:
    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], CalendarBooks],
        meetings: Callable[[Unit], SeriesBook],
        almanac: Almanac,
        doors: Doors,
        new_id: Callable[[], str],
    ) -> None:
        self._texts = texts
        self._books = books
        self._meetings = meetings
        self._almanac = almanac
        self._doors = doors
        self._new_id = new_id

    # Out

    async def export(self, call: Call, unit: Unit) -> Reply:
        """`/meeting export`: offer the files; a press sends one. A file holds the meetings of one audience."""
        community, say = self._here(call), self._say(call)
        if not await self._doors.may(call, unit, community.id, community.id, call.at + GRANT):
            return views.refused(say)
        if call.incoming.kind is not Kind.PRESS:
            there = await self._almanac.audiences(unit, community.id)
            audiences = [audience for audience in Audience if audience in there]
            return views.which_file(say, audiences) if audiences else told(say, "calendars.export_none")
        if call.press.subject not in set(Audience) or call.press.value not in views.TYPES:
            raise BadPress(why="export")
        found = await self._almanac.meetings(unit, community.id, Audience(call.press.subject))
        home = self._texts.of(community.language)
        if call.press.value == views.GUIDE:
            content = guide(found, lambda series: _notes(home, series), call.at)
            return views.exported(say, views.GUIDE, content, sum(not is_weekly(series.schedule) for series in found))
        content = await self._almanac.file(unit, found, community, exported_wording(home), call.at)
        return views.exported(say, views.ICS, content, 0)

    # In

    async def ask(self, call: Call, unit: Unit) -> Reply:
        """`/meeting import`: ask for the file. What is made of it takes place in this room."""
        community = self._here(call)
        if call.place.private:
            raise InTheRoom()
        room = await unit.rooms.find_or_make(community.id, call.place)
        if not await self._doors.may(call, unit, room.id, community.id, call.at + GRANT):
            return views.refused(self._say(call))
        return import_views.form(self._say(call), room.id, community.zone)

    async def look(self, call: Call, unit: Unit) -> Reply:
        """Read what was sent, keep it, and show what Save would make. Nothing is made yet."""
        room = await unit.rooms.get(RoomId(call.press.subject))
        community = await unit.communities.get(room.community) if room else None
        if room is None or community is None:
            raise BadPress(why="room")
        if not await self._doors.may(call, unit, room.id, community.id):
            return views.refused(self._say(call))
        text = call.arguments.get("file", "") or call.arguments.get("text", "")
        if not text.strip():
            raise NothingGiven()
        found = read(text, _zone(call.arguments.get("zone", ""), community.zone, call.language), call.at)
        new = _unknown_of(found, await self._meetings(unit).of_community(community.id), call.at)
        given = call.arguments.get("audience", "")
        audience = Audience(given) if given in set(Audience) else Audience.PARTICIPANTS
        import_id = self._new_id()
        if new.drafts:
            await self._books(unit).keep(import_id, call.who, Prepared(community.id, room.id, audience, new.drafts), call.at)
        return import_views.preview(self._say(call), new, import_id, call.at)

    async def save(self, call: Call, unit: Unit) -> Reply:
        """Make them all, once: in one transaction with the taking away of what was kept."""
        prepared = await self._books(unit).take(call.press.subject, call.who)
        if prepared is None:
            return told(self._say(call), "calendars.import_gone")
        if not await self._doors.may(call, unit, prepared.room, prepared.community):
            return views.refused(self._say(call))
        book = self._meetings(unit)
        there = await book.of_community(prepared.community)
        fresh = _unknown_of(Read(prepared.drafts, (), "", by_line=True), there, call.at)
        for draft in fresh.drafts:
            options = Options(audience=prepared.audience, beginners=draft.beginners, text_only=draft.text_only, link=draft.link)
            series = Series(
                MeetingId(self._new_id()),
                prepared.community,
                prepared.room,
                draft.title,
                draft.schedule,
                timedelta(minutes=draft.minutes),
                options=options,
            )
            await book.add_series(series)
            for change in draft.changes:
                await book.put_change(replace(change, series=series.id))
            await unit.due.add(When.PLAN.due(call.at, series.id))
        await unit.due.add(When.BOARD.due(call.at, prepared.community))
        return import_views.saved(self._say(call), len(fresh.drafts))

    async def discard(self, call: Call, unit: Unit) -> Reply:
        await self._books(unit).take(call.press.subject, call.who)
        return told(self._say(call), "calendars.discarded")

    def _here(self, call: Call) -> Community:
        if call.community is None:
            raise InTheRoom()
        return call.community

    def _say(self, call: Call) -> Say:
        return self._texts.of(call.language)


def _zone(typed: str, home: str, language: str) -> str:
    """Return the zone for times that name none. Raises UnknownZone."""
    found = zones_for(typed, language) if typed.strip() else (home,)
    if len(found) != 1:
        raise UnknownZone(length=len(typed))
    return found[0]


def _unknown_of(found: Read, there: Sequence[Series], now: datetime) -> Read:
    """Return what was read without what is there already, by title and schedule; also not twice from one file."""
    known = {(series.title, _rhythm(series.schedule, now)) for series in there}
    drafts, skipped = [], list(found.skipped)
    for draft in found.drafts:
        named = (draft.title, _rhythm(draft.schedule, now))
        if named in known:
            skipped.append(Skipped(draft.entry, "already", draft.title))
            continue
        known.add(named)
        drafts.append(draft)
    return replace(found, drafts=tuple(drafts), skipped=tuple(sorted(skipped, key=lambda one: one.entry)))


def _rhythm(schedule: Schedule, now: datetime) -> tuple[str, str, datetime | None]:
    """Return what tells two schedules apart; the next start does so for every other week."""
    return schedule.zone, schedule.rule, next(starts(schedule, now), None)


def _notes(say: Say, series: Series) -> str:
    options = series.options
    flags = {
        "calendars.flag_family": options.audience is Audience.FAMILY,
        "calendars.flag_beginners": options.beginners,
        "calendars.flag_text_only": options.text_only,
    }
    return ". ".join(say.label(key) for key, is_so in flags.items() if is_so)
