"""A participant's hand: up, down, not now, listening today; with a name that they chose for this meeting, or without one."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from msgspec.structs import replace

from bot.core.calls import Call, Kind
from bot.core.ports import Unit
from bot.core.replies import Reply
from handlers.floor import queue, rules, views
from handlers.floor.entrance import Entrance
from handlers.floor.records import Hand, Seat
from handlers.floor.round_records import At
from handlers.floor.rounds import RoundKeeper
from handlers.floor.speaking import Turns
from handlers.floor.stage import Evening, Stage

UP, DOWN, PASS, LISTEN, TAKE, UNNAMED = "up", "down", "pass", "listen", "take", "noname"
ROUND = "round"  # a name is chosen for one's turn in a round


Mine = Callable[[Call, Unit, Evening], Awaitable[Reply]]


class _Here(NamedTuple):
    """A participant in an evening where they may speak."""

    evening: Evening
    seat: Seat


class HandCommands:
    """`mine`: how the caller stands in the round that is on."""

    def __init__(self, stage: Stage, turns: Turns, entrance: Entrance, rounds: RoundKeeper, mine: Mine) -> None:
        self._stage = stage
        self._turns = turns
        self._entrance = entrance
        self._rounds = rounds
        self._mine = mine

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
            await self._rounds.leave(unit, here.evening, call.who, At.LISTENING, call.at)
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
        say = self._stage.texts.of(call.language)
        return Reply(form=views.name_form(say, here.evening.id, prefilled, call.press.value))

    async def name(self, call: Call, unit: Unit) -> Reply:
        """Keep the name for this meeting, and raise the hand, unless it was asked for in a round. An empty one is no name."""
        here = await self._here(call, unit)
        if isinstance(here, Reply):
            return here
        seat = replace(here.seat, name=rules.shown_name(call.arguments.get("name", "")))
        await self._stage.keep(unit, here.evening, [seat], call.at)
        if call.press.value == ROUND:
            return await self._mine(call, unit, here.evening)
        return await self._raise(call, unit, _Here(here.evening, seat))

    async def _here(self, call: Call, unit: Unit) -> _Here | Reply:
        evening = await self._entrance.allowed(call, unit)
        if isinstance(evening, Reply):
            return evening
        return _Here(evening, await self._stage.present(unit, evening, call.who, call.at))

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
            if await self._goes_by_itself(unit, here.evening) and queue.speaker(seats) is None:
                await self._turns.call(unit, here.evening, call.at)
            await self._rounds.add(unit, here.evening, call.at, call.who if seat.hand is Hand.LISTENING else None)
        return await self._shown(call, unit, here.evening)

    async def _lower(self, call: Call, unit: Unit, here: _Here, to: Hand) -> None:
        """Take the hand down. Whoever speaks has finished; without a facilitator the next one begins."""
        seats = await self._stage.books(unit).seats(here.evening.id)
        await self._stage.keep(unit, here.evening, queue.lowered(seats, here.seat, to), call.at)
        if here.seat.hand is Hand.SPEAKING:
            if await self._goes_by_itself(unit, here.evening):
                await self._turns.call(unit, here.evening, call.at)
            else:
                await self._turns.over(unit, here.evening)

    async def _take(self, call: Call, unit: Unit, here: _Here) -> None:
        """Without a facilitator the next one may begin, when whoever spoke forgot to say that they are done."""
        seats = await self._stage.books(unit).seats(here.evening.id)
        is_first = here.seat.hand is Hand.UP and queue.before(seats, here.seat) == 0
        if is_first and await self._goes_by_itself(unit, here.evening):
            await self._turns.call(unit, here.evening, call.at)

    async def _goes_by_itself(self, unit: Unit, evening: Evening) -> bool:
        """Whether hands are called without anybody calling them: nobody hosts, and no round is on."""
        return evening.occurrence.self_run and await self._rounds.on(unit, evening) is None

    async def _shown(self, call: Call, unit: Unit, evening: Evening) -> Reply:
        book = self._stage.books(unit)
        seats = await book.seats(evening.id)
        seat = next(one for one in seats if one.person == call.who)
        order = await book.order(evening.id)
        alone = evening.occurrence.self_run
        return views.hand(self._stage.texts.of(call.language), seat, queue.before(seats, seat), order.until, call.zone, alone)
