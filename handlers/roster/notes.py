"""The note for whoever hosts a series next: one a series, shown to those on duty, gone with their evening."""

from datetime import datetime, timedelta

from bot.core.calls import Call
from bot.core.ids import MeetingId
from bot.core.meetings import Audience, Series, State
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.richtext import clean
from bot.core.screens import done, number_in, page
from handlers.roster import note_views, views
from handlers.roster.desk import Desk
from handlers.roster.records import LONGEST_NOTE, NOTE_DAYS, HandoverNote
from handlers.roster.views import FAMILY

KIND = "room.note"
PAGE = 8
LOOK_BACK = timedelta(days=1)  # from the panel of an evening that is just over, a note can be written
HELD = frozenset({State.CLOSED, State.DEBRIEFED})


class NoteKeeper:
    """Whether there is a note, and when it goes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def of(self, unit: Unit, series: Series, now: datetime) -> HandoverNote | None:
        """Return the series' note, or that of the one that it goes on from; None when the evening that it was for is over, or it is
        too old."""
        line, note = await self._desk.line(unit, series), None
        for name in line:
            note = note or await self._desk.books(unit).note(name)
        if note is None or now >= note.at + timedelta(days=NOTE_DAYS):
            return None
        following = await self._desk.evenings(unit).follower(series.id)
        held_in = [*line, *([following.id] if following is not None else [])]
        since = await self._desk.evenings(unit).since(held_in, note.at)
        return None if any(one.state in HELD and one.starts_at > note.at for one in since) else note

    async def waits(self, unit: Unit, series: Series, now: datetime) -> bool:
        return await self.of(unit, series, now) is not None

    async def keep(self, unit: Unit, series: Series, note: HandoverNote) -> None:
        """In place of the one before, also of a series that this one goes on from."""
        for name in await self._desk.line(unit, series):
            await self._desk.books(unit).drop_note(name)
        await self._desk.books(unit).keep_note(note)
        await self._promise(unit, note, note.at)

    async def look(self, unit: Unit, series: MeetingId, now: datetime) -> None:
        """Delete the note if its evening is over; else look again after the next one."""
        known = await self._desk.evenings(unit).series(series)
        if known is None:
            return
        note = await self.of(unit, known, now)
        if note is None:
            await self._desk.books(unit).drop_note(series)
        else:
            await self._promise(unit, note, now)

    async def _promise(self, unit: Unit, note: HandoverNote, now: datetime) -> None:
        following = await self._desk.evenings(unit).next_of(note.series)
        at = following.forgotten_at + timedelta(minutes=1) if following is not None else now + timedelta(days=1)
        at = min(max(at, now + timedelta(hours=1)), note.at + timedelta(days=NOTE_DAYS))
        await unit.due.add(Due(f"roster_note_{note.series}", KIND, at, note.series))


class NoteCommands:
    def __init__(self, desk: Desk, keeper: NoteKeeper) -> None:
        self._desk = desk
        self._keeper = keeper

    async def notes(self, call: Call, unit: Unit) -> Reply:
        """For which series? One audience's."""
        community = await self._desk.community_of(call, unit)
        if not await self._desk.may(call, unit, community):
            return self._desk.refused(call)
        found = [one for one in await self._desk.evenings(unit).of_community(community) if not one.is_over]
        worlds = {one.options.audience for one in found}
        value = call.press.value
        audience = Audience.FAMILY if value[:1] == FAMILY or worlds == {Audience.FAMILY} else Audience.PARTICIPANTS
        some = page([one for one in found if one.options.audience is audience], number_in(value[1:]), PAGE)
        return note_views.choose(self._desk.say(call), community, audience, some, other=bool(worlds - {audience}))

    async def note(self, call: Call, unit: Unit) -> Reply:
        """The note's screen: to write one, and to read it again if it is one's own, or for one's own evening."""
        series = await self._desk.series(unit, call.press.subject)
        if not await self._leads(call, unit, series):
            return self._desk.refused(call)
        return await self._screen(call, unit, series)

    async def form(self, call: Call, unit: Unit) -> Reply:
        series = await self._desk.series(unit, call.press.subject)
        if not await self._leads(call, unit, series):
            return self._desk.refused(call)
        note = await self._keeper.of(unit, series, call.at)
        words = note.words if note is not None and note.person == call.who else ""
        return Reply(form=views.note_form(self._desk.say(call), series.id, words, LONGEST_NOTE))

    async def write(self, call: Call, unit: Unit) -> Reply:
        series = await self._desk.series(unit, call.press.subject)
        if not await self._leads(call, unit, series):
            return self._desk.refused(call)
        words = clean(call.arguments.get("words", "")).strip()[:LONGEST_NOTE]
        if words:
            await self._keeper.keep(unit, series, HandoverNote(series.id, call.who, words, call.at))
        return await self._screen(call, unit, series, "roster.note_saved" if words else "")

    async def unwrite(self, call: Call, unit: Unit) -> Reply:
        """Take one's own note back. Nothing but one's own row is touched, so no role is asked for."""
        series = await self._desk.series(unit, call.press.subject)
        note = await self._keeper.of(unit, series, call.at)
        if note is not None and note.person == call.who:
            await self._desk.books(unit).drop_note(note.series)
        return done(self._desk.say(call), "roster.note_gone")

    async def read(self, call: Call, unit: Unit) -> Reply:
        """For those on duty for the next evening only."""
        series, say = await self._desk.series(unit, call.press.subject), self._desk.say(call)
        if not await self._is_next(call, unit, series):
            if not await self._leads(call, unit, series):
                return self._desk.refused(call)
            return done(say, "roster.note_not_yours")
        note = await self._keeper.of(unit, series, call.at)
        if note is None:
            return note_views.none(say)
        return note_views.shown(say, note)

    async def _screen(self, call: Call, unit: Unit, series: Series, told: str = "") -> Reply:
        note = await self._keeper.of(unit, series, call.at)
        mine = note is not None and note.person == call.who
        readable = note if note is not None and (mine or await self._is_next(call, unit, series)) else None
        return note_views.screen(self._desk.say(call), series, readable, mine=mine, is_there=note is not None, told=told)

    async def _is_next(self, call: Call, unit: Unit, series: Series) -> bool:
        """Whether the caller leads the next evening, by duty or because they took it on in the room; and is a facilitator still."""
        planned = await self._desk.evenings(unit).next_of(series.id)
        if planned is None:
            return False
        found = await self._desk.found(unit, series, planned.original)
        if found is not None and call.who in found.duty.persons and await self._desk.is_on(call, unit, series.community):
            return True
        hosts = self._desk.evenings(unit)
        return await hosts.host(planned.id) == call.who and await hosts.may(planned.id, call.who, call.at)

    async def _leads(self, call: Call, unit: Unit, series: Series) -> bool:
        """Whether the caller is a facilitator: by role, by the roster, or by an evening of the series that they had just now."""
        if await self._desk.is_on(call, unit, series.community):
            return True
        hosts = self._desk.evenings(unit)
        if call.place.private:
            for one in await hosts.since([series.id], call.at - LOOK_BACK):
                if await hosts.may(one.id, call.who, call.at):
                    return True
        return await self._desk.may(call, unit, series.community)
