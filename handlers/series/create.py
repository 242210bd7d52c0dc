"""A series before it is saved: from a line or a form to a preview, and from there to the database, once."""

from datetime import timedelta
from itertools import islice

import structlog
from msgspec.structs import replace

from bot.core.calendar import Change, Evening, evenings
from bot.core.calls import Call, Community, Place
from bot.core.ids import MeetingId, RoomId, new_id
from bot.core.meetings import Series
from bot.core.ports import Unit
from bot.core.replies import Press, Reply
from bot.core.screens import done, told
from handlers.series import choices, line, rules, telling, views
from handlers.series.desk import Desk
from handlers.series.drafts import Draft, Sheet
from handlers.series.options_views import panel
from handlers.series.planning import settle, tell
from handlers.series.repeats import repeat_of
from handlers.series.saving import apply
from handlers.series.unclear import Unclear, UnknownRoom

log = structlog.get_logger()

SHOWN = 6  # dates of a preview


class CreateCommands:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def create(self, call: Call, unit: Unit) -> Reply:
        """Ask for the meeting with a form, or take it from one line and show it."""
        community, room = await self._desk.here(call, unit)
        await self._desk.books(unit).grant(room.id, call.who, call.at + rules.GRANT)
        typed = call.arguments.get("text", "").strip()
        if not typed:
            return Reply(form=views.series_form(self._desk.say(call), Press(views.FEATURE, "fill", room.id), community.zone))
        wanted = line.from_line(typed, call.language, community.zone, call.at)
        place = await self._named_room(call, unit, community, room.id, wanted.room)
        return await self._drafted(call, unit, community, self._new(community, place, wanted, call))

    async def _named_room(self, call: Call, unit: Unit, community: Community, here: RoomId, named: str) -> RoomId:
        """Return the room that a line names. One of elsewhere is as if it were not there. Raises UnknownRoom."""
        if named in ("", line.HERE):
            return here
        place = Place(call.place.platform, named, space=community.space, private=False)
        found = await unit.rooms.find(place)
        if found is None or found.community != community.id:
            raise UnknownRoom()
        return found.id

    def _new(self, community: Community, room: RoomId, wanted: line.Wanted, call: Call) -> Draft:
        key = MeetingId(new_id())
        title = wanted.title or self._desk.texts.of(community.language).label("series.default_title")
        schedule, length = wanted.schedule(call.at), timedelta(minutes=wanted.minutes)
        return Draft(key, Series(key, community.id, room, title, schedule, length))

    async def fill(self, call: Call, unit: Unit) -> Reply:
        """Take the form's answers: of a draft that is being changed, or of a new meeting in the room where it was asked for."""
        sheet = await self._desk.sheet(call, unit)
        draft = sheet.draft if sheet.draft is not None and sheet.draft.id == call.press.subject else None
        room = await unit.rooms.get(draft.series.room if draft else RoomId(call.press.subject))
        community = await unit.communities.get(room.community) if room else None
        if draft is not None:
            community = await self._desk.community(unit, draft.series)
        if room is None or community is None:
            return told(self._desk.say(call), "series.draft_gone")
        if not await self._may(call, unit, draft, room.id, community):
            return self._desk.refused(call)
        try:
            filled = self._filled(call, community, room.id, draft)
        except Unclear as unclear:
            if call.modals:
                raise  # dispatch offers the form again, as it was filled in
            return self._ask_again(call, community, draft, unclear)
        note = ""
        if filled.series.options.link and choices.is_about_gambling(filled.series.title):
            note, options = "series.link_left_out", replace(filled.series.options, link="")
            filled = replace(filled, series=replace(filled.series, options=options))
        return await self._drafted(call, unit, community, filled, note)

    def _filled(self, call: Call, community: Community, room: RoomId, draft: Draft | None) -> Draft:
        answers = dict(call.arguments)
        if draft is None:
            return self._new(community, room, line.from_form(answers, call.language, community.zone, call.at), call)
        same = repeat_of(draft.series.schedule.rule) is None and answers.get("days", "") in (
            "",
            self._desk.say(call).label("series.rule_other"),
        )
        wanted = line.from_form(answers | ({"days": "daily"} if same else {}), call.language, community.zone, call.at)
        repeat = None if same else wanted.repeat
        schedule = rules.rescheduled(draft, repeat, wanted.wall, wanted.zone, wanted.first, call.at)
        length = timedelta(minutes=wanted.minutes)
        return replace(draft, series=replace(draft.series, title=wanted.title, schedule=schedule, length=length), told=())

    def _ask_again(self, call: Call, community: Community, draft: Draft | None, unclear: Unclear) -> Reply:
        say = self._desk.say(call)
        clear = {name: given for name, given in call.arguments.items() if name != unclear.field}
        form = views.series_form(say, call.press, community.zone, draft.series if draft else None, clear)
        return views.asked_again(say, unclear.text_key, unclear.values, form, unclear.field)

    async def _may(self, call: Call, unit: Unit, draft: Draft | None, room: RoomId, community: Community) -> bool:
        if draft is not None and draft.base is not None:
            return await self._desk.may(call, unit, draft.base)
        return await self._desk.may_in(call, unit, room, community)

    async def _drafted(self, call: Call, unit: Unit, community: Community, draft: Draft, note: str = "") -> Reply:
        """Keep the draft, and show it; an edit only if nobody else changed the series since it began."""
        if draft.base is not None and (told := await self._changed_meanwhile(call, unit, draft)) is not None:
            return told
        sheet = await self._desk.sheet(call, unit)
        coming, lost = await self._preview(call, unit, draft)
        draft = replace(draft, told=tuple(change.original for change in lost))
        await self._desk.keep(call, unit, replace(sheet, draft=draft))
        second = telling.second_zone(
            draft.series.schedule.zone, call.zone, community.zone, coming[0].starts_at if coming else call.at
        )
        elsewhere = await self._is_elsewhere(call, unit, draft.series.room)
        return views.preview(self._desk.say(call), draft, coming, second, lost, elsewhere=elsewhere, note=note)

    async def _is_elsewhere(self, call: Call, unit: Unit, room: RoomId) -> bool:
        here = None if call.place.private else await unit.rooms.find(call.place)
        return here is not None and here.id != room

    async def _preview(self, call: Call, unit: Unit, draft: Draft) -> tuple[list[Evening], tuple[Change, ...]]:
        """Return the draft's next evenings, and what of single evenings it would drop."""
        book = self._desk.books(unit)
        pauses = await book.pauses(draft.series.community)
        if draft.base is None:
            return list(islice(evenings(draft.series, (), pauses, call.at), SHOWN)), ()
        kept = await book.changes([draft.base.id])
        edit = rules.edit_of(draft, kept, pauses, call.at)
        gone = {change.original for change in edit.drop}
        changes = [*edit.put, *(change for change in kept if change.original not in gone)]
        pauses = [*pauses, *(replace(pause, series=draft.id) for pause in edit.pauses)]
        return list(islice(evenings(draft.series, changes, pauses, call.at), SHOWN)), edit.lost

    async def _changed_meanwhile(self, call: Call, unit: Unit, draft: Draft) -> Reply | None:
        assert draft.base is not None
        present = await self._desk.series(unit, draft.base.id)
        names = rules.differences(draft.base, present)
        if not names:
            return None
        await self._desk.keep(call, unit, replace(await self._desk.sheet(call, unit), draft=None))
        return views.changed_meanwhile(self._desk.say(call), present, names)

    async def change(self, call: Call, unit: Unit) -> Reply:
        """Open the form of the draft once more."""
        draft = await self._own(call, unit)
        if draft is None:
            return await self._gone(call, unit)
        community = await self._desk.community(unit, draft.series)
        if not await self._may(call, unit, draft, draft.series.room, community):
            return self._desk.refused(call)
        press = Press(views.FEATURE, "fill", draft.id)
        return Reply(form=views.series_form(self._desk.say(call), press, community.zone, draft.series))

    async def look(self, call: Call, unit: Unit) -> Reply:
        """Show the draft once more, as after its options were changed."""
        draft = await self._own(call, unit)
        if draft is None:
            return await self._gone(call, unit)
        community = await self._desk.community(unit, draft.series)
        if not await self._may(call, unit, draft, draft.series.room, community):
            return self._desk.refused(call)
        return await self._drafted(call, unit, community, draft)

    async def discard(self, call: Call, unit: Unit) -> Reply:
        sheet = await self._desk.sheet(call, unit)
        if sheet.draft is not None and sheet.draft.id == call.press.subject:
            await self._desk.keep(call, unit, replace(sheet, draft=None))
        return done(self._desk.say(call), "series.discarded")

    async def save(self, call: Call, unit: Unit) -> Reply:
        """Save the draft that was shown. A second tap finds it saved, and shows the same."""
        draft = await self._own(call, unit)
        if draft is None:
            return await self._gone(call, unit)
        community = await self._desk.community(unit, draft.series)
        if not await self._may(call, unit, draft, draft.series.room, community):
            return self._desk.refused(call)
        series = await self._save_edit(call, unit, draft, community) if draft.base else await self._save_new(call, unit, draft)
        if isinstance(series, Reply):
            return series
        await self._desk.keep(call, unit, Sheet((await self._desk.sheet(call, unit)).room))
        await self._desk.books(unit).grant(series.id, call.who, call.at + rules.GRANT)
        await tell(unit, series.community, None, call.at)
        return await self._saved(call, unit, series)

    async def _save_new(self, call: Call, unit: Unit, draft: Draft) -> Series:
        schedule, repeat = draft.series.schedule, repeat_of(draft.series.schedule.rule)
        assert repeat is not None  # it came from words
        schedule = line.schedule_of(repeat, schedule.wall, schedule.zone, call.at, schedule.first)
        series = replace(draft.series, schedule=schedule)
        book = self._desk.books(unit)
        await book.add_series(series)
        await settle(unit, book, series, call.at)
        log.info("series.made", kind="new")
        return series

    async def _save_edit(self, call: Call, unit: Unit, draft: Draft, community: Community) -> Series | Reply:
        if (told := await self._changed_meanwhile(call, unit, draft)) is not None:
            return told
        book = self._desk.books(unit)
        assert draft.base is not None
        changes, pauses = await book.changes([draft.base.id]), await book.pauses(draft.series.community)
        edit = rules.edit_of(draft, changes, pauses, call.at)
        if {change.original for change in edit.lost} - set(draft.told):
            return await self._drafted(call, unit, community, draft, "series.more_lost")
        await apply(unit, book, edit, call.at)
        log.info("series.edited", kind="later" if edit.ended else "all", count=len(edit.lost))
        return edit.series

    async def _saved(self, call: Call, unit: Unit, series: Series) -> Reply:
        say = self._desk.say(call)
        coming = [evening for evening in await self._desk.coming(unit, series, call, SHOWN) if not evening.cancelled]
        return panel(say, series, series.id, self._desk.formats, views.saved_note(say, series, coming[0] if coming else None))

    async def _own(self, call: Call, unit: Unit) -> Draft | None:
        draft = (await self._desk.sheet(call, unit)).draft
        return draft if draft is not None and draft.id == call.press.subject else None

    async def _gone(self, call: Call, unit: Unit) -> Reply:
        """The draft was saved (a second tap), replaced or discarded."""
        series = await self._desk.books(unit).series(MeetingId(call.press.subject))
        if series is None:
            return done(self._desk.say(call), "series.draft_gone")
        if not await self._desk.may(call, unit, series):
            return self._desk.refused(call)
        return await self._saved(call, unit, series)
