"""An agenda's presses: a facilitator's, and those of whose wish it is."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from bot.core.agenda import TOPICS, AgendaItem
from bot.core.calls import Call
from bot.core.coming import next_start
from bot.core.errors import BadPress
from bot.core.held import Held, held
from bot.core.ids import new_id
from bot.core.meetings import When
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.screens import done, number_in, told
from bot.core.texts import Texts
from handlers.agenda import rules, views
from handlers.agenda.records import AgendaStore, Becomes, Carried, Entry, Evenings

Change = Callable[[Sequence[Entry], int], list[Entry]]


class Desk:
    """What the agenda's commands share: the evening, its items with a number each, and how a change is written."""

    def __init__(self, texts: Texts, books: Callable[[Unit], AgendaStore], meetings: Callable[[Unit], Evenings]) -> None:
        self.texts = texts
        self.books = books
        self.meetings = meetings
        self._doors = Doors(meetings)

    async def evening(self, call: Call, unit: Unit) -> Held:
        evening = await held(self.meetings(unit), unit, call.press.subject)
        if evening is None:
            raise BadPress(why="occurrence")
        return evening

    async def in_charge(self, call: Call, unit: Unit) -> Held | Reply:
        """The evening, which is under way, for a facilitator of it; else what the caller is told. Asked at every act."""
        evening, say = await self.evening(call, unit), self.texts.of(call.language)
        until = evening.occurrence.ends_at + rules.GRANT
        if not await self._doors.may(call, unit, evening.id, evening.community.id, until):
            return views.refused(say, call.place.private)
        return evening if evening.occurrence.is_live else told(say, "agenda.not_open")

    async def numbered(self, call: Call, unit: Unit, evening: Held) -> list[Entry]:
        """The evening's items, each with a number by which a button names it."""
        found = await self.books(unit).entries(evening.occurrence)
        given = rules.numbered(found, call.at, new_id)
        new = [entry for entry, before in zip(given, found, strict=True) if not before.id]
        await self.books(unit).keep(new, evening.community.id)
        return given

    async def keep(self, call: Call, unit: Unit, evening: Held, changed: Sequence[Entry]) -> None:
        """Store what changed, and let the card follow."""
        if changed:
            await self.books(unit).keep(changed, evening.community.id)
            if evening.occurrence.is_live:
                await unit.due.add(When.CARD.due(call.at, evening.id))


class LeadCommands:
    """What a facilitator does, in private."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def list(self, call: Call, unit: Unit) -> Reply:
        evening = await self._desk.in_charge(call, unit)
        return evening if isinstance(evening, Reply) else await self._listed(call, unit, evening, page=number_in(call.press.value))

    async def one(self, call: Call, unit: Unit) -> Reply:
        evening = await self._desk.in_charge(call, unit)
        return evening if isinstance(evening, Reply) else await self._one(call, unit, evening)

    async def up(self, call: Call, unit: Unit) -> Reply:
        return await self._changed(call, unit, lambda entries, number: rules.moved(entries, number, -1), stays=True)

    async def down(self, call: Call, unit: Unit) -> Reply:
        return await self._changed(call, unit, lambda entries, number: rules.moved(entries, number, 1), stays=True)

    async def now(self, call: Call, unit: Unit) -> Reply:
        return await self._changed(call, unit, rules.made_now)

    async def done(self, call: Call, unit: Unit) -> Reply:
        return await self._changed(call, unit, lambda entries, number: rules.became(entries, number, Becomes.DONE))

    async def open(self, call: Call, unit: Unit) -> Reply:
        return await self._changed(call, unit, lambda entries, number: rules.became(entries, number, Becomes.WAITING))

    async def drop(self, call: Call, unit: Unit) -> Reply:
        return await self._changed(call, unit, lambda entries, number: rules.became(entries, number, Becomes.DROPPED))

    async def add(self, call: Call, unit: Unit) -> Reply:
        """Put a topic on the list on somebody's word, without a name."""
        evening = await self._desk.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        topic = call.press.value
        if topic not in TOPICS:
            return views.adding(self._desk.texts.of(call.language), evening.id)
        entries = await self._desk.numbered(call, unit, evening)
        if sum(entry.person is None for entry in entries) >= rules.MOST_ADDED:
            return await self._listed(call, unit, evening, "agenda.enough")
        number = max((entry.number for entry in entries), default=0) + 1
        new = Entry(evening.id, AgendaItem(topic), call.at, call.at, None, new_id(), number, own=True)
        await self._desk.keep(call, unit, evening, [new])
        return await self._listed(call, unit, evening, "agenda.is_added")

    async def _changed(self, call: Call, unit: Unit, change: Change, *, stays: bool = False) -> Reply:
        evening = await self._desk.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        entries = await self._desk.numbered(call, unit, evening)
        changed = change(entries, _number(call))
        await self._desk.keep(call, unit, evening, changed)
        note = "" if changed else "agenda.already"
        return await (self._one(call, unit, evening, note) if stays else self._listed(call, unit, evening, note))

    async def _listed(self, call: Call, unit: Unit, evening: Held, note: str = "", page: int = 0) -> Reply:
        entries = await self._desk.numbered(call, unit, evening)
        return views.listing(self._desk.texts.of(call.language), evening.id, rules.listed(entries), page, note)

    async def _one(self, call: Call, unit: Unit, evening: Held, note: str = "") -> Reply:
        entries, number = await self._desk.numbered(call, unit, evening), _number(call)
        entry = next((one for one in rules.listed(entries) if one.number == number), None)
        if entry is None:
            return await self._listed(call, unit, evening, "agenda.already")
        line = [one.number for one in rules.waiting(entries)]
        place = line.index(number) + 1 if number in line else 0
        return views.one(self._desk.texts.of(call.language), evening.id, entry, place, len(line), note)


class OwnCommands:
    """What a person does about their own wish."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def mine(self, call: Call, unit: Unit) -> Reply:
        """Show one's own wish, change its topic, take the name off, or take it back."""
        evening, say = await self._desk.evening(call, unit), self._desk.texts.of(call.language)
        if not rules.is_open(evening.occurrence):
            return told(say, "agenda.not_open")
        entries = await self._desk.numbered(call, unit, evening)
        mine = next((entry for entry in entries if entry.person == call.who), None)
        shown = mine if mine is not None and mine.becomes in rules.SHOWN else None
        wish = call.press.value
        if wish in TOPICS:
            after = self._wished(call, evening, entries, mine, AgendaItem(wish, shown.item.name if shown else ""))
        elif wish == views.UNNAMED and shown is not None:
            after = replace(shown, item=AgendaItem(shown.item.topic), said_at=call.at, own=True)
        elif wish == views.TAKE_BACK and shown is not None:
            after = replace(shown, becomes=Becomes.TAKEN, said_at=call.at)
            await self._take_back_carried(call, unit, evening)
        else:
            return views.mine(say, evening.id, shown)
        await self._desk.keep(call, unit, evening, [after])
        left = None if after.becomes is Becomes.TAKEN else after
        return views.mine(say, evening.id, left, "agenda.changed" if left is not None else "agenda.taken_back")

    @staticmethod
    def _wished(call: Call, evening: Held, entries: Sequence[Entry], mine: Entry | None, item: AgendaItem) -> Entry:
        """The wish with another topic, where it stood; one that was talked about, or is new, stands at the end."""
        if mine is not None and mine.becomes in (Becomes.WAITING, Becomes.NOW):
            return replace(mine, item=item, said_at=call.at, own=True)
        if mine is not None:
            return replace(mine, item=item, at=call.at, said_at=call.at, place=0, becomes=Becomes.WAITING, own=True)
        number = max((entry.number for entry in entries), default=0) + 1
        return Entry(evening.id, item, call.at, call.at, call.who, new_id(), number, own=True)

    async def _take_back_carried(self, call: Call, unit: Unit, evening: Held) -> None:
        for carried in await self._desk.books(unit).carried_to(evening.series.id):
            if carried.person == call.who:
                await self._desk.books(unit).let_go(carried.id)
                await unit.due.drop(rules.wait_due(carried, call.at).key)

    async def bring(self, call: Call, unit: Unit) -> Reply:
        """What was not reached: to the next evening of the series, or not. Asked once."""
        evening, say = await self._desk.evening(call, unit), self._desk.texts.of(call.language)
        book, meetings = self._desk.books(unit), self._desk.meetings(unit)
        entries = await book.entries(evening.occurrence)
        mine = next((entry for entry in entries if entry.person == call.who), None)
        if mine is None or mine.becomes is not Becomes.ASKED:
            return done(say, "agenda.bring_over")
        if call.press.value != views.YES:
            await book.keep([replace(mine, becomes=Becomes.TAKEN)], evening.community.id)
            return done(say, "agenda.left")
        at = await next_start(meetings, evening.series, max(call.at, evening.occurrence.starts_at))
        if at is None:
            await book.keep([replace(mine, becomes=Becomes.TAKEN)], evening.community.id)
            return done(say, "agenda.no_next")
        carried = Carried(new_id(), call.who, evening.series.id, mine.item, mine.at)
        await book.keep([replace(mine, becomes=Becomes.CARRIED)], evening.community.id)
        await book.carry(carried)
        await unit.due.add(rules.wait_due(carried, at), call.who)
        return views.brought(say, at, call.zone)


def _number(call: Call) -> int:
    """Return the number of an item; none that any has for anything else."""
    value = call.press.value
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else -1
