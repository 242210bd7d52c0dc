"""Within a pair: the day's note, a kind word back, the hour, a name, and the end.

Who presses is looked at anew each time: a button of a pair that is over and one of somebody else's get the same answer.
"""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.texts import Say
from bot.core.whose import zone_of
from handlers.pairs import note_views, rules, views
from handlers.pairs.keeping import Keeping
from handlers.pairs.records import Draft, Note, NoteBody, Side, Stage


class Pairing:
    """`unnamed`: platforms where words may pass between two who do not know each other's account."""

    def __init__(self, keeping: Keeping, unnamed: Collection[str]) -> None:
        self._keeping = keeping
        self._unnamed = unnamed

    async def shown(self, call: Call, unit: Unit, side: Side) -> Reply:
        """The pair as it stands today."""
        other = await self._keeping.other(side, unit)
        if other is None:
            return await self._gone(call, unit, side)
        book, zone = self._keeping.books(unit), await zone_of(call.person, unit)
        return views.home(
            self._say(call),
            side,
            zone,
            has_sent=side.body.sent_on == rules.day_of(call.at, zone),
            has_notes=bool(await book.notes_of(other.id)),
            may_name=await self._may_write(side, other, unit),
        )

    async def tell_begun(self, side: Side, now: datetime, unit: Unit) -> None:
        await self._keeping.telling.tell(side, "word", partial(views.begun, side=side), now, unit, door=True)

    # The day's note -----------------------------------------------------------------------------------------------------

    async def write(self, call: Call, unit: Unit) -> Reply:
        """Begin it, or begin again from its first question."""
        both = await self._both(call, unit)
        if isinstance(both, Reply):
            return both
        return await self._sent_already(call, unit, both[0]) or note_views.rating(self._say(call), call.press.subject)

    async def rate(self, call: Call, unit: Unit) -> Reply:
        both = await self._both(call, unit)
        if isinstance(both, Reply):
            return both
        side, _ = both
        value = call.press.value
        rating = int(value) if value.isascii() and value.isdigit() and len(value) < 3 else None
        if rating not in note_views.RATINGS and value != views.NEVER:
            return note_views.rating(self._say(call), side.body.pair)
        await self._keep(side, replace(side.body.draft, rating=rating), unit)
        return note_views.lines(self._say(call), side.body.pair)

    async def line(self, call: Call, unit: Unit) -> Reply:
        both = await self._both(call, unit)
        if isinstance(both, Reply):
            return both
        side, other = both
        value = call.press.value
        if value not in (*rules.LINES, views.NEVER):
            return note_views.lines(self._say(call), side.body.pair)
        side = await self._keep(side, replace(side.body.draft, line="" if value == views.NEVER else value), unit)
        return await self._preview(call, unit, side, other)

    async def words(self, call: Call, unit: Unit) -> Reply:
        both = await self._both(call, unit)
        if isinstance(both, Reply):
            return both
        side, other = both
        if not await self._may_write(side, other, unit):
            return await self._preview(call, unit, side, other)
        return Reply(form=note_views.words_form(self._say(call), side.body.pair, side.body.draft))

    async def worded(self, call: Call, unit: Unit) -> Reply:
        """The form's line: it has not gone yet."""
        both = await self._both(call, unit)
        if isinstance(both, Reply):
            return both
        side, other = both
        if await self._may_write(side, other, unit):
            words = rules.words_from(call.arguments.get("words", ""))
            side = await self._keep(side, replace(side.body.draft, words=words), unit)
        return await self._preview(call, unit, side, other)

    async def send(self, call: Call, unit: Unit) -> Reply:
        """Send what the screen showed, and only that. Value: its mark."""
        both = await self._both(call, unit)
        if isinstance(both, Reply):
            return both
        side, other = both
        if (already := await self._sent_already(call, unit, side)) is not None:
            return already
        draft, name = await self._sendable(side, other, unit)
        if rules.is_empty(draft) or call.press.value != rules.seen(draft, name):
            return await self._preview(call, unit, side, other)
        today = rules.day_of(call.at, await zone_of(call.person, unit))
        note = Note(self._keeping.ids(), side.id, side.person, today, call.at, side.until, NoteBody(draft, name))
        if await self._keeping.books(unit).add(note):
            await self._notify(other, "note_came", note, call.at, unit)
        await self._keeping.books(unit).keep(replace(side, body=replace(side.body, draft=Draft(), sent_on=today)))
        await self._keeping.telling.hush(side, unit, "ask")
        return note_views.sent(self._say(call))

    async def _preview(self, call: Call, unit: Unit, side: Side, other: Side) -> Reply:
        draft, name = await self._sendable(side, other, unit)
        may = await self._may_write(side, other, unit)
        return note_views.preview(self._say(call), side.body.pair, draft, name, may_write=may)

    async def _sendable(self, side: Side, other: Side, unit: Unit) -> tuple[Draft, str]:
        """Return what of a draft may go: words and a name only where they may pass."""
        if await self._may_write(side, other, unit):
            return side.body.draft, side.body.name
        return replace(side.body.draft, words=""), ""

    async def _keep(self, side: Side, draft: Draft, unit: Unit) -> Side:
        changed = replace(side, body=replace(side.body, draft=draft))
        await self._keeping.books(unit).keep(changed)
        return changed

    async def _sent_already(self, call: Call, unit: Unit, side: Side) -> Reply | None:
        today = rules.day_of(call.at, await zone_of(call.person, unit))
        return await self.shown(call, unit, side) if side.body.sent_on == today else None

    # What came ----------------------------------------------------------------------------------------------------------

    async def show(self, call: Call, unit: Unit) -> Reply:
        """The other's note, or the kind word that came for an own one. Subject: the note."""
        found = await self._found(call, unit)
        if isinstance(found, Reply):
            return found
        side, _, note = found
        if note.side == side.id:
            return note_views.back(self._say(call), side.body.pair, note)
        return self._received(call, side, note)

    async def kind(self, call: Call, unit: Unit) -> Reply:
        """A kind word back, once for each note; a second tap changes nothing. Value: which."""
        found = await self._found(call, unit)
        if isinstance(found, Reply):
            return found
        side, other, note = found
        if note.side != other.id or call.press.value not in rules.KIND or note.body.back:
            return (
                note_views.back(self._say(call), side.body.pair, note) if note.side == side.id else self._received(call, side, note)
            )
        thanked = replace(note, body=replace(note.body, back=call.press.value))
        await self._keeping.books(unit).keep_note(thanked)
        await self._notify(other, "word_came", thanked, call.at, unit)
        return views.said(self._say(call), "kind_sent", views.button(self._say(call), "home", "home"))

    async def all(self, call: Call, unit: Unit) -> Reply:
        both = await self._both(call, unit)
        if isinstance(both, Reply):
            return both
        side, other = both
        notes = await self._keeping.books(unit).notes_of(other.id)
        if not notes:
            return await self.shown(call, unit, side)
        return note_views.all_of_them(self._say(call), side.body.pair, [self._as_here(call, note) for note in reversed(notes)])

    def _received(self, call: Call, side: Side, note: Note) -> Reply:
        return note_views.received(self._say(call), side.body.pair, note, *self._as_here(call, note))

    def _as_here(self, call: Call, note: Note) -> tuple[Draft, str]:
        """Return as much of a note as may be shown on the caller's platform."""
        if call.place.platform in self._unnamed:
            return note.body.draft, note.body.name
        return replace(note.body.draft, words=""), ""

    async def _notify(self, side: Side, key: str, note: Note, now: datetime, unit: Unit) -> None:
        if not await self._keeping.telling.is_paused(side, now, unit):
            made = partial(views.notice, key=key, note=note.id)
            await self._keeping.telling.tell(side, "note", made, now, unit, door=True)

    async def _found(self, call: Call, unit: Unit) -> tuple[Side, Side, Note] | Reply:
        """Return a note of the pair that may be read: the other's, or an own one for which a word came."""
        side, note = await self._on(call, unit), await self._keeping.books(unit).note(call.press.subject)
        other = await self._keeping.other(side, unit) if side is not None else None
        if side is not None and other is None:
            return await self._gone(call, unit, side)
        mine = side is not None and note is not None and note.side == side.id and note.body.back
        if side is None or other is None or note is None or not (mine or note.side == other.id):
            return views.said(self._say(call), "not_there", views.button(self._say(call), "home", "home"))
        return side, other, note

    # How it is --------------------------------------------------------------------------------------------------------------

    async def time(self, call: Call, unit: Unit) -> Reply:
        """Ask for the hour, or take the one that was tapped."""
        both = await self._both(call, unit)
        if isinstance(both, Reply):
            return both
        side, _ = both
        clock = call.press.value.replace("_", ":")
        if clock not in (*rules.TIMES, views.NEVER):
            return views.times(self._say(call), side)
        side = replace(side, body=replace(side.body, time="" if clock == views.NEVER else clock))
        await self._keeping.books(unit).keep(side)
        await self._keeping.promise_question(side, call.at, unit)
        return await self.shown(call, unit, side)

    async def name(self, call: Call, unit: Unit) -> Reply:
        both = await self._both(call, unit)
        if isinstance(both, Reply):
            return both
        if not await self._may_write(*both, unit):
            return await self.shown(call, unit, both[0])
        return Reply(form=views.name_form(self._say(call), both[0]))

    async def named(self, call: Call, unit: Unit) -> Reply:
        """The form's name; none takes it back."""
        both = await self._both(call, unit)
        if isinstance(both, Reply):
            return both
        side, other = both
        if await self._may_write(side, other, unit):
            side = replace(side, body=replace(side.body, name=rules.name_from(call.arguments.get("name", ""))))
            await self._keeping.books(unit).keep(side)
        return await self.shown(call, unit, side)

    async def end(self, call: Call, unit: Unit) -> Reply:
        """End it at once, by one tap."""
        side = await self._on(call, unit)
        if side is None or side.body.pair != call.press.subject:
            return views.said(self._say(call), "not_there", views.button(self._say(call), "home", "home"))
        await self._keeping.end(side, call.at, unit)
        return views.said(self._say(call), "ended", views.button(self._say(call), "home", "home"))

    # ----------------------------------------------------------------------------------------------------------------------

    async def _both(self, call: Call, unit: Unit) -> tuple[Side, Side] | Reply:
        """Return the two of the pair that the button is of. Subject: the pair."""
        side = await self._on(call, unit)
        if side is None or side.body.pair != call.press.subject:
            return views.said(self._say(call), "not_there", views.button(self._say(call), "home", "home"))
        other = await self._keeping.other(side, unit)
        return (side, other) if other is not None else await self._gone(call, unit, side)

    async def _on(self, call: Call, unit: Unit) -> Side | None:
        """Return the caller's side of a pair; nobody ends it while this goes on."""
        await self._keeping.books(unit).hold()
        side = await self._keeping.mine(call.who, call.at, unit)
        return side if side is not None and side.stage is Stage.ON else None

    async def _gone(self, call: Call, unit: Unit, side: Side) -> Reply:
        """The other is not there any more, and nobody told: two of their accounts became one person."""
        await self._keeping.drop(side, unit)
        return views.said(self._say(call), "ended_for", views.button(self._say(call), "home", "home"))

    async def _may_write(self, side: Side, other: Side, unit: Unit) -> bool:
        book = self._keeping.books(unit)
        return rules.may_write(await book.platforms(side.person), await book.platforms(other.person), self._unnamed)

    def _say(self, call: Call) -> Say:
        return self._keeping.telling.texts.of(call.language)
