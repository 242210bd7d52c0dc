"""A participant's hand: up, down, not now, listening today; with a name that they chose for this meeting, or without one."""

from typing import NamedTuple

from msgspec.structs import replace

from bot.core.calls import Call, Kind
from bot.core.deeds import Standing
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import toast, told
from handlers.floor import queue, rules, views
from handlers.floor.records import Hand, Seat
from handlers.floor.speaking import Turns
from handlers.floor.stage import Evening, NoMeetingHere, Stage

UP, DOWN, PASS, LISTEN, TAKE, UNNAMED = "up", "down", "pass", "listen", "take", "noname"


class _Here(NamedTuple):
    """A participant in an evening where they may speak."""

    evening: Evening
    seat: Seat


class HandCommands:
    def __init__(self, stage: Stage, turns: Turns) -> None:
        self._stage = stage
        self._turns = turns

    async def hand(self, call: Call, unit: Unit) -> Reply:
        """Do what the button says, then show how the hand stands. The button on the card, and `/hand`, raise it."""
        here = await self._here(call, unit)
        if isinstance(here, Reply):
            return here
        wish = call.press.value if call.incoming.kind is Kind.PRESS else ""
        if wish == UNNAMED:
            here = _Here(here.evening, replace(here.seat, name=""))
            await self._stage.books(unit).keep_seat(here.seat)
        if wish in ("", UP, UNNAMED):
            return await self._raise(call, unit, here)
        if wish == LISTEN and here.seat.hand is not Hand.SPEAKING:
            await self._lower(call, unit, here, Hand.LISTENING)
        elif wish == DOWN and here.seat.hand is not Hand.DOWN:
            await self._lower(call, unit, here, Hand.DOWN)
        elif wish == PASS:
            seats = await self._stage.books(unit).seats(here.evening.id)
            await self._stage.keep(unit, here.evening, queue.stepped_back(seats, here.seat), call.at)
        elif wish == TAKE:
            await self._take(call, unit, here)
        return await self._shown(call, unit, here.evening)

    async def named(self, call: Call, unit: Unit) -> Reply:
        """Ask for the name to be shown, filled in with what the platform shows already."""
        here = await self._here(call, unit)
        if isinstance(here, Reply):
            return here
        prefilled = here.seat.name or rules.shown_name(call.incoming.shown_name)
        return Reply(form=views.name_form(self._stage.texts.of(call.language), here.evening.id, prefilled))

    async def name(self, call: Call, unit: Unit) -> Reply:
        """Keep the name for this meeting, and raise the hand. An empty one is no name."""
        here = await self._here(call, unit)
        if isinstance(here, Reply):
            return here
        seat = replace(here.seat, name=rules.shown_name(call.arguments.get("name", "")))
        await self._stage.keep(unit, here.evening, [seat], call.at)
        return await self._raise(call, unit, _Here(here.evening, seat))

    async def _here(self, call: Call, unit: Unit) -> _Here | Reply:
        say, book = self._stage.texts.of(call.language), self._stage.books(unit)
        evening = await self._evening(call, unit)
        if not evening.occurrence.is_live:
            return toast(say, "floor.not_open")
        hold = await book.hold_of(evening.id, call.who)
        if hold is not None and hold.is_on:
            return told(say, f"floor.told_{hold.standing.value}")
        outside = await book.outside(evening.id, evening.door(await book.order(evening.id)), call.at)
        if any(one.person == call.who for one in outside):
            return told(say, f"floor.told_{Standing.WAITING.value}")
        if await self._is_locked_out(call, unit, evening):
            return told(say, "floor.locked_out")
        return _Here(evening, await self._stage.seated(unit, evening, call.who, call.at))

    async def _is_locked_out(self, call: Call, unit: Unit, evening: Evening) -> bool:
        """Whether the room was locked before anything was noticed of the caller: a hand is no way in."""
        book = self._stage.books(unit)
        if await book.seat(evening.id, call.who) is not None or await book.lets_in(evening.id, call.who):
            return False
        return not await self._stage.is_led_by(unit, evening, call.who, call.at)

    async def _evening(self, call: Call, unit: Unit) -> Evening:
        """The evening meant; typed in private, the one under way that the person is in."""
        if call.incoming.kind is not Kind.COMMAND or not call.place.private:
            return await self._stage.meant(call, unit)
        found = await self._stage.books(unit).evening_of(call.who)
        evening = await self._stage.evening(unit, found) if found else None
        if evening is None:
            raise NoMeetingHere
        return evening

    async def _raise(self, call: Call, unit: Unit, here: _Here) -> Reply:
        book, seat = self._stage.books(unit), here.seat
        say = self._stage.texts.of(call.language)
        if seat.name is None:
            return views.name_choice(say, here.evening.id)
        seats = await book.seats(here.evening.id)
        if not queue.may_raise(seats, seat):
            return views.sits_out(say, here.evening.id)
        order = await book.order(here.evening.id)
        if changed := queue.raised(seats, seat, order.tickets + 1):
            await book.keep_order(replace(order, tickets=order.tickets + 1))
            await self._stage.keep(unit, here.evening, changed, call.at)
            if here.evening.occurrence.self_run and queue.speaker(seats) is None:
                await self._turns.call(unit, here.evening, call.at)
        return await self._shown(call, unit, here.evening)

    async def _lower(self, call: Call, unit: Unit, here: _Here, to: Hand) -> None:
        """Take the hand down. Whoever speaks has finished; without a facilitator the next one begins."""
        seats = await self._stage.books(unit).seats(here.evening.id)
        await self._stage.keep(unit, here.evening, queue.lowered(seats, here.seat, to), call.at)
        if here.seat.hand is Hand.SPEAKING:
            if here.evening.occurrence.self_run:
                await self._turns.call(unit, here.evening, call.at)
            else:
                await self._turns.over(unit, here.evening)

    async def _take(self, call: Call, unit: Unit, here: _Here) -> None:
        """Without a facilitator the next one may begin, when whoever spoke forgot to say that they are done."""
        seats = await self._stage.books(unit).seats(here.evening.id)
        if here.evening.occurrence.self_run and here.seat.hand is Hand.UP and queue.before(seats, here.seat) == 0:
            await self._turns.call(unit, here.evening, call.at)

    async def _shown(self, call: Call, unit: Unit, evening: Evening) -> Reply:
        book = self._stage.books(unit)
        seats = await book.seats(evening.id)
        seat = next(one for one in seats if one.person == call.who)
        order = await book.order(evening.id)
        alone = evening.occurrence.self_run
        return views.hand(self._stage.texts.of(call.language), seat, queue.before(seats, seat), order.until, call.zone, alone)
