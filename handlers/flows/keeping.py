"""What comes of a flow that was kept: an entry, lines for the kit, messages later, tools that may come next."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.features import Ending, FlowEnd, ending
from bot.core.flow import ADD, REVIEW, Flow
from bot.core.flow_view import answers_on_way
from bot.core.ports import Entry, FlowDone, Pins, Unit
from bot.core.replies import Reply
from bot.core.texts import Say, Texts
from bot.core.when import day_and_time
from bot.core.whose import zone_of
from handlers.flows import after_views, follow
from handlers.flows.earlier import LOOKED_THROUGH, lines_to_pin
from handlers.flows.gates import Doors
from handlers.flows.records import ENTRY_DAYS, FAMILY, Entries, ToolEntry, UnderWay
from handlers.flows.reviewed import LookBack

NOTHING_MORE = Ending()


class Keeper:
    def __init__(
        self,
        texts: Texts,
        entries: Callable[[Unit], Entries],
        ends: Mapping[str, FlowEnd],
        pins: Pins | None,
        ids: Callable[[], str],
        doors: Doors,
    ) -> None:
        self._texts = texts
        self._entries = entries
        self._ends = ends
        self._pins = pins
        self._ids = ids
        self._doors = doors
        self.looking = LookBack(texts, entries)

    def has_end(self, flow: str) -> bool:
        """Whether a feature does something of its own with the flow when it ends."""
        return flow in self._ends

    async def keep(self, flow: Flow, under_way: UnderWay, at: datetime, unit: Unit) -> Reply:
        answers = answers_on_way(flow, under_way.state)
        say, entry, more = self._texts.of(under_way.language), None, Ending()
        if flow.name in self._ends:
            done = FlowDone(flow.name, under_way.subject, under_way.person, under_way.language, at, answers)
            more = ending(await self._ends[flow.name](done, unit))
        elif answers and flow.beside.stores:
            entry = await self._entry(flow, under_way, answers, at, unit)
            entry = await self.looking.note(flow, under_way, entry, unit)
        if not flow.beside.stores:
            return after_views.closed(say, flow, under_way, more)
        await self._pin(flow, under_way, answers, at, unit)
        if under_way.entry and flow.beside.again == REVIEW:
            await self.silence(flow, under_way.entry, unit)  # this is the look that was to come
        if entry is None:
            return after_views.kept(say, flow, under_way.id, more, None)
        beyond = await self._follow_up(flow, entry, unit, is_old=entry.id == under_way.entry)
        zone = await zone_of(await unit.people.get(entry.person), unit)
        return await self.last(say, flow, entry, at, zone, unit, under_way.id, more, beyond=beyond)

    async def last(
        self,
        say: Say,
        flow: Flow,
        entry: ToolEntry,
        now: datetime,
        zone: ZoneInfo,
        unit: Unit,
        slot_of: str = "",
        more: Ending = NOTHING_MORE,
        *,
        beyond: bool = False,
    ) -> Reply:
        """Return the last screen of a tool, with what may be done with what was kept."""
        goes = day_and_time(entry.goes, zone, say.language) if entry.goes is not None else None
        then = await self.then(flow, entry, now, unit)
        compares = flow.beside.compare and bool(await earlier_ones(self._entries(unit), entry))
        return after_views.kept(say, flow, slot_of, more, entry, then, beyond=beyond, goes=goes, compares=compares)

    async def then(self, flow: Flow, entry: ToolEntry, now: datetime, unit: Unit) -> tuple[str, ...]:
        """Return the tools that may come next: those for which there is something to hand over, and that are not hidden.

        What a relative wrote goes on to tools for relatives only: it would else end among what is their own, as in a plan.
        """
        return tuple(
            [
                other
                for other, pairs in flow.beside.then
                if (not pairs or any(entry.answers.get(ours) for _, ours in pairs))
                and (entry.voice != FAMILY or self._doors.is_for_relatives(other))
                and not await self._doors.is_hidden(other, entry.person, now, unit)
            ]
        )

    async def silence(self, flow: Flow, entry: str, unit: Unit) -> None:
        """Withdraw every message about an entry."""
        for key in follow.keys(flow.beside.follow, entry):
            await unit.due.drop(key)
            await unit.outbox.withdraw(key)

    async def forget(self, flow: Flow | None, entry: ToolEntry, unit: Unit) -> None:
        """Delete an entry, with all that was promised of it."""
        if flow is not None:
            await self.silence(flow, entry.id, unit)
        await unit.due.drop(follow.first_key(entry.id))  # if it was to go by itself
        await self._entries(unit).drop(entry.id, entry.person)

    async def _entry(self, flow: Flow, under_way: UnderWay, answers: dict[str, Entry], at: datetime, unit: Unit) -> ToolEntry:
        """Keep it: in the place of the one it goes on with, unless that is gone or was changed meanwhile; then beside it."""
        book, voice = self._entries(unit), under_way.state.voice
        made = ToolEntry(self._ids(), under_way.person, at, flow.name, answers, voice, flow.version)
        old = await book.get(under_way.entry) if under_way.entry and flow.beside.again == ADD else None
        if old is not None and old.person == under_way.person and old.at.isoformat() == under_way.entry_at:
            # What the way did not pass this time stays, and so does what came afterwards.
            made = replace(old, at=made.at, version=made.version, answers={**old.answers, **answers})
            if await book.replace(made):
                return made
        await book.add(made)
        return made

    async def _pin(self, flow: Flow, under_way: UnderWay, answers: Mapping[str, Entry], at: datetime, unit: Unit) -> None:
        """Give lines to the kit. It is for the person's own urges: what they wrote as a relative does not go there."""
        if self._pins is None or under_way.state.voice == FAMILY:
            return
        for pin in flow.beside.kit:
            answer = answers.get(pin.of)
            if answer is None or not follow.is_met(pin.when, answers):
                continue
            if lines := lines_to_pin(self._texts.of(under_way.language), flow, pin.of, answer):
                await self._pins(under_way.person, pin.into, lines, unit, at)

    async def _follow_up(self, flow: Flow, entry: ToolEntry, unit: Unit, *, is_old: bool) -> bool:
        """Promise the messages that were asked for; of one that was kept before (`is_old`) withdraw those that no longer are.
        Return whether one comes after the entry is deleted by itself."""
        if not flow.beside.follow:
            return False
        person = await unit.people.get(entry.person)
        wanted, dropped = follow.promises(flow.beside.follow, entry, await zone_of(person, unit))
        if is_old:
            for key in (*dropped, *(due.key for due in wanted)):
                await unit.due.drop(key)
                await unit.outbox.withdraw(key)  # one that waits is outdated, and one that was sent is not to be edited
        for due in wanted:
            await unit.due.add(due, entry.person)
        return any(due.at >= entry.at + timedelta(days=ENTRY_DAYS) for due in wanted)


async def earlier_ones(book: Entries, entry: ToolEntry) -> Sequence[ToolEntry]:
    """Return what was kept of the same tool before an entry, the newest first."""
    kept = await book.all_of(entry.person, entry.tool, entry.voice, LOOKED_THROUGH)
    return [one for one in reversed(kept) if one.id != entry.id and one.at <= entry.at]
