"""One evening: cancelled and taken back, moved, longer or shorter, in another room, with another host. No other evening changes."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from msgspec.structs import replace

from bot.core.calendar import Change, Evening, digits, evening_at, original_from
from bot.core.calls import Call, Kind
from bot.core.ids import OccurrenceId
from bot.core.meetings import LIVE, Occurrence, Series, State
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToRoom
from bot.core.replies import Form, Reply
from bot.core.richtext import one_line
from bot.core.screens import done
from handlers.series import evening_views, rules, telling, views
from handlers.series.desk import Desk
from handlers.series.planning import call_off, settle, tell
from handlers.series.reading import date_of, length_of, time_of
from handlers.series.unclear import Unclear

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Found:
    """The evening of a press. `change`: what is different about it so far; `planned`: its row, once there is one."""

    series: Series
    evening: Evening
    change: Change
    planned: Occurrence | None


Act = Callable[[Call, Unit, Found], Awaitable[tuple[Change, str]]]
"""What a press does: the evening's change after it, and the key of a note."""


class EveningCommands:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, call: Call, unit: Unit) -> Reply:
        """The evening's screen. The press names an occurrence, or a series with one of its evenings."""
        found = await self._found(call, unit)
        return found if isinstance(found, Reply) else await self._screen(call, unit, found)

    async def off(self, call: Call, unit: Unit) -> Reply:
        return await self._act(call, unit, self._off, evening_views.off_form)

    async def on(self, call: Call, unit: Unit) -> Reply:
        return await self._act(call, unit, self._on)

    async def move(self, call: Call, unit: Unit) -> Reply:
        return await self._act(call, unit, self._move, evening_views.move_form)

    async def length(self, call: Call, unit: Unit) -> Reply:
        return await self._act(call, unit, self._length, evening_views.length_form)

    async def here(self, call: Call, unit: Unit) -> Reply:
        return await self._act(call, unit, self._here)

    async def take(self, call: Call, unit: Unit) -> Reply:
        return await self._act(call, unit, self._take)

    async def ask(self, call: Call, unit: Unit) -> Reply:
        return await self._act(call, unit, self._ask)

    async def plain(self, call: Call, unit: Unit) -> Reply:
        return await self._act(call, unit, self._plain)

    async def _off(self, call: Call, unit: Unit, found: Found) -> tuple[Change, str]:
        reason = one_line(call.arguments.get("reason", ""), evening_views.LONGEST_REASON)
        if found.evening.cancelled:
            return found.change, "series.off_already"
        if found.planned is not None and found.planned.state is State.LOBBY:
            await call_off(unit, self._desk.books(unit), found.planned, reason, call.at)
        return replace(found.change, cancelled=True, reason=reason), "series.off_done"

    async def _on(self, call: Call, unit: Unit, found: Found) -> tuple[Change, str]:
        """Take a cancellation back. An evening in a pause stays off until the pause is removed, or it is moved."""
        if not found.evening.cancelled:
            return found.change, "series.on_already"
        after = replace(found.change, cancelled=False, reason="")
        if await self._is_paused(unit, found, after):
            return found.change, "series.in_pause"
        return after, "series.on_done"

    async def _is_paused(self, unit: Unit, found: Found, change: Change) -> bool:
        pauses = await self._desk.books(unit).pauses(found.series.community)
        evening = evening_at(found.series, [change], pauses, change.original)
        return evening is not None and evening.cancelled

    async def _move(self, call: Call, unit: Unit, found: Found) -> tuple[Change, str]:
        zone = ZoneInfo(found.series.schedule.zone)
        day = date_of(call.arguments.get("date", ""), call.language, call.at.astimezone(zone).date())
        to = datetime.combine(day, time_of(call.arguments.get("time", "")))
        reason = one_line(call.arguments.get("reason", ""), evening_views.LONGEST_REASON)
        return replace(rules.moved(found.change, found.series, to, call.at), reason=reason), "series.moved_done"

    async def _length(self, call: Call, unit: Unit, found: Found) -> tuple[Change, str]:
        minutes = length_of(call.arguments.get("length", ""))
        usual = timedelta(minutes=minutes) == found.series.length
        return replace(found.change, minutes=None if usual else minutes), "series.length_done"

    async def _here(self, call: Call, unit: Unit, found: Found) -> tuple[Change, str]:
        room = (await self._desk.sheet(call, unit)).room
        known = await unit.rooms.get(room) if room is not None else None
        if known is None or known.community != found.series.community:
            return found.change, "series.begin_in_room"
        return replace(found.change, room=None if known.id == found.series.room else known.id), "series.held_here_once"

    async def _take(self, call: Call, unit: Unit, found: Found) -> tuple[Change, str]:
        if found.evening.host is not None and found.evening.host != call.who and found.planned is not None:
            await self._desk.books(unit).drop(found.planned.id, found.evening.host)
        return replace(found.change, host=call.who), "series.host_you"

    async def _ask(self, call: Call, unit: Unit, found: Found) -> tuple[Change, str]:
        """Ask the room's facilitators for a substitute, once a day; again when somebody gives it back. Whoever had it, has it no
        longer."""
        if found.planned is not None and found.evening.host is not None:
            await self._desk.books(unit).drop(found.planned.id, found.evening.host)
        community = await self._desk.community(unit, found.series)
        say = self._desk.texts.of(community.language)
        asked = f"{call.at:%Y%m%d}" if found.evening.host is None else f"{call.at:%Y%m%d%H%M%S}"
        key = f"series_stand_in_{found.series.id}_{digits(found.evening.original)}_{asked}"
        reply = evening_views.substitute_asked(say, found.series, found.evening)
        post = Post(key, Lane.NEWS, ToRoom(found.evening.room), reply, too_late_at=found.evening.starts_at)
        await unit.outbox.add(post)
        return replace(found.change, host=None), "series.asked_done"

    async def _plain(self, call: Call, unit: Unit, found: Found) -> tuple[Change, str]:
        return Change(found.series.id, found.evening.original, host=found.change.host), "series.plain_done"

    # What all of them share ----------------------------------------------------------------------------------------------

    async def _act(
        self,
        call: Call,
        unit: Unit,
        act: Act,
        form: Callable[..., Form] | None = None,
    ) -> Reply:
        """Find the evening, check the right, ask what is to be asked, store the change, bring the plan in step, show."""
        found = await self._found(call, unit)
        if isinstance(found, Reply):
            return found
        say = self._desk.say(call)
        if (why := self._cannot(call, found)) is not None:
            return await self._screen(call, unit, found, why)
        if form is not None and call.incoming.kind is not Kind.FORM:
            return Reply(form=form(say, found.series, found.evening))
        if form is not None and call.press.value[12:] not in ("", rules.seen(found.evening)):
            return await self._screen(call, unit, found, "series.evening_changed")
        try:
            after, note = await act(call, unit, found)
        except Unclear as unclear:
            if call.modals or form is None:
                raise
            return views.asked_again(
                say, unclear.text_key, unclear.values, _filled(form(say, found.series, found.evening), call), unclear.field
            )
        await self._store(call, unit, found, after)
        again = await self._again(unit, found)
        return await self._screen(call, unit, again, note)

    def _cannot(self, call: Call, found: Found) -> str | None:
        state = found.planned.state if found.planned is not None else State.PLANNED
        if state in LIVE - {State.LOBBY}:
            return "series.under_way"
        if found.evening.starts_at <= call.at and state is not State.LOBBY:
            return "series.gone_by"
        return None

    async def _store(self, call: Call, unit: Unit, found: Found, after: Change) -> None:
        if after == found.change:
            return
        book = self._desk.books(unit)
        if rules.changes_nothing(after):
            await book.drop_change(after.series, after.original)
        else:
            await book.put_change(after)
        following = await settle(unit, book, found.series, call.at)
        await tell(unit, found.series.community, None, call.at)
        log.info("series.evening", kind="change", outcome="planned" if following else "none")

    async def _again(self, unit: Unit, found: Found) -> Found:
        book, series = self._desk.books(unit), found.series
        changes, pauses = await book.changes([series.id]), await book.pauses(series.community)
        evening = evening_at(series, changes, pauses, found.evening.original)
        return Found(series, evening or found.evening, _change_of(changes, series, found.evening.original), None)

    async def _found(self, call: Call, unit: Unit) -> Found | Reply:
        """Return the evening meant; a reply for who may not, or where it is no more."""
        book, say = self._desk.books(unit), self._desk.say(call)
        planned: Occurrence | None = None
        original = original_from(call.press.value)
        if not original:
            planned = await book.occurrence(OccurrenceId(call.press.subject))
        series = await self._desk.series(unit, planned.series if planned is not None else call.press.subject)
        if not await self._desk.may(call, unit, series, planned.id if planned is not None else ""):
            return self._desk.refused(call)
        if series.cancelled_at is not None:
            return done(say, "series.cancelled_already")
        original = original or (planned.original if planned is not None else "")
        changes, pauses = await book.changes([series.id]), await book.pauses(series.community)
        evening = evening_at(series, changes, pauses, original) if original else None
        if evening is None:
            return done(say, "series.no_such_evening")
        planned = planned or await book.occurrence_at(series.id, original)
        return Found(series, evening, _change_of(changes, series, original), planned)

    async def _screen(self, call: Call, unit: Unit, found: Found, note: str = "") -> Reply:
        series, evening = found.series, found.evening
        community = await self._desk.community(unit, series)
        second = telling.second_zone(series.schedule.zone, call.zone, community.zone, evening.starts_at)
        room = (await self._desk.sheet(call, unit)).room
        known = await unit.rooms.get(room) if room is not None else None
        may_hold_here = known is not None and known.community == series.community and known.id != evening.room
        is_changed = not rules.changes_nothing(replace(found.change, host=None))
        return evening_views.evening_screen(
            self._desk.say(call),
            series,
            evening,
            second,
            call.who,
            may_hold_here=may_hold_here,
            is_changed=is_changed,
            note=note,
        )


def _change_of(changes: Sequence[Change], series: Series, original: str) -> Change:
    return next((change for change in changes if change.original == original), Change(series.id, original))


def _filled(form: Form, call: Call) -> Form:
    fields = tuple(replace(field, value=call.arguments.get(field.name, field.value)) for field in form.fields)
    return replace(form, fields=fields)
