"""Turns: calling the next, ending a turn, skipping one; and the gentle word when a turn's time is nearly used."""

from datetime import datetime

from msgspec.structs import replace

from bot.core.calls import Call, Kind
from bot.core.ids import OccurrenceId, PersonId
from bot.core.ports import Unit
from bot.core.replies import Reply
from handlers.floor import queue, rules, views
from handlers.floor.panel import Panel
from handlers.floor.records import Order, Seat
from handlers.floor.stage import Evening, Stage


class Turns:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def call(self, unit: Unit, evening: Evening, now: datetime) -> Seat | None:
        """End the present turn, and give the word to the next; they are told, and nobody else has to name them."""
        book = self._stage.books(unit)
        changed, first = queue.called(await book.seats(evening.id))
        order = await book.order(evening.id)
        until = rules.turn_end(evening.series, now) if first else None
        order = replace(order, turn=order.turn + 1, since=now, until=until)
        await book.keep_order(order)
        await self._stage.keep(unit, evening, changed, now)
        if first is not None:
            await self._tell(unit, evening, order, first, now)
        if due := rules.turn_due(order):
            await unit.due.add(due)
        return first

    async def over(self, unit: Unit, evening: Evening) -> None:
        """Nobody speaks any more, and no time runs."""
        book = self._stage.books(unit)
        order = await book.order(evening.id)
        await book.keep_order(replace(order, turn=order.turn + 1, until=None))

    async def nearly_up(self, unit: Unit, subject: str, now: datetime) -> None:
        """The time of a turn is nearly used: its speaker and the host are told, quietly. Nobody is cut off."""
        occurrence, turn = rules.numbered(subject)
        evening, book = await self._stage.evening(unit, occurrence), self._stage.books(unit)
        order = await book.order(OccurrenceId(occurrence))
        if evening is None or not evening.occurrence.is_live or order.turn != turn or order.until is None:
            return
        speaker = queue.speaker(await book.seats(evening.id))
        if speaker is None or now > order.until + rules.USELESS:
            return
        too_late = order.until + rules.USELESS
        say = await self._stage.say(unit, evening, speaker.person)
        await self._stage.tell(unit, evening, speaker.person, f"nearly_{subject}", views.nearly_up(say), now, too_late)
        host = await self._stage.meetings(unit).host(evening.id)
        if host is not None and host != speaker.person:
            say = await self._stage.say(unit, evening, host)
            reply = views.nearly_up_for_host(say, evening.id, order, speaker)
            await self._stage.tell(unit, evening, host, f"nearly_host_{subject}", reply, now, too_late)

    async def _tell(self, unit: Unit, evening: Evening, order: Order, first: Seat, now: datetime) -> None:
        say = await self._stage.say(unit, evening, first.person)
        minutes = evening.series.options.minutes_each
        reply = views.your_turn(say, evening.id, minutes)
        until = now + rules.STALE_CALL
        await self._stage.tell(unit, evening, first.person, f"turn_{evening.id}_{order.turn}", reply, now, until)


class SpeakingCommands:
    """A facilitator's part."""

    def __init__(self, stage: Stage, turns: Turns, panel: Panel) -> None:
        self._stage = stage
        self._turns = turns
        self._panel = panel

    async def next(self, call: Call, unit: Unit) -> Reply:
        """Call the next hand. A button of the order panel names the turn it was made for; one on another screen does not, so a
        second press within moments means the same turn."""
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        order = await self._stage.books(unit).order(evening.id)
        seen = call.press.value if call.incoming.kind is Kind.PRESS else ""
        meant_already = order.since is not None and call.at - order.since < rules.SAME_PRESS
        if seen != str(order.turn) if seen else meant_already:
            return await self._answer(call, unit, evening, "floor.already", seen)
        first = await self._turns.call(unit, evening, call.at)
        note = "floor.nobody_waits" if first is None else "floor.called" if first.name else "floor.called_somebody"
        return await self._answer(call, unit, evening, note, seen, first)

    async def end(self, call: Call, unit: Unit) -> Reply:
        """End the present turn without calling anybody."""
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        book = self._stage.books(unit)
        order, changed = await book.order(evening.id), queue.ended(await book.seats(evening.id))
        if not changed or call.press.value != str(order.turn):
            return await self._panel.shown(call, unit, evening, "floor.already")
        await self._stage.keep(unit, evening, changed, call.at)
        await self._turns.over(unit, evening)
        return await self._panel.shown(call, unit, evening)

    async def skip(self, call: Call, unit: Unit) -> Reply:
        """Skip a hand in this round. Only its owner is told."""
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        book, seat = self._stage.books(unit), await self._panel.seat_pressed(call, unit, evening)
        order = await book.order(evening.id)
        changed = queue.skipped(await book.seats(evening.id), seat, order.tickets)
        if not changed:
            return await self._panel.shown(call, unit, evening, "floor.already")
        await self._stage.keep(unit, evening, changed, call.at)
        await self._tell_skipped(unit, evening, seat.person, f"{seat.number}_{order.tickets}", call.at)
        return await self._panel.shown(call, unit, evening, "floor.skipped")

    async def back(self, call: Call, unit: Unit) -> Reply:
        """Let the hand behind go first."""
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        seats = await self._stage.books(unit).seats(evening.id)
        changed = queue.stepped_back(seats, await self._panel.seat_pressed(call, unit, evening))
        await self._stage.keep(unit, evening, changed, call.at)
        return await self._panel.shown(call, unit, evening, "" if changed else "floor.already")

    async def _tell_skipped(self, unit: Unit, evening: Evening, person: PersonId, which: str, now: datetime) -> None:
        say = await self._stage.say(unit, evening, person)
        reply = views.skipped(say, evening.id)
        await self._stage.tell(unit, evening, person, f"skipped_{evening.id}_{which}", reply, now)

    async def _answer(self, call: Call, unit: Unit, evening: Evening, note: str, seen: str, first: Seat | None = None) -> Reply:
        if not seen:
            return views.next_note(self._stage.texts.of(call.language), note, first)
        return await self._panel.shown(call, unit, evening, note, first)
