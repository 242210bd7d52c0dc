"""A round as it goes: begun, called on, passed over by who leaves, paused, and over by itself after the last."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from msgspec.structs import replace

from bot.core.ids import OccurrenceId, PersonId
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToRoom
from bot.core.replies import Reply
from handlers.floor import queue, round_rules, round_views, rules, views
from handlers.floor.records import Hand, Seat
from handlers.floor.round_records import At, Round, Turn, Way, line, speaker
from handlers.floor.stage import Evening, Stage

log = structlog.get_logger()

LINE_LATE = timedelta(minutes=5)  # a line that is later than this says what is over


class RoundKeeper:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def on(self, unit: Unit, evening: Evening) -> Round | None:
        """Return the round that is on."""
        found = await self._stage.books(unit).round(evening.id)
        return found if found is not None and found.is_on else None

    async def start(self, unit: Unit, evening: Evening, way: Way, now: datetime) -> Round | None:
        """Begin a round with all who are here; say so in one line; call the first. None when nobody is here."""
        book = self._stage.books(unit)
        came = await self._gathered(unit, evening, now)
        if not came:
            return None
        earlier = await book.round(evening.id)
        number = 1 if earlier is None else earlier.number + 1
        order = book.shuffled(f"{evening.id}_{number}", came) if way is Way.SHUFFLED else came
        round_ = Round(evening.id, number, way, now)
        await book.drop_turns(evening.id)
        await book.keep_round(round_)
        await book.keep_turns(round_rules.first_turns(evening.id, came, order), now)
        minutes = evening.series.options.minutes_each
        begins = round_views.begins(self._stage.texts.of(evening.language), minutes)
        await self._aloud(unit, evening, round_, "begins", begins, now)
        log.info("round.began", count=len(came), kind=way.value)
        return await self.go_on(unit, evening, round_, now)

    async def go_on(self, unit: Unit, evening: Evening, round_: Round, now: datetime, how: At = At.DONE) -> Round:
        """End the present turn as `how`, and call the next, who is told; after the last the round is over. While it stands still
        nobody is called."""
        book = self._stage.books(unit)
        turns, hands = await book.turns(evening.id), await book.hands(evening.id)
        stands_still = round_.paused_at is not None and bool(line(turns, hands, round_.way))
        if stands_still:
            changed, first = round_rules.ended(turns, how), None
        else:
            changed, first = round_rules.called(turns, hands, round_.way, how)
        await book.keep_turns(changed, now)
        if how is At.DONE and (spoke := speaker(turns)) is not None:
            await self._has_spoken(unit, evening, spoke.person, now)
        if first is None and not stands_still:
            return await self.end(unit, evening, round_, now)
        until = rules.turn_end(evening.series, now) if first else None
        round_ = replace(round_, turn=round_.turn + 1, since=now, until=until)
        await self.keep(unit, evening, round_, now)
        if first is not None:
            await self._call(unit, evening, round_, first, now)
        return round_

    async def keep(self, unit: Unit, evening: Evening, round_: Round, now: datetime) -> None:
        """Store a changed round, promise the word that its turn's time is nearly used, and let the card follow."""
        await self._stage.books(unit).keep_round(round_)
        if (due := round_rules.nearly_due(round_)) is not None:
            await unit.due.add(due)
        else:
            await unit.due.drop(round_rules.nearly_key(evening.id))
        await self._stage.show(unit, evening, now)

    async def leave(self, unit: Unit, evening: Evening, person: PersonId, how: At, now: datetime) -> None:
        """Somebody goes, cannot speak any more, or only listens: they are passed over, and nobody waits for them."""
        book, round_ = self._stage.books(unit), await self.on(unit, evening)
        turn = round_rules.of(await book.turns(evening.id), person) if round_ is not None else None
        if round_ is None or turn is None:
            return
        if turn.stands is At.SPEAKING:
            await self.go_on(unit, evening, round_, now, how)
        elif turn.stands is At.WAITING or (turn.stands is At.PASSED and how is not At.PASSED):
            await book.keep_turns([replace(turn, stands=how)], now)
            await self._stage.show(unit, evening, now)

    async def add(self, unit: Unit, evening: Evening, now: datetime, person: PersonId | None = None) -> None:
        """Whoever came since has their turn at the end. `person`: who passed, or listened, and wants one after all."""
        book, round_ = self._stage.books(unit), await self.on(unit, evening)
        if round_ is None:
            return
        turns = await book.turns(evening.id)
        mine = round_rules.of(turns, person) if person is not None else None
        if person is None:
            changed = round_rules.joined(turns, evening.id, await self._gathered(unit, evening, now))
        elif mine is None:
            changed = round_rules.joined(turns, evening.id, [person])
        elif mine.stands in (At.PASSED, At.LISTENING, At.LEFT):
            changed = [round_rules.put_last(turns, mine)]
        else:
            changed = []
        if not changed:
            return
        await book.keep_turns(changed, now)
        await self._stage.show(unit, evening, now)
        if speaker(turns) is None and round_.paused_at is None:
            await self.go_on(unit, evening, round_, now)

    async def end(self, unit: Unit, evening: Evening, round_: Round, now: datetime, *, quietly: bool = False) -> Round:
        """The round is over: nothing is kept of who had which turn. Hands that are up stay up."""
        book = self._stage.books(unit)
        round_ = replace(round_, ended_at=now, paused_at=None, until=None)
        await book.drop_turns(evening.id)
        await self.keep(unit, evening, round_, now)
        if not quietly:
            await self._aloud(unit, evening, round_, "over", round_views.over(self._stage.texts.of(evening.language)), now)
        return round_

    async def erased(self, unit: Unit, person: PersonId, now: datetime) -> None:
        """Somebody is about to be erased."""
        for occurrence in await self._stage.books(unit).round_of(person):
            evening = await self._stage.evening(unit, occurrence)
            if evening is not None:
                await self.leave(unit, evening, person, At.LEFT, now)
                await self._stage.books(unit).drop_turns(occurrence, person)

    async def nearly_up(self, unit: Unit, subject: str, now: datetime) -> None:
        """The time of a turn is nearly used: its speaker is told, quietly. Nobody is cut off."""
        occurrence, turn = rules.numbered(subject)
        evening = await self._stage.evening(unit, occurrence)
        round_ = await self.on(unit, evening) if evening is not None else None
        if evening is None or round_ is None or round_.turn != turn or round_.until is None or not evening.occurrence.is_live:
            return
        too_late = round_.until + rules.USELESS
        speaking = speaker(await self._stage.books(unit).turns(OccurrenceId(occurrence)))
        if speaking is None or now > too_late:
            return
        say = await self._stage.say(unit, evening, speaking.person)
        key = f"round_nearly_{evening.id}_{round_.number}_{turn}"
        await self._stage.tell(unit, evening, speaking.person, key, views.nearly_up(say), now, too_late)

    async def _gathered(self, unit: Unit, evening: Evening, now: datetime) -> Sequence[PersonId]:
        book = self._stage.books(unit)
        outside = await book.outside(evening.id, evening.door(await book.order(evening.id)), now)
        return await book.gathered(evening.id, {one.person for one in outside})

    # Parts -----------------------------------------------------------------------------------------------------------

    async def _call(self, unit: Unit, evening: Evening, round_: Round, first: Turn, now: datetime) -> None:
        """Tell whoever's turn it is. A hand that was up for it has done its service."""
        seat = await self._stage.seated(unit, evening, first.person, now)
        if seat.hand is Hand.UP and round_.way is Way.HANDS:
            seats = await self._stage.books(unit).seats(evening.id)
            await self._keep_seats(unit, queue.lowered(seats, seat))
        say = await self._stage.say(unit, evening, first.person)
        reply = round_views.your_turn(say, evening.id, evening.series.options.minutes_each)
        key = f"round_{evening.id}_{round_.number}_{round_.turn}"
        await self._stage.tell(unit, evening, first.person, key, reply, now, now + rules.STALE_CALL)

    async def _has_spoken(self, unit: Unit, evening: Evening, person: PersonId, now: datetime) -> None:
        """In the queue of hands, who has not spoken yet goes before them."""
        seat = await self._stage.seated(unit, evening, person, now)
        await self._keep_seats(unit, [replace(seat, turns=seat.turns + 1)])

    async def _keep_seats(self, unit: Unit, seats: Sequence[Seat]) -> None:
        for seat in seats:
            await self._stage.books(unit).keep_seat(seat)

    async def _aloud(self, unit: Unit, evening: Evening, round_: Round, what: str, reply: Reply, now: datetime) -> None:
        key = f"round_{evening.id}_{round_.number}_{what}"
        await unit.outbox.add(Post(key, Lane.ROOM, ToRoom(evening.room), reply, too_late_at=now + LINE_LATE, twice=False))
