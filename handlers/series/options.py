"""Switching options: of a series, from now on, or of a draft before it is saved."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.core.calls import Call, Kind
from bot.core.ids import MeetingId
from bot.core.meetings import Options, Series
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import done
from handlers.series import choices, options_views, views
from handlers.series.desk import Desk
from handlers.series.drafts import Draft
from handlers.series.planning import settle
from handlers.series.unclear import Unclear


class OptionCommands:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, call: Call, unit: Unit) -> Reply:
        return await self._changed(call, unit, lambda options: options)

    async def switch(self, call: Call, unit: Unit) -> Reply:
        return await self._changed(call, unit, lambda options: choices.switched(options, call.press.value))

    async def values(self, call: Call, unit: Unit) -> Reply:
        """Ask for the values, or take them."""
        languages = self._desk.texts.languages
        found = await self._meant(call, unit)
        if isinstance(found, Reply):
            return found
        series, draft = found
        say = self._desk.say(call)
        form = options_views.values_form(say, call.press.subject, series.options, self._desk.formats, languages)
        if call.incoming.kind is not Kind.FORM:
            return Reply(form=form)

        def filled(options: Options) -> Options:
            return choices.filled(options, call.arguments, self._desk.formats, languages, series.title)

        try:
            return await self._store(call, unit, series, draft, filled(series.options))
        except Unclear as unclear:
            if call.modals:
                raise
            fields = tuple(replace(field, value=call.arguments.get(field.name, field.value)) for field in form.fields)
            form = replace(form, fields=fields)
            return views.asked_again(say, unclear.text_key, unclear.values, form, unclear.field)

    async def _changed(self, call: Call, unit: Unit, change: Callable[[Options], Options]) -> Reply:
        found = await self._meant(call, unit)
        if isinstance(found, Reply):
            return found
        series, draft = found
        return await self._store(call, unit, series, draft, change(series.options))

    async def _meant(self, call: Call, unit: Unit) -> tuple[Series, Draft | None] | Reply:
        """Return the series of the press, or the presser's draft; a reply for who may not."""
        draft = (await self._desk.sheet(call, unit)).draft
        if draft is not None and draft.id == call.press.subject and (draft.base is None or draft.original):
            community = await self._desk.community(unit, draft.series)
            if draft.base is not None:
                allowed = await self._desk.may(call, unit, draft.base)
            else:
                allowed = await self._desk.may_in(call, unit, draft.series.room, community)
            return (draft.series, draft) if allowed else self._desk.refused(call)
        series = await self._desk.books(unit).series(MeetingId(call.press.subject))
        if series is None:
            return done(self._desk.say(call), "series.draft_gone")
        if not await self._desk.may(call, unit, series):
            return self._desk.refused(call)
        if series.cancelled_at is not None:
            return done(self._desk.say(call), "series.cancelled_already")
        return series, None

    async def _store(self, call: Call, unit: Unit, series: Series, draft: Draft | None, options: Options) -> Reply:
        after = replace(series, options=options)
        if draft is not None:
            sheet = await self._desk.sheet(call, unit)
            await self._desk.keep(call, unit, replace(sheet, draft=replace(draft, series=after)))
        elif after != series:
            book = self._desk.books(unit)
            await book.change_series(after)
            await settle(unit, book, after, call.at, news=True)
        return options_views.panel(self._desk.say(call), after, call.press.subject, self._desk.formats, is_draft=draft is not None)
