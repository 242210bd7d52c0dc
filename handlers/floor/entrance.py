"""Whether somebody may take part in an evening: asked at every press of theirs."""

from bot.core.calls import Call, Kind
from bot.core.deeds import Standing
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import toast, told
from handlers.floor.stage import Evening, NoMeetingHere, Stage


class Entrance:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def allowed(self, call: Call, unit: Unit) -> Evening | Reply:
        """The evening meant, which is under way and in which the caller may speak; else what they are told."""
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
        return evening

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
