"""Powers over a person: a row first, then the deed; undone when the meeting is over, after a crash, and when they return."""

from datetime import datetime

import structlog
from msgspec.structs import replace

from bot.core.deeds import Standing
from bot.core.ids import CommunityId, PersonId, new_id
from bot.core.ports import Unit
from bot.core.screens import told
from handlers.floor import queue, rules, views
from handlers.floor.records import Act, Hand, Hold, Kind
from handlers.floor.round_records import At
from handlers.floor.rounds import RoundKeeper
from handlers.floor.stage import Evening, Stage

log = structlog.get_logger()


class Holding:
    def __init__(self, stage: Stage, rounds: RoundKeeper) -> None:
        self._stage = stage
        self._rounds = rounds

    async def put(
        self, unit: Unit, evening: Evening, person: PersonId, standing: Standing, now: datetime, by: PersonId | None, why: str = ""
    ) -> bool:
        """Let the person stand so in this evening's room, and tell them why. False when they do already.

        `by`: the facilitator who asks; None for the house's own rule. `why`: the key of the sentence for the person; "" for the
        standing's own.
        """
        book = self._stage.books(unit)
        before = await book.hold_of(evening.id, person)
        if (before.standing if before else Standing.FREE) is standing:
            return False
        if before is None:
            until = rules.ban_end(evening.occurrence, now) if standing is Standing.OUT else None
            hold = Hold(new_id(), evening.id, person, evening.community.id, evening.room, standing, now, by, until=until)
        else:
            hold = replace(rules.asked(before, standing, now), by=by)
            if standing is Standing.OUT:
                hold = replace(hold, until=rules.ban_end(evening.occurrence, now))
        await self._write(unit, hold, now, rules.useless_at(evening.occurrence, now))
        if hold.is_on:
            await self._take_the_floor(unit, evening, person, now)
            await self._rounds.leave(unit, evening, person, At.LEFT, now)
        else:
            await self._rounds.add(unit, evening, now)
        say = await self._stage.say(unit, evening, person)
        reply = told(say, why or f"floor.told_{standing.value}")
        await self._stage.tell(unit, evening, person, f"told_{hold.id}_{hold.asks}", reply, now)
        await self._stage.show(unit, evening, now)
        return True

    async def note(self, unit: Unit, evening: Evening, kind: Kind, by: PersonId, now: datetime, hands: int = 1) -> None:
        """Keep that a power was used. A removal by one alone is looked at by an owner."""
        alone = kind is Kind.REMOVE and hands == 1
        review_by = now + rules.REVIEW if alone else None
        await self._stage.books(unit).note(Act(new_id(), evening.community.id, evening.id, now, kind, hands, review_by), by)

    # The platform's answers ------------------------------------------------------------------------------------------

    async def stood(self, unit: Unit, subject: str, now: datetime) -> None:
        """The platform did what was asked last: a free person's row is struck."""
        book = self._stage.books(unit)
        if (hold := await self._asked_last(unit, subject)) is None:
            return
        if hold.is_on:
            await book.keep_hold(replace(hold, confirmed_at=now))
        else:
            await book.strike(hold.id)
            await unit.due.drop(rules.lift_due(hold, now).key)

    async def not_stood(self, unit: Unit, subject: str, now: datetime) -> None:
        """It could not: freeing stays owed, until they return or an hour has gone; of the rest its facilitator is told."""
        if (hold := await self._asked_last(unit, subject)) is None:
            return
        if not hold.is_on:
            await self._stage.books(unit).keep_hold(replace(hold, owed=True))
            if (again := rules.again_at(hold, now)) is not None:
                await unit.due.add(rules.lift_due(hold, again), hold.person)
            log.info("floor.owed", kind=hold.standing.value)
            return
        evening = await self._stage.evening(unit, hold.occurrence)
        if hold.by is None or evening is None or not evening.occurrence.is_live:
            return
        say = await self._stage.say(unit, evening, hold.by)
        seat = await self._stage.books(unit).seat(evening.id, hold.person)
        reply = views.not_done(say, evening.community.zone, seat)
        await self._stage.tell(unit, evening, hold.by, f"undone_{subject}", reply, now)

    # Undoing ---------------------------------------------------------------------------------------------------------

    async def lift(self, unit: Unit, hold_id: str, now: datetime) -> None:
        """A removal's time is up, or it is time to try again to free somebody. A meeting that goes on keeps its removals."""
        if (hold := await self._stage.books(unit).hold(hold_id)) is None:
            return
        evening = await self._stage.evening(unit, hold.occurrence)
        if hold.is_on and evening is not None and evening.occurrence.is_live:
            longer = replace(rules.asked(hold, hold.standing, now), until=rules.ban_end(evening.occurrence, now))
            await self._write(unit, longer, now, rules.useless_at(evening.occurrence, now))
        else:
            await self._free(unit, hold, now)

    async def tidy(self, unit: Unit, evening: Evening, now: datetime) -> int:
        """The meeting is over: free everybody. Again is no harm: what the platform has not confirmed is asked anew. What is owed
        waits for its person."""
        holds = [hold for hold in await self._stage.books(unit).holds(evening.id) if not hold.owed]
        for hold in holds:
            await self._free(unit, hold, now)
        return len(holds)

    async def returned(self, unit: Unit, person: PersonId, community: CommunityId, now: datetime) -> None:
        """Somebody came (back): what could not be undone is undone now; in an evening that goes on they stand as they stood."""
        for hold in await self._stage.books(unit).holds_on(person):
            evening = await self._stage.evening(unit, hold.occurrence)
            if hold.community != community:
                continue
            if evening is not None and hold.is_on and evening.occurrence.is_live:
                await self._write(unit, rules.asked(hold, hold.standing, now), now, rules.useless_at(evening.occurrence, now))
            elif hold.is_on or hold.owed:
                await self._free(unit, hold, now)

    async def _free(self, unit: Unit, hold: Hold, now: datetime) -> None:
        await self._write(unit, rules.asked(hold, Standing.FREE, now), now, now)

    async def _write(self, unit: Unit, hold: Hold, now: datetime, useless_at: datetime) -> None:
        """The row, then the deed, and the moment at which a removal lifts by itself: together on disk."""
        await self._stage.books(unit).keep_hold(hold)
        await unit.outbox.add(rules.stand_post(hold, now, useless_at))
        if hold.until is not None:
            await unit.due.add(rules.lift_due(hold, hold.until), hold.person)

    async def _asked_last(self, unit: Unit, subject: str) -> Hold | None:
        hold_id, asks = rules.numbered(subject)
        hold = await self._stage.books(unit).hold(hold_id)
        return hold if hold is not None and hold.asks == asks else None

    async def _take_the_floor(self, unit: Unit, evening: Evening, person: PersonId, now: datetime) -> None:
        """Whoever cannot speak has no hand up, and no turn."""
        book = self._stage.books(unit)
        seats = await book.seats(evening.id)
        seat = next((one for one in seats if one.person == person), None)
        if seat is None or seat.hand not in (Hand.UP, Hand.SPEAKING):
            return
        if seat.hand is Hand.SPEAKING:
            order = await book.order(evening.id)
            await book.keep_order(replace(order, turn=order.turn + 1, until=None))
        await self._stage.keep(unit, evening, queue.lowered(seats, seat), now)
